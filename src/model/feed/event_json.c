#include "model/feed/event_json.h"

#include "codec/text/json_out.h"

enum { MARK_BITS = 11 };

static void put_value(struct buf *b, const struct event_field *f)
{
	if (f->kind == EVENT_NUMBER || f->kind == EVENT_BOOLEAN)
		buf_str(b, f->value);
	else
		json_str(b, f->value);
}

void event_json_field(struct buf *b, const struct event_field *f)
{
	json_str(b, f->key);
	buf_char(b, ':');
	put_value(b, f);
}

static bool same_key(const struct event_field *a, const struct event_field *b)
{
	return a->key.n == b->key.n && memcmp(a->key.p, b->key.p, a->key.n) == 0;
}

// From i on: how many more fields have its key?
static size_t more_of(const struct event *ev, size_t i)
{
	size_t n = 0;

	for (size_t k = i + 1; k < ev->fields.count; k++)
		n += same_key(&ev->fields.at[k], &ev->fields.at[i]);
	return n;
}

static bool was_before(const struct event *ev, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (same_key(&ev->fields.at[k], &ev->fields.at[i]))
			return true;
	return false;
}

static void put_array(struct buf *b, const struct event *ev, size_t i)
{
	const struct event_field *f = &ev->fields.at[i];

	json_str(b, f->key);
	buf_str(b, S(":["));
	put_value(b, f);
	for (size_t k = i + 1; k < ev->fields.count; k++) {
		if (!same_key(&ev->fields.at[k], f))
			continue;
		buf_char(b, ',');
		put_value(b, &ev->fields.at[k]);
	}
	buf_char(b, ']');
}

// A few bits of a key; keys that differ mostly differ in them.
static unsigned marks_of(struct str key)
{
	uint64_t tail = 0;

	if (key.n >= sizeof tail)
		memcpy(&tail, key.p + key.n - sizeof tail, sizeof tail);
	else if (key.n > 0)
		memcpy(&tail, key.p, key.n);
	return (unsigned)(((tail ^ key.n) * UINT64_C(0x9e3779b97f4a7c15)) >> (64 - MARK_BITS));
}

// Do no two fields have the same key, for sure?
static bool all_differ(const struct event *ev)
{
	uint64_t seen[(1 << MARK_BITS) / 64] = { 0 };

	for (size_t i = 0; i < ev->fields.count; i++) {
		unsigned mark = marks_of(ev->fields.at[i].key);

		if (seen[mark / 64] >> mark % 64 & 1)
			return false;
		seen[mark / 64] |= UINT64_C(1) << mark % 64;
	}
	return true;
}

// Several values of one key become an array where the first of them stands.
static void put_gathered(struct buf *b, const struct event *ev, bool comma)
{
	for (size_t i = 0; i < ev->fields.count; i++) {
		size_t more = more_of(ev, i);

		if (i > 0 && was_before(ev, i))
			continue;
		if (comma)
			buf_char(b, ',');
		comma = true;
		if (more > 0)
			put_array(b, ev, i);
		else
			event_json_field(b, &ev->fields.at[i]);
	}
}

void event_json(struct buf *b, const struct event *ev, bool comma)
{
	if (!all_differ(ev)) {
		put_gathered(b, ev, comma);
		return;
	}
	for (size_t i = 0; i < ev->fields.count; i++) {
		if (comma || i > 0)
			buf_char(b, ',');
		event_json_field(b, &ev->fields.at[i]);
	}
}
