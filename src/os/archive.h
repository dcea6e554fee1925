// The archive: the bytes of every batch as they came, compressed, at
// FOLDER/YYYY/MM/DD/<sha256>.zst, written once and never changed. A file stands there
// whole or not at all, also after a power cut: it is written beside its place, synced,
// renamed, and its folder synced. What an interrupted run left is cleared by the next.
#pragma once

#include "base/err.h"
#include "os/digest.h"

enum { ARCHIVE_PATH = 96 }; // "2026/11/24/<64 hex>.zst" and a NUL

struct archived {
	unsigned char sum[DIGEST_BYTES]; // of the bytes as they came
	char path[ARCHIVE_PATH];         // below the folder
	uint64_t bytes;                  // before compressing
	bool known;                      // it stood there already and was kept
};

// Reads `in` to its end. `now` gives the day. ERR_SYSTEM: disk full, not writable.
bool archive_put(const char *folder, int64_t now, int in, struct archived *out, struct err *e)
	MUST_USE;

// Reads `in` to its end and keeps nothing: sets sum and bytes only.
bool archive_sum(int in, struct archived *out, struct err *e) MUST_USE;
