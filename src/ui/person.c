#include "store/person.h"

#include "base/list.h"
#include "base/time.h"
#include "codec/text/id.h"
#include "ui/audited.h"
#include "ui/nouns.h"

static const struct column columns[] = {
	{ "where", "Where", false },      { "subject", "Of", false }, { "id", "Id", false },
	{ "what", "What", true },         { "value", "Value", true }, { "since", "Since", false },
	{ "until", "Kept until", false }, { "term", NULL, false },
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
	if (place->number == NUMBER_FINDING) {
		id_write('F', (uint32_t)hit->number, id);
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

static bool person(struct app *app, const struct call *call, struct err *e)
{
	struct str search = str_trim(call->arg[0]);
	struct audit_said said[] = { { "search", search } };
	struct audit_entry x = { .subject = S("person"), .said = said, .count = 1 };
	struct found found = { 0 };
	autohome h = { 0 };

	if (search.n < PERSON_LEAST || search.n > PERSON_MOST)
		return err_set(e, ERR_USAGE, "from %d to %d letters of an address or a name",
			       (int)PERSON_LEAST, (int)PERSON_MOST);
	if (!home_open(app->home, app->arena, &h, e) || !look(app, &h, search, &found, e))
		return false;
	x.by = audited_by(call, h.now);
	// Nothing is shown before it is written down that it was.
	if (!audited_look(app, &h, &x, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	LIST_EACH (const struct person_hit, hit, &found.hits)
		put_hit(app, hit);
	out_end(&app->out);
	app_say(app,
		"Not looked through: the bytes of the archive (see 'waker retention plan' for how "
		"long they are kept).");
	return true;
}

// clang-format off
static const struct option options[] = { AUDITED_BY, { 0 } };
static const struct command rows[] = {
	{ "person", "SEARCH", "Look a person's data up, for who asks what is kept of them", READS, 1, 1, options,
	  { "waker person j.jansen@hospital-one.example",
	    "waker person 'J. Jansen' --json" },
	  "Contacts, accounts and names of the roster, records of findings, batches, false alarms, notes and the "
	  "audit's values that have these letters in them: where, what, since when, and how long it is "
	  "kept. Small and capital letters are the same, as far as they are ASCII. The search itself is a "
	  "row of the audit.", person },
};
// clang-format on

const struct noun noun_person = { "person", "where a person's data stand", rows, COUNTOF(rows) };
