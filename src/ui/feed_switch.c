// `waker feed enable` and `waker feed disable`.
#include "task/watch/feed_switch.h"

#include "model/feed/fetch.h"
#include "model/mail/reports.h"
#include "task/audit/write.h"
#include "task/fetch/fetch.h"
#include "task/watch/feed_find.h"
#include "ui/audited.h"
#include "ui/feed_rows.h"

static const struct column columns[] = {
	{ "feed", "Feed", false },
	{ "enabled", "On", false },
	{ "changed", "Changed", false },
	{ "note", NULL, false },
};

static bool has_sender(struct str reports, struct str feed)
{
	struct reports_row row;
	bool well;

	while (reports_next(&reports, &row, &well))
		if (str_eq(row.feed, feed))
			return true;
	return false;
}

static struct str note_of_sender(const struct app *app, const struct home *h, const struct feed *f)
{
	if (f->fetch->how == FETCH_CALLBACK)
		return arena_fmt(
			app->arena,
			"its publisher sends it to /in/" STR_FMT
			" of the pages ([web]), with the token of credentials/callback-" STR_FMT,
			STR_ARG(f->name), STR_ARG(f->name));
	if (has_sender(h->mail.reports, f->name))
		return (struct str){ 0 };
	return arena_fmt(app->arena,
			 "its publisher sends it by mail: say from which address in waker.conf, "
			 "[mail] reports = " STR_FMT ":ADDRESS",
			 STR_ARG(f->name));
}

// What stands in the way of fetching it by itself, and who can do something; empty: nothing.
static struct str note_of(const struct app *app, const struct home *h, const struct feed *f)
{
	switch (fetch_lacks(f, h->path, app->arena)) {
	case FETCH_LACKS_NOTHING:
		break;
	case FETCH_LACKS_ADDRESS:
		return arena_fmt(app->arena,
				 "its files are given by hand: put them into " STR_FMT
				 "/inbox/" STR_FMT "/ and run `waker feed run`",
				 STR_ARG(h->path), STR_ARG(f->name));
	case FETCH_LACKS_NEED:
		return note_of_sender(app, h, f);
	case FETCH_LACKS_TRANSPORT:
		return arena_fmt(app->arena,
				 "fetching by %s is not built yet: put its files into " STR_FMT
				 "/inbox/" STR_FMT "/ and run `waker feed run`",
				 feed_fetch_word(f->fetch->how), STR_ARG(h->path),
				 STR_ARG(f->name));
	case FETCH_LACKS_CREDENTIALS:
		return arena_fmt(app->arena,
				 "it is not fetched until its credentials are there: write them "
				 "to " STR_FMT "/credentials/" STR_FMT ", mode 0600",
				 STR_ARG(h->path), STR_ARG(f->fetch->credentials));
	}
	return (struct str){ 0 };
}

static void tell(struct app *app, const struct feed *f, bool on, bool changed, struct str note)
{
	out_text(&app->out, f->name);
	out_flag(&app->out, on);
	out_flag(&app->out, changed);
	if (note.n > 0)
		out_text(&app->out, note);
	else
		out_none(&app->out);
	if (note.n > 0)
		app_say(app, STR_FMT ": " STR_FMT, STR_ARG(f->name), STR_ARG(note));
}

// All names are looked at before anything is changed. A feed whose file is wrong can be
// switched off, and only off.
static bool find_all(struct app *app, const struct call *call, const struct home *h, bool on,
		     struct feed *out, struct err *e)
{
	struct feed_places places = feed_places(h->path, app->arena);
	enum feed_switch is; // else each feed would say that enabled.conf is wrong

	if (!feed_switch_of(places.own, S(""), app->arena, &is, e))
		return false;
	for (size_t i = 0; i < call->count; i++) {
		if (feed_find(&places, call->arg[i], app->arena, &out[i], e))
			continue;
		if (on || e->kind == ERR_ABSENT || e->kind == ERR_USAGE)
			return false;
		app_say(app, "%s", e->text);
		out[i] = (struct feed){ .name = call->arg[i] };
		e->kind = ERR_NONE;
	}
	return true;
}

static bool tell_audit(struct app *app, const struct call *call, const struct home *h,
		       const bool *changed, struct err *e)
{
	for (size_t i = 0; i < call->count; i++) {
		struct audit_entry x = { .by = audited_by(call, h->now), .subject = call->arg[i] };

		if (changed[i] && !audit_write(h->db, &x, app->arena, e))
			return false;
	}
	return true;
}

// The switches are a file, which no transaction holds: while nobody else can write, it is
// looked at, told of, and replaced last before the commit.
static bool switch_and_tell(struct app *app, const struct call *call, const struct home *h,
			    const struct feed_switching *s, bool *changed, struct err *e)
{
	struct feed_switching look = *s;

	look.dry = true;
	if (s->dry)
		return feed_switch_all(&look, app->arena, changed, e);
	if (!db_begin(h->db, e))
		return false;
	if (!feed_switch_all(&look, app->arena, changed, e) ||
	    !tell_audit(app, call, h, changed, e) || !feed_switch_all(s, app->arena, changed, e)) {
		db_abort(h->db);
		return false;
	}
	return audit_commit(h, app->arena, e);
}

static bool switch_them(struct app *app, const struct call *call, bool on, struct err *e)
{
	struct feed *feeds = arena_new(app->arena, struct feed, call->count);
	bool *changed = arena_new(app->arena, bool, call->count);
	autohome h = { 0 };
	struct feed_switching s = {
		.names = call->arg, .count = call->count, .on = on, .dry = app->dry_run
	};

	if (!home_open(app->home, app->arena, &h, e) || !find_all(app, call, &h, on, feeds, e))
		return false;
	s.folder = str_of(home_path(&h, "feeds", app->arena));
	if (!switch_and_tell(app, call, &h, &s, changed, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	for (size_t i = 0; i < call->count; i++)
		tell(app, &feeds[i], on, changed[i],
		     on ? note_of(app, &h, &feeds[i]) : (struct str){ 0 });
	out_end(&app->out);
	if (app->dry_run)
		app_say(app, "This was a dry run: nothing was changed.");
	return true;
}

bool feed_enable(struct app *app, const struct call *call, struct err *e)
{
	return switch_them(app, call, true, e);
}

bool feed_disable(struct app *app, const struct call *call, struct err *e)
{
	return switch_them(app, call, false, e);
}
