#include "task/rehearse/play.h"

#include "os/file.h"
#include "os/idn.h"
#include "task/rehearse/ahead.h"
#include "task/watch/feed_find.h"

#include <stdio.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, HEARD_BEFORE_DAYS = 14 }; // longer than any wait of life_end

struct known { // a feed by its name, looked for once
	struct str name;
	struct feed feed;
	bool found;
};

struct batches {
	LIST(struct scratch_batch) at;
};

struct work {
	struct play *p;
	LIST(struct known *) feeds;
	const char *archive; // its folder
	const struct scratch_batch *b;
	char path[PATH_BYTES]; // where its bytes are read
	int copy;              // in memory, of a sealed one; -1: none
	struct ahead ahead;
};

static bool load_batches(struct work *w, struct batches *out, struct err *e)
{
	struct arena *a = w->p->a;
	autorows r = NULL;
	struct scratch_batch b;

	if (!scratch_batches(w->p->r->home->db, w->p->r->since, REHEARSE_BATCHES + 1, &r, e))
		return false;
	while (scratch_next_batch(r, &b, e)) {
		b.feed = arena_str(a, b.feed);
		b.type = arena_str(a, b.type);
		b.file = arena_str(a, b.file);
		*list_add(&out->at, a) = b;
	}
	if (e->kind == ERR_NONE && out->at.count > REHEARSE_BATCHES)
		return err_set(e, ERR_LIMIT, "more than %d batches: say fewer --days",
			       (int)REHEARSE_BATCHES);
	return e->kind == ERR_NONE;
}

static void leave(struct work *w, enum rehearse_left why, const char *what)
{
	struct rehearse_outcome *out = w->p->out;

	if (out->left[why]++ == 0)
		out->first[why] = arena_fmt(w->p->a, STR_FMT ": %s", STR_ARG(w->b->file), what);
}

// NULL: there is no feed file for it any more.
static const struct feed *feed_of(struct work *w, struct str name)
{
	struct feed_places places;
	struct known *k;
	struct err e;

	for (size_t i = 0; i < w->feeds.count; i++)
		if (str_eq(w->feeds.at[i]->name, name))
			return w->feeds.at[i]->found ? &w->feeds.at[i]->feed : NULL;
	places = feed_places(w->p->r->home->path, w->p->a);
	k = arena_new(w->p->a, struct known, 1);
	k->name = name;
	k->found = feed_find(&places, name, w->p->a, &k->feed, &e);
	*list_add(&w->feeds, w->p->a) = k;
	return k->found ? &k->feed : NULL;
}

static const struct feed_type *type_of(const struct feed *f, struct str type)
{
	return f == NULL ? NULL : f->types.count == 1 ? &f->types.at[0] : feed_type(f, type);
}

// ---- its bytes

static bool unseal(struct work *w, const char *path, struct err *e)
{
	struct archived got;
	bool plain, ok;
	int in;

	if (!file_open(path, &in, &plain, e))
		return false;
	ok = file_in_memory(&w->copy, e) && archive_open(in, w->p->r->key, w->copy, &got, e);
	close(in);
	if (ok)
		file_again(w->copy, w->path);
	return ok;
}

// Where the bytes can be read; false: the batch is left out, and it is said why.
static bool find_bytes(struct work *w)
{
	const struct rehearsal *r = w->p->r;
	struct str path = str_of(w->b->kept.path);
	struct err e = { 0 };

	snprintf(w->path, sizeof w->path, "%s/" STR_FMT, w->archive, STR_ARG(path));
	if (!file_exists(w->path)) {
		leave(w, LEFT_GONE, w->b->kept.path);
		return false;
	}
	if (!str_has_suffix(path, S(".sealed")))
		return true;
	if (r->key == NULL)
		leave(w, LEFT_SEALED, w->b->kept.path);
	else if (unseal(w, w->path, &e))
		return true;
	else
		leave(w, LEFT_UNREAD, e.text);
	return false;
}

// ---- reading it

static bool each(void *context, const struct scan_hit *hit, struct err *e)
{
	struct work *w = context;

	return ahead_hit(&w->ahead, w->p->side, hit, e);
}

static bool scan(struct work *w, const struct feed *f, const struct feed_type *type,
		 struct scan_tally *t, struct err *e)
{
	const struct play *p = w->p;
	const struct scan_view would = { &p->side[1].roster, p->side[1].index };
	const struct scan_view gate =
		p->gate != NULL ? (struct scan_view){ &p->gate->roster, p->gate->index }
				: (struct scan_view){ 0 };
	const struct scan s = {
		.feed = f,
		.type = type,
		.roster = &p->side[0].roster,
		.index = p->side[0].index,
		.other = p->gate != NULL ? &would : NULL,
		.gate = p->gate != NULL ? &gate : NULL,
		.path = w->path,
		.fd = -1,
		.jobs = p->r->jobs,
		.events = true,
		.each = each,
		.context = w,
	};

	return scan_run(&s, t, e);
}

// What cannot be read is left out on its side and the next batch is read; what the stores
// refuse ends it all.
static bool is_of_the_batch(const struct err *e)
{
	return e->kind == ERR_INPUT || e->kind == ERR_LIMIT || e->kind == ERR_ABSENT;
}

static bool read_once(struct work *w, const struct ahead_reading *r, enum rehearse_left why,
		      struct err *e)
{
	struct side *side = w->p->side;
	struct scan_tally t;

	if (ahead_full(&w->ahead) && !ahead_publish(&w->ahead, side, e))
		return false;
	ahead_add(&w->ahead, r);
	if (scan(w, r->feed, r->type, &t, e)) {
		w->p->out->records += t.records;
		return ahead_end(&w->ahead, side, &t, e);
	}
	if (!is_of_the_batch(e))
		return false;
	leave(w, why, e->text);
	return ahead_end(&w->ahead, side, NULL, e);
}

// With the file as it is, and as it would be.
static bool read_twice(struct work *w, const struct ahead_reading *is, struct err *e)
{
	struct ahead_reading was = *is, would = *is;

	was.to[1] = would.to[0] = false;
	would.feed = w->p->feed;
	would.type = type_of(w->p->feed, w->b->type);
	if (was.type != NULL && !read_once(w, &was, LEFT_UNREAD, e))
		return false;
	if (would.type != NULL)
		return read_once(w, &would, LEFT_UNREADABLE, e);
	leave(w, was.type != NULL ? LEFT_UNREADABLE : LEFT_FEED,
	      "its report type is not in the file");
	return true;
}

static bool read_batch(struct work *w, struct err *e)
{
	bool changed = w->p->feed != NULL && str_eq(w->p->feed->name, w->b->feed);
	struct ahead_reading r = {
		.batch = w->b,
		.feed = feed_of(w, w->b->feed),
		.to = { true, true },
		.split = w->p->gate != NULL,
	};

	r.type = type_of(r.feed, w->b->type);
	if (r.type == NULL && !changed) {
		leave(w, LEFT_FEED, "no feed file has it");
		return true;
	}
	if (!find_bytes(w))
		return true;
	w->p->out->batches++;
	return changed ? read_twice(w, &r, e) : read_once(w, &r, LEFT_UNREAD, e);
}

// ---- all of them

static void close_copy(struct work *w)
{
	if (w->copy >= 0)
		close(w->copy);
	w->copy = -1;
}

static bool play(struct work *w, const struct batches *all, struct err *e)
{
	const struct rehearsal *r = w->p->r;

	for (size_t i = 0; i < all->at.count; i++) {
		bool ok;

		w->b = &all->at.at[i];
		if (r->progress != NULL)
			r->progress(r->context, i, all->at.count);
		ok = read_batch(w, e);
		close_copy(w);
		if (!ok)
			return false;
	}
	return ahead_publish(&w->ahead, w->p->side, e);
}

static bool finish(struct work *w, struct side *s, struct err *e)
{
	return side_clock(s, w->p->r->home->now, e) && side_settle(s, e);
}

bool play_all(struct play *p, struct err *e)
{
	struct work w = { .p = p, .copy = -1 };
	struct batches all = { 0 };
	bool good;

	w.archive = home_path(p->r->home, "archive", p->a);
	for (unsigned k = 0; k < 2; k++) {
		struct side *s = &p->side[k];

		s->from = p->r->home->db;
		s->a = p->a;
		s->run.now = p->r->since;
		s->heard_to = p->r->since - HEARD_BEFORE_DAYS * TIME_DAY;
		s->pending = true;
	}
	ahead_init(&w.ahead, p->a);
	good = load_batches(&w, &all, e) && play(&w, &all, e) && finish(&w, &p->side[0], e) &&
	       finish(&w, &p->side[1], e);
	ahead_done(&w.ahead);
	return good;
}
