// Mails that came in, read by GMime in a child that may only compute (os/cage.h): one child reads
// many, one after another, so that a mail costs a fraction of a millisecond. What it says is
// checked (codec/mail/heard.h), and believed no more than the mail itself. A mail is read in one of
// two ways, whatever it is: whole, within the limits that heard.h states; or, where that killed the
// child or took too long, its fields alone (broken, a part left out). Only where this machine fails
// is there nothing.
//
// A child ends after MIME_READER_MAILS mails, so that one that was taken over hears few others'. A
// mail longer than MIME_READER_WINDOW has a child of its own, which sees the caller's bytes as they
// are: a mail of 50 MB is not copied. So these bytes must be memory that a child of fork(2) gets
// (not of an arena_alone).
#pragma once

#include "base/err.h"
#include "codec/mail/heard.h"

#include <sys/types.h>

enum {
	MIME_READER_SECONDS = 10,       // for a mail; then the child is killed
	MIME_READER_MAILS = 200,        // of one child
	MIME_READER_WINDOW = 256 << 10, // bytes
	MIME_READER_HEAP = 64 << 20,    // bytes a child may have
};

struct mime_reader;
// Opens the character sets: some 20 ms, once a process. ERR_SYSTEM.
struct mime_reader *mime_reader_new(struct err *e) MUST_USE;
void mime_reader_free(struct mime_reader *r); // NULL is a no-op
#define automime CLEANUP(mime_reader_done) struct mime_reader *
static inline void mime_reader_done(struct mime_reader **r)
{
	mime_reader_free(*r);
}

// *out lives in a. False: ERR_SYSTEM, this machine has no children.
bool mime_reader_read(struct mime_reader *r, struct str mail, struct arena *a,
		      struct heard_whole *out, struct err *e) MUST_USE;

// Why the last mail gave its fields alone: ERR_LIMIT (over its time or memory), ERR_SYSTEM (the
// child died). NULL: it was read whole.
const struct err *mime_reader_trouble(const struct mime_reader *r);

// Its child, for who measures it; 0: none.
pid_t mime_reader_child(const struct mime_reader *r);

// The decoded bytes of a part of the mail, by its place in heard.parts, appended to out. ERR_LIMIT:
// it is longer than out has room, or over its time; ERR_ABSENT: there is none, or it holds others.
bool mime_reader_part(struct mime_reader *r, struct str mail, uint32_t part, struct buf *out,
		      struct err *e) MUST_USE;
// The same to a descriptor, `most` bytes at most. False leaves some of it written. ERR_SYSTEM: it
// takes no more.
bool mime_reader_part_to(struct mime_reader *r, struct str mail, uint32_t part, uint64_t most,
			 int fd, struct err *e) MUST_USE;
