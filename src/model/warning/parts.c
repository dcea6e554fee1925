#include "model/warning/parts.h"

#include "base/sort.h"

enum { FILTER_FROM = 3 }; // bytes that the filter looks at; shorter parts are in `one`

int parts_order(const void *a, const void *b)
{
	return str_order(((const struct part *)a)->text, ((const struct part *)b)->text);
}

static unsigned byte_at(struct str s, size_t i)
{
	return i < s.n ? (unsigned char)s.p[i] : 0;
}

static unsigned head_of(struct str s)
{
	return byte_at(s, 0) << 8 | byte_at(s, 1);
}

static unsigned filter_of(struct str s) // s has FILTER_FROM bytes
{
	uint32_t three = head_of(s) << 8 | byte_at(s, 2);

	return three * UINT32_C(2654435761) >> 15;
}

static void add_to_filter(struct parts *x, struct str text)
{
	unsigned bit;

	if (text.n < FILTER_FROM) {
		x->one[byte_at(text, 0) / 64] |= UINT64_C(1) << (byte_at(text, 0) % 64);
		return;
	}
	bit = filter_of(text);
	x->filter[bit / 64] |= UINT64_C(1) << (bit % 64);
}

static bool may_begin(const struct parts *x, struct str rest)
{
	unsigned bit;

	if ((x->one[byte_at(rest, 0) / 64] >> (byte_at(rest, 0) % 64) & 1) != 0)
		return true;
	if (rest.n < FILTER_FROM)
		return false;
	bit = filter_of(rest);
	return (x->filter[bit / 64] >> (bit % 64) & 1) != 0;
}

// In sorted order the beginnings of a text stand before it, each inside the next.
static void set_parents(struct part *at, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int32_t up = (int32_t)i - 1;

		while (up != PART_NONE && !str_has_prefix(at[i].text, at[up].text))
			up = at[up].parent;
		at[i].parent = up;
	}
}

void parts_build(struct part *at, size_t n, struct arena *a, struct parts *x)
{
	size_t next = 0;

	sort_merge(at, arena_new(a, struct part, n), n, sizeof *at, parts_order);
	set_parents(at, n);
	*x = (struct parts){ .at = at, .count = n };
	if (n == 0)
		return;
	x->head = arena_new(a, uint32_t, PARTS_HEADS + 1);
	x->filter = arena_new(a, uint64_t, PARTS_FILTER / 64);
	for (size_t i = 0; i < n; i++)
		add_to_filter(x, at[i].text);
	for (unsigned h = 0; h <= PARTS_HEADS; h++) {
		while (next < n && head_of(at[next].text) < h)
			next++;
		x->head[h] = (uint32_t)next;
	}
}

// The last part that is not behind `rest` in their order; PART_NONE: all are.
static int32_t before(const struct parts *x, struct str rest)
{
	size_t low = x->head[head_of(rest)], high = x->head[head_of(rest) + 1];

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_order(x->at[middle].text, rest) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return (int32_t)low - 1;
}

void parts_find(const struct parts *x, struct str text, bool (*each)(void *, int32_t),
		void *context)
{
	for (size_t i = 0; x->count > 0 && i < text.n; i++) {
		struct str rest = str_from(text, i);

		if (!may_begin(x, rest))
			continue;
		for (int32_t at = before(x, rest); at != PART_NONE; at = x->at[at].parent)
			if (str_has_prefix(rest, x->at[at].text) && !each(context, x->at[at].item))
				return;
	}
}
