#include "store/person.h"

#include "base/buf.h"
#include "base/time.h"
#include "codec/text/json_out.h"
#include "model/finding/issue.h"
#include "store/statements.gen.h"

#define X(id, word, number, term) [id] = { word, number, term },
const struct person_place_row person_places[PERSON_PLACE_COUNT] = { PERSON_PLACES(X) };
#undef X

static const struct {
	enum statement find;
	enum { PLAIN, OVER, CLASS } takes; // the pattern; and TIME_NEVER; and a class before it
	bool others;                       // CLASS: all but leaked accounts
	bool json;                         // it stands there as JSON writes it
} finds[PERSON_PLACE_COUNT] = {
	[PERSON_CONTACT] = { STATEMENT_PERSON_CONTACTS, PLAIN, false, false },
	[PERSON_ASSET] = { STATEMENT_PERSON_ASSETS, PLAIN, false, false },
	[PERSON_ACCOUNT] = { STATEMENT_PERSON_EVIDENCE, CLASS, false, true },
	[PERSON_EVIDENCE] = { STATEMENT_PERSON_EVIDENCE, CLASS, true, true },
	[PERSON_BATCH] = { STATEMENT_PERSON_BATCHES, PLAIN, false, false },
	[PERSON_SUPPRESS] = { STATEMENT_PERSON_SUPPRESS, PLAIN, false, false },
	[PERSON_HISTORY] = { STATEMENT_PERSON_HISTORY, OVER, false, false },
	[PERSON_AUDIT] = { STATEMENT_PERSON_AUDIT, PLAIN, false, false },
};

// "%a!_b%": anything around it, and no sign of it means anything else than itself.
static struct str pattern(struct str search, bool json, struct arena *a)
{
	size_t room = JSON_STR_ROOM(search.n);
	struct buf text = { .p = arena_new(a, char, room), .cap = room };
	struct buf b = { .p = arena_new(a, char, 2 * room + 2), .cap = 2 * room + 2 };

	if (json)
		json_inner(&text, search);
	else
		buf_str(&text, search);
	buf_char(&b, '%');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '%' || text.p[i] == '_' || text.p[i] == '!')
			buf_char(&b, '!');
		buf_char(&b, text.p[i]);
	}
	buf_char(&b, '%');
	return buf_view(&b);
}

bool person_find(struct db *d, enum person_place place, struct str search, struct arena *a,
		 struct db_rows **out, struct err *e)
{
	struct db_value args[4] = { DB_T(pattern(search, finds[place].json, a)) };
	size_t n = 1;

	if (finds[place].takes == CLASS) {
		args[n++] = DB_I(CLASS_LEAKED);
		args[n++] = DB_I(finds[place].others);
	}
	if (finds[place].takes != PLAIN)
		args[n++] = DB_I(TIME_NEVER);
	return db_query(d, finds[place].find, args, n, out, e);
}

bool person_next(struct db_rows *r, enum person_place place, struct person_hit *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct person_hit){
		.place = place,
		.subject = db_text(r, 0),
		.number = db_int(r, 1),
		.what = db_text(r, 2),
		.value = db_text(r, 3),
		.since = db_int(r, 4),
		.over = db_int(r, 5),
	};
	return true;
}

int64_t person_until(const struct person_hit *hit)
{
	enum retain term = person_places[hit->place].term;

	if (term == RETAIN_COUNT || hit->over == TIME_NEVER || hit->over == TIME_EVER)
		return TIME_NEVER;
	return hit->over + (int64_t)retentions[term].days * TIME_DAY;
}
