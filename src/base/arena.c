#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	EXIT_TOO_MUCH = 65,
	EXIT_NO_MEMORY = 71,
	SMALL = 32 << 20, // behind it memory comes in large pages, where the kernel has them
};

// exit(2) itself, not exit_group: the only one that a caged process has.
static _Noreturn void end(int status)
{
	for (;;)
		syscall(SYS_exit, status);
}

void arena_init(struct arena *a, size_t limit)
{
	a->start = mmap(NULL, limit, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (a->start == MAP_FAILED)
		end(EXIT_NO_MEMORY);
	if (limit > SMALL) // one fault and one entry of the TLB for 512 pages
		madvise(a->start + SMALL, limit - SMALL, MADV_HUGEPAGE);
	a->at = a->start;
	a->end = a->start + limit;
}

void arena_large(struct arena *a)
{
	madvise(a->start, (size_t)(a->end - a->start), MADV_HUGEPAGE);
}

void arena_alone(struct arena *a)
{
	madvise(a->start, (size_t)(a->end - a->start), MADV_DONTFORK);
}

void arena_done(struct arena *a)
{
	if (a->start != NULL)
		munmap(a->start, (size_t)(a->end - a->start));
	*a = (struct arena){ 0 };
}

void *arena_get(struct arena *a, size_t count, size_t size, size_t align)
{
	size_t pad = -(uintptr_t)a->at & (align - 1), room = (size_t)(a->end - a->at), bytes;
	char *got;

	if (__builtin_mul_overflow(count, size, &bytes) || pad > room || bytes > room - pad)
		end(EXIT_TOO_MUCH);
	got = a->at + pad;
	a->at = got + bytes;
	return got;
}

size_t arena_room(const struct arena *a)
{
	return (size_t)(a->end - a->at);
}

struct str arena_str(struct arena *a, struct str s)
{
	char *p = arena_new(a, char, s.n + 1);

	if (s.n > 0)
		memcpy(p, s.p, s.n);
	return (struct str){ p, s.n };
}

struct str arena_fmt(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	char *p;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		n = 0;
	p = arena_new(a, char, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (struct str){ p, (size_t)n };
}

const char *str_z(struct arena *a, struct str s)
{
	return str_has(s, '\0') ? NULL : arena_str(a, s).p;
}

void arena_back(struct arena *a, char *mark)
{
	memset(mark, 0, (size_t)(a->at - mark));
	a->at = mark;
}

void arena_empty(struct arena *a)
{
	if (a->at > a->start && madvise(a->start, (size_t)(a->at - a->start), MADV_DONTNEED) != 0)
		memset(a->start, 0, (size_t)(a->at - a->start));
	a->at = a->start;
}
