#include "codec/table/json_tree.h"

#include "codec/table/json.h"
#include "codec/table/trail.h"
#include "codec/table/tree_walk.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK = 64, MAX_STEP = 256 }; // bytes of a step of a path, escapes undone

enum {
	WANT_VALUE, // of a document at first
	WANT_VALUE_OR_CLOSE,
	WANT_KEY,
	WANT_KEY_OR_CLOSE,
	WANT_NEXT
};

struct signs { // of a block, a bit a byte
	uint64_t quote, slash, open, close;
};

// Both kinds of brackets differ in 0x20 only.
static inline struct signs signs_of(const char *p)
{
	struct signs s = { 0 };

#ifdef __SSE2__
	for (unsigned i = 0; i < BLOCK; i += 16) {
		__m128i b = _mm_loadu_si128((const __m128i_u *)(const void *)(p + i));
		__m128i folded = _mm_or_si128(b, _mm_set1_epi8(0x20));
		unsigned quote = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(b, _mm_set1_epi8('"')));
		unsigned slash =
			(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(b, _mm_set1_epi8('\\')));
		unsigned open =
			(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(folded, _mm_set1_epi8('{')));
		unsigned close =
			(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(folded, _mm_set1_epi8('}')));

		s.quote |= (uint64_t)quote << i;
		s.slash |= (uint64_t)slash << i;
		s.open |= (uint64_t)open << i;
		s.close |= (uint64_t)close << i;
	}
#else
	for (unsigned i = 0; i < BLOCK; i++) {
		s.quote |= (uint64_t)(p[i] == '"') << i;
		s.slash |= (uint64_t)(p[i] == '\\') << i;
		s.open |= (uint64_t)((p[i] | 0x20) == '{') << i;
		s.close |= (uint64_t)((p[i] | 0x20) == '}') << i;
	}
#endif
	return s;
}

// The bytes behind an escaping backslash. Runs of them begin where none stands before:
// adding carries over a run, and whether it ends an even or odd way along tells (simdjson).
static inline uint64_t escaped_by(uint64_t slash, bool first)
{
	const uint64_t odd = UINT64_C(0xaaaaaaaaaaaaaaaa);
	uint64_t can = slash & ~(uint64_t)first;
	uint64_t code = (((can << 1) | odd) - can) ^ odd;

	return code ^ (slash | (uint64_t)first);
}

static inline uint64_t between(uint64_t quotes) // from an opening one to before its closing one
{
	for (unsigned shift = 1; shift < 64; shift *= 2)
		quotes ^= quotes << shift;
	return quotes;
}

// Count the brackets of a block outside texts. Returns the place behind the one that closes
// the outermost, 0: none does.
static inline unsigned count_brackets(struct tree_cut *t, uint64_t open, uint64_t close)
{
	for (uint64_t both = open | close; both != 0; both &= both - 1) {
		unsigned i = (unsigned)__builtin_ctzll(both);

		if (open >> i & 1)
			t->deep++;
		else if (--t->deep == 0)
			return i + 1;
	}
	return 0;
}

// From p, which is in t->deep brackets or at the outermost: behind the one that closes it.
// NULL: the bytes end before it; t says in what.
static const char *brackets_end(struct tree_cut *t, const char *p, const char *end)
{
	for (; p < end; p += BLOCK) {
		size_t n = end - p < BLOCK ? (size_t)(end - p) : BLOCK;
		uint64_t escaped, in, first = t->escaped;
		char tail[BLOCK];
		struct signs s;
		unsigned behind;

		if (n < BLOCK) {
			memset(tail, ' ', sizeof tail);
			memcpy(tail, p, n);
		}
		s = signs_of(n < BLOCK ? tail : p);
		escaped = (s.slash | first) != 0 ? escaped_by(s.slash, first != 0) : 0;
		in = between(s.quote & ~escaped) ^ (t->in_text ? ~UINT64_C(0) : 0);
		behind = count_brackets(t, s.open & ~in, s.close & ~in);
		if (behind > 0)
			return p + behind;
		t->in_text = in >> 63;
		t->escaped = n < BLOCK ? escaped >> n & 1 : (s.slash & ~escaped) >> 63;
	}
	return NULL;
}

// Whether an odd number of backslashes stands before p; `first`: the byte at `from` is escaped.
static bool is_escaped(const char *from, const char *p, bool first)
{
	size_t n = 0;

	while (p - n > from && p[-(ptrdiff_t)n - 1] == '\\')
		n++;
	return ((n & 1) != 0) != (first && p - n == from);
}

// From within a text: behind its closing quote. NULL: the bytes end before it.
static const char *text_end(const char *p, const char *end, bool *escaped)
{
	const char *quote = p;

	for (;; quote++) {
		quote = quote < end ? memchr(quote, '"', (size_t)(end - quote)) : NULL;
		if (quote == NULL)
			break;
		if (!is_escaped(p, quote, *escaped)) {
			*escaped = false;
			return quote + 1;
		}
	}
	*escaped = is_escaped(p, end, *escaped);
	return NULL;
}

static inline const char *over_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r'))
		p++;
	return p;
}

static const char *over_scalar(const char *p, const char *end)
{
	while (p < end && ((*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || *p == '-' ||
			   *p == '+' || *p == '.' || *p == 'E'))
		p++;
	return p;
}

static inline bool is_in_object(const struct tree_cut *t)
{
	unsigned at = t->depth - 1;

	return t->depth > 0 && (t->in_object[at / 64] >> at % 64 & 1) != 0;
}

static void value_over(struct tree_cut *t)
{
	t->doing = TREE_WALKING;
	t->want = t->depth > 0 ? WANT_NEXT : WANT_VALUE;
	t->over = t->depth == 0;
	if (is_in_object(t))
		tree_leave(t);
}

static bool enter(struct tree_walk *w, bool object)
{
	struct tree_cut *t = w->t;
	uint64_t bit = UINT64_C(1) << t->depth % 64, *bits = &t->in_object[t->depth / 64];

	if (t->depth == TREE_MAX_DEPTH)
		return tree_bad(w);
	*bits = object ? *bits | bit : *bits & ~bit;
	t->depth++;
	t->level += object;
	t->want = object ? WANT_KEY_OR_CLOSE : WANT_VALUE_OR_CLOSE;
	w->p++;
	return true;
}

static bool close_one(struct tree_walk *w)
{
	struct tree_cut *t = w->t;

	t->level -= is_in_object(t);
	t->depth--;
	w->p++;
	if (t->within && t->depth == t->context_depth)
		t->within = false;
	value_over(t);
	return true;
}

static bool value(struct tree_walk *w)
{
	struct tree_cut *t = w->t;
	enum tree_place place = tree_place(t);
	char c = *w->p;

	if (memchr("{[\"-0123456789tfn", c, 17) == NULL)
		return tree_bad(w);
	if (t->depth == 0) {
		t->begun = true;
		t->over = false;
	}
	if (c == '[' && place != TREE_NOWHERE)
		return enter(w, false);
	if (c == '{' && place == TREE_ON_THE_WAY)
		return enter(w, true);
	if (c == '{' || c == '[') {
		tree_take(w, place);
		return true;
	}
	if (place == TREE_AT_RECORD && c != 'n')
		t->stray++;
	t->doing = c == '"' ? TREE_IN_TEXT : TREE_IN_SCALAR;
	t->escaped = false;
	w->p++;
	return true;
}

static void meet(struct tree_cut *t, struct str key)
{
	char text[MAX_STEP];

	if (str_has(key, '\\')) {
		if (key.n > sizeof text)
			return;
		key = (struct str){ text, json_text(key, text) };
	}
	tree_meet(t, key);
}

// A key and its colon, which are taken together.
static bool key(struct tree_walk *w)
{
	bool escaped = false, is_long = w->end - w->p > TREE_MAX_NAME;
	const char *start = w->p + 1, *end = is_long ? w->p + TREE_MAX_NAME : w->end;
	const char *behind, *colon;

	if (*w->p != '"')
		return tree_bad(w);
	behind = text_end(start, end, &escaped);
	colon = behind != NULL ? over_blanks(behind, end) : end;
	if (colon == end)
		return is_long ? tree_bad(w) : false;
	if (*colon != ':')
		return tree_bad(w);
	meet(w->t, (struct str){ start, (size_t)(behind - 1 - start) });
	w->p = colon + 1;
	w->t->want = WANT_VALUE;
	return true;
}

static bool walk(struct tree_walk *w)
{
	struct tree_cut *t = w->t;
	bool object = is_in_object(t);
	char c;

	w->p = over_blanks(w->p, w->end);
	if (w->p == w->end)
		return false;
	c = *w->p;
	if (t->want != WANT_KEY && t->want != WANT_VALUE && t->depth > 0 &&
	    c == (object ? '}' : ']'))
		return close_one(w);
	if (t->want == WANT_KEY || t->want == WANT_KEY_OR_CLOSE)
		return key(w);
	if (t->want == WANT_VALUE || t->want == WANT_VALUE_OR_CLOSE)
		return value(w);
	if (c != ',')
		return tree_bad(w);
	w->p++;
	t->want = object ? WANT_KEY : WANT_VALUE;
	return true;
}

// The end of what is skipped or cut.
static bool find_end(struct tree_walk *w)
{
	struct tree_cut *t = w->t;
	const char *behind = brackets_end(t, w->p + t->at, w->end);

	if (behind != NULL) {
		tree_taken(w, behind);
		return true;
	}
	if (t->doing == TREE_SKIPPING)
		w->p = w->end;
	else
		t->at = (size_t)(w->end - w->p);
	return false;
}

static bool json_step(struct tree_walk *w)
{
	struct tree_cut *t = w->t;
	const char *behind;

	switch (t->doing) {
	case TREE_WALKING:
		return walk(w);
	case TREE_LEAVING:
		value_over(t);
		return true;
	case TREE_IN_TEXT:
		behind = text_end(w->p, w->end, &t->escaped);
		w->p = behind != NULL ? behind : w->end;
		if (behind != NULL)
			t->doing = TREE_LEAVING;
		return behind != NULL;
	case TREE_IN_SCALAR:
		w->p = over_scalar(w->p, w->end);
		if (w->p < w->end || w->last)
			t->doing = TREE_LEAVING;
		return t->doing == TREE_LEAVING;
	case TREE_SKIPPING:
	case TREE_IN_RECORD:
	case TREE_IN_CONTEXT:
		return find_end(w);
	}
	return false;
}

size_t json_tree_cut(struct tree_cut *t, struct str bytes, bool last, struct csv_row *out,
		     size_t most, size_t *used)
{
	struct tree_walk w = { .t = t,
			       .p = bytes.p,
			       .end = bytes.p + bytes.n,
			       .last = last,
			       .out = out,
			       .most = most };

	return tree_run(&w, json_step, used);
}
