#include "store/person.h"

#include "base/list.h"
#include "base/time.h"
#include "codec/text/id.h"
#include "task/person/forget.h"
#include "task/tell/plan.h"
#include "ui/audited.h"
#include "ui/nouns.h"

static const struct column columns[] = {
	{ "where", "Where", false },      { "subject", "Of", false }, { "id", "Id", false },
	{ "what", "What", true },         { "value", "Value", true }, { "since", "Since", false },
	{ "until", "Kept until", false }, { "term", NULL, false },
};

// With --erase: what becomes of it.
static const struct column erase_columns[] = {
	{ "where", "Where", false },      { "subject", "Of", false }, { "id", "Id", false },
	{ "what", "What", true },         { "value", "Value", true }, { "since", "Since", false },
	{ "until", "Kept until", false }, { "term", NULL, false },    { "erased", "Erased", false },
	{ "says", "Why not", true },
};

struct found {
	LIST(struct person_hit) hits;
};

static bool look(struct app *app, const struct home *h, struct str search, struct found *out,
		 struct err *e)
{
	struct arena *a = app->arena;

	for (unsigned i = 0; i < PERSON_PLACE_COUNT; i++) {
		enum person_place place = (enum person_place)i;
		autorows rows = NULL;
		struct person_hit hit;

		if (!person_find(h->db, place, search, a, &rows, e))
			return false;
		while (person_next(rows, place, &hit, e)) {
			hit.subject = arena_str(a, hit.subject);
			hit.what = arena_str(a, hit.what);
			hit.value = arena_str(a, hit.value);
			*list_add(&out->hits, a) = hit;
		}
		if (e->kind != ERR_NONE)
			return false;
	}
	return true;
}

// "30 days since the finding is over"
static struct str term_of(const struct person_hit *hit, struct arena *a)
{
	enum retain term = person_places[hit->place].term;

	if (term == RETAIN_COUNT)
		return S("as long as it is in use");
	return arena_fmt(a, "%d days %s", retentions[term].days, retentions[term].from);
}

static void put_hit(struct app *app, const struct person_hit *hit)
{
	const struct person_place_row *place = &person_places[hit->place];
	struct out *o = &app->out;
	int64_t until = person_until(hit);
	char id[ID_TEXT];

	out_text(o, str_of(place->word));
	out_text(o, hit->subject);
	if (place->number != NUMBER_ROW) {
		id_write(place->number == NUMBER_FINDING ? 'F' : 'N', (uint32_t)hit->number, id);
		out_text(o, str_of(id));
	} else {
		out_text(o, arena_fmt(app->arena, "%lld", (long long)hit->number));
	}
	out_text(o, hit->what);
	out_text(o, hit->value);
	out_time(o, hit->since);
	if (until == TIME_NEVER)
		out_none(o);
	else
		out_time(o, until);
	out_text(o, term_of(hit, app->arena));
}

static bool show(struct app *app, const struct found *found)
{
	out_table(&app->out, columns, COUNTOF(columns));
	LIST_EACH (const struct person_hit, hit, &found->hits)
		put_hit(app, hit);
	out_end(&app->out);
	app_say(app,
		"Not looked through: the bytes of the archive (see 'waker retention plan' for how "
		"long they are kept). Batches are named that have shown a finding which says it.");
	return true;
}

// ---- erasing

static const char *stays(enum person_place place)
{
	switch (place) {
	case PERSON_ARCHIVE:
	case PERSON_SEALED:
		return "bytes of the archive cannot be edited";
	case PERSON_ASSET:
		return "an organisation's name: 'waker asset remove'";
	case PERSON_BATCH:
		return "the name of a publisher's file";
	case PERSON_SUPPRESS:
		return "an officer's name, or what is suppressed: 'waker suppress remove'";
	case PERSON_OFFICER:
		return "an officer: 'waker officer remove'";
	case PERSON_HISTORY:
	case PERSON_BREAKER:
	case PERSON_CHECK:
	case PERSON_TEAM_KEY:
	case PERSON_ALERT:
	case PERSON_HOOK:
	case PERSON_TELLING:
	case PERSON_CALL:
	case PERSON_PAGE:
		return "an officer's name: who did it is accounted for";
	case PERSON_CONTACT:
	case PERSON_ACCOUNT:
	case PERSON_EVIDENCE:
	case PERSON_AUDIT:
	case PERSON_KEY:
	case PERSON_DELIVERY:
	case PERSON_ANSWER:
	case PERSON_MAIL:
	case PERSON_BOUNCE:
	case PERSON_PLACE_COUNT:
		break;
	}
	return "it stands in more than one value, or in a name of a column";
}

static bool is_left(const struct found *left, const struct person_hit *hit)
{
	LIST_EACH (const struct person_hit, x, &left->hits)
		if (x->place == hit->place && x->number == hit->number &&
		    str_eq(x->what, hit->what) && x->since == hit->since)
			return true;
	return false;
}

static void show_erased(struct app *app, const struct found *found, const struct found *left)
{
	out_table(&app->out, erase_columns, COUNTOF(erase_columns));
	LIST_EACH (const struct person_hit, hit, &found->hits) {
		bool there = is_left(left, hit) || hit->place == PERSON_ARCHIVE ||
			     hit->place == PERSON_SEALED;

		put_hit(app, hit);
		out_flag(&app->out, !there);
		out_text(&app->out, there ? str_of(stays(hit->place)) : S(""));
	}
	out_end(&app->out);
}

// Only counts and numbers: it must not say again what was erased.
static bool tell_erased(struct app *app, const struct call *call, const struct home *h,
			const struct found *found, const struct forgotten *done, struct err *e)
{
	struct audit_said said[PERSON_PLACE_COUNT + 2] = { { 0 } };
	struct audit_entry x = {
		.by = audited_by(call, h->now),
		.subject = S("person"),
		.said = said,
		.count = COUNTOF(said),
	};
	struct str batches = S("");

	x.by.verb = S("person --erase");
	for (unsigned i = 0; i < PERSON_PLACE_COUNT; i++)
		if (done->count[i] > 0)
			said[i] = (struct audit_said){ person_places[i].word,
						       arena_fmt(app->arena, "%lld",
								 (long long)done->count[i]) };
	LIST_EACH (const struct person_hit, hit, &found->hits)
		if (hit->place == PERSON_ARCHIVE || hit->place == PERSON_SEALED)
			batches = arena_fmt(app->arena, STR_FMT "%s%lld", STR_ARG(batches),
					    batches.n > 0 ? ", " : "", (long long)hit->number);
	said[PERSON_PLACE_COUNT] = (struct audit_said){ "batches that keep it", batches };
	said[PERSON_PLACE_COUNT + 1] = (struct audit_said){ "reason", call_option(call, "reason") };
	return audit_write(h->db, &x, app->arena, e);
}

static bool erase_in(struct app *app, const struct call *call, const struct home *h,
		     struct str search, struct err *e)
{
	struct forgetting f = { search, h->now };
	const struct planning p = { .now = h->now };
	struct found found = { 0 }, left = { 0 };
	struct forgotten done;
	struct planned planned;

	// Anew, in this transaction: the look itself is there by now, too.
	if (!look(app, h, search, &found, e) || !person_forget(h->db, &f, app->arena, &done, e) ||
	    !notice_plan(h->db, &p, &planned, e) || !look(app, h, search, &left, e) ||
	    !tell_erased(app, call, h, &found, &done, e))
		return false;
	show_erased(app, &found, &left);
	return app->dry_run || app_confirm(app, (uint64_t)done.all, "would erase it from rows", e);
}

static bool erase(struct app *app, const struct call *call, const struct home *h, struct str search,
		  struct err *e)
{
	if (!db_begin(h->db, e))
		return false;
	if (!erase_in(app, call, h, search, e) || app->dry_run) {
		db_abort(h->db);
		if (e->kind == ERR_NONE)
			app_say(app, "This was a dry run: nothing was erased.");
		return e->kind == ERR_NONE;
	}
	if (!audit_commit(h, app->arena, e))
		return false;
	app_say(app, "What is not erased, and why, stands beside it. Also look where Waker does "
		     "not: publishers, mail, backups.");
	return true;
}

static bool says(struct str text, struct str search)
{
	for (size_t i = 0; i + search.n <= text.n; i++)
		if (str_eq_nocase(str_first(str_from(text, i), search.n), search))
			return true;
	return false;
}

static bool check(const struct call *call, struct str search, struct err *e)
{
	struct str reason = str_trim(call_option(call, "reason"));

	if (search.n < PERSON_LEAST || search.n > PERSON_MOST)
		return err_set(e, ERR_USAGE, "from %d to %d letters of an address or a name",
			       (int)PERSON_LEAST, (int)PERSON_MOST);
	if (!call_has(call, "erase"))
		return true;
	if (reason.n == 0)
		return err_set(
			e, ERR_USAGE,
			"--reason TEXT: why it is erased, such as the number of the request");
	return !says(reason, search) ||
	       err_set(e, ERR_USAGE, "--reason: it must not say again what is to be erased");
}

static bool person(struct app *app, const struct call *call, struct err *e)
{
	struct str search = str_trim(call->arg[0]);
	struct audit_said said[] = { { "search", search } };
	struct audit_entry x = { .subject = S("person"), .said = said, .count = 1 };
	struct found found = { 0 };
	autohome h = { 0 };

	if (!check(call, search, e) || !home_open(app->home, app->arena, &h, e) ||
	    !look(app, &h, search, &found, e))
		return false;
	x.by = audited_by(call, h.now);
	// Nothing is shown before it is written down that it was: also in a dry run.
	if (!audited_look(app, &h, &x, e))
		return false;
	return call_has(call, "erase") ? erase(app, call, &h, search, e) : show(app, &found);
}

// clang-format off
static const struct option options[] = {
	{ "erase", NULL, NULL, "erase it, wherever it can be" },
	{ "reason", "TEXT", NULL, "why it is erased; not whose it is" },
	AUDITED_BY,
	{ 0 },
};
static const struct command rows[] = {
	{ "person", "SEARCH", "Look a person's data up, for who asks what is kept of them, and erase it", CHANGES, 1, 1, options,
	  { "waker person j.jansen@hospital-one.example",
	    "waker person j.jansen@hospital-one.example --erase --reason 'request 17' --dry-run" },
	  "Contacts, their keys, accounts and names of the roster, records of findings, batches, false "
	  "alarms, notes, where messages went, alerts, machines that are told, and the audit's values that "
	  "have these letters in them: where, what, since when, and how long it is kept. Small and capital "
	  "letters are the same, as far as they are ASCII. The search itself is a row of the audit, also "
	  "in a dry run.\n\n"
	  "--erase removes contacts and their keys, and blanks accounts, values of records, reasons, "
	  "notes, addresses of messages, texts of alerts and the audit's values; what waits to be sent to "
	  "them is told to the next contact. The audit's chain stays whole. What cannot be erased is said, "
	  "with the reason: officers' names, names of organisations, and the bytes of the archive, whose "
	  "batches are named with the day until which they are kept.", person },
};
// clang-format on

const struct noun noun_person = { "person", "where a person's data stand", rows, COUNTOF(rows) };
