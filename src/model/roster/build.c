#include "model/roster/build.h"

void build_begin(struct build *b, enum record record, unsigned line)
{
	b->record = record;
	b->line = line;
	b->bad = b->hole = false;
	b->member = (struct str){ 0 };
	b->file->holds[record] = true;
	switch (record) {
	case RECORD_MEMBER:
		member_empty(&b->thing.m);
		break;
	case RECORD_CONTACT:
		contact_empty(&b->thing.c);
		break;
	case RECORD_ASSET:
		asset_empty(&b->thing.x);
		b->thing.x.kind = ASSET_KIND_COUNT;
		break;
	case RECORD_COUNT:
		break;
	}
}

static void refuse(struct build *b, const char *text)
{
	remark_add(b->remarks, REMARK_REFUSED, b->line, "%s", text);
	b->bad = true;
}

void build_set(struct build *b, const struct field *f, struct str name, struct str value)
{
	struct err e = { 0 };

	if (f == NULL) {
		b->member = str_trim(value);
		return;
	}
	b->file->given[f - fields] = true;
	if (f->type == FIELD_KIND && str_eq(str_trim(value), S("hole"))) {
		b->hole = true;
		return;
	}
	if (f->type == FIELD_KIND && str_trim(value).n == 0)
		return;
	if (!field_set(f, &b->thing, value, b->a, &e)) {
		refuse(b, e.text);
		return;
	}
	if (!str_eq(name, S("held_since")))
		return;
	// Who writes "held since" has seen the proof.
	b->thing.x.proven = b->thing.x.since != TIME_EVER;
	b->file->given[field_find(RECORD_ASSET, S("proven")) - fields] = true;
}

void build_add(struct build *b, const struct field *f, struct str value)
{
	LIST(struct str) *list = (void *)((char *)&b->thing + f->offset);

	b->file->given[f - fields] = true;
	if (list->count == FIELD_MAX_TEXTS || value.n > FIELD_MAX_TEXT) {
		refuse(b, "too many values, or one that is too long");
		return;
	}
	*list_add(list, b->a) = value;
}

// A hole is written as kind "hole": what it is a hole in shows in its value.
static enum asset_kind hole_kind(struct str value)
{
	struct address a;
	struct str first = value;

	if (str_has(value, '/') || address_read(value, &a))
		return ASSET_PREFIX;
	first = str_trim(str_cut(&value, '-'));
	return address_read(first, &a) ? ASSET_RANGE : ASSET_DOMAIN;
}

static void end_member(struct build *b)
{
	struct member *m = &b->thing.m;

	m->line = b->line;
	if (m->slug.n == 0)
		refuse(b, "a member needs a slug");
	if (m->names.count > 0)
		m->name = m->names.at[0];
	if (!b->bad)
		*list_add(&b->file->roster.members, b->a) = *m;
}

static void end_contact(struct build *b)
{
	b->thing.c.line = b->line;
	b->thing.c.member = ROSTER_NOBODY;
	if (b->member.n == 0)
		refuse(b, "a contact needs a member");
	if (b->bad)
		return;
	*list_add(&b->file->roster.contacts, b->a) = b->thing.c;
	*list_add(&b->file->contact_of, b->a) = b->member;
}

static void end_asset(struct build *b)
{
	struct asset *x = &b->thing.x;

	x->line = b->line;
	x->member = ROSTER_NOBODY;
	if (b->hole && b->member.n > 0 && !str_eq(b->member, S("-")))
		refuse(b, "a hole is nobody's: leave its member empty");
	if (b->hole) {
		x->kind = (uint8_t)hole_kind(x->value);
		b->member = S("-");
	}
	if (x->kind == ASSET_KIND_COUNT && !b->bad)
		refuse(b, "an asset needs a kind");
	if (b->member.n == 0)
		refuse(b, "an asset needs a member (\"-\" for a hole, which is nobody's)");
	if (b->bad)
		return;
	*list_add(&b->file->roster.assets, b->a) = *x;
	*list_add(&b->file->asset_of, b->a) = b->member;
}

void build_end(struct build *b)
{
	switch (b->record) {
	case RECORD_MEMBER:
		end_member(b);
		break;
	case RECORD_CONTACT:
		end_contact(b);
		break;
	case RECORD_ASSET:
		end_asset(b);
		break;
	case RECORD_COUNT:
		break;
	}
}
