// Shadowserver's reports API v2: a listing a day, then each report in it that is not done
// yet. A listing whose reports are all here is noted as complete: only that tells that
// what it lacks was not seen.
#include "base/buf.h"
#include "codec/text/json_out.h"
#include "store/life.h"
#include "task/fetch/fetching.h"
#include "task/fetch/look.h"
#include "task/life/settle.h"

enum {
	DAYS_BACK = 14,     // after a longer pause older days are asked for by hand
	MEMORY_DAYS = 60,   // for which a report's id is remembered
	DAYS_FAILED = 4,    // of one fetch, then it is left
	MAX_REPORTS = 5000, // of a day
	NIGHT_HOURS = 4,    // after a day by which all its reports are listed
	TYPES_BYTES = 256 << 10,
};

static struct str quoted(struct fetching *f, struct str s)
{
	size_t room = JSON_STR_ROOM(s.n);
	struct buf b = { .p = arena_new(&f->secrets.a, char, room), .cap = room };

	json_str(&b, s);
	return buf_view(&b);
}

// One call of the API: the key goes into the body, which is then signed.
static bool call(struct fetching *f, const char *method, struct str members, struct get *g,
		 struct got *out, struct err *e)
{
	struct str base = f->how->from, key = quoted(f, f->secrets.key);

	g->url = arena_fmt(&f->a, STR_FMT "%s%s", STR_ARG(base),
			   str_has_suffix(base, S("/")) ? "" : "/", method);
	g->body = arena_fmt(&f->secrets.a, "{\"apikey\":" STR_FMT "," STR_FMT "}", STR_ARG(key),
			    STR_ARG(members));
	g->post = true;
	return fetching_get(f, g, out, e);
}

// The feed file's body may narrow the listing ({"reports":["nl"]}).
static bool list(struct fetching *f, int64_t day, struct looked *out, struct err *e)
{
	static const struct look what = { .field = { { "id", 2 }, { "type", 4 }, { "file", 4 } },
					  .fields = 3 };
	struct get g = { .name = S("list"), .aside = true };
	char date[TIME_TEXT];
	struct str body;
	struct got got;

	time_write(day, date);
	if (!fetching_body(f, arena_fmt(&f->a, "\"date\":\"%.10s\"", date), &body, e))
		return false;
	return call(f, "reports/list", (struct str){ body.p + 1, body.n - 2 }, &g, &got, e) &&
	       look_at_json(got.path, &what, &f->a, out, e);
}

enum { ID, TYPE, NAME }; // of a row

static bool download(struct fetching *f, const struct look_row *r, bool *done, struct err *e)
{
	struct str id = quoted(f, r->value[ID]);
	struct get g = { .name = r->value[NAME] };
	struct fetched file = { .item = r->value[ID], .version = r->value[NAME], .ours = true };
	struct got got;

	if (!fetching_item_done(f, file.item, file.version, done, e) || *done)
		return e->kind == ERR_NONE;
	if (!call(f, "reports/download", arena_fmt(&f->a, "\"id\":" STR_FMT, STR_ARG(id)), &g, &got,
		  e))
		return err_in(e, STR_FMT, STR_ARG(str_first(r->value[NAME], 60)));
	file.path = got.path;
	file.name = got.name;
	return fetching_run(f, &file, done, e);
}

struct listed {
	const struct feed *feed;
	const struct looked *rows;
	struct listing *listing;
};

static bool has_type(const struct looked *rows, struct str type)
{
	LIST_EACH (const struct look_row, r, &rows->rows)
		if (str_eq(r->value[TYPE], type))
			return true;
	return false;
}

// A type that a whole listing lacks had nothing to report: that is a word, too (RULES 4),
// whatever becomes of the reports in it. But those of a day come in the night that follows.
static bool hear_absent(struct db *d, int64_t feed, const struct listed *x, struct err *e)
{
	const struct listing *l = x->listing;
	const struct heard h = { l->day, l->seen, true };
	struct settled settled;

	if (l->seen < l->day + TIME_DAY + NIGHT_HOURS * TIME_HOUR)
		return true;
	LIST_EACH (const struct feed_type, t, &x->feed->types)
		if (!has_type(x->rows, t->name) &&
		    !heard_put(d, (struct heard_of){ feed, t->name }, &h, e))
			return false;
	return life_settle(d, l->seen, 0, &settled, e);
}

static bool write_listing(struct db *d, int64_t feed, const void *what, struct err *e)
{
	const struct listed *x = what;
	const struct listing *l = x->listing;

	return listing_put(d, feed, l, e) &&
	       fetch_item_forget(d, feed, l->seen - MEMORY_DAYS * TIME_DAY, e) &&
	       hear_absent(d, feed, x, e);
}

static bool write_failed(struct db *d, int64_t feed, const void *what, struct err *e)
{
	const struct listing *l = what;

	return listing_failed(d, feed, l->day, l->seen, e);
}

// The types of the rows as a JSON list. False: a row is no report.
static bool types_of(struct fetching *f, const struct looked *rows, struct str *out)
{
	struct buf b = { .p = arena_new(&f->a, char, TYPES_BYTES), .cap = TYPES_BYTES };

	buf_char(&b, '[');
	LIST_EACH (const struct look_row, r, &rows->rows) {
		if (r->value[ID].n == 0 || r->value[NAME].n == 0)
			return false;
		if (b.n > 1)
			buf_char(&b, ',');
		json_str(&b, r->value[TYPE]);
	}
	buf_char(&b, ']');
	*out = buf_view(&b);
	return !b.over && rows->rows.count <= MAX_REPORTS;
}

// One report that fails leaves the others of the day to be done; unless nothing goes.
static bool download_all(struct fetching *f, const struct looked *rows, struct listing *l,
			 struct err *e)
{
	struct err first = { 0 };

	l->complete = true;
	LIST_EACH (const struct look_row, r, &rows->rows) {
		struct err mine = { 0 };
		bool done = false;

		if (!download(f, r, &done, &mine) && first.kind == ERR_NONE)
			first = mine;
		l->complete = l->complete && done;
		if (f->retry > 0 || first.kind == ERR_SYSTEM || first.kind == ERR_CONFLICT)
			break; // it asks to wait, or this machine fails
	}
	if (first.kind == ERR_NONE)
		return true;
	*e = first;
	return false;
}

// That a listing failed is a fact too.
static bool no_listing(struct fetching *f, const struct listing *l, struct err *e)
{
	struct err mine;

	if (!fetching_note(f, write_failed, l, &mine))
		*e = mine;
	return false;
}

static bool do_day(struct fetching *f, int64_t day, bool *complete, struct err *e)
{
	struct listing l = { .day = day, .seen = f->with->run->now };
	struct looked rows = { 0 };
	struct listed listed = { f->feed, &rows, &l };
	struct err noted = { 0 };
	bool all;

	if (!list(f, day, &rows, e))
		return no_listing(f, &l, e);
	if (!types_of(f, &rows, &l.types)) {
		err_set(e, ERR_REMOTE, "the listing has entries that are no reports");
		return no_listing(f, &l, e);
	}
	all = download_all(f, &rows, &l, e);
	if (!fetching_note(f, write_listing, &listed, all ? e : &noted))
		return false;
	*complete = l.complete;
	return all;
}

// One day that the publisher fails to list leaves the later ones to be fetched; but who fails
// for good, or asks to wait, is not asked again and again.
static bool go_on(const struct fetching *f, struct err *first, struct err *e, unsigned *failed)
{
	if (first->kind == ERR_NONE)
		*first = *e;
	if (f->retry > 0 || e->kind != ERR_REMOTE || ++*failed == DAYS_FAILED) {
		*e = *first;
		return false;
	}
	e->kind = ERR_NONE;
	return true;
}

bool fetch_shadowserver(struct fetching *f, struct err *e)
{
	int64_t today = time_day(f->with->run->now), first = today - TIME_DAY, last = today;
	struct err first_err = { 0 };
	unsigned failed = 0;
	bool unbroken = true;

	if (!fetching_secrets(f, e))
		return false;
	if (f->with->day != TIME_EVER)
		first = last = f->with->day;
	else if (f->state.upto > 0 && f->state.upto < first)
		first = f->state.upto > today - DAYS_BACK * TIME_DAY ? f->state.upto
								     : today - DAYS_BACK * TIME_DAY;
	for (int64_t day = first; day <= last; day += TIME_DAY) {
		bool complete = false;

		if (!do_day(f, day, &complete, e) && !go_on(f, &first_err, e, &failed))
			return false;
		unbroken = unbroken && complete;
		if (unbroken && f->with->day == TIME_EVER)
			f->state.upto = day;
	}
	*e = first_err;
	return first_err.kind == ERR_NONE;
}
