#include "task/past/past.h"

#include "os/file.h"
#include "task/watch/feed_find.h"

#include <stdio.h>
#include <unistd.h>

#define X(id, says) says,
static const char *const lefts[PAST_LEFT_COUNT] = { PAST_LEFT(X) };
#undef X

const char *past_left_says(enum past_left why)
{
	return lefts[why];
}

struct past_known {
	struct str name;
	struct feed feed;
	bool found;
};

struct past past_of(const struct home *h, const struct seal_secret *key, struct arena *a)
{
	return (struct past){ .home = h, .key = key, .a = a, .folder = home_path(h, "archive", a) };
}

void past_leave(struct past *p, const struct past_batch *b, enum past_left why, const char *what)
{
	if (p->lefts.count[why]++ == 0)
		p->lefts.first[why] = arena_fmt(p->a, STR_FMT ": %s", STR_ARG(b->file), what);
}

const struct feed *past_feed(struct past *p, struct str name)
{
	struct feed_places places;
	struct past_known *k;
	struct err e;

	for (size_t i = 0; i < p->feeds.count; i++)
		if (str_eq(p->feeds.at[i]->name, name))
			return p->feeds.at[i]->found ? &p->feeds.at[i]->feed : NULL;
	places = feed_places(p->home->path, p->a);
	k = arena_new(p->a, struct past_known, 1);
	k->name = arena_str(p->a, name);
	k->found = feed_find(&places, name, p->a, &k->feed, &e);
	*list_add(&p->feeds, p->a) = k;
	return k->found ? &k->feed : NULL;
}

const struct feed_type *past_type(const struct feed *f, struct str type)
{
	return f == NULL ? NULL : f->types.count == 1 ? &f->types.at[0] : feed_type(f, type);
}

static bool unseal(const struct past *p, struct past_bytes *out, struct err *e)
{
	struct archived got;
	bool plain, ok;
	int in;

	if (!file_open(out->path, &in, &plain, e))
		return false;
	ok = file_in_memory(&out->copy, e) && archive_open(in, p->key, out->copy, &got, e);
	close(in);
	if (ok)
		file_again(out->copy, out->path);
	return ok;
}

bool past_open(struct past *p, const struct past_batch *b, struct past_bytes *out)
{
	struct str path = str_of(b->kept.path);
	struct err e = { 0 };

	out->copy = -1;
	snprintf(out->path, sizeof out->path, "%s/" STR_FMT, p->folder, STR_ARG(path));
	if (path.n == 0 || !file_exists(out->path)) {
		past_leave(p, b, LEFT_GONE, path.n == 0 ? "its time was over" : b->kept.path);
		return false;
	}
	if (b->fault == ARCHIVE_DAMAGED) {
		past_leave(p, b, LEFT_UNREAD, "it is damaged, `waker archive verify` says");
		return false;
	}
	if (!str_has_suffix(path, S(".sealed")))
		return true;
	if (p->key == NULL)
		past_leave(p, b, LEFT_SEALED, b->kept.path);
	else if (unseal(p, out, &e))
		return true;
	else
		past_leave(p, b, LEFT_UNREAD, e.text);
	past_close(out);
	return false;
}

void past_close(struct past_bytes *b)
{
	if (b->copy >= 0)
		close(b->copy);
	b->copy = -1;
}
