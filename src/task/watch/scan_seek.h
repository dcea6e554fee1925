// Whether any of what is sought stands in the bytes of a file at all, decompressed. Works in the
// strict cage. Private to task/watch/scan*.c.
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "codec/text/needle.h"

struct scan_seek {
	int fd; // of the file, at its start
	const struct needles *needles;
	char *buffer; // of `room` bytes, more than the longest needle
	size_t room;
};

// Reads as far as it must; what it takes of the arena is given back. False + ERR_NONE: none does, and
// the file has so many bytes. ERR_INPUT: it is damaged.
bool scan_seek(const struct scan_seek *s, struct arena *a, uint64_t *bytes, struct err *e) MUST_USE;
