#include "task/watch/feed_find.h"

#include "base/buf.h"
#include "base/sort.h"
#include "codec/text/ini.h"
#include "os/file.h"

#include <stdlib.h>

#ifndef WAKER_DATA
#define WAKER_DATA "/usr/share/waker"
#endif

static bool is_feed_name(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
			return false;
	}
	return name.n > 0 && name.n <= 64;
}

struct feed_places feed_places(struct str home, struct arena *a)
{
	struct feed_places p = { 0 };
	const char *tree = getenv("WAKER_FEEDS");

	if (home.n > 0)
		p.at[p.count++] = arena_fmt(a, STR_FMT "/feeds", STR_ARG(home));
	if (tree != NULL)
		p.at[p.count++] = arena_str(a, str_of(tree));
	p.at[p.count++] = S("/etc/waker/feeds");
	p.at[p.count++] = S(WAKER_DATA "/feeds");
	return p;
}

static bool read_file(struct str path, struct str name, struct arena *a, struct feed *out,
		      struct err *e)
{
	struct str bytes;

	if (!file_read(path.p, FEED_MAX_FILE, a, &bytes, e))
		return false;
	return feed_read(name, bytes, a, out, e) || err_in(e, STR_FMT, STR_ARG(path));
}

static bool not_there(const struct feed_places *p, struct str name, struct arena *a, struct err *e)
{
	struct feed_names all = { 0 };
	struct str near = { 0 };
	char text[160];
	struct buf b = BUF_ON(text);

	if (feed_names(p, a, &all, e))
		near = ini_nearest(name, all.names.at, all.names.count);
	for (unsigned i = 0; i < p->count; i++)
		buf_fmt(&b, i > 0 ? ", " STR_FMT : STR_FMT, STR_ARG(p->at[i]));
	if (near.n > 0)
		return err_set(e, ERR_ABSENT,
			       "no feed is called \"" STR_FMT "\"; did you mean \"" STR_FMT "\"?",
			       STR_ARG(name), STR_ARG(near));
	return err_set(e, ERR_ABSENT, "no feed is called \"" STR_FMT "\" in " STR_FMT,
		       STR_ARG(name), STR_ARG(buf_view(&b)));
}

bool feed_find(const struct feed_places *p, struct str name, struct arena *a, struct feed *out,
	       struct err *e)
{
	if (!is_feed_name(name))
		return err_set(e, ERR_USAGE,
			       "\"" STR_FMT
			       "\" is no name of a feed: small letters, digits and minus",
			       STR_ARG(str_first(name, 60)));
	for (unsigned i = 0; i < p->count; i++) {
		struct str path =
			arena_fmt(a, STR_FMT "/" STR_FMT ".feed", STR_ARG(p->at[i]), STR_ARG(name));

		if (file_exists(path.p))
			return read_file(path, name, a, out, e);
	}
	return not_there(p, name, a, e);
}

static int by_name(const void *a, const void *b)
{
	return str_order(*(const struct str *)a, *(const struct str *)b);
}

bool feed_names(const struct feed_places *p, struct arena *a, struct feed_names *out, struct err *e)
{
	struct feed_names all = { 0 };
	size_t n = 0;

	for (unsigned i = 0; i < p->count; i++) {
		struct file_names in;

		if (!folder_names(arena_str(a, p->at[i]).p, a, &in, e))
			return false;
		LIST_EACH (const struct str, f, &in.names)
			if (str_has_suffix(*f, S(".feed")))
				*list_add(&all.names, a) = str_first(*f, f->n - 5);
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
