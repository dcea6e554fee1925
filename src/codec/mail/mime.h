// A message as it leaves (RFC 5322, RFC 2045 to 2049): an entity of text, HTML and attachments,
// and the head in front of it. What is written is 7-bit, its lines end in CRLF, have no white
// space at their end, do not begin with "From " and are short, so that it can be signed as it
// stands (RFC 3156, 5; RFC 8551, 3.1). The same values give the same bytes. Pure; it writes into
// memory of the caller, and says before how much is enough.
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "codec/mail/header.h"

enum {
	MIME_MAX_TO = 64,
	MIME_MAX_ATTACHMENTS = 16,
	MIME_MAX_BYTES = 16 << 20, // of text, HTML and attachments together; in base64 it is 22 MiB
	MIME_BOUNDARY = 24,        // bytes of one, and a NUL
};

// The head of a message. An empty text: the field is not written (Subject: it stands empty).
struct mime_head {
	struct header_mailbox from, reply_to;
	const struct header_mailbox *to; // of one organisation only
	size_t to_count;                 // at least 1
	struct str subject;
	int64_t date, ahead;                // header_date
	struct str message_id, in_reply_to; // without < and >
	const struct str *references;
	size_t reference_count;
	struct str waker_ref; // X-Waker-Ref
	bool answers; // a mail of theirs: Auto-Submitted is auto-replied, not auto-generated
};

struct mime_attachment {
	struct str name; // of the file
	struct str type; // "text/csv"; what is no type becomes application/octet-stream
	struct str bytes;
};

// Fields of the head once more within what is signed or encrypted (RFC 9788, and the older
// protected-headers="v1"). Not for a message that is neither: it would have them twice.
enum mime_protection {
	MIME_OPEN,   // none
	MIME_SIGNED, // hp="clear"
	MIME_SEALED, // hp="cipher", and what the outer head shows
};

struct mime_content {
	struct str text; // UTF-8
	struct str html; // the same for who reads HTML; empty: none
	const struct mime_attachment *attachments;
	size_t attachment_count;
	uint64_t seed; // of the boundaries: any number
	enum mime_protection protection;
	const struct mime_head *inner, *outer; // what is protected; of MIME_SEALED, what is not
};

// Bytes that are enough for the entity, and for the head of a message.
size_t mime_room(const struct mime_content *c);
size_t mime_head_room(const struct mime_head *head);

// The entity: "Content-Type: …", an empty line, its body. ERR_LIMIT: too much of something;
// ERR_INPUT: an address (header_mailboxes). What stands in out is of no use then. Where the
// room was not enough, out->over says so.
bool mime_entity(const struct mime_content *c, struct buf *out, struct err *e) MUST_USE;

// The whole message: its head, and behind it an entity, of mime_entity or one that was made of
// it by signing or encrypting.
bool mime_message(const struct mime_head *head, struct str entity, struct buf *out, struct err *e)
	MUST_USE;

// The boundary of a multipart, one a letter: it has "=_", which neither quoted-printable nor
// base64 ever has, so that nothing in a body that was written so can be taken for it.
void mime_boundary(uint64_t seed, char letter, char out[MIME_BOUNDARY]);
