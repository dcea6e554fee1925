#include "task/retention/retention.h"

#include "base/time.h"
#include "ui/audited.h"
#include "ui/nouns.h"

static const struct column columns[] = {
	{ "kept", "Kept", false },       { "what", "What", true },    { "days", "Days", false },
	{ "from", NULL, false },         { "due", "Over it", false }, { "oldest", "Oldest", false },
	{ "purpose", "Kept for", true }, { "ground", NULL, false },
};

struct row {
	struct str word, what;
	int days;
	struct retained due;
};

static void put_row(struct out *o, const struct retention *r, const struct row *x)
{
	out_text(o, x->word);
	out_text(o, x->what);
	out_int(o, x->days);
	out_text(o, str_of(r->from));
	out_int(o, x->due.count);
	if (x->due.count > 0)
		out_time(o, x->due.oldest);
	else
		out_none(o);
	out_text(o, str_of(r->purpose));
	out_text(o, str_of(r->ground));
}

// A feed's own term stands below that of all, where it is shorter.
static void put_own(struct app *app, const struct retention_own *own)
{
	for (unsigned k = 0; k < COUNTOF(retention_of_feeds); k++) {
		const struct retention *r = &retentions[retention_of_feeds[k]];
		const struct row row = {
			arena_fmt(app->arena, "%s/" STR_FMT, r->word, STR_ARG(own->feed)),
			arena_fmt(app->arena, "%s, of feed " STR_FMT, r->what, STR_ARG(own->feed)),
			own->days,
			own->due[k],
		};

		if (own->days < r->days)
			put_row(&app->out, r, &row);
	}
}

static void put_plan(struct app *app, const struct retention_plan *p)
{
	out_table(&app->out, columns, COUNTOF(columns));
	for (unsigned i = 0; i < RETAIN_COUNT; i++) {
		const struct retention *r = &retentions[i];

		put_row(&app->out, r,
			&(struct row){ str_of(r->word), str_of(r->what), r->days, p->due[i] });
	}
	LIST_EACH (const struct retention_own, own, &p->own)
		put_own(app, own);
	out_end(&app->out);
	LIST_EACH (const struct str, feed, &p->unread)
		app_say(app,
			"feed " STR_FMT
			" cannot be read: what it brought is kept as long as all is",
			STR_ARG(*feed));
}

static bool plan(struct app *app, const struct call *call, struct err *e)
{
	struct retention_plan p;
	autohome h = { 0 };

	(void)call;
	if (!home_open(app->home, app->arena, &h, e) || !retention_plan(&h, app->arena, &p, e))
		return false;
	put_plan(app, &p);
	return true;
}

static bool apply(struct app *app, const struct call *call, struct err *e)
{
	struct retention_plan p;
	struct audit_by by;
	autohome h = { 0 };

	if (!home_open(app->home, app->arena, &h, e) || !retention_plan(&h, app->arena, &p, e))
		return false;
	by = audited_by(call, h.now);
	if (!app->dry_run && p.count > 0 &&
	    (!app_confirm(app, (uint64_t)p.count, "would remove for ever what is over its time",
			  e) ||
	     !retention_apply(&h, &p, &by, app->arena, e)))
		return false;
	put_plan(app, &p);
	if (app->dry_run)
		app_say(app, "This was a dry run: nothing was changed.");
	return true;
}

// clang-format off
static const struct option apply_options[] = { AUDITED_BY, { 0 } };
static const struct command rows[] = {
	{ "retention plan", "", "Show how long what is kept, why, and what is over its time", READS, 0, 0, NULL,
	  { "waker retention plan",
	    "waker retention plan --json" },
	  "With --json also the legal ground of each, as far as it was checked. A feed file may say fewer days for what "
	  "it brings (`keep`, waker-feed(5)).", plan },
	{ "retention apply", "", "Remove what is over its time", CHANGES, 0, 0, apply_options,
	  { "waker retention apply --dry-run",
	    "waker retention apply --yes" },
	  "Batches, findings, messages and the audit's chain stay; their bytes, records, reasons, addresses "
	  "and values go. "
	  "What is held, or waits to be read, is kept until an officer decides about it.", apply },
};
// clang-format on

const struct noun noun_retention = { "retention", "how long what is kept, and letting it go", rows,
				     COUNTOF(rows) };
