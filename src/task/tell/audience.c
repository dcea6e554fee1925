#include "task/tell/audience.h"

#include "model/match/whose.h"
#include "os/idn.h"
#include "store/alert.h"

#define X(id, word, typed) id,
enum audience_kind { AUDIENCES(X) AUDIENCE_COUNT };
#undef X
#define X(id, word, typed) word,
static const char *const kinds[AUDIENCE_COUNT] = { AUDIENCES(X) };
#undef X
#define X(id, word, typed) " " typed
#define TYPED              AUDIENCES(X)

struct work {
	const struct audience_of *of;
	struct arena *a;
	bool *in; // by place in the roster's members
	size_t named;
};

static bool is_member(const struct work *w, size_t place)
{
	const struct member *m = &w->of->roster->members.at[place];

	return m->since <= w->of->now && w->of->now < m->until;
}

static void name(struct work *w, size_t place)
{
	w->in[place] = true;
	w->named++;
}

static bool under(const struct member *m, struct str umbrella)
{
	LIST_EACH (const struct str, u, &m->umbrellas)
		if (str_eq(*u, umbrella))
			return true;
	return false;
}

static bool fits(const struct member *m, enum audience_kind kind, struct str what)
{
	switch (kind) {
	case AUDIENCE_ALL:
		return true;
	case AUDIENCE_KIND:
		return str_eq(m->kind, what);
	case AUDIENCE_UMBRELLA:
		return under(m, what);
	case AUDIENCE_MEMBER:
		return str_eq(m->slug, what);
	case AUDIENCE_ISSUE:
	case AUDIENCE_ASSET:
	case AUDIENCE_COUNT:
		break;
	}
	return false;
}

static bool by_issue(struct work *w, struct str issue, struct err *e)
{
	autorows r = NULL;
	int64_t member;

	if (!alert_members(w->of->d, issue, &r, e))
		return false;
	while (alert_next_member(r, &member, e))
		for (size_t i = 0; i < w->of->roster->members.count; i++)
			if (w->of->roster->members.at[i].id == member && is_member(w, i))
				name(w, i);
	return e->kind == ERR_NONE;
}

static bool by_asset(struct work *w, struct str what, struct err *e)
{
	const struct index_node *node;
	struct whose found;

	if (!whose_ask(w->of->roster, w->of->index, idn_to_ascii, what, &found, e))
		return false;
	if (found.end != WHOSE_OWNED)
		return true;
	node = index_node(w->of->index, found.match.met.node);
	for (uint32_t i = 0; i < node->count; i++) {
		const struct asset *x =
			&w->of->roster->assets.at[index_owner(w->of->index, node->first + i)];

		if (whose_told(x, w->of->now) && x->member != ROSTER_NOBODY &&
		    is_member(w, (size_t)x->member))
			name(w, (size_t)x->member);
	}
	return true;
}

static bool kind_of(struct str word, enum audience_kind *kind, struct str *what, struct err *e)
{
	struct str rest = word, head = str_cut(&rest, ':');

	for (unsigned i = 0; i < AUDIENCE_COUNT; i++)
		if (str_eq(head, str_of(kinds[i])) && (i == AUDIENCE_ALL) == (rest.n == 0)) {
			*kind = (enum audience_kind)i;
			*what = rest;
			return true;
		}
	return err_set(e, ERR_USAGE, "\"" STR_FMT "\" names no members: one of" TYPED,
		       STR_ARG(str_first(word, 40)));
}

static bool add(struct work *w, struct str word, struct err *e)
{
	enum audience_kind kind;
	struct str what;

	w->named = 0;
	if (!kind_of(word, &kind, &what, e))
		return false;
	if (kind == AUDIENCE_ISSUE && !by_issue(w, what, e))
		return false;
	if (kind == AUDIENCE_ASSET && !by_asset(w, what, e))
		return false;
	for (size_t i = 0; i < w->of->roster->members.count; i++)
		if (is_member(w, i) && fits(&w->of->roster->members.at[i], kind, what))
			name(w, i);
	return w->named > 0 || err_set(e, ERR_ABSENT, "nobody is meant by \"" STR_FMT "\"",
				       STR_ARG(str_first(word, 80)));
}

bool audience_read(const struct audience_of *of, const struct str *words, size_t n, struct arena *a,
		   struct audience *out, struct err *e)
{
	struct work w = { .of = of, .a = a };

	*out = (struct audience){ 0 };
	w.in = arena_new(a, bool, of->roster->members.count + 1);
	for (size_t i = 0; i < n; i++)
		if (!add(&w, words[i], e))
			return false;
	for (size_t i = 0; i < of->roster->members.count; i++)
		if (w.in[i])
			*list_add(&out->members, a) = of->roster->members.at[i].id;
	return true;
}
