// The two halves of the officers' pair as files: a comment that says what to do with it,
// and `public = …` or `secret = …` in base64.
#pragma once

#include "os/seal.h"

// ERR_ABSENT: no such file; ERR_CONFIG: not such a file, with its line. The secret half is
// refused where others may read it.
bool seal_public_read(const char *path, struct seal_public *out, struct err *e) MUST_USE;
bool seal_secret_read(const char *path, struct seal_secret *out, struct err *e) MUST_USE;

// A pair at these places: the secret half first (mode 0600), synced, then the public one.
// Where the secret half is there already it is kept, and the public one is made of it.
bool seal_pair_make(const char *public_path, const char *secret_path, struct err *e) MUST_USE;
