// A growing array in an arena. Growing copies, and the old place is not given
// back, so a list costs at most twice its last size; a pointer into it holds
// until the next list_add.
//
//     LIST(struct asset) assets = { 0 };
//     *list_add(&assets, a) = (struct asset){ … };
//     LIST_EACH(struct asset, x, &assets) use(x);
#pragma once

#include "base/arena.h"

#define LIST(type)                  \
	struct {                    \
		type *at;           \
		size_t count, room; \
	}

// A zeroed place for one more, of the list's own type; never NULL.
#define list_add(list, a)                                                                     \
	({                                                                                    \
		typeof(list) l_ = (list);                                                     \
		if (l_->count == l_->room)                                                    \
			l_->at = list_grow((a), l_->at, &l_->room, l_->count, sizeof *l_->at, \
					   _Alignof(typeof(*l_->at)));                        \
		&l_->at[l_->count++];                                                         \
	})

// Room for n in all at once, where the number is known before: grows no more.
#define list_reserve(list, a, n)                                                         \
	do {                                                                             \
		typeof(list) l_ = (list);                                                \
		l_->at = arena_get((a), (n), sizeof *l_->at, _Alignof(typeof(*l_->at))); \
		l_->room = (n);                                                          \
		l_->count = 0;                                                           \
	} while (0)

#define LIST_EACH(type, x, list)                                                                  \
	for (type *x = (list)->at, *x##_end = x != NULL ? x + (list)->count : NULL; x != x##_end; \
	     x++)

void *list_grow(struct arena *a, void *at, size_t *room, size_t count, size_t size, size_t align);
