#include "store/audit.h"

#include "base/time.h"
#include "os/digest.h"
#include "task/audit/verify.h"
#include "task/audit/write.h"
#include "ui/nouns.h"

static const struct column columns[] = {
	{ "row", "Row", false },   { "at", "At", false },     { "who", "Who", false },
	{ "verb", "Did", false },  { "subject", "To", true }, { "values", "Values", true },
	{ "erased", NULL, false }, { "hash", NULL, false },
};

struct listing {
	struct app *app;
	struct db *d;
	struct chain_value values[CHAIN_MOST_VALUES];
	struct str texts[CHAIN_MOST_VALUES];
};

static bool put_row(struct listing *w, const struct chain_row *r, struct err *e)
{
	struct arena *a = w->app->arena;
	struct out *o = &w->app->out;
	int64_t erased = 0;
	char hex[DIGEST_TEXT];
	size_t n;

	if (!audit_values(w->d, r->id, a, w->values, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct chain_value *v = &w->values[i];

		erased += v->erased != 0;
		w->texts[i] = arena_fmt(a, STR_FMT ": " STR_FMT, STR_ARG(v->key),
					STR_ARG(v->erased != 0 ? S("(erased)") : v->value));
	}
	digest_hex(r->hash, hex);
	out_int(o, r->id);
	out_time(o, r->at);
	out_text(o, r->who);
	out_text(o, r->verb);
	out_text(o, r->subject);
	out_texts(o, w->texts, n);
	out_int(o, erased);
	out_text(o, str_of(hex));
	return true;
}

static bool read_filter(const struct call *call, struct audit_filter *f, struct err *e)
{
	struct str since = call_option(call, "since");

	*f = (struct audit_filter){
		.subject = call_option(call, "of"),
		.who = call_option(call, "who"),
		.since = TIME_EVER,
	};
	return since.p == NULL || time_read(since, &f->since) ||
	       err_set(e, ERR_USAGE, "--since: \"" STR_FMT "\" is no day such as 2026-03-02",
		       STR_ARG(str_first(since, 40)));
}

static bool audit_all(struct app *app, const struct call *call, struct err *e)
{
	struct listing *w = arena_new(app->arena, struct listing, 1);
	struct audit_filter filter;
	autohome h = { 0 };
	autorows rows = NULL;
	struct chain_row r;
	char *mark;

	if (!read_filter(call, &filter, e) || !home_open(app->home, app->arena, &h, e) ||
	    !audit_list(h.db, &filter, &rows, e))
		return false;
	w->app = app;
	w->d = h.db;
	mark = arena_mark(app->arena);
	out_table(&app->out, columns, COUNTOF(columns));
	while (audit_next_row(rows, &r, e)) {
		if (!put_row(w, &r, e))
			return false;
		arena_back(app->arena, mark);
	}
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

static const struct column verdict_columns[] = {
	{ "whole", "Whole", false },          { "rows", "Rows that fit", false },
	{ "erased", "Values erased", false }, { "head", "Newest of them", false },
	{ "hash", "Its hash", false },        { "fault", "What is wrong", false },
};

static bool audit_check(struct app *app, const struct call *call, struct err *e)
{
	struct str noted = call_option(call, "noted");
	struct audit_verdict v;
	autohome h = { 0 };
	char hex[DIGEST_TEXT];

	if (noted.p != NULL && noted.n != DIGEST_TEXT - 1)
		return err_set(e, ERR_USAGE, "--noted: a hash has %d characters, not %zu",
			       (int)DIGEST_TEXT - 1, noted.n);
	if (!home_open(app->home, app->arena, &h, e) || !audit_verify(&h, noted, app->arena, &v, e))
		return false;
	digest_hex(v.hash, hex);
	out_record(&app->out, verdict_columns, COUNTOF(verdict_columns));
	out_flag(&app->out, v.fault.n == 0);
	out_int(&app->out, v.rows);
	out_int(&app->out, v.erased);
	out_int(&app->out, v.head);
	if (v.head > 0)
		out_text(&app->out, str_of(hex));
	else
		out_none(&app->out);
	if (v.fault.n > 0)
		out_text(&app->out, v.fault);
	else
		out_none(&app->out);
	out_end(&app->out);
	if (v.note.n > 0)
		app_say(app, STR_FMT, STR_ARG(v.note));
	if (v.fault.n > 0)
		app->ended = EXIT_FOUND;
	return true;
}

// clang-format off
static const struct option list_options[] = {
	{ "of", "SUBJECT", NULL, "only what was done to this: F-7K2QXM-5, h1, batch 17, a feed" },
	{ "who", "NAME", NULL, "only what this officer did" },
	{ "since", "DATE", NULL, "only from this day on" },
	{ 0 },
};
static const struct option verify_options[] = {
	{ "noted", "HASH", NULL, "a hash that was noted before, which a row must have" },
	{ 0 },
};
static const struct command rows[] = {
	{ "audit list", "", "List who changed what, and who looked at what is personal", READS, 0, 0, list_options,
	  { "waker audit list --of F-7K2QXM-5",
	    "waker audit list --who j.doe --since 2026-03-02 --json" },
	  "In the order in which it was done. What was typed and what changed can be erased; that it "
	  "was there stays.", audit_all },
	{ "audit verify", "", "Say whether a row of the audit was altered, removed or moved", READS, 0, 0, verify_options,
	  { "waker audit verify",
	    "waker audit verify --json" },
	  "Each row has a hash over itself and the row before; the newest one is noted in the home's "
	  "audit.head. Who can write the whole home can write all of it anew: note the hash that is "
	  "printed where they cannot, and give it back with --noted. Status 7: the first row that does "
	  "not fit is named. A value that was erased is counted, and is no fault.", audit_check },
};
// clang-format on

const struct noun noun_audit = { "audit", "who did what, in a chain that shows what was altered",
				 rows, COUNTOF(rows) };
