#include "store/person.h"

#include "base/buf.h"
#include "base/list.h"
#include "base/time.h"
#include "codec/text/json_blank.h"
#include "codec/text/json_out.h"
#include "model/finding/issue.h"
#include "store/statements.gen.h"

#define ERASED "\"erased\""

#define X(id, word, number, term) [id] = { word, number, term },
const struct person_place_row person_places[PERSON_PLACE_COUNT] = { PERSON_PLACES(X) };
#undef X

static const struct {
	enum statement find;
	enum {
		PLAIN,
		OVER,
		CLASS,
		SEALED
	} takes;     // the pattern; and TIME_NEVER; a class before it; sealed or not
	bool others; // CLASS: all but leaked accounts; SEALED: those
	bool json;   // it stands there as JSON writes it
} finds[PERSON_PLACE_COUNT] = {
	[PERSON_CONTACT] = { STATEMENT_PERSON_CONTACTS, PLAIN, false, false },
	[PERSON_ASSET] = { STATEMENT_PERSON_ASSETS, PLAIN, false, false },
	[PERSON_ACCOUNT] = { STATEMENT_PERSON_EVIDENCE, CLASS, false, true },
	[PERSON_EVIDENCE] = { STATEMENT_PERSON_EVIDENCE, CLASS, true, true },
	[PERSON_BATCH] = { STATEMENT_PERSON_BATCHES, PLAIN, false, false },
	[PERSON_SUPPRESS] = { STATEMENT_PERSON_SUPPRESS, PLAIN, false, false },
	[PERSON_HISTORY] = { STATEMENT_PERSON_HISTORY, OVER, false, false },
	[PERSON_AUDIT] = { STATEMENT_PERSON_AUDIT, PLAIN, false, false },
	[PERSON_BREAKER] = { STATEMENT_PERSON_BREAKERS, PLAIN, false, false },
	[PERSON_KEY] = { STATEMENT_PERSON_KEYS, PLAIN, false, false },
	[PERSON_CHECK] = { STATEMENT_PERSON_CHECKS, PLAIN, false, false },
	[PERSON_TEAM_KEY] = { STATEMENT_PERSON_TEAM_KEYS, PLAIN, false, false },
	[PERSON_DELIVERY] = { STATEMENT_PERSON_DELIVERIES, OVER, false, false },
	[PERSON_ALERT] = { STATEMENT_PERSON_ALERTS, PLAIN, false, false },
	[PERSON_HOOK] = { STATEMENT_PERSON_HOOKS, PLAIN, false, false },
	[PERSON_TELLING] = { STATEMENT_PERSON_TELLING, PLAIN, false, false },
	[PERSON_ANSWER] = { STATEMENT_PERSON_ANSWERS, OVER, false, false },
	[PERSON_MAIL] = { STATEMENT_PERSON_MAIL, PLAIN, false, false },
	[PERSON_BOUNCE] = { STATEMENT_PERSON_BOUNCES, PLAIN, false, false },
	[PERSON_CALL] = { STATEMENT_PERSON_CALLS, PLAIN, false, false },
	[PERSON_OFFICER] = { STATEMENT_PERSON_OFFICERS, PLAIN, false, false },
	[PERSON_PAGE] = { STATEMENT_PERSON_PAGES, PLAIN, false, false },
	[PERSON_ARCHIVE] = { STATEMENT_PERSON_ARCHIVE, SEALED, false, true },
	[PERSON_SEALED] = { STATEMENT_PERSON_ARCHIVE, SEALED, true, true },
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
	if (finds[place].takes == SEALED)
		args[n++] = DB_I(finds[place].others);
	else if (finds[place].takes != PLAIN)
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

bool person_waiting(struct db *d, struct str search, struct arena *a, struct db_rows **out,
		    struct err *e)
{
	return db_query(d, STATEMENT_PERSON_WAITING, &DB_T(pattern(search, false, a)), 1, out, e);
}

bool person_next_waiting(struct db_rows *r, int64_t *delivery, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*delivery = db_int(r, 0);
	return true;
}

// ---- erasing

struct erasing {
	struct db *d;
	struct arena *a;
	const struct person_erase *x;
	struct str pattern;
	int64_t *count;
};

// A statement that takes the pattern, and perhaps more.
static bool run(struct erasing *w, enum statement s, size_t args, struct err *e)
{
	struct db_value values[] = { DB_T(w->pattern), DB_I(w->x->now), DB_B(S("")) };

	if (!db_run(w->d, s, values, args, e))
		return false;
	*w->count += db_changed(w->d);
	return true;
}

struct record {
	int64_t finding, feed;
	struct str event;
};

struct records {
	LIST(struct record) at;
};

static bool records(struct erasing *w, struct records *out, struct err *e)
{
	struct db_value args[] = { DB_T(w->pattern), DB_I(CLASS_LEAKED),
				   DB_I(finds[w->x->place].others) };
	autorows r = NULL;

	if (!db_query(w->d, STATEMENT_ERASE_EVIDENCE_OF, args, COUNTOF(args), &r, e))
		return false;
	while (db_next(r, e))
		*list_add(&out->at, w->a) = (struct record){ db_int(r, 0), db_int(r, 1),
							     arena_str(w->a, db_text(r, 2)) };
	return e->kind == ERR_NONE;
}

static bool evidence(struct erasing *w, struct err *e)
{
	size_t room = JSON_STR_ROOM(w->x->search.n);
	struct buf inner = { .p = arena_new(w->a, char, room), .cap = room };
	struct records all = { 0 };
	int64_t none = 0, *count = w->count;

	json_inner(&inner, w->x->search);
	if (!records(w, &all, e))
		return false;
	LIST_EACH (const struct record, r, &all.at) {
		char *mark = arena_mark(w->a);
		size_t most = r->event.n * (sizeof ERASED) + 1;
		struct buf b = { .p = arena_new(w->a, char, most), .cap = most };
		size_t n = json_blank(&b, r->event, buf_view(&inner), S(ERASED));
		struct db_value args[] = { DB_I(r->finding), DB_I(r->feed), DB_T(buf_view(&b)) };

		if (n > 0 && !db_run(w->d, STATEMENT_ERASE_EVIDENCE, args, COUNTOF(args), e))
			return false;
		*count += n > 0;
		arena_back(w->a, mark);
	}
	w->count = &none; // with the record it was counted
	return run(w, STATEMENT_ERASE_EVIDENCE_ASSET, 1, e);
}

// A key goes with its ledger, and is counted once.
static bool keys(struct erasing *w, struct err *e)
{
	int64_t none = 0, *count = w->count;

	w->count = &none;
	if (!run(w, STATEMENT_ERASE_KEY_CHECKS, 1, e))
		return false;
	w->count = count;
	return run(w, STATEMENT_ERASE_KEYS, 1, e);
}

static bool deliveries(struct erasing *w, struct err *e)
{
	int64_t none = 0, *count = w->count;

	w->count = &none;
	if (!run(w, STATEMENT_ERASE_BYTES, 1, e) || !run(w, STATEMENT_ERASE_TESTS, 1, e))
		return false;
	w->count = count;
	return run(w, STATEMENT_ERASE_DELIVERIES, 1, e);
}

bool person_erase(struct db *d, const struct person_erase *x, struct arena *a, int64_t *count,
		  struct err *e)
{
	struct erasing w = { d, a, x, pattern(x->search, false, a), count };

	*count = 0;
	switch (x->place) {
	case PERSON_CONTACT:
		return run(&w, STATEMENT_ERASE_CONTACTS, 1, e);
	case PERSON_ASSET:
		return run(&w, STATEMENT_ERASE_ACCOUNTS, 2, e) &&
		       run(&w, STATEMENT_ERASE_VOUCHED, 1, e);
	case PERSON_ACCOUNT:
	case PERSON_EVIDENCE:
		w.pattern = pattern(x->search, true, a);
		return evidence(&w, e);
	case PERSON_BATCH:
		return run(&w, STATEMENT_ERASE_BATCHES, 1, e);
	case PERSON_SUPPRESS:
		return run(&w, STATEMENT_ERASE_SUPPRESS, 1, e);
	case PERSON_HISTORY:
		return run(&w, STATEMENT_ERASE_HISTORY, 1, e);
	case PERSON_AUDIT:
		return run(&w, STATEMENT_ERASE_AUDIT, 3, e);
	case PERSON_BREAKER:
		return run(&w, STATEMENT_ERASE_BREAKERS, 1, e);
	case PERSON_KEY:
		return keys(&w, e);
	case PERSON_CHECK:
		return run(&w, STATEMENT_ERASE_EVIDENCE_OF_KEYS, 1, e);
	case PERSON_DELIVERY:
		return deliveries(&w, e);
	case PERSON_ALERT:
		return run(&w, STATEMENT_ERASE_ALERTS, 1, e);
	case PERSON_HOOK:
		return run(&w, STATEMENT_ERASE_HOOKS, 2, e);
	case PERSON_TELLING:
		return run(&w, STATEMENT_ERASE_TELLING, 1, e);
	case PERSON_ANSWER:
		return run(&w, STATEMENT_ERASE_ANSWERS, 1, e);
	case PERSON_MAIL:
		return run(&w, STATEMENT_ERASE_MAIL, 1, e);
	case PERSON_BOUNCE:
		return run(&w, STATEMENT_ERASE_BOUNCES, 1, e);
	case PERSON_CALL:
		return run(&w, STATEMENT_ERASE_CALLS, 1, e);
	case PERSON_OFFICER:
		return run(&w, STATEMENT_ERASE_OFFICERS, 1, e);
	case PERSON_TEAM_KEY:
	case PERSON_PAGE:
	case PERSON_ARCHIVE:
	case PERSON_SEALED:
	case PERSON_PLACE_COUNT:
		break;
	}
	return true; // nothing here can be
}
