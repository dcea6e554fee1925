// The role that fetches, from inside: it serves asks (codec/wire/ask.h) that come by one
// channel until the other end is gone. It has no store and no home; it writes to the
// descriptor that came with the ask and to nothing else.
#pragma once

enum { FETCH_SERVE_FD = 3 };

// `ca`: the file of certificates that it may read besides the system's, or "". Or, instead of
// serving asks, FETCH_SERVE_TRUST: it sends where the system's are, "FILE\nFOLDER", and ends.
// Returns the exit status.
#define FETCH_SERVE_TRUST "--trust"
int fetch_serve(const char *ca);
