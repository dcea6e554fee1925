#include "task/tell/feed_shelf.h"

#include "os/file.h"
#include "task/watch/feed_find.h"

enum { LIMIT = 256 << 20, NEEDED = 64 << 20 };

void feed_shelf_init(struct feed_shelf *s)
{
	*s = (struct feed_shelf){ 0 };
	arena_init(&s->a, LIMIT);
}

void feed_shelf_done(struct feed_shelf *s)
{
	arena_done(&s->a);
}

void feed_shelf_rest(struct feed_shelf *s)
{
	if (arena_room(&s->a) > NEEDED)
		return;
	memset(&s->known, 0, sizeof s->known);
	arena_empty(&s->a);
}

static const struct kept_feed *known(const struct feed_shelf *s, const struct kept_feed *f)
{
	LIST_EACH (const struct kept_feed, x, &s->known)
		if (str_eq(x->name, f->name) && str_eq(x->path, f->path) &&
		    str_eq(x->stamp, f->stamp))
			return x;
	return NULL;
}

const struct kept_feed *feed_shelf_find(struct feed_shelf *s, const struct home *h, struct str name)
{
	char *mark = arena_mark(&s->a);
	struct feed_places places = feed_places(h->path, &s->a);
	struct kept_feed f = { .name = name };
	const struct kept_feed *before;
	struct err wrong = { 0 };

	f.path = places_path(&places.in, name, S(".feed"), &s->a);
	if (f.path.p != NULL && !file_stamp(f.path.p, &s->a, &f.stamp, &wrong))
		f.stamp = S("");
	before = known(s, &f);
	if (before != NULL) {
		arena_back(&s->a, mark);
		return before;
	}
	f.name = arena_str(&s->a, name);
	wrong.kind = ERR_NONE;
	f.there = feed_find(&places, f.name, &s->a, &f.feed, &wrong);
	if (!f.there && wrong.kind == ERR_SYSTEM)
		f.stamp = S("not read"); // it is tried again
	*list_add(&s->known, &s->a) = f;
	return &s->known.at[s->known.count - 1];
}
