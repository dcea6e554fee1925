#include "task/watch/places.h"

#include "base/sort.h"
#include "os/file.h"

#include <stdlib.h>

#ifndef WAKER_DATA
#define WAKER_DATA "/usr/share/waker"
#endif

struct places places_of(struct str home, const char *kind, const char *variable, struct arena *a)
{
	struct places p = { 0 };
	const char *tree = getenv(variable);

	if (home.n > 0)
		p.at[p.count++] = arena_fmt(a, STR_FMT "/%s", STR_ARG(home), kind);
	if (tree != NULL)
		p.at[p.count++] = arena_str(a, str_of(tree));
	p.at[p.count++] = arena_fmt(a, "/etc/waker/%s", kind);
	p.at[p.count++] = arena_fmt(a, WAKER_DATA "/%s", kind);
	return p;
}

struct str places_path(const struct places *p, struct str name, struct str suffix, struct arena *a)
{
	for (unsigned i = 0; i < p->count; i++) {
		struct str path = arena_fmt(a, STR_FMT "/" STR_FMT STR_FMT, STR_ARG(p->at[i]),
					    STR_ARG(name), STR_ARG(suffix));

		if (file_exists(path.p))
			return path;
	}
	return (struct str){ 0 };
}

static int by_name(const void *a, const void *b)
{
	return str_order(*(const struct str *)a, *(const struct str *)b);
}

bool places_names(const struct places *p, struct str suffix, struct arena *a,
		  struct place_names *out, struct err *e)
{
	struct place_names all = { 0 };
	size_t n = 0;

	for (unsigned i = 0; i < p->count; i++) {
		struct file_names in;

		if (!folder_names(arena_str(a, p->at[i]).p, a, &in, e))
			return false;
		LIST_EACH (const struct str, f, &in.names)
			if (str_has_suffix(*f, suffix))
				*list_add(&all.names, a) = str_first(*f, f->n - suffix.n);
	}
	sort_merge(all.names.at, arena_new(a, struct str, all.names.count), all.names.count,
		   sizeof(struct str), by_name);
	for (size_t i = 0; i < all.names.count; i++)
		if (n == 0 || !str_eq(all.names.at[n - 1], all.names.at[i]))
			all.names.at[n++] = all.names.at[i];
	all.names.count = n;
	*out = all;
	return true;
}
