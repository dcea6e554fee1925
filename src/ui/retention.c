#include "task/retention/retention.h"

#include "base/time.h"
#include "ui/audited.h"
#include "ui/nouns.h"

static const struct column columns[] = {
	{ "kept", "Kept", false },       { "what", "What", true },    { "days", "Days", false },
	{ "from", NULL, false },         { "due", "Over it", false }, { "oldest", "Oldest", false },
	{ "purpose", "Kept for", true }, { "ground", NULL, false },
};

static void put_plan(struct out *o, const struct retention_plan *p)
{
	out_table(o, columns, COUNTOF(columns));
	for (unsigned i = 0; i < RETAIN_COUNT; i++) {
		const struct retention *r = &retentions[i];

		out_text(o, str_of(r->word));
		out_text(o, str_of(r->what));
		out_int(o, r->days);
		out_text(o, str_of(r->from));
		out_int(o, p->due[i].count);
		if (p->due[i].count > 0)
			out_time(o, p->due[i].oldest);
		else
			out_none(o);
		out_text(o, str_of(r->purpose));
		out_text(o, str_of(r->ground));
	}
	out_end(o);
}

static bool plan(struct app *app, const struct call *call, struct err *e)
{
	struct retention_plan p;
	autohome h = { 0 };

	(void)call;
	if (!home_open(app->home, app->arena, &h, e) || !retention_plan(&h, &p, e))
		return false;
	put_plan(&app->out, &p);
	return true;
}

static bool apply(struct app *app, const struct call *call, struct err *e)
{
	struct retention_plan p;
	struct audit_by by;
	autohome h = { 0 };

	if (!home_open(app->home, app->arena, &h, e) || !retention_plan(&h, &p, e))
		return false;
	by = audited_by(call, h.now);
	if (!app->dry_run && p.count > 0 &&
	    (!app_confirm(app, (uint64_t)p.count, "would remove for ever what is over its time",
			  e) ||
	     !retention_apply(&h, &p, &by, app->arena, e)))
		return false;
	put_plan(&app->out, &p);
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
	  "With --json also the legal ground of each, as far as it was checked.", plan },
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
