#include "os/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
	ROOM = 64
	       << 20,   // addresses for all patterns; what a small one takes is a few hundred bytes
	STEPS = 20000,  // a try ends after so many, unfitting: about a millisecond
	HEAP_KIB = 512, // … or with so much memory
	NESTED = 50,    // brackets in brackets
};

struct engine {
	struct arena a; // a piece of the caller's
	pcre2_general_context *general;
	pcre2_compile_context *compiling;
	pcre2_match_context *matching;
	pcre2_match_data *data;
};

static void *get(size_t n, void *self)
{
	struct engine *x = self;

	if (n + _Alignof(max_align_t) > arena_room(&x->a))
		return NULL;
	return arena_get(&x->a, 1, n, _Alignof(max_align_t));
}

static void leave(void *p, void *self) // goes with the arena
{
	(void)p;
	(void)self;
}

static const void *compile(void *self, struct str pattern, struct err *e)
{
	struct engine *x = self;
	PCRE2_UCHAR why[160];
	int error;
	PCRE2_SIZE at;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n,
					 PCRE2_CASELESS | PCRE2_NEVER_UTF | PCRE2_NEVER_BACKSLASH_C,
					 &error, &at, x->compiling);

	if (code == NULL) {
		pcre2_get_error_message(error, why, sizeof why);
		err_set(e, ERR_INPUT, "the pattern cannot be read at byte %zu: %s", (size_t)at + 1,
			(const char *)why);
	}
	return code;
}

static bool fits(void *self, const void *pattern, struct str text)
{
	struct engine *x = self;

	return pcre2_match(pattern, (PCRE2_SPTR)text.p, text.n, 0, 0, x->data, x->matching) >= 0;
}

struct warning_engine regex_engine(struct arena *a)
{
	struct engine *x = arena_new(a, struct engine, 1);
	char *room = arena_get(a, 1, ROOM, _Alignof(max_align_t));

	x->a = (struct arena){ room, room, room + ROOM };
	x->general = pcre2_general_context_create(get, leave, x);
	x->compiling = pcre2_compile_context_create(x->general);
	x->matching = pcre2_match_context_create(x->general);
	x->data = pcre2_match_data_create(1, x->general);
	pcre2_set_max_pattern_length(x->compiling, WARNING_MAX_PATTERN);
	pcre2_set_parens_nest_limit(x->compiling, NESTED);
	pcre2_set_match_limit(x->matching, STEPS);
	pcre2_set_heap_limit(x->matching, HEAP_KIB);
	return (struct warning_engine){ .compile = compile, .fits = fits, .self = x };
}
