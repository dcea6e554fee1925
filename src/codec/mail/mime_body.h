// The bodies of a message's parts: text as quoted-printable (RFC 2045, 6.7), bytes as base64
// (6.8). Lines of at most 76 columns that end in CRLF.
#pragma once

#include "base/buf.h"

enum { MIME_LINE = 76 };

// Each LF or CRLF of text ends a line; the last one ends, too. No blank or tab stands at the end
// of a line, none begins with "From " or is a dot alone: what a mail server, or one that puts
// mails in a file, would change.
void mime_quoted(struct buf *b, struct str text);

// Without an end of the last line.
void mime_base64(struct buf *b, struct str bytes);
