// Mails that somebody else wrote, read for what stands in them (RFC 5322, RFC 2045 to 2047; a
// mailbox as RFC 4155 has it): fields of the head, and the parts of the body with their bytes as
// they were meant. Lenient: what is broken is read as far as it goes, nothing is refused. Pure;
// results point into the bytes or live in the arena. Costs a look at the bytes for each depth.
#pragma once

#include "base/list.h"

enum { MIME_READ_DEPTH = 8, MIME_READ_PARTS = 512 };

// Takes the next mail off the front of a mailbox, without its line "From …". False: no more.
bool mbox_next(struct str *rest, struct str *mail) MUST_USE;
// Does it begin as a mailbox does; as a mail that has a date and a sender?
bool mbox_is(struct str bytes);
bool mime_is(struct str bytes);

struct mime_cut {
	struct str head, body;
};
struct mime_cut mime_cut(struct str mail);

// Takes the next field off the front of a head, its lines as they stand (with their ends but the
// last). False: a blank line, or no more. A line without ":" is one of that name, without a value.
bool mime_next_field(struct str *head, struct str *name, struct str *value) MUST_USE;

// Is the line (without its end) the boundary of these parts (RFC 2046, 5.1.1)? *last: the one that ends all.
bool mime_delimits(struct str line, struct str boundary, bool *last) MUST_USE;

// The first field of this name, its lines as one; .p NULL: there is none.
struct str mime_field(struct str head, struct str name, struct arena *a);
// One word of RFC 2047 at the front of s: its character set, and its bytes into out, which has room
// for s.n. Returns how much of s it is; 0: none stands there.
size_t mime_word(struct str s, struct str *charset, char *out, size_t *n) MUST_USE;
// The words of RFC 2047 in a value, as text. What is no UTF-8 or ASCII in them stays as its bytes are.
struct str mime_words(struct str s, struct arena *a);
// "text/csv; name=x.csv": what stands before the first ";" and a parameter; empty: not there.
struct str mime_value(struct str value);
struct str mime_parameter(struct str value, struct str name, struct arena *a);

// Takes the next address ("a@b.example") off a list of mailboxes. False: no more.
bool mime_next_address(struct str *list, struct str *address) MUST_USE;

// "Wed, 25 Nov 2026 21:07:46 +0100 (CET)".
bool mime_date(struct str value, int64_t *out) MUST_USE;

struct mime_part {
	struct str type;  // "text/csv", lower case
	struct str name;  // of the file; empty: none
	struct str bytes; // decoded; of no type that holds other parts
};
struct mime_parts {
	LIST(struct mime_part) at;
	bool more; // there are some beyond the limits, which were left out
};
void mime_parts(struct str mail, struct arena *a, struct mime_parts *out);
