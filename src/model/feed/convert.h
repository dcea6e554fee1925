// What a feed file does to a column's text before it becomes a field's value:
// "| part 1 of ":" | number" (waker-feed(5), Converters). Each takes the values so far and
// gives others: one, several or none. Pure; new texts live in the arena of the call.
#pragma once

#include "base/list.h"
#include "model/feed/condition.h"
#include "model/feed/event.h"

enum { CONVERT_MAX = 12, VALUES_MAX = 128, CONVERT_MAX_TEXT = 64 << 10 };

struct feed_pair {
	struct str from, to;
};
struct feed_table { // [table NAME]
	struct str name;
	LIST(struct feed_pair) rows;
};

// clang-format off
#define CONVERTERS(X) /* id, word, what stands behind it */                          \
	X(CONVERT_NUMBER, "number", "") X(CONVERT_FLOAT, "float", "")                 \
	X(CONVERT_BOOLEAN, "boolean", "") X(CONVERT_LOWER, "lower", "")               \
	X(CONVERT_UPPER, "upper", "") X(CONVERT_TRIM, "trim", "a")                    \
	X(CONVERT_NONE, "none", "a") X(CONVERT_ZERO_NONE, "zero-none", "")            \
	X(CONVERT_PART, "part", "n of a") X(CONVERT_BEFORE, "before", "a")            \
	X(CONVERT_AFTER, "after", "a") X(CONVERT_SPLIT, "split", "a")                 \
	X(CONVERT_WORDS, "words", "a") X(CONVERT_JOIN, "join", "a")                   \
	X(CONVERT_FIRST, "first", "") X(CONVERT_LAST, "last", "")                     \
	X(CONVERT_REPLACE, "replace", "a b") X(CONVERT_TABLE, "table", "t")           \
	X(CONVERT_ELSE, "else", "a") X(CONVERT_TIME, "time", "a")                     \
	X(CONVERT_EPOCH, "epoch", "") X(CONVERT_EPOCH_MS, "epoch-ms", "")             \
	X(CONVERT_FILETIME, "filetime", "") X(CONVERT_ZONE, "zone", "z")              \
	X(CONVERT_REFANG, "refang", "") X(CONVERT_SCHEME, "scheme", "a")              \
	X(CONVERT_HOST, "host", "") X(CONVERT_PATH, "path", "")                       \
	X(CONVERT_COMPOSE, "compose", "a") X(CONVERT_ENCODE, "encode", "a")           \
	X(CONVERT_DECODE, "decode", "a") X(CONVERT_JSON, "json", "")                  \
	X(CONVERT_BASE64, "base64", "") X(CONVERT_REQUEST, "request", "a b")          \
	X(CONVERT_UNPAD, "unpad", "") X(CONVERT_ENDPOINT, "endpoint", "a")            \
	X(CONVERT_FITTING, "fitting", "")
// clang-format on
#define X(id, word, takes) id,
enum convert_kind { CONVERTERS(X) CONVERT_KINDS };
#undef X

struct convert {
	enum convert_kind kind;
	int n;        // part
	int64_t zone; // microseconds east of UTC
	struct str a, b;
	const struct feed_table *table; // found when the file is read to its end
};

struct converters {
	unsigned count;
	bool filter; // each only says what the value is, or that it is none
	struct convert *at;
};

// One converter as it is written, between two '|'. ERR_CONFIG: the caller says where. A
// table is looked up later, by its name in `a`.
bool convert_read(struct str text, struct arena *a, struct convert *out, struct err *e) MUST_USE;

struct values {
	unsigned count;
	struct str at[VALUES_MAX];
	enum event_kind kind; // number, float and boolean set it
	bool typed;
	bool fitting; // what does not fit the field is nothing
	bool mapped;  // the last table had the value
	bool over;    // there were more than VALUES_MAX, or a text too long
};

bool convert_filters(const struct convert *c); // none, zero-none, number, float, boolean

// Of converters that are a filter, and one value: does it stay? *kind is what it is.
bool convert_filter(const struct converters *c, struct str value, enum event_kind *kind) MUST_USE;

// `of`: what compose and request may name.
void convert_apply(const struct converters *c, struct condition_of of, struct arena *a,
		   struct values *v);
