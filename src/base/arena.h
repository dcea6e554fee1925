// Memory with one owner and one end. What a request, a message or a feed file
// needs comes from its arena and goes with it: nothing is freed by itself.
//
// An arena is one reserved range of addresses, so its limit is its size, and a
// caged process can go on allocating without a single system call.
#pragma once

#include "base/attr.h"
#include "base/str.h"

#include <stddef.h>

struct arena {
	char *start, *at, *end;
};
#define autoarena CLEANUP(arena_done) struct arena

void arena_init(struct arena *a, size_t limit); // ends the process where it cannot
void arena_done(struct arena *a);

// All of it in large pages, where the kernel has them: for what is sure to fill much of it.
void arena_large(struct arena *a);

// A child of fork(2) gets none of it: otherwise the first write to each page after a fork
// makes a copy. To be called before anything is put in that the child needs.
void arena_alone(struct arena *a);

// Zeroed, aligned, never NULL. Past the limit the process ends with status 65:
// what reads foreign bytes runs in a process that may end.
void *arena_get(struct arena *a, size_t count, size_t size, size_t align)
	__attribute__((malloc, returns_nonnull));
#define arena_new(a, type, count) ((type *)arena_get((a), (count), sizeof(type), _Alignof(type)))

size_t arena_room(const struct arena *a); // bytes still to be had

struct str arena_str(struct arena *a, struct str s); // a copy that lives in a
struct str arena_fmt(struct arena *a, const char *fmt, ...) PRINTF(2, 3);

// A NUL-terminated copy for libc. NULL where s itself holds a NUL.
const char *str_z(struct arena *a, struct str s);

// A place to come back to: what was got since arena_mark is gone after
// arena_back (and zeroed, so that the next arena_get is what it promises).
static inline char *arena_mark(const struct arena *a)
{
	return a->at;
}
void arena_back(struct arena *a, char *mark);

// Nothing is left in it, and its memory goes back to the kernel. By a system call, so
// not for the caged.
void arena_empty(struct arena *a);
