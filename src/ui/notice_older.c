#include "base/zone.h"
#include "codec/text/id.h"
#include "model/notice/older_mail.h"
#include "os/file.h"
#include "os/idn.h"
#include "store/roster.h"
#include "task/shadow/compare.h"
#include "task/shadow/import.h"
#include "ui/audited.h"
#include "ui/notice_rows.h"
#include "ui/roster_home.h"

enum { MOST_BYTES = 256 << 20, MOST_WORDS = 1 << 20 };

// clang-format off
static const struct column left_columns[] = {
	{ "line", "Line", false },       { "member", "Member", false },
	{ "issue", "Issue", true },      { "thing", "Thing", true },
	{ "finding", "Finding", false }, { "why", NULL, false },
	{ "says", "Why not", true },
};
static const struct column imported_columns[] = {
	{ "lines", "Lines", false },       { "findings", "Told now", false },
	{ "members", "Of members", false }, { "notices", "In notices", false },
	{ "already", "Told already", false }, { "left", "Of nothing", false },
	{ "foreign", "In texts, nobody's", false },
};
static const struct column compared_columns[] = {
	{ "told_by", "Told by", false },   { "member", "Member", false },
	{ "issue", "Issue", true },        { "things", "Things", false },
	{ "thing", "The first", true },    { "line", "Line", false },
	{ "why", NULL, false },            { "says", "Why", true },
};
static const struct column day_columns[] = {
	{ "day", "Day", false },           { "both", "Told by both", false },
	{ "older", "By the older alone", false }, { "waker", "By Waker alone", false },
	{ "other_days", "Lines of other days", false }, { "foreign", "In texts, nobody's", false },
};
// clang-format on

// ---- what both begin with

struct older_home {
	struct roster_home h;
	struct roster roster;
	struct index *index;
	struct older_words words;
	struct older older;
	struct look look;
};

static bool bytes_of(struct app *app, struct str file, size_t most, struct str *out, struct err *e)
{
	const char *path = str_z(app->arena, file);

	if (path == NULL)
		return err_set(e, ERR_USAGE, "a file's name has no NUL in it");
	return file_read(path, most, app->arena, out, e);
}

static void say_ignored(const struct app *app, const struct older *o)
{
	LIST_EACH (const struct str, name, &o->ignored)
		app_say(app, "column \"" STR_FMT "\" is ignored: it says nothing that is asked",
			STR_ARG(str_first(*name, 40)));
}

static bool read_file(struct app *app, const struct call *call, struct older_home *x, struct err *e)
{
	struct str words = call_option(call, "issues"), bytes;

	if (words.p != NULL && (!bytes_of(app, words, MOST_WORDS, &bytes, e) ||
				!older_words_read(bytes, &x->words, app->arena, e)))
		return err_in(e, "--issues " STR_FMT, STR_ARG(words));
	if (!bytes_of(app, call->arg[0], MOST_BYTES, &bytes, e) ||
	    !older_read_any(bytes, &x->words, app->arena, &x->older, e))
		return err_in(e, STR_FMT, STR_ARG(call->arg[0]));
	say_ignored(app, &x->older);
	return true;
}

static bool open_home(struct app *app, const struct call *call, struct older_home *x, struct err *e)
{
	if (!read_file(app, call, x, e) || !roster_home_open(app, &x->h, e) ||
	    !roster_load(x->h.d, &x->h.a, &x->roster, e) ||
	    !index_build(&x->roster, idn_to_ascii, &x->h.a, &x->index, e))
		return false;
	x->look = (struct look){ .d = x->h.d,
				 .a = &x->h.a,
				 .roster = &x->roster,
				 .index = x->index,
				 .words = &x->words,
				 .now = x->h.home.now };
	look_begin(&x->look);
	return true;
}

static void put_why(struct app *app, enum older_why why, struct str detail)
{
	struct str says = older_why_says(why);

	out_text(&app->out, older_why_word(why));
	out_text(&app->out, detail.n == 0 ? says
					  : arena_fmt(app->arena, STR_FMT ": " STR_FMT,
						      STR_ARG(says), STR_ARG(detail)));
}

static void put_line(struct out *o, unsigned line)
{
	if (line == 0)
		out_none(o);
	else
		out_int(o, line);
}

// ---- import

static void put_left(struct app *app, const struct import_left *x)
{
	struct out *o = &app->out;
	char id[ID_TEXT];

	put_line(o, x->row->line);
	out_text(o, x->member != NULL ? x->member->slug : x->row->member);
	out_text(o, x->row->issue);
	out_text(o, x->row->things > 0 ? x->row->thing[0] : S(""));
	if (x->finding != NULL) {
		id_write('F', x->finding->f.number, id);
		out_text(o, str_of(id));
	} else {
		out_none(o);
	}
	put_why(app, x->why, x->detail);
}

static void put_imported(struct app *app, const struct imported *x)
{
	struct out *o = &app->out;

	out_record(o, imported_columns, COUNTOF(imported_columns));
	out_int(o, x->lines);
	out_int(o, x->findings);
	out_int(o, x->members);
	out_int(o, x->messages);
	out_int(o, x->already);
	out_int(o, (int64_t)x->left.count);
	out_int(o, x->foreign);
	out_end(o);
	if (x->left.count == 0)
		return;
	out_line(o, "%s", "");
	out_table(o, left_columns, COUNTOF(left_columns));
	LIST_EACH (const struct import_left, left, &x->left)
		put_left(app, left);
	out_end(o);
}

static bool audit_import(struct app *app, const struct call *call, const struct older_home *x,
			 const struct imported *done, struct err *e)
{
	struct audit_said said[] = {
		{ "file", call->arg[0] },
		{ "findings", arena_fmt(app->arena, "%lld", (long long)done->findings) },
		{ "members", arena_fmt(app->arena, "%lld", (long long)done->members) },
		{ "lines", arena_fmt(app->arena, "%lld", (long long)done->lines) },
		{ "reason", call_option(call, "reason") },
	};
	struct audit_entry entry = {
		.by = audited_by(call, x->h.home.now),
		.subject = S("sending"),
		.said = said,
		.count = COUNTOF(said),
	};

	return audit_write(x->h.d, &entry, app->arena, e);
}

static bool import(struct app *app, const struct call *call, struct older_home *x, struct err *e)
{
	struct imported done;
	bool ok;

	if (!open_home(app, call, x, e) || !db_begin(x->h.d, e))
		return false;
	ok = shadow_import(&x->look, &x->older, &done, e) && audit_import(app, call, x, &done, e);
	if (!audited_keep(app, &x->h.home, ok, e))
		return false;
	put_imported(app, &done);
	if (done.left.count > 0)
		app->ended = EXIT_PARTLY;
	return true;
}

bool notice_import(struct app *app, const struct call *call, struct err *e)
{
	struct older_home x = { 0 };
	bool ok = import(app, call, &x, e);

	roster_home_done(&x.h);
	return ok;
}

// ---- compare

// A day is one on the wall of the members; without one, the day before this.
static bool day_of(const struct call *call, int64_t now, int64_t *day, struct err *e)
{
	struct str text = call_option(call, "day");

	*day = time_day(now + zone_ahead(now)) - TIME_DAY;
	if (text.p != NULL && (!time_read(text, day) || *day != time_day(*day)))
		return err_set(e, ERR_USAGE, "--day: \"" STR_FMT "\" is no day such as 2026-11-24",
			       STR_ARG(str_first(text, 40)));
	return true;
}

static void put_row(struct app *app, const struct compared_row *r)
{
	struct out *o = &app->out;

	out_text(o, compared_by_word(r->by));
	out_text(o, r->member);
	out_text(o, r->issue);
	out_int(o, r->things);
	out_text(o, r->thing);
	put_line(o, r->line);
	put_why(app, r->why, r->detail);
}

static void put_compared(struct app *app, int64_t day, const struct compared *x)
{
	struct out *o = &app->out;

	out_record(o, day_columns, COUNTOF(day_columns));
	out_day(o, day);
	out_int(o, x->things[TOLD_BY_BOTH]);
	out_int(o, x->things[TOLD_BY_OLDER]);
	out_int(o, x->things[TOLD_BY_WAKER]);
	out_int(o, x->other_days);
	out_int(o, x->foreign);
	out_end(o);
	if (x->rows.count == 0)
		return;
	out_line(o, "%s", "");
	out_table(o, compared_columns, COUNTOF(compared_columns));
	LIST_EACH (const struct compared_row, r, &x->rows)
		put_row(app, r);
	out_end(o);
}

static bool compare(struct app *app, const struct call *call, struct older_home *x, struct err *e)
{
	struct compared found;
	int64_t day;

	if (!open_home(app, call, x, e) || !day_of(call, x->look.now, &day, e))
		return false;
	x->look.day = (struct shadow_day){ zone_moment(day), zone_moment(day + TIME_DAY) };
	if (!shadow_compare(&x->look, &x->older, call_has(call, "each"), &found, e))
		return false;
	put_compared(app, day, &found);
	if (found.things[TOLD_BY_BOTH] + found.things[TOLD_BY_WAKER] == 0)
		app_say(app, "no notice was made beside it on that day: see 'waker notice mode'");
	return true;
}

bool notice_compare(struct app *app, const struct call *call, struct err *e)
{
	struct older_home x = { 0 };
	bool ok = compare(app, call, &x, e);

	roster_home_done(&x.h);
	return ok;
}
