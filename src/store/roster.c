#include "store/roster.h"

#include "store/statements.gen.h"

struct load {
	struct db *d;
	struct arena *a;
	struct roster r;
	int32_t *place; // of a member's row number: its place + 1
	int64_t last;   // the highest row number
};

static bool load_members(struct load *l, struct err *e)
{
	autorows rows = NULL;

	if (!db_query(l->d, STATEMENT_MEMBER_ALL, NULL, 0, &rows, e))
		return false;
	while (db_next(rows, e)) {
		*list_add(&l->r.members, l->a) = (struct member){
			.id = db_int(rows, 0),
			.slug = arena_str(l->a, db_text(rows, 1)),
			.name = arena_str(l->a, db_text(rows, 2)),
			.kind = arena_str(l->a, db_text(rows, 3)),
			.size = arena_str(l->a, db_text(rows, 4)),
			.nis2 = arena_str(l->a, db_text(rows, 5)),
			.service = arena_str(l->a, db_text(rows, 6)),
			.language = arena_str(l->a, db_text(rows, 7)),
			.agreement = arena_str(l->a, db_text(rows, 8)),
			.since = db_int(rows, 9),
			.until = db_int(rows, 10),
		};
		if (db_int(rows, 0) > l->last)
			l->last = db_int(rows, 0);
	}
	return e->kind == ERR_NONE;
}

// Row numbers are given out in order, so a plain array finds a member by its number.
static void place_members(struct load *l)
{
	l->place = arena_new(l->a, int32_t, (size_t)l->last + 1);
	for (size_t i = 0; i < l->r.members.count; i++)
		l->place[l->r.members.at[i].id] = (int32_t)i + 1;
}

static bool find_member(const struct load *l, int64_t id, int32_t *out, struct err *e)
{
	if (id < 1 || id > l->last || l->place[id] == 0)
		return err_set(e, ERR_SYSTEM, "the store is damaged: there is no member %lld",
			       (long long)id);
	*out = l->place[id] - 1;
	return true;
}

static bool load_names(struct load *l, unsigned statement, bool umbrellas, struct err *e)
{
	autorows rows = NULL;

	if (!db_query(l->d, statement, NULL, 0, &rows, e))
		return false;
	while (db_next(rows, e)) {
		struct str text = arena_str(l->a, db_text(rows, 1));
		struct member *m;
		int32_t at;

		if (!find_member(l, db_int(rows, 0), &at, e))
			return false;
		m = &l->r.members.at[at];
		if (umbrellas)
			*list_add(&m->umbrellas, l->a) = text;
		else
			*list_add(&m->names, l->a) = text;
	}
	return e->kind == ERR_NONE;
}

static bool load_contacts(struct load *l, struct err *e)
{
	autorows rows = NULL;

	if (!db_query(l->d, STATEMENT_CONTACT_ALL, NULL, 0, &rows, e))
		return false;
	while (db_next(rows, e)) {
		struct contact *c = list_add(&l->r.contacts, l->a);

		*c = (struct contact){
			.id = db_int(rows, 0),
			.order = (unsigned)db_int(rows, 2),
			.role = arena_str(l->a, db_text(rows, 3)),
			.name = arena_str(l->a, db_text(rows, 4)),
			.mail = arena_str(l->a, db_text(rows, 5)),
			.phone = arena_str(l->a, db_text(rows, 6)),
			.phone2 = arena_str(l->a, db_text(rows, 7)),
			.phone_tested = db_int(rows, 8),
			.hours = arena_str(l->a, db_text(rows, 9)),
			.language = arena_str(l->a, db_text(rows, 10)),
			.expertise = arena_str(l->a, db_text(rows, 11)),
			.key = arena_str(l->a, db_text(rows, 12)),
			.wishes = arena_str(l->a, db_text(rows, 13)),
		};
		if (!find_member(l, db_int(rows, 1), &c->member, e))
			return false;
	}
	return e->kind == ERR_NONE;
}

static const struct asset_more *more_of(struct load *l, const struct db_rows *rows)
{
	struct str care = db_text(rows, 9), vouched = db_text(rows, 10);
	struct asset_more *more;

	if (care.n == 0 && vouched.n == 0)
		return NULL;
	more = arena_new(l->a, struct asset_more, 1);
	*more = (struct asset_more){ arena_str(l->a, care), arena_str(l->a, vouched) };
	return more;
}

static bool load_assets(struct load *l, struct err *e)
{
	autorows rows = NULL;

	if (!db_query(l->d, STATEMENT_ASSET_ALL, NULL, 0, &rows, e))
		return false;
	while (db_next(rows, e)) {
		struct asset *x = list_add(&l->r.assets, l->a);
		enum asset_kind kind;

		if (!asset_kind_read(db_text(rows, 2), &kind))
			return err_set(e, ERR_SYSTEM,
				       "the store is damaged: asset %lld is of no known kind",
				       (long long)db_int(rows, 0));
		*x = (struct asset){
			.id = db_int(rows, 0),
			.member = ROSTER_NOBODY,
			.kind = (uint8_t)kind,
			.value = arena_str(l->a, db_text(rows, 3)),
			.since = db_int(rows, 4),
			.until = db_int(rows, 5),
			.proven = db_int(rows, 6) != 0,
			.dynamic = db_int(rows, 7) != 0,
			.tell_enclosing = db_int(rows, 8) != 0,
			.more = more_of(l, rows),
		};
		if (!db_null(rows, 1) && !find_member(l, db_int(rows, 1), &x->member, e))
			return false;
	}
	return e->kind == ERR_NONE;
}

bool roster_load(struct db *d, struct arena *a, struct roster *out, struct err *e)
{
	struct load l = { .d = d, .a = a };

	if (!load_members(&l, e))
		return false;
	place_members(&l);
	if (!load_names(&l, STATEMENT_MEMBER_NAME_ALL, false, e) ||
	    !load_names(&l, STATEMENT_UMBRELLA_ALL, true, e) || !load_contacts(&l, e) ||
	    !load_assets(&l, e))
		return false;
	*out = l.r;
	return true;
}
