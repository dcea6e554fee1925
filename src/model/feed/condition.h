// "ioc_type is ip:port and tags not has test": when a line of a feed file counts
// (waker-feed(5), Conditions).
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum test_kind { TEST_IS, TEST_HAS, TEST_STARTS, TEST_ENDS, TEST_CONTAINS, TEST_THERE, TEST_KINDS };
enum { CONDITION_MAX = 6 };

struct condition_test {
	struct str name;
	enum test_kind kind;
	bool not ;
	struct str word;
};

struct condition { // all of them must hold; none: always
	unsigned count;
	struct condition_test *at;
};

// ERR_CONFIG says what is missing; the caller says where.
bool condition_read(struct str text, struct arena *a, struct condition *out, struct err *e)
	MUST_USE;

// What a name stands for: its nth value, .p NULL: no such.
struct condition_of {
	struct str (*value)(const void *of, struct str name, unsigned nth);
	const void *of;
};
bool condition_fits(const struct condition *c, struct condition_of of);

// Is `word` one of the words of value? "cve-*": any that begins so. No case.
bool condition_has_word(struct str value, struct str word);

// As it is written in a feed file; nothing where it always holds.
void condition_write(struct buf *b, const struct condition *c);
