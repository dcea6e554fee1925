// What is asked of the role that fetches, and what it answers: one message each way, a
// version and fields (codec/wire/hit.h). The role has read foreign bytes, so what it
// answers is believed as little as those. Texts point into the message that was read.
#pragma once

#include "base/buf.h"
#include "base/err.h"

enum {
	ASK_VERSION = 2,
	ASK_MAX_HEADERS = 24,
	ASK_MAX_TEXT = 16 << 10,    // of a URL, a header, a body
	ASK_MAX_MESSAGE = 96 << 10, // longest message
	ASK_MAX_SAYS = 200,         // of what a refusal says, for people
};

struct ask_header {
	struct str line; // "Accept: text/plain"
	bool secret;     // not for another host, should the answer lead there
};

struct ask {
	bool post; // else GET
	bool lan;  // the address may be a private one
	bool stay; // a redirect is an answer like another; not carried to the role that fetches
	struct str url, body;
	struct str user, password; // HTTP Basic; empty user: none
	struct str ca;             // a file of certificates instead of the system's; empty
	struct str etag, modified; // of what is there already: If-None-Match, If-Modified-Since
	struct ask_header header[ASK_MAX_HEADERS];
	unsigned headers;
	uint64_t most;  // bytes of the decompressed body
	uint32_t wait;  // seconds for all of it
	uint32_t least; // bytes a second, on average over an eighth of `wait` (at most a minute)
};

struct ask_answer {
	unsigned status; // of HTTP; 0: it did not come so far
	struct str etag, modified, says;
	uint32_t retry;       // Retry-After, in seconds; 0: not said
	uint64_t bytes;       // of the body, decompressed
	int64_t since, until; // when the certificate of the other side holds; 0: not known
	enum err_kind kind;   // ERR_NONE: the answer came whole
	struct str text;      // what went wrong
};

enum ask_kind { ASK_NONE, ASK_ASK, ASK_ANSWER, ASK_PROGRESS };

enum ask_kind ask_kind(struct str message); // ASK_NONE: of another version, or none of these

// A message that does not fit sets b->over.
void ask_write(struct buf *b, const struct ask *x);
void ask_write_answer(struct buf *b, const struct ask_answer *x);
void ask_write_progress(struct buf *b, uint64_t done, uint64_t all); // all 0: not known

// False: it is no such message, or over a bound.
bool ask_read(struct str message, struct ask *out) MUST_USE;
bool ask_read_answer(struct str message, struct ask_answer *out) MUST_USE;
bool ask_read_progress(struct str message, uint64_t *done, uint64_t *all) MUST_USE;
