#include "base/sort.h"

#include <stdbool.h>
#include <string.h>

typedef int (*order_fn)(const void *, const void *);

// Merge from[0, left) and from[left, n) into to.
static void merge(char *to, const char *from, size_t left, size_t n, size_t size, order_fn order)
{
	const char *a = from, *a_end = from + left * size;
	const char *b = a_end, *b_end = from + n * size;

	if (left == n || order(b - size, b) <= 0) {
		memcpy(to, from, n * size);
		return;
	}
	while (a < a_end && b < b_end) {
		const char **least = order(a, b) <= 0 ? &a : &b;

		memcpy(to, *least, size);
		*least += size;
		to += size;
	}
	memcpy(to, a, (size_t)(a_end - a));
	memcpy(to + (a_end - a), b, (size_t)(b_end - b));
}

static bool is_sorted(const char *at, size_t n, size_t size, order_fn order)
{
	for (size_t i = 1; i < n; i++)
		if (order(at + (i - 1) * size, at + i * size) > 0)
			return false;
	return true;
}

void sort_merge(void *at, void *scratch, size_t n, size_t size, order_fn order)
{
	char *from = at, *to = scratch;

	if (is_sorted(from, n, size, order))
		return;
	for (size_t width = 1; width < n; width *= 2) {
		char *was = from;

		for (size_t i = 0; i < n; i += 2 * width) {
			size_t most = n - i < 2 * width ? n - i : 2 * width;

			merge(to + i * size, from + i * size, width < most ? width : most, most,
			      size, order);
		}
		from = to;
		to = was;
	}
	if (from != at)
		memcpy(at, from, n * size);
}
