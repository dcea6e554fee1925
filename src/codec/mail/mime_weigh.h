// How much of a mail a reader that builds a tree of it may be given (os/mime.h): 1.4 MB of empty
// parts, or of fields of three bytes, cost such a one hundreds of megabytes. Counts the lines that
// may be boundaries and those that may be of heads (RFC 2046, 5.1; RFC 5322, 2.1); where it cannot
// tell, it takes them for such. Pure; one look at the bytes.
#pragma once

#include "base/str.h"

enum {
	MIME_WEIGH_MAIL = 64 << 20,       // bytes of a mail
	MIME_WEIGH_BOUNDARIES = 16 << 10, // lines
	MIME_WEIGH_HEADS = 16 << 10,      // lines of all heads together
	MIME_WEIGH_HEAD_BYTES = 4 << 20,  // of these
	MIME_WEIGH_KNOWN = 64, // boundaries that are told apart; with more, each "--" is one
};

struct mime_weight {
	size_t until; // the bytes that are within all limits, whole lines; of a mail that is: all
	uint64_t left_out; // boundaries behind them that begin a part
};

void mime_weigh(struct str mail, struct mime_weight *out);
