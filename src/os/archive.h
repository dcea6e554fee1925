// The archive: the bytes of every batch as they came, compressed, at
// FOLDER/YYYY/MM/DD/<sha256>.zst, written once and never changed. A file stands there
// whole or not at all, also after a power cut: it is written beside its place, synced,
// renamed, and its folder synced. What an interrupted run left is cleared by the next.
//
// What has secrets is kept sealed (os/seal.h), as <sha256>.zst.sealed, and this machine
// cannot read it again. Its name is still the digest of the bytes as they came: by it the
// same batch is known a second time. Who knows all of a file but one short secret could
// try secrets against the name; the names are as private as the home.
#pragma once

#include "base/err.h"
#include "os/digest.h"
#include "os/seal.h"

enum { ARCHIVE_PATH = 96 }; // "2026/11/24/<64 hex>.zst.sealed" and a NUL

struct archived {
	unsigned char sum[DIGEST_BYTES]; // of the bytes as they came
	char path[ARCHIVE_PATH];         // below the folder
	uint64_t bytes;                  // before compressing
	bool known;                      // it stood there already, or was known: nothing was put
	bool sealed;                     // by this call: `lies` is the digest of the file itself
	unsigned char lies[DIGEST_BYTES];
};

struct archive_to {
	const char *folder;
	int64_t now;                  // gives the day
	const struct seal_public *to; // sealed to this key; NULL: not sealed
	int copy;                     // where the compressed bytes go unsealed, too; -1: nowhere
	uint64_t most;                // bytes, before compressing; 0: as the disk allows
	// Asked of the sum before a file comes into place: are these bytes known, so that none is
	// needed? Then it sets got->path to where they stand, empty: nowhere any more. NULL: never.
	bool (*known)(void *context, struct archived *got);
	void *context;
};

// Reads `in` to its end. ERR_SYSTEM: disk full, not writable; ERR_LIMIT: over `most`, and nothing is
// kept.
bool archive_put(const struct archive_to *where, int in, struct archived *out, struct err *e)
	MUST_USE;

// Reads `in` to its end and keeps nothing: sets sum and bytes only.
bool archive_sum(int in, struct archived *out, struct err *e) MUST_USE;

// The digest of the bytes of a file as they lie, whatever they are: of what is sealed that is
// all that can be looked at without the key. Reads `in` from its beginning to its end.
bool archive_lies(int in, unsigned char out[DIGEST_BYTES], struct err *e) MUST_USE;

// The bytes as they came, of an archive's file, to `out` (-1: nowhere). It is read to its
// end twice: nothing is written of a file that is not whole and genuine. `key` may be NULL
// where it is not sealed. Sets sum and bytes. ERR_DENIED: sealed, and this is not its key;
// ERR_INPUT: damaged, or cut off.
bool archive_open(int in, const struct seal_secret *key, int out, struct archived *got,
		  struct err *e) MUST_USE;
