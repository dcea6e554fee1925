#include "model/match/intervals.h"

enum { ROOT_LEAST = 1 << 8, ROOT_SIZE = 1 << 16 };

// The intervals of one family in the order of their starts; each reaches to the
// next start. The root narrows a search to those that share the leading bits.
struct v4 {
	uint32_t *start;
	int32_t *node;
	uint32_t root[ROOT_SIZE + 1];
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
};

struct piece { // from here on, this node
	struct address start;
	int32_t node;
};

// A walk along the line: the ranges that are open here, the smallest on top. One
// that has ended leaves when it comes to the top.
struct sweep {
	const struct interval_range **open; // a binary heap
	size_t depth;
	struct piece *piece;
	size_t count;
	bool cross; // two ranges overlap only partly
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

static void mark(struct sweep *s, struct address start)
{
	int32_t node = s->depth > 0 ? s->open[0]->node : INTERVAL_NONE;

	if (s->count > 0 && address_order(s->piece[s->count - 1].start, start) == 0)
		s->count--;
	if (s->count == 0 || s->piece[s->count - 1].node != node)
		s->piece[s->count++] = (struct piece){ start, node };
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

static void build_v4(struct v4 *x, const struct sweep *s, struct arena *a)
{
	uint32_t at = 0;

	x->start = arena_new(a, uint32_t, s->count);
	x->node = arena_new(a, int32_t, s->count);
	for (size_t i = 0; i < s->count; i++) {
		x->start[i] = (uint32_t)s->piece[i].start.low;
		x->node[i] = s->piece[i].node;
	}
	for (uint32_t k = 0; k < ROOT_SIZE; k++) { // the interval in which k << 16 lies
		while (at + 1 < s->count && x->start[at + 1] <= k << 16)
			at++;
		x->root[k] = at;
	}
	x->root[ROOT_SIZE] = (uint32_t)s->count - 1;
}

static void build_v6(struct v6 *x, const struct sweep *s, struct arena *a)
{
	uint32_t at = 0;
	uint64_t most;

	x->start = arena_new(a, struct address, s->count);
	x->node = arena_new(a, int32_t, s->count);
	for (size_t i = 0; i < s->count; i++) {
		x->start[i] = s->piece[i].start;
		x->node[i] = s->piece[i].node;
	}
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

static size_t scratch_size(size_t n)
{
	return n * sizeof(struct interval_range *) + (2 * n + 2) * sizeof(struct piece) + 4096;
}

struct intervals *intervals_build(struct interval_range *at, size_t n, struct arena *a)
{
	static const struct address end_v6 = { UINT64_MAX, UINT64_MAX };
	struct intervals *x = arena_new(a, struct intervals, 1);
	autoarena scratch;
	struct sweep s = { 0 };
	size_t from = 0, to;

	arena_init(&scratch, scratch_size(n));
	s.open = arena_new(&scratch, const struct interval_range *, n + 1);
	s.piece = arena_new(&scratch, struct piece, 2 * n + 2);
	// Mapped IPv4 lies in the middle of the line: what stands before and behind is IPv6.
	while (from < n && address_order(at[from].range.first, address_v4(0)) < 0)
		from++;
	for (to = from; to < n && address_is_v4(at[to].range.first);)
		to++;
	s.depth = s.count = 0;
	mark(&s, address_v4(0));
	sweep_line(&s, at + from, to - from, address_v4(UINT32_MAX));
	close_until(&s, NULL, address_v4(UINT32_MAX));
	build_v4(&x->v4, &s, a);
	s.depth = s.count = 0;
	mark(&s, (struct address){ 0, 0 });
	sweep_line(&s, at, from, end_v6); // what is open here may reach over what comes behind
	sweep_line(&s, at + to, n - to, end_v6);
	close_until(&s, NULL, end_v6);
	build_v6(&x->v6, &s, a);
	x->cross = s.cross;
	return x;
}

static int32_t find_v4(const struct v4 *x, uint32_t key)
{
	uint32_t low = x->root[key >> 16], behind = x->root[(key >> 16) + 1] - low, half;

	// The last start that is <= key. A branch would be wrong every second time.
	for (; behind > 0; behind -= half) {
		half = (behind + 1) / 2;
		low += half & -(uint32_t)(x->start[low + half] <= key);
	}
	return x->node[low];
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
	enum { IN_CACHE = 1 << 15 }; // intervals that the cache holds anyway
	uint32_t at;

	if (x->v4.root[ROOT_SIZE] + x->v6.root[x->v6.steps] < IN_CACHE)
		return;
	if (address_is_v4(a)) {
		at = x->v4.root[(uint32_t)a.low >> 16];
		__builtin_prefetch(&x->v4.start[at]);
		__builtin_prefetch(&x->v4.node[at]);
	} else if (a.high >= x->v6.least) {
		at = x->v6.root[step_v6(&x->v6, a.high)];
		__builtin_prefetch(&x->v6.start[at]);
		__builtin_prefetch(&x->v6.node[at]);
	}
}
