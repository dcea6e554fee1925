// The index against the rules said once more, slowly: random small worlds in which every
// edge meets every other, each question answered by looking at every asset.
#include "base/test.h"
#include "model/match/index.h"

static uint64_t state;

static uint64_t rnd(uint64_t below) // splitmix64
{
	uint64_t z = (state += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (z ^ (z >> 31)) % below;
}

enum { MOST = 24, QUESTIONS = 200 };

enum space { SPACE_V4, SPACE_V4_ENDS, SPACE_V6, SPACE_V6_WHOLE, SPACES };

struct world {
	struct arena a;
	struct roster roster;
	struct range range[MOST];
	struct index *x;
	size_t n;
};

static struct address whole_v6(void) // also around the mapped IPv4, and both ends of the line
{
	static const uint64_t highs[] = { 0,
					  1,
					  UINT64_C(0x0064ff9b00000000),
					  UINT64_C(0x20010db800000000),
					  UINT64_C(0x20010db8ffffffff),
					  UINT64_MAX };
	static const uint64_t lows[] = { 0, UINT64_C(0xfffe00000000), UINT64_C(0x1000000000000),
					 UINT64_MAX - 3 };

	return (struct address){ highs[rnd(COUNTOF(highs))], lows[rnd(COUNTOF(lows))] + rnd(4) };
}

static struct address random_address(enum space space)
{
	switch (space) {
	case SPACE_V4:
		return address_v4(0xc0000200 + (uint32_t)rnd(200));
	case SPACE_V4_ENDS:
		return address_v4((uint32_t)(rnd(3) * 0x7fffffff + rnd(4) * 0x10000 + rnd(2)));
	case SPACE_V6:
		return (struct address){ UINT64_C(0x20010db800000000) + rnd(3),
					 UINT64_MAX - 64 + rnd(65) };
	case SPACE_V6_WHOLE:
	case SPACES:
		break;
	}
	return whole_v6();
}

static struct prefix random_prefix(void)
{
	enum space space = (enum space)rnd(SPACES);
	struct address a = random_address(space);

	switch (space) {
	case SPACE_V4:
		return prefix_of(a, 120 + (unsigned)rnd(9));
	case SPACE_V4_ENDS:
		return prefix_of(a, 96 + (unsigned)rnd(33));
	case SPACE_V6:
		return prefix_of(a, 120 + (unsigned)rnd(9));
	case SPACE_V6_WHOLE:
	case SPACES:
		break;
	}
	return prefix_of(a, (unsigned)rnd(129));
}

static struct range random_range(bool cross)
{
	enum space space = (enum space)rnd(SPACES);
	struct address one = random_address(space), two = random_address(space);
	struct range r = prefix_range(random_prefix());

	if (!cross || rnd(2) == 0) // ::/80 ends in IPv4: as a range it cannot be written
		return address_is_v4(r.first) == address_is_v4(r.last) ? r : random_range(cross);
	return address_order(one, two) <= 0 ? (struct range){ one, two }
					    : (struct range){ two, one };
}

static void world_init(struct world *w, uint64_t seed, bool cross)
{
	struct err e = { 0 };

	*w = (struct world){ .n = 1 + seed % MOST };
	arena_init(&w->a, 1 << 24);
	state = seed * 7919;
	for (size_t i = 0; i < w->n; i++) {
		char text[2 * ADDRESS_TEXT];
		struct buf b = BUF_ON(text);

		w->range[i] = i > 0 && rnd(8) == 0 ? w->range[rnd(i)] : random_range(cross);
		range_write(&b, w->range[i]);
		*list_add(&w->roster.assets, &w->a) = (struct asset){
			.kind = ASSET_RANGE, .value = arena_str(&w->a, buf_view(&b)), .member = 0
		};
	}
	CHECK(index_build(&w->roster, NULL, &w->a, &w->x, &e));
}

static bool is_same(struct range a, struct range b)
{
	return address_order(a.first, b.first) == 0 && address_order(a.last, b.last) == 0;
}

static bool is_less(struct range a, struct range b) // fewer addresses, then the earlier start
{
	int by_size = address_order(address_minus(a.last, a.first), address_minus(b.last, b.first));

	return by_size != 0 ? by_size < 0 : address_order(a.first, b.first) < 0;
}

// The smallest range that holds all of r, other than r itself where `other`; w->n: none.
static size_t slowly(const struct world *w, struct range r, bool other)
{
	size_t best = w->n;

	for (size_t i = 0; i < w->n; i++) {
		struct range x = w->range[i];

		if (address_order(x.first, r.first) > 0 || address_order(r.last, x.last) > 0 ||
		    address_is_v4(x.first) != address_is_v4(r.first) || (other && is_same(x, r)))
			continue;
		if (best == w->n || is_less(x, w->range[best]))
			best = i;
	}
	return best;
}

static size_t count_same(const struct world *w, struct range r)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++)
		n += is_same(w->range[i], r);
	return n;
}

// Is the node that of range `want` (w->n: none), with all its owners?
static bool is_node(const struct world *w, int32_t node, size_t want)
{
	const struct index_node *n;

	if (node == INDEX_NONE || want == w->n)
		return node == INDEX_NONE && want == w->n;
	n = index_node(w->x, node);
	for (uint32_t i = 0; i < n->count; i++)
		if (!is_same(w->range[index_owner(w->x, n->first + i)], w->range[want]))
			return false;
	return n->count == count_same(w, w->range[want]);
}

static void ask_address(const struct world *w, struct address at)
{
	size_t want = slowly(w, (struct range){ at, at }, false);
	int32_t node = index_address(w->x, at);

	CHECK(is_node(w, node, want));
	while (node != INDEX_NONE) { // each parent is the next that holds all of it
		want = slowly(w, w->range[want], true);
		node = index_node(w->x, node)->parent;
		CHECK(is_node(w, node, want));
	}
}

static void ask_edges(const struct world *w, struct range r)
{
	struct address before = address_minus(r.first, (struct address){ 0, 1 });
	struct address after = { r.last.high + (r.last.low == UINT64_MAX), r.last.low + 1 };

	ask_address(w, r.first);
	ask_address(w, r.last);
	ask_address(w, before); // also beyond the ends of the line, where it begins anew
	ask_address(w, after);
}

TEST("index: every address, edge and parent of overlapping ranges as a slow look says")
{
	enum { ROUNDS = 1500 };

	for (uint64_t round = 0; round < ROUNDS; round++) {
		struct world w;

		world_init(&w, round, round % 2 == 0);
		for (size_t i = 0; i < w.n; i++)
			ask_edges(&w, w.range[i]);
		for (unsigned i = 0; i < QUESTIONS; i++)
			ask_address(&w, random_address((enum space)rnd(SPACES)));
		arena_done(&w.a);
	}
}

TEST("index: every prefix belongs to the smallest range that holds all of it")
{
	enum { ROUNDS = 1500 };

	for (uint64_t round = 0; round < ROUNDS; round++) {
		struct world w;

		world_init(&w, round, round % 2 == 0);
		for (unsigned i = 0; i < QUESTIONS; i++) {
			struct prefix p = random_prefix();

			CHECK(is_node(&w, index_prefix(w.x, p),
				      slowly(&w, prefix_range(p), false)));
		}
		arena_done(&w.a);
	}
}

static struct str random_name(struct arena *a) // of two letters and up to five labels
{
	static const char *const labels[] = { "a", "b", "ab", "ba", "xn--a" };
	char text[64];
	struct buf b = BUF_ON(text);

	for (uint64_t n = 1 + rnd(5); n > 0; n--) {
		buf_str(&b, str_of(labels[rnd(COUNTOF(labels))]));
		if (n > 1)
			buf_char(&b, '.');
	}
	return arena_str(a, buf_view(&b));
}

static bool is_below(struct str name, struct str domain)
{
	return name.n > domain.n && name.p[name.n - domain.n - 1] == '.' &&
	       str_eq(str_from(name, name.n - domain.n), domain);
}

// The asset that a name belongs to: the longest name wins, an exact host before a tree.
static size_t name_slowly(const struct roster *r, struct str name)
{
	size_t best = r->assets.count;

	for (size_t i = 0; i < r->assets.count; i++) {
		const struct asset *x = &r->assets.at[i], *old;

		if (!str_eq(x->value, name) &&
		    !(x->kind == ASSET_DOMAIN && is_below(name, x->value)))
			continue;
		old = best < r->assets.count ? &r->assets.at[best] : NULL;
		if (old == NULL || x->value.n > old->value.n ||
		    (x->value.n == old->value.n && x->kind == ASSET_HOST &&
		     old->kind == ASSET_DOMAIN))
			best = i;
	}
	return best;
}

static void ask_name(const struct roster *r, const struct index *x, struct str name)
{
	size_t want = name_slowly(r, name), same = 0;
	int32_t node = index_name(x, name);

	CHECK((node == INDEX_NONE) == (want == r->assets.count));
	if (node == INDEX_NONE)
		return;
	LIST_EACH (const struct asset, asset, &r->assets)
		same += asset->kind == r->assets.at[want].kind &&
			str_eq(asset->value, r->assets.at[want].value);
	CHECK(index_node(x, node)->count == same);
	CHECK((size_t)index_owner(x, index_node(x, node)->first) == want);
}

TEST("index: every name belongs to the longest domain above it, as a slow look says")
{
	enum { ROUNDS = 1500 };

	for (uint64_t round = 0; round < ROUNDS; round++) {
		struct roster r = { 0 };
		struct err e = { 0 };
		struct index *x;
		autoarena a;

		arena_init(&a, 1 << 24);
		state = round * 7919;
		for (uint64_t n = 1 + round % MOST; n > 0; n--)
			*list_add(&r.assets, &a) = (struct asset){
				.kind = rnd(3) == 0 ? ASSET_HOST : ASSET_DOMAIN,
				.value = random_name(&a),
			};
		CHECK(index_build(&r, NULL, &a, &x, &e));
		for (unsigned i = 0; i < QUESTIONS; i++)
			ask_name(&r, x, random_name(&a));
	}
}
