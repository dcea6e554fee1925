#include "model/match/names.h"

#include "base/hash.h"

// Hashes grow label by label from the right, so one walk over a name makes the
// hashes of all its suffixes.
static const uint64_t seeds[] = {
	[NAMES_TREE] = 0x51ed270b7a1f3c65u,
	[NAMES_MAIL_DOMAIN] = 0x2f0b4c9d8e6a1357u,
	[NAMES_ACCOUNT] = 0x8c5a1f3be9274d61u,
	[NAMES_BRAND] = 0x3d9c71a60be4f285u,
};

struct walk { // from right to left over the labels of a name
	struct str name;
	size_t at; // where the suffix of the last step starts; name.n before the first
	uint64_t hash;
};

static struct walk walk_of(struct str name)
{
	return (struct walk){ name, name.n + 1, seeds[NAMES_TREE] };
}

// To the next longer suffix; false where the whole name was the last.
static bool walk_on(struct walk *w)
{
	size_t end, start;

	if (w->at == 0)
		return false;
	end = w->at - 1;
	start = end - word_behind_last(w->name.p, end, '.');
	w->hash = hash_bytes(w->hash, w->name.p + start, end - start);
	w->at = start;
	return true;
}

static uint64_t hash_of(enum names_kind kind, struct str key)
{
	struct walk w = walk_of(key);

	if (kind != NAMES_TREE)
		return hash_str(seeds[kind], key);
	while (walk_on(&w))
		;
	return w.hash;
}

static struct names_slot *new_slots(struct names *x, size_t slots)
{
	x->mask = (uint32_t)slots - 1;
	return arena_new(x->a, struct names_slot, slots);
}

void names_init(struct names *x, size_t expected, size_t most, struct arena *a)
{
	size_t slots = 16;

	while (slots < expected + expected / 2)
		slots *= 2;
	*x = (struct names){ .room = most, .a = a };
	x->entry = arena_new(a, struct names_entry, most);
	x->slot = new_slots(x, slots);
}

static bool is_entry(const struct names_entry *en, enum names_kind kind, struct str key)
{
	return en->kind == kind && en->n == key.n && word_same(en->text, key.p, key.n);
}

// The slot of the key, or the empty one where it would stand.
static struct names_slot *slot_of(const struct names *x, enum names_kind kind, struct str key,
				  uint64_t hash)
{
	uint32_t at = (uint32_t)hash & x->mask, tag = (uint32_t)(hash >> 32);

	while (x->slot[at].entry != 0 &&
	       (x->slot[at].tag != tag || !is_entry(&x->entry[x->slot[at].entry - 1], kind, key)))
		at = (at + 1) & x->mask;
	return &x->slot[at];
}

static void grow(struct names *x)
{
	x->slot = new_slots(x, 2 * ((size_t)x->mask + 1));
	for (size_t i = 0; i < x->count; i++) {
		const struct names_entry *en = &x->entry[i];
		struct str key = { en->text, en->n };
		uint64_t hash = hash_of((enum names_kind)en->kind, key);

		*slot_of(x, (enum names_kind)en->kind, key, hash) =
			(struct names_slot){ (uint32_t)i + 1, (uint32_t)(hash >> 32) };
	}
}

static struct names_entry *put(struct names *x, enum names_kind kind, struct str key, uint64_t hash)
{
	struct names_slot *slot = slot_of(x, kind, key, hash);

	if (slot->entry != 0)
		return &x->entry[slot->entry - 1];
	if (x->count == x->room)
		return NULL;
	x->entry[x->count] = (struct names_entry){ .text = key.p,
						   .tree = NAMES_NONE,
						   .exact = NAMES_NONE,
						   .n = (uint16_t)key.n,
						   .kind = (uint8_t)kind };
	*slot = (struct names_slot){ (uint32_t)++x->count, (uint32_t)(hash >> 32) };
	if (x->count > x->mask / 4 * 3)
		grow(x);
	return &x->entry[x->count - 1];
}

struct names_entry *names_add(struct names *x, enum names_kind kind, struct str key)
{
	struct walk w = walk_of(key);
	struct names_entry *en = NULL;

	if (kind != NAMES_TREE)
		return put(x, kind, key, hash_of(kind, key));
	while (walk_on(&w)) {
		en = put(x, kind, str_from(key, w.at), w.hash);
		if (en == NULL)
			return NULL;
	}
	return en;
}

const struct names_entry *names_find(const struct names *x, enum names_kind kind, struct str key)
{
	const struct names_slot *slot = slot_of(x, kind, key, hash_of(kind, key));

	return slot->entry != 0 ? &x->entry[slot->entry - 1] : NULL;
}

const struct names_entry *names_find_tree(const struct names *x, struct str name)
{
	const struct names_entry *best = NULL;
	struct walk w = walk_of(name);

	while (walk_on(&w)) {
		const struct names_slot *slot =
			slot_of(x, NAMES_TREE, str_from(name, w.at), w.hash);
		const struct names_entry *en;

		if (slot->entry == 0)
			break;
		en = &x->entry[slot->entry - 1];
		if (en->tree != NAMES_NONE || (w.at == 0 && en->exact != NAMES_NONE))
			best = en;
	}
	return best;
}

void names_prefetch(const struct names *x, struct str name)
{
	enum {
		LABELS = 4,         // deeper ones are rare, and then mostly in the cache
		IN_CACHE = 1 << 15, // slots that the cache holds anyway
	};
	struct walk w = walk_of(name);

	if (x->mask < IN_CACHE)
		return;
	for (unsigned i = 0; i < LABELS && walk_on(&w); i++)
		__builtin_prefetch(&x->slot[(uint32_t)w.hash & x->mask]);
}
