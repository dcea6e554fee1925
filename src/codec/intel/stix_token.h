// The words of a STIX pattern (STIX 2.1, chapter 9, and the grammar that goes with it):
// keywords, names, constants and signs, blanks and comments skipped. One at a time, out of
// bytes in memory, which must be UTF-8. No allocation: texts point into the pattern.
#pragma once

#include "base/str.h"

enum stix_token_kind {
	TOKEN_END,
	TOKEN_BAD, // no word of the language; `why` of the lexer says what is wrong
	TOKEN_NAME,
	// constants
	TOKEN_STRING,
	TOKEN_INTEGER,
	TOKEN_FLOAT,
	TOKEN_BOOLEAN,
	TOKEN_TIME,
	TOKEN_HEX,
	TOKEN_BASE64,
	// keywords
	TOKEN_AND,
	TOKEN_OR,
	TOKEN_NOT,
	TOKEN_FOLLOWEDBY,
	TOKEN_LIKE,
	TOKEN_MATCHES,
	TOKEN_ISSUBSET,
	TOKEN_ISSUPERSET,
	TOKEN_EXISTS,
	TOKEN_IN,
	TOKEN_START,
	TOKEN_STOP,
	TOKEN_WITHIN,
	TOKEN_SECONDS,
	TOKEN_REPEATS,
	TOKEN_TIMES,
	TOKEN_LAST, // reserved: has no use
	// signs
	TOKEN_EQUAL,
	TOKEN_NOT_EQUAL,
	TOKEN_LESS,
	TOKEN_LESS_EQUAL,
	TOKEN_MORE,
	TOKEN_MORE_EQUAL,
	TOKEN_OPEN,    // (
	TOKEN_CLOSE,   // )
	TOKEN_BRACKET, // [
	TOKEN_UNBRACKET,
	TOKEN_COLON,
	TOKEN_DOT,
	TOKEN_COMMA,
	TOKEN_STAR,
};

struct stix_token {
	enum stix_token_kind kind;
	size_t at; // where it begins, from 0
	struct str
		text; // a string, time, hex or base64: without t, h, b and quotes, escapes still there
	bool hyphen;   // a name with a hyphen: an object's type may have one, a property not
	bool negative; // a number below zero
};

struct stix_lexer {
	struct str text;
	size_t at;
	const char *why;
};

// TOKEN_END at the end and ever after it; after TOKEN_BAD nothing more is to be asked.
struct stix_token stix_token_next(struct stix_lexer *in);
