// Copies of files, and the SHA-256 of what was copied. A copy is no link: what harms the one
// does not harm the other. It is not synced: folder_settle (os/folder.h) does that for many.
#pragma once

#include "os/digest.h"
#include "os/seal.h"

struct file_sum {
	unsigned char sum[DIGEST_BYTES];
	uint64_t bytes;
};

struct file_copy {
	const char *from, *to; // nothing is at `to`
	unsigned mode;
	int64_t changed; // when it was, as the copy says too; as base/time.h
};
// ERR_ABSENT: nothing is at `from`; ERR_SYSTEM: disk full, not readable, not writable. Of a copy
// that failed nothing is left.
bool file_copy(const struct file_copy *c, struct file_sum *out, struct err *e) MUST_USE;
bool file_sum(const char *path, struct file_sum *out, struct err *e) MUST_USE;
// False + ERR_NONE: it cannot be linked there, so it is to be copied.
bool file_link(const char *from, const char *to, struct err *e) MUST_USE;

// A file of at most FILE_SEALED bytes sealed to a key (mode 0600), and back. What it says passes
// memory that is wiped. ERR_DENIED: it is sealed to another key; ERR_INPUT: it is damaged.
enum { FILE_SEALED = 1 << 20 };
bool file_seal(const char *from, const char *to, const struct seal_public *key, struct err *e)
	MUST_USE;
bool file_unseal(const char *from, const char *to, const struct seal_secret *key, struct err *e)
	MUST_USE;
