// From a file of the spool to findings, and the notes of what is done.
#include "base/time.h"
#include "os/file.h"
#include "store/batch.h"
#include "task/fetch/fetching.h"

static bool in_transaction(struct fetching *f, fetching_write write, const void *what,
			   struct err *e)
{
	struct db *d = f->with->run->db;
	int64_t feed;

	if (!batch_feed(d, f->feed->name, &feed, e) || !write(d, feed, what, e)) {
		db_abort(d);
		return false;
	}
	return db_commit(d, e);
}

bool fetching_note(struct fetching *f, fetching_write write, const void *what, struct err *e)
{
	if (f->with->run->dry)
		return true;
	return db_begin(f->with->run->db, e) && in_transaction(f, write, what, e);
}

struct item {
	const struct fetched *file;
	int64_t now;
};

static bool write_item(struct db *d, int64_t feed, const void *what, struct err *e)
{
	const struct item *i = what;

	return fetch_item_put(d, feed, i->file->item, i->file->version, i->now, e);
}

bool fetching_item_done(struct fetching *f, struct str item, struct str version, bool *is,
			struct err *e)
{
	return fetch_item_done(f->with->run->db, f->feed->name, item, version, is, e);
}

// Which report it is and of which day, by its name.
static bool kind_of(struct fetching *f, struct run_batch *b, struct err *e)
{
	const struct feed *feed = f->feed;
	struct str type = { 0 };
	bool tells = feed->file.n > 0 && feed_file_name(feed, b->name, &type, &b->day);

	if (!tells || b->day == TIME_EVER)
		b->day = f->with->day;
	b->type = feed->types.count == 1 ? &feed->types.at[0]
		  : tells                ? feed_type(feed, type)
					 : NULL;
	if (b->type != NULL)
		return true;
	if (tells)
		return err_set(e, ERR_INPUT,
			       "the feed file has no report type \"" STR_FMT
			       "\": a newer schema is needed",
			       STR_ARG(str_first(type, 60)));
	return err_set(e, ERR_INPUT, "the name does not tell which report it is (" STR_FMT ")",
		       STR_ARG(feed->file));
}

static void count(struct fetch_report *to, const struct run_report *r)
{
	to->files++;
	to->known += r->known;
	to->records += r->tally.records;
	to->hits += r->tally.hits;
	for (unsigned i = JUNK_NONE + 1; i < JUNK_KINDS; i++)
		to->junk += r->tally.junk[i];
	to->fresh += r->fresh;
	to->refreshed += r->refreshed;
	to->candidates += r->candidates;
	to->promoted += r->promoted;
}

// It stays in the spool; the others are done.
static bool hold(struct fetching *f, struct str name, struct err *why)
{
	*list_add(&f->held, &f->a) = (struct held){ .name = name, .why = *why };
	why->kind = ERR_NONE;
	return true;
}

static void let_go(struct fetching *f, struct str name)
{
	LIST_EACH (struct held, h, &f->held)
		h->over = h->over || str_eq(h->name, name);
}

bool fetching_run(struct fetching *f, const struct fetched *file, bool *done, struct err *e)
{
	struct run_batch b = {
		.feed = f->feed, .path = file->path, .name = file->name, .day = TIME_EVER
	};
	const struct item item = { file, f->with->run->now };
	struct run_report r = { 0 };

	*done = false;
	if (!kind_of(f, &b, e)) {
		err_in(e, STR_FMT, STR_ARG(file->name));
		return hold(f, file->name, e);
	}
	if (!run_batch(f->with->run, &b, &r, e)) {
		if (e->kind != ERR_INPUT && e->kind != ERR_LIMIT)
			return false;
		return hold(f, file->name, e);
	}
	count(f->report, &r);
	let_go(f, file->name);
	*done = true;
	if (file->item.n > 0 && !fetching_note(f, write_item, &item, e))
		return false;
	return !file->ours || file_remove(file->path, e);
}

unsigned fetching_held(const struct fetching *f, const struct err **why)
{
	unsigned n = 0;

	LIST_EACH (const struct held, h, &f->held) {
		if (!h->over && n++ == 0)
			*why = &h->why;
	}
	return n;
}
