#include "task/retention/retention.h"

#include "os/file.h"
#include "store/archive.h"
#include "store/key.h"
#include "store/reach.h"
#include "task/watch/feed_find.h"

const enum retain retention_of_feeds[2] = { RETAIN_ARCHIVE, RETAIN_SEALED };

static struct retain_term term_of(const struct home *h, enum retain kind)
{
	return (struct retain_term){ .kind = kind, .now = h->now };
}

// False: the table's days are no more than the feed's.
static bool own_term(const struct home *h, const struct retention_own *own, unsigned k,
		     struct retain_term *out)
{
	*out = (struct retain_term){ retention_of_feeds[k], h->now, own->feed, own->days };
	return own->days < retentions[retention_of_feeds[k]].days;
}

static bool plan_own(const struct home *h, struct retention_own own, struct arena *a,
		     struct retention_plan *out, struct err *e)
{
	struct retain_term t;

	for (unsigned k = 0; k < COUNTOF(retention_of_feeds); k++) {
		if (own_term(h, &own, k, &t) && !retention_due(h->db, &t, &own.due[k], e))
			return false;
		out->count += own.due[k].count;
	}
	*list_add(&out->own, a) = own;
	return true;
}

static bool plan_feeds(const struct home *h, struct arena *a, struct retention_plan *out,
		       struct err *e)
{
	struct feed_places places = feed_places(h->path, a);
	struct feed_names all;

	if (!feed_names(&places, a, &all, e))
		return false;
	LIST_EACH (const struct str, name, &all.names) {
		struct feed feed;
		struct err unread = { 0 };

		if (!feed_find(&places, *name, a, &feed, &unread))
			*list_add(&out->unread, a) = *name;
		else if (feed.keep > 0 &&
			 !plan_own(h, (struct retention_own){ *name, feed.keep, { { 0 } } }, a, out,
				   e))
			return false;
	}
	return true;
}

bool retention_plan(const struct home *h, struct arena *a, struct retention_plan *out,
		    struct err *e)
{
	*out = (struct retention_plan){ .count = 0 };
	for (unsigned i = 0; i < RETAIN_COUNT; i++) {
		struct retain_term t = term_of(h, (enum retain)i);

		if (!retention_due(h->db, &t, &out->due[i], e))
			return false;
		out->count += out->due[i].count;
	}
	return plan_feeds(h, a, out, e);
}

static bool remove_files(const struct home *h, const struct retain_term *t, struct arena *a,
			 struct err *e)
{
	autorows rows = NULL;
	struct str path;

	if (!retention_files(h->db, t, &rows, e))
		return false;
	while (retention_next_file(rows, &path, e)) {
		char *mark = arena_mark(a);
		const char *file =
			arena_fmt(a, STR_FMT "/archive/" STR_FMT, STR_ARG(h->path), STR_ARG(path))
				.p;

		if (!file_remove(file, e))
			return false;
		arena_back(a, mark);
	}
	return e->kind == ERR_NONE;
}

static bool tell_audit(const struct home *h, const struct retention_plan *p,
		       const struct audit_by *by, struct arena *a, struct err *e)
{
	struct audit_said said[RETAIN_COUNT] = { { 0 } };
	struct audit_entry x = {
		.by = *by, .subject = S("retention"), .said = said, .count = RETAIN_COUNT
	};
	int64_t counts[RETAIN_COUNT];

	for (unsigned i = 0; i < RETAIN_COUNT; i++)
		counts[i] = p->due[i].count;
	LIST_EACH (const struct retention_own, own, &p->own)
		for (unsigned k = 0; k < COUNTOF(retention_of_feeds); k++)
			counts[retention_of_feeds[k]] += own->due[k].count;
	for (unsigned i = 0; i < RETAIN_COUNT; i++)
		if (counts[i] > 0)
			said[i] = (struct audit_said){ retentions[i].word,
						       arena_fmt(a, "%lld", (long long)counts[i]) };
	return audit_write(h->db, &x, a, e);
}

// With the last contact of an address its keys go; with the address of a delivery, that it reached them.
static bool drop(const struct home *h, enum retain r, struct arena *a, struct err *e)
{
	struct retain_term t = term_of(h, r);
	bool has_files = r == RETAIN_ARCHIVE || r == RETAIN_SEALED || r == RETAIN_MAIL;
	int64_t keys;

	return (!has_files || remove_files(h, &t, a, e)) && retention_drop(h->db, &t, e) &&
	       (r != RETAIN_CONTACTS || key_drop_idle(h->db, &keys, e)) &&
	       (r != RETAIN_MESSAGES || reach_drop(h->db, e));
}

static bool drop_own(const struct home *h, const struct retention_plan *p, struct arena *a,
		     struct err *e)
{
	struct retain_term t;

	LIST_EACH (const struct retention_own, own, &p->own)
		for (unsigned k = 0; k < COUNTOF(retention_of_feeds); k++)
			if (own_term(h, own, k, &t) && own->due[k].count > 0 &&
			    !(remove_files(h, &t, a, e) && retention_drop(h->db, &t, e)))
				return false;
	return true;
}

static bool same(const struct retention_plan *x, const struct retention_plan *y)
{
	for (unsigned i = 0; i < RETAIN_COUNT; i++)
		if (x->due[i].count != y->due[i].count)
			return false;
	return x->count == y->count;
}

// While nobody else can write: nothing new comes to name a file that goes.
static bool apply(const struct home *h, const struct retention_plan *planned,
		  const struct audit_by *by, struct arena *a, struct err *e)
{
	struct retention_plan now;

	if (!retention_plan(h, a, &now, e))
		return false;
	if (!same(&now, planned))
		return err_set(e, ERR_CONFLICT,
			       "something came or went meanwhile: look at the plan again");
	for (unsigned i = 0; i < RETAIN_COUNT; i++)
		if (now.due[i].count > 0 && !drop(h, (enum retain)i, a, e))
			return false;
	return drop_own(h, &now, a, e) && archive_forget_unnamed(h->db, e) &&
	       tell_audit(h, &now, by, a, e);
}

bool retention_apply(const struct home *h, const struct retention_plan *planned,
		     const struct audit_by *by, struct arena *a, struct err *e)
{
	if (planned->count == 0)
		return true;
	if (!db_begin(h->db, e))
		return false;
	if (!apply(h, planned, by, a, e)) {
		db_abort(h->db);
		return false;
	}
	return audit_commit(h, a, e);
}
