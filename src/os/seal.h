// Sealed bytes: whoever has the public half of a pair can seal, only who has the secret
// half can open. By libsodium: each file has a random key of its own, by which its bytes
// are encrypted in chunks (crypto_secretstream_xchacha20poly1305), and that key is sealed
// to the pair (crypto_box_seal). A changed byte, chunks in another order, and an end that
// is missing are all seen. The form, version 1:
//
//     7   "wakseal"
//     1   version
//     8   id of the public half: the first bytes of its BLAKE2b
//     80  the file's key, sealed
//     24  head of the stream
//     ... chunks, each of SEAL_CHUNK bytes and SEAL_MORE; the last one may be shorter and
//         is marked as the last. What stands before them is authenticated with the first.
//
// Nobody can tell who sealed a file. The reader makes no system call.
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum {
	SEAL_KEY = 32,
	SEAL_ID_TEXT = 17, // hexadecimal and a NUL
	SEAL_HEAD = 120,
	SEAL_CHUNK = 64 << 10, // bytes before sealing
	SEAL_MORE = 17,        // what sealing adds to a chunk
};

struct seal_public {
	unsigned char key[SEAL_KEY];
};
struct seal_secret { // wipe it: explicit_bzero
	unsigned char key[SEAL_KEY];
};

void seal_pair(struct seal_public *p, struct seal_secret *s); // a new one, random
void seal_public_of(const struct seal_secret *s, struct seal_public *out);
void seal_id(const struct seal_public *p, char out[SEAL_ID_TEXT]);

// Writing to a descriptor that the caller keeps and closes. ERR_SYSTEM: it takes no more.
// A file is whole only after seal_writer_end.
struct seal_writer;
struct seal_writer *seal_writer_new(const struct seal_public *to, int fd); // never NULL
void seal_writer_free(struct seal_writer *w);                              // wipes; NULL is a no-op
bool seal_writer_put(struct seal_writer *w, struct str bytes, struct err *e) MUST_USE;
bool seal_writer_end(struct seal_writer *w, struct err *e) MUST_USE;

bool seal_is(struct str bytes); // do they begin as a sealed file does?

// Reading: the first SEAL_HEAD bytes, then each chunk as it stands, SEAL_CHUNK + SEAL_MORE
// bytes but for the last; then seal_reader_end. ERR_INPUT: no sealed file, of another
// version, damaged; ERR_DENIED: sealed to another key. Lives in a, and is wiped by nobody
// else than who wipes that.
struct seal_reader;
struct seal_reader *seal_reader_new(struct str head, const struct seal_secret *key, struct arena *a,
				    struct err *e);
// `out` has room for SEAL_CHUNK bytes.
bool seal_reader_chunk(struct seal_reader *r, struct str chunk, char *out, size_t *n, struct err *e)
	MUST_USE;
// No bytes are left: was the last chunk the one that was marked so?
bool seal_reader_end(const struct seal_reader *r, struct err *e) MUST_USE;
