#include "task/roster/tell.h"

#include "os/digest.h"

// Two values a field, and what it is about.
enum { MOST_SAID = 2 * FIELD_COUNT + 4 };

static const char *const words[CHANGE_KINDS] = {
	[CHANGE_ADDED] = "added",
	[CHANGE_CHANGED] = "changed",
	[CHANGE_GONE] = "gone",
};

struct thing {
	const void *at; // struct member, contact or asset; NULL: there is none
	struct str member;
	int64_t id;
};

static struct thing thing_of(const struct roster *r, enum record record, size_t place)
{
	struct thing t = { 0 };
	int32_t member = (int32_t)place;

	switch (record) {
	case RECORD_MEMBER:
		t.at = &r->members.at[place];
		t.id = r->members.at[place].id;
		break;
	case RECORD_CONTACT:
		t.at = &r->contacts.at[place];
		t.id = r->contacts.at[place].id;
		member = r->contacts.at[place].member;
		break;
	case RECORD_ASSET:
		t.at = &r->assets.at[place];
		t.id = r->assets.at[place].id;
		member = r->assets.at[place].member;
		break;
	case RECORD_COUNT:
		break;
	}
	t.member = member == ROSTER_NOBODY ? S("-") : r->members.at[member].slug;
	return t;
}

struct saying {
	struct audit_said said[MOST_SAID];
	size_t n;
};

static void say(struct saying *s, const char *key, struct str value)
{
	s->said[s->n++] = (struct audit_said){ key, value };
}

static void say_fields(struct saying *s, enum record record, const struct thing *was,
		       const struct thing *is, struct arena *a)
{
	for (unsigned i = 0; i < FIELD_COUNT; i++) {
		const struct field *f = &fields[i];

		if (f->record != record ||
		    (was->at != NULL && is->at != NULL && field_same(f, is->at, was->at)))
			continue;
		if (was->at != NULL)
			say(s, arena_fmt(a, "%s was", f->name).p, field_text(f, was->at, a));
		if (is->at != NULL)
			say(s, f->name, field_text(f, is->at, a));
	}
}

static bool tell_one(struct db *d, const struct roster_telling *t, const struct change *c,
		     struct err *e)
{
	struct thing was = { 0 }, is = { 0 };
	struct saying s = { .n = 0 };
	struct audit_entry x = { .by = t->change->by };

	if (c->kind != CHANGE_GONE)
		is = thing_of(&t->out->file.roster, c->record, c->place);
	if (c->kind != CHANGE_ADDED)
		was = thing_of(&t->out->old, c->record, c->kind == CHANGE_GONE ? c->place : c->was);
	x.subject = is.at != NULL ? is.member : was.member;
	say(&s, "change", str_of(words[c->kind]));
	say(&s, "record", record_word(c->record));
	say(&s, "number", arena_fmt(t->a, "%lld", (long long)(is.at != NULL ? is.id : was.id)));
	say_fields(&s, c->record, &was, &is, t->a);
	x.said = s.said;
	x.count = s.n;
	return audit_write(d, &x, t->a, e);
}

static bool tell_counts(struct db *d, const struct roster_telling *t, struct err *e)
{
	struct saying s = { .n = 0 };
	struct audit_entry x = { .by = t->change->by, .subject = S("roster") };
	unsigned char sum[DIGEST_BYTES];
	char hex[DIGEST_TEXT];

	if (t->file.n > 0) {
		audit_sha256(t->file, sum);
		digest_hex(sum, hex);
		say(&s, "sha256", str_of(hex));
	}
	for (unsigned r = 0; r < RECORD_COUNT; r++)
		for (unsigned k = 0; k < CHANGE_KINDS; k++)
			say(&s,
			    arena_fmt(t->a, STR_FMT "s %s", STR_ARG(record_word((enum record)r)),
				      words[k])
				    .p,
			    arena_fmt(t->a, "%zu", t->out->difference.count[r][k]));
	x.said = s.said;
	x.count = s.n;
	return audit_write(d, &x, t->a, e);
}

// Keys of addresses of which no contact is left went with them.
static bool tell_keys(struct db *d, const struct roster_telling *t, struct err *e)
{
	struct saying s = { .n = 0 };
	struct audit_entry x = { .by = t->change->by, .subject = S("keys") };

	if (t->out->keys == 0)
		return true;
	say(&s, "change", str_of(words[CHANGE_GONE]));
	say(&s, "keys", arena_fmt(t->a, "%lld", (long long)t->out->keys));
	x.said = s.said;
	x.count = s.n;
	return audit_write(d, &x, t->a, e);
}

bool roster_tell_audit(struct db *d, const struct roster_telling *t, struct err *e)
{
	if (t->out->difference.list.count > ROSTER_AUDITED)
		return tell_counts(d, t, e) && tell_keys(d, t, e);
	LIST_EACH (const struct change, c, &t->out->difference.list) {
		char *mark = arena_mark(t->a);
		bool good = tell_one(d, t, c, e);

		arena_back(t->a, mark);
		if (!good)
			return false;
	}
	return tell_keys(d, t, e);
}
