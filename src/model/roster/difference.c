#include "model/roster/difference.h"

#include "base/hash.h"

enum { MANY_PERCENT = 5 };

struct compare {
	const struct roster *old;
	const struct asset_key *old_keys;
	struct roster_file *file;
	const struct asset_key *keys;
	int64_t now;
	struct arena *a;
	struct difference *out;
	bool *met[RECORD_COUNT]; // of the old roster: it is in the new one
};

// Hashes of things to the places of the old ones, as chains.
struct chains {
	uint32_t *first, *next, mask;
};

static struct chains chains_new(size_t n, struct arena *a)
{
	size_t slots = 16;

	while (slots < 2 * n)
		slots *= 2;
	return (struct chains){ arena_new(a, uint32_t, slots), arena_new(a, uint32_t, n),
				(uint32_t)slots - 1 };
}

static void chain_add(struct chains *c, uint64_t hash, size_t place)
{
	c->next[place] = c->first[hash & c->mask];
	c->first[hash & c->mask] = (uint32_t)place + 1;
}

#define CHAIN_EACH(k, c, hash) \
	for (uint32_t k = (c)->first[(hash) & (c)->mask]; k != 0; k = (c)->next[k - 1])

static struct str owner(const struct roster *r, int32_t member)
{
	return member == ROSTER_NOBODY ? S("-") : r->members.at[member].slug;
}

static void note(struct compare *c, enum record record, enum change_kind kind, size_t place,
		 size_t was)
{
	*list_add(&c->out->list, c->a) = (struct change){ record, kind, place, was };
	c->out->count[record][kind]++;
}

// Fill in what the file has no column for, then compare what it has.
static bool merge(struct compare *c, enum record record, void *now, const void *was)
{
	bool same = true;

	for (unsigned i = 0; i < FIELD_COUNT; i++) {
		const struct field *f = &fields[i];

		if (f->record != record)
			continue;
		if (!c->file->given[i])
			field_copy(f, now, was, c->a);
		// The kind of an asset is part of what it is; a place in a list is no news.
		else if (f->type != FIELD_KIND && !field_same(f, now, was))
			same = false;
	}
	return same;
}

static void settle(struct compare *c, enum record record, size_t place, void *now, size_t was,
		   const void *then)
{
	c->met[record][was] = true;
	if (!merge(c, record, now, then))
		note(c, record, CHANGE_CHANGED, place, was);
}

// Who had left and stands in the file again is a member again.
static void come_back(struct compare *c, struct member *m, size_t place, size_t was)
{
	const struct field *until = field_find(RECORD_MEMBER, S("until"));

	if (m->until > c->now || c->file->given[until - fields] || !c->file->holds[RECORD_MEMBER])
		return;
	m->until = TIME_NEVER;
	note(c, RECORD_MEMBER, CHANGE_CHANGED, place, was);
}

static void compare_members(struct compare *c)
{
	struct chains t = chains_new(c->old->members.count, c->a);

	for (size_t i = 0; i < c->old->members.count; i++)
		chain_add(&t, hash_str(0, c->old->members.at[i].slug), i);
	for (size_t i = 0; i < c->file->roster.members.count; i++) {
		struct member *m = &c->file->roster.members.at[i];

		m->id = 0;
		CHAIN_EACH(k, &t, hash_str(0, m->slug))
		{
			const struct member *was = &c->old->members.at[k - 1];

			if (!str_eq(was->slug, m->slug))
				continue;
			m->id = was->id;
			settle(c, RECORD_MEMBER, i, m, k - 1, was);
			come_back(c, m, i, k - 1);
			break;
		}
		if (m->names.count > 0)
			m->name = m->names.at[0];
		if (m->id == 0)
			note(c, RECORD_MEMBER, CHANGE_ADDED, i, 0);
	}
}

static uint64_t contact_hash(struct str slug, const struct contact *x)
{
	return hash_str(hash_str(hash_str(1, slug), x->role), x->mail);
}

// The order in the file is the order in which they are called, where no number says so.
static void number_contacts(struct roster_file *f, struct arena *a)
{
	unsigned *next = arena_new(a, unsigned, f->roster.members.count);
	bool given = false;

	LIST_EACH (struct contact, x, &f->roster.contacts) {
		unsigned n = x->member != ROSTER_NOBODY ? ++next[x->member] : 1;

		if (x->order == 0)
			x->order = n;
		given = true;
	}
	if (given)
		f->given[field_find(RECORD_CONTACT, S("order")) - fields] = true;
}

static void compare_contacts(struct compare *c)
{
	struct chains t = chains_new(c->old->contacts.count, c->a);

	number_contacts(c->file, c->a);
	for (size_t i = 0; i < c->old->contacts.count; i++) {
		const struct contact *was = &c->old->contacts.at[i];

		chain_add(&t, contact_hash(owner(c->old, was->member), was), i);
	}
	for (size_t i = 0; i < c->file->roster.contacts.count; i++) {
		struct contact *x = &c->file->roster.contacts.at[i];
		struct str slug = owner(&c->file->roster, x->member);

		x->id = 0;
		CHAIN_EACH(k, &t, contact_hash(slug, x))
		{
			const struct contact *was = &c->old->contacts.at[k - 1];

			if (c->met[RECORD_CONTACT][k - 1] ||
			    !str_eq(owner(c->old, was->member), slug) ||
			    !str_eq(was->role, x->role) || !str_eq(was->mail, x->mail) ||
			    !str_eq(was->name, x->name))
				continue;
			x->id = was->id;
			settle(c, RECORD_CONTACT, i, x, k - 1, was);
			break;
		}
		if (x->id == 0)
			note(c, RECORD_CONTACT, CHANGE_ADDED, i, 0);
	}
}

static uint64_t asset_hash(struct str slug, const struct asset *x, const struct asset_key *key)
{
	return hash_str(hash_str(x->kind, slug), key->text);
}

static bool is_over(const struct compare *c, const struct asset *x)
{
	return x->until <= c->now;
}

// The same thing of the same member. Where it was theirs, ended, and is theirs again,
// that is a new time: the old one is met only by its own start.
static size_t find_asset(const struct compare *c, const struct chains *t, const struct asset *x,
			 const struct asset_key *key)
{
	struct str slug = owner(&c->file->roster, x->member);
	size_t found = c->old->assets.count;

	CHAIN_EACH(k, t, asset_hash(slug, x, key))
	{
		const struct asset *was = &c->old->assets.at[k - 1];
		bool exact = was->since == x->since && is_over(c, x);

		if (c->met[RECORD_ASSET][k - 1] || was->kind != x->kind ||
		    !str_eq(c->old_keys[k - 1].text, key->text) ||
		    !str_eq(owner(c->old, was->member), slug))
			continue;
		if (exact)
			return k - 1;
		if (!is_over(c, was))
			found = k - 1;
	}
	return found;
}

static void compare_assets(struct compare *c)
{
	struct chains t = chains_new(c->old->assets.count, c->a);

	for (size_t i = 0; i < c->old->assets.count; i++) {
		const struct asset *was = &c->old->assets.at[i];

		chain_add(&t, asset_hash(owner(c->old, was->member), was, &c->old_keys[i]), i);
	}
	for (size_t i = 0; i < c->file->roster.assets.count; i++) {
		struct asset *x = &c->file->roster.assets.at[i];
		const struct asset_key *key = &c->keys[i];
		size_t was = find_asset(c, &t, x, key);

		x->id = 0;
		if (was < c->old->assets.count) {
			x->id = c->old->assets.at[was].id;
			settle(c, RECORD_ASSET, i, x, was, &c->old->assets.at[was]);
		} else {
			note(c, RECORD_ASSET, CHANGE_ADDED, i, 0);
		}
	}
}

static bool member_gone(const struct compare *c, int32_t member)
{
	return member != ROSTER_NOBODY && c->file->holds[RECORD_MEMBER] &&
	       !c->met[RECORD_MEMBER][member];
}

static void find_gone(struct compare *c)
{
	const struct roster *old = c->old;

	for (size_t i = 0; i < old->members.count; i++) {
		bool over = old->members.at[i].until <= c->now;

		c->out->had[RECORD_MEMBER] += !over;
		if (!over && member_gone(c, (int32_t)i))
			note(c, RECORD_MEMBER, CHANGE_GONE, i, i);
	}
	c->out->had[RECORD_CONTACT] = old->contacts.count;
	for (size_t i = 0; i < old->contacts.count; i++)
		if (!c->met[RECORD_CONTACT][i] &&
		    (c->file->holds[RECORD_CONTACT] || member_gone(c, old->contacts.at[i].member)))
			note(c, RECORD_CONTACT, CHANGE_GONE, i, i);
	for (size_t i = 0; i < old->assets.count; i++) {
		bool over = is_over(c, &old->assets.at[i]);

		c->out->had[RECORD_ASSET] += !over;
		if (!over && !c->met[RECORD_ASSET][i] &&
		    (c->file->holds[RECORD_ASSET] || member_gone(c, old->assets.at[i].member)))
			note(c, RECORD_ASSET, CHANGE_GONE, i, i);
	}
}

void roster_difference(const struct roster *old, const struct asset_key *old_keys,
		       struct roster_file *file, const struct asset_key *keys, int64_t now,
		       struct arena *a, struct difference *out)
{
	struct compare c = { old, old_keys, file, keys, now, a, out, { 0 } };

	*out = (struct difference){ 0 };
	c.met[RECORD_MEMBER] = arena_new(a, bool, old->members.count);
	c.met[RECORD_CONTACT] = arena_new(a, bool, old->contacts.count);
	c.met[RECORD_ASSET] = arena_new(a, bool, old->assets.count);
	compare_members(&c);
	compare_contacts(&c);
	compare_assets(&c);
	find_gone(&c);
}

size_t difference_many(const struct difference *d)
{
	size_t gone = 0;
	bool many = false;

	for (unsigned r = 0; r < RECORD_COUNT; r++) {
		gone += d->count[r][CHANGE_GONE];
		many = many || d->count[r][CHANGE_GONE] * 100 > d->had[r] * MANY_PERCENT;
	}
	return many ? gone : 0;
}
