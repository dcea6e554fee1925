#include "model/match/intervals.h"

enum {
	ROOT_LEAST = 1 << 8,
	ROOT_SIZE = 1 << 16,
	ROOT_BITS = 16, // of an IPv4 address, that its root tells apart
	ROOT_MOST = 20, // where there are very many intervals
	IN_CACHE = 1 << 15,
};

struct piece_v4 { // side by side: a search among few ends in the line where it began
	uint32_t start;
	int32_t node;
};

// The intervals of one family in the order of their starts; each reaches to the
// next start. The root narrows a search to those that share the leading bits.
struct v4 {
	struct piece_v4 *piece;
	uint32_t *root;
	unsigned shift; // from an address to its place in the root
};

struct v6 {
	struct address *start;
	int32_t *node;
	uint64_t least; // the root begins at this high half …
	unsigned shift; // … and has a step for each 1 << shift
	uint32_t steps; // ROOT_SIZE, or fewer for few intervals: then it stays in the cache
	uint32_t *root;
};

struct intervals {
	struct v4 v4;
	struct v6 v6;
	bool cross;
	bool many; // more than the cache holds anyway
};

// A walk along the line of one family: the ranges that are open here, the smallest on
// top. One that has ended leaves when it comes to the top. What is open changes at most
// at the two ends of each range; the room for that is addresses, and memory only where
// it is used.
struct sweep {
	const struct interval_range **open; // a binary heap
	size_t depth;
	struct piece_v4 *piece_v4; // the intervals so far, in order; NULL: they are IPv6
	struct address *start_v6;
	int32_t *node_v6;
	size_t count;
	struct address last; // start of the last of them
	bool cross;          // two ranges overlap only partly
};

int interval_range_order(const void *a, const void *b)
{
	const struct interval_range *x = a, *y = b;
	int first = address_order(x->range.first, y->range.first);

	return first != 0 ? first : -address_order(x->range.last, y->range.last);
}

static struct address size_of(struct range r) // addresses minus one
{
	return address_minus(r.last, r.first);
}

static bool is_smaller(const struct interval_range *x, const struct interval_range *y)
{
	int by_size = address_order(size_of(x->range), size_of(y->range));

	return by_size != 0 ? by_size < 0 : address_order(x->range.first, y->range.first) < 0;
}

static bool is_inside(const struct interval_range *x, const struct interval_range *y)
{
	return address_order(y->range.first, x->range.first) <= 0 &&
	       address_order(x->range.last, y->range.last) <= 0;
}

static void heap_add(struct sweep *s, const struct interval_range *r)
{
	size_t at = s->depth++;

	while (at > 0 && is_smaller(r, s->open[(at - 1) / 2])) {
		s->open[at] = s->open[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	s->open[at] = r;
}

static void heap_drop_top(struct sweep *s)
{
	const struct interval_range *last = s->open[--s->depth];
	size_t at = 0, below;

	while ((below = 2 * at + 1) < s->depth) {
		if (below + 1 < s->depth && is_smaller(s->open[below + 1], s->open[below]))
			below++;
		if (!is_smaller(s->open[below], last))
			break;
		s->open[at] = s->open[below];
		at = below;
	}
	s->open[at] = last;
}

static int32_t node_before(const struct sweep *s)
{
	return s->piece_v4 != NULL ? s->piece_v4[s->count - 1].node : s->node_v6[s->count - 1];
}

static void mark(struct sweep *s, struct address start)
{
	int32_t node = s->depth > 0 ? s->open[0]->node : INTERVAL_NONE;

	if (s->count > 0 && address_order(s->last, start) == 0)
		s->count--;
	if (s->count > 0 && node_before(s) == node)
		return;
	if (s->piece_v4 != NULL) {
		s->piece_v4[s->count] = (struct piece_v4){ (uint32_t)start.low, node };
	} else {
		s->start_v6[s->count] = start;
		s->node_v6[s->count] = node;
	}
	s->count++;
	s->last = start;
}

static struct address after(struct address a)
{
	a.low++;
	a.high += a.low == 0;
	return a;
}

// Close what ends before `limit`, or everything (NULL) but what reaches to the
// end of the line, which has no address after it.
static void close_until(struct sweep *s, const struct address *limit, struct address end_of_line)
{
	while (s->depth > 0) {
		struct address last = s->open[0]->range.last;

		if (limit != NULL ? address_order(last, *limit) >= 0
				  : address_order(last, end_of_line) >= 0)
			return;
		while (s->depth > 0 && address_order(s->open[0]->range.last, last) <= 0)
			heap_drop_top(s);
		mark(s, after(last));
	}
}

// Also notes crossings. What crosses a range that lies in the smallest open one
// crosses that one too, which was noted when the later of the two came.
static int32_t smallest_around(struct sweep *s, const struct interval_range *r)
{
	const struct interval_range *best = NULL;

	if (s->depth > 0 && is_inside(r, s->open[0]))
		return s->open[0]->node;
	for (size_t i = 0; i < s->depth; i++) {
		if (is_inside(r, s->open[i]))
			best = best == NULL || is_smaller(s->open[i], best) ? s->open[i] : best;
		else if (address_order(r->range.first, s->open[i]->range.last) <= 0)
			s->cross = true;
	}
	return best != NULL ? best->node : INTERVAL_NONE;
}

static void sweep_line(struct sweep *s, struct interval_range *at, size_t n, struct address end)
{
	for (size_t i = 0; i < n; i++) {
		close_until(s, &at[i].range.first, end);
		at[i].parent = smallest_around(s, &at[i]);
		heap_add(s, &at[i]);
		mark(s, at[i].range.first);
	}
}

static void root_v4(struct v4 *x, const struct sweep *s, struct arena *a)
{
	unsigned bits = ROOT_BITS;
	uint32_t at = 0, steps;

	while (bits < ROOT_MOST && s->count >> bits > 0)
		bits++;
	steps = UINT32_C(1) << bits;
	x->shift = 32 - bits;
	x->piece = s->piece_v4;
	x->root = arena_new(a, uint32_t, steps + 1);
	for (uint32_t k = 0; k < steps; k++) { // the interval in which k << shift lies
		while (at + 1 < s->count && x->piece[at + 1].start <= k << x->shift)
			at++;
		x->root[k] = at;
	}
	x->root[steps] = (uint32_t)s->count - 1;
}

static void root_v6(struct v6 *x, const struct sweep *s, struct arena *a)
{
	uint32_t at = 0;
	uint64_t most;

	x->start = s->start_v6;
	x->node = s->node_v6;
	x->least = s->count > 1 ? x->start[1].high : 0; // below it is [0], mostly nothing
	most = x->start[s->count - 1].high;
	for (x->steps = ROOT_LEAST; x->steps < ROOT_SIZE && x->steps < 4 * s->count;)
		x->steps *= 2;
	x->root = arena_new(a, uint32_t, x->steps + 1);
	while ((most - x->least) >> x->shift >= x->steps)
		x->shift++;
	for (uint64_t k = 0; k < x->steps; k++) {
		struct address begin = { x->least + (k << x->shift), 0 };

		if (begin.high < x->least) // beyond the end of the line
			at = (uint32_t)s->count - 1;
		while (at + 1 < s->count && address_order(x->start[at + 1], begin) <= 0)
			at++;
		x->root[k] = at;
	}
	x->root[x->steps] = (uint32_t)s->count - 1;
}

static size_t most_pieces(size_t ranges)
{
	return 2 * ranges + 2;
}

static void sweep_v4(struct sweep *s, struct interval_range *at, size_t n, struct arena *a)
{
	struct address end = address_v4(UINT32_MAX);

	s->piece_v4 = arena_new(a, struct piece_v4, most_pieces(n));
	mark(s, address_v4(0));
	sweep_line(s, at, n, end);
	close_until(s, NULL, end);
}

// In two stretches, before and behind mapped IPv4; what is open at the end of the first
// may reach over what comes behind.
static void sweep_v6(struct sweep *s, struct interval_range *at, size_t before, size_t behind,
		     size_t n, struct arena *a)
{
	static const struct address end = { UINT64_MAX, UINT64_MAX };

	s->start_v6 = arena_new(a, struct address, most_pieces(before + n - behind));
	s->node_v6 = arena_new(a, int32_t, most_pieces(before + n - behind));
	mark(s, (struct address){ 0, 0 });
	sweep_line(s, at, before, end);
	sweep_line(s, at + behind, n - behind, end);
	close_until(s, NULL, end);
}

struct intervals *intervals_build(struct interval_range *at, size_t n, struct arena *a)
{
	struct intervals *x = arena_new(a, struct intervals, 1);
	autoarena scratch;
	struct sweep v4 = { 0 }, v6 = { 0 };
	struct interval_range none;
	size_t from = 0, to;

	if (n == 0) // no step, not even of nought, is taken from NULL
		at = &none;
	arena_init(&scratch, (n + 1) * sizeof(struct interval_range *) + 4096);
	v4.open = v6.open = arena_new(&scratch, const struct interval_range *, n + 1);
	while (from < n && address_order(at[from].range.first, address_v4(0)) < 0)
		from++;
	for (to = from; to < n && address_is_v4(at[to].range.first);)
		to++;
	sweep_v4(&v4, at + from, to - from, a);
	root_v4(&x->v4, &v4, a);
	sweep_v6(&v6, at, from, to, n, a);
	root_v6(&x->v6, &v6, a);
	x->cross = v4.cross || v6.cross;
	x->many = v4.count + v6.count > IN_CACHE;
	return x;
}

static int32_t find_v4(const struct v4 *x, uint32_t key)
{
	const uint32_t *root = &x->root[key >> x->shift];
	uint32_t low = root[0], behind = root[1] - low, half;

	// The last start that is <= key. A branch would be wrong every second time.
	for (; behind > 0; behind -= half) {
		half = (behind + 1) / 2;
		low += half & -(uint32_t)(x->piece[low + half].start <= key);
	}
	return x->piece[low].node;
}

static size_t step_v6(const struct v6 *x, uint64_t high)
{
	uint64_t k = (high - x->least) >> x->shift;

	return k < x->steps ? (size_t)k : x->steps - 1;
}

static inline bool is_up_to(struct address a, struct address b)
{
	return (a.high < b.high) | ((a.high == b.high) & (a.low <= b.low));
}

static int32_t find_v6(const struct v6 *x, struct address key)
{
	uint32_t low, behind, half;
	size_t k;

	if (key.high < x->least)
		return x->node[0];
	k = step_v6(x, key.high);
	low = x->root[k];
	behind = x->root[k + 1] - low;
	for (; behind > 0; behind -= half) {
		half = (behind + 1) / 2;
		low += half & -(uint32_t)is_up_to(x->start[low + half], key);
	}
	return x->node[low];
}

bool intervals_cross(const struct intervals *x)
{
	return x->cross;
}

int32_t intervals_find(const struct intervals *x, struct address a)
{
	return address_is_v4(a) ? find_v4(&x->v4, (uint32_t)a.low) : find_v6(&x->v6, a);
}

void intervals_prefetch(const struct intervals *x, struct address a)
{
	uint32_t at;

	if (!x->many)
		return;
	if (address_is_v4(a)) {
		at = x->v4.root[(uint32_t)a.low >> x->v4.shift];
		__builtin_prefetch(&x->v4.piece[at]);
	} else if (a.high >= x->v6.least) {
		at = x->v6.root[step_v6(&x->v6, a.high)];
		__builtin_prefetch(&x->v6.start[at]);
		__builtin_prefetch(&x->v6.node[at]);
	}
}
