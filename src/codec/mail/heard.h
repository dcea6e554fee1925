// A mail that came in, as the caged reader found it (RFC 5322, RFC 2045 to 2047, RFC 2231): its
// fields as text, and its parts in the order in which they stand. The reader is a child that may
// only compute (os/mime.h); these bytes are what it writes to its parent, who trusts them no more
// than the mail: heard_read checks each length, number and letter. Pure. Texts are UTF-8 without
// NUL; what a character set could not give stands as U+FFFD.
#pragma once

#include "base/buf.h"
#include "base/list.h"

enum {
	HEARD_PARTS = 512,      // more are counted and left out
	HEARD_DEPTH = 16,       // likewise, what lies deeper
	HEARD_FIELD = 8 << 10,  // bytes of a field's text; the rest is cut
	HEARD_TEXT = 256 << 10, // bytes of one part's text; the rest is cut
	HEARD_TEXTS = 1 << 20,  // of all parts of a mail
	HEARD_NAME = 1024,      // of a file's name; the rest is cut
	HEARD_TYPE = 128,       // of a type or protocol; one that is longer is empty
	HEARD_BYTES = 2 << 20,  // of all that the reader writes
};

// The first field of each name, its lines one, its controls blanks or U+FFFD. The words of RFC 2047
// are made text where they may stand: in the subject, and in the names before addresses (From,
// Sender, Reply-To, To, Cc), which stand in quotes then, so that no word can pass for an address:
// "\"evil <a@b>\" <c@d>, e@f". Fields that a mail server adds and that may come many times (Received,
// Authentication-Results, DKIM-Signature) are read from the raw head by who needs them.
// clang-format off
#define HEARD_FIELDS(X)                                                                     \
	X(HEARD_FROM, "From") X(HEARD_SENDER, "Sender") X(HEARD_REPLY_TO, "Reply-To")           \
	X(HEARD_TO, "To") X(HEARD_CC, "Cc") X(HEARD_SUBJECT, "Subject") X(HEARD_DATE, "Date")   \
	X(HEARD_MESSAGE_ID, "Message-ID") X(HEARD_IN_REPLY_TO, "In-Reply-To")                   \
	X(HEARD_REFERENCES, "References") X(HEARD_RETURN_PATH, "Return-Path")                   \
	X(HEARD_AUTO_SUBMITTED, "Auto-Submitted") X(HEARD_PRECEDENCE, "Precedence")             \
	X(HEARD_LIST_ID, "List-Id") X(HEARD_AUTOREPLY, "X-Autoreply")                           \
	X(HEARD_AUTORESPOND, "X-Autorespond") X(HEARD_SUPPRESS, "X-Auto-Response-Suppress")     \
	X(HEARD_FAILED, "X-Failed-Recipients") X(HEARD_LOOP, "X-Loop")                          \
	X(HEARD_DELIVERED_TO, "Delivered-To") X(HEARD_WAKER_REF, "X-Waker-Ref")                 \
	X(HEARD_SPAM, "X-Spam-Flag") X(HEARD_AUTOCRYPT, "Autocrypt")
// clang-format on
#define X(id, name) id,
enum heard_field { HEARD_FIELDS(X) HEARD_FIELD_COUNT };
#undef X
struct str heard_field_name(enum heard_field field);

struct heard_part {
	struct str type; // "text/plain", lower case; of what holds others, too
	struct str name; // of the file; empty: none
	// Of multipart/signed and /encrypted: "application/pgp-signature"; else empty.
	struct str protocol;
	int32_t parent; // which part holds it; -1: it is the whole mail's
	bool attached;  // Content-Disposition says attachment
	bool cut;       // its text is longer than what stands here
	uint64_t size;  // bytes, decoded; of what holds others: 0
	// Of text/* and message/* (delivery-status, feedback-report), in lines that end in LF, with
	// no control but tabs; of a mail inside (message/rfc822) its head; else empty.
	struct str text;
};

struct heard_whole {
	struct str field[HEARD_FIELD_COUNT]; // .p NULL: it is not there
	LIST(struct heard_part) parts;       // a part stands behind the one that holds it
	uint64_t left_out;                   // parts beyond the limits
	// A boundary that never ends, a head that is none, two senders, a field of Content- twice,
	// or more than the reader may take: others may read it otherwise.
	bool broken;
};

// Appends h as bytes; has HEARD_BYTES at the most where the limits hold.
void heard_write(struct buf *b, const struct heard_whole *h);
// Points into the bytes; the list is of the arena. False: they are not such.
bool heard_read(struct str bytes, struct arena *a, struct heard_whole *out) MUST_USE;

// The one address in From; empty: there is none, or several, or others may read the head otherwise.
struct str heard_sender(const struct heard_whole *h);
// The first part that is its text as people read it: text/plain, else text/html, that is not
// attached and not of a mail inside. One that says nothing comes after one that does. NULL: it has
// none.
const struct heard_part *heard_body(const struct heard_whole *h);
// The first part of a type ("message/delivery-status"), whatever holds it. NULL: none.
const struct heard_part *heard_find(const struct heard_whole *h, struct str type);
