// For the tests and fuzzers of cutters: bytes given to one in pieces, as a reader does, and
// what came of it.
#pragma once

#include "base/buf.h"
#include "codec/table/cells.h"
#include "codec/table/tree.h"

#include <assert.h>
#include <stdlib.h>

enum { REPLAY_MAX_ROWS = 1 << 16 };

struct replayed {
	struct tree_cut cut;
	size_t count;
	struct replayed_row {
		uint64_t at, context;
		size_t length, context_length;
		enum csv_state state;
	} row[REPLAY_MAX_ROWS];
};

static inline void replay_rows(struct replayed *r, const struct csv_row *row, size_t n,
			       const char *buffer, uint64_t base)
{
	struct str context = r->cut.context;

	for (size_t i = 0; i < n; i++) {
		assert(r->count < REPLAY_MAX_ROWS);
		assert(row[i].state == CSV_ROW || row[i].state == CSV_UNCLOSED);
		assert(row[i].columns == (row[i].state == CSV_ROW));
		assert(row[i].state != CSV_ROW ||
		       (row[i].field[0].p == row[i].start && row[i].field[0].n == row[i].length));
		r->row[r->count++] = (struct replayed_row){
			.at = base + (uint64_t)(row[i].start - buffer),
			.length = row[i].length,
			.state = row[i].state,
			.context = context.n > 0 ? base + (uint64_t)(context.p - buffer) : 0,
			.context_length = context.n,
		};
	}
}

// The buffer holds what is not used and `piece` bytes more each time (0: all at once); it
// is allocated anew, of just the size. At most `most` rows are asked for at a time.
static inline void replay(struct replayed *r, tree_cutter cut, const struct tree_shape *shape,
			  struct str bytes, size_t piece, size_t most)
{
	size_t base = 0, have = piece == 0 || piece > bytes.n ? bytes.n : piece, n, used;

	r->cut = (struct tree_cut){ .shape = shape };
	r->count = 0;
	do {
		struct csv_row *row = malloc(most * sizeof *row);
		char *buffer = malloc(have - base + (have == base));

		assert(row != NULL && buffer != NULL);
		if (have > base)
			memcpy(buffer, bytes.p + base, have - base);
		n = cut(&r->cut, (struct str){ buffer, have - base }, have == bytes.n, row, most,
			&used);
		assert(n <= most && used <= have - base);
		replay_rows(r, row, n, buffer, base);
		base += used;
		free(row);
		free(buffer);
		if (n > 0)
			continue;
		if (have == bytes.n)
			break;
		have = bytes.n - have < piece ? bytes.n : have + piece;
	} while (true);
	assert(base == bytes.n);
}

static inline void replay_same(const struct replayed *a, const struct replayed *b)
{
	assert(a->count == b->count);
	for (size_t i = 0; i < a->count; i++) {
		const struct replayed_row *x = &a->row[i], *y = &b->row[i];

		assert(x->state == y->state && x->at == y->at);
		assert(x->context == y->context && x->context_length == y->context_length);
		// Of what is cut off or no document, the row ends with the buffer.
		assert(x->length == y->length || x->state == CSV_UNCLOSED);
	}
	assert(a->cut.begun == b->cut.begun && a->cut.over == b->cut.over);
	assert(a->cut.bad == b->cut.bad && a->cut.stray == b->cut.stray);
}

// The rows of `in` in one piece, and that they are the same in pieces. "|" is behind each,
// "?" before what is unclosed, "@" and its length before those of a context.
static inline const char *replay_text(struct replayed *r, tree_cutter cut,
				      const struct tree_shape *shape, struct str in)
{
	static struct replayed pieces;
	static char text[4096];
	struct buf b = BUF_ON(text);

	replay(r, cut, shape, in, 0, 100);
	for (size_t piece = 1; piece < 70; piece++) {
		replay(&pieces, cut, shape, in, piece, 1 + piece % 3);
		replay_same(r, &pieces);
	}
	for (size_t i = 0; i < r->count; i++) {
		const struct replayed_row *row = &r->row[i];

		if (row->context_length > 0)
			buf_fmt(&b, "@%zu ", row->context_length);
		if (row->state == CSV_UNCLOSED)
			buf_char(&b, '?');
		buf_add(&b, in.p + row->at, row->length);
		buf_char(&b, '|');
	}
	buf_char(&b, '\0');
	assert(!b.over);
	return text;
}

// Cells as name and text, "=" between them, "#" for a number, "?" for a boolean.
static inline const char *replay_cells(const struct cells *c)
{
	static char text[4096];
	struct buf b = BUF_ON(text);

	LIST_EACH (const struct cell, cell, &c->list)
		buf_fmt(&b, STR_FMT "%c" STR_FMT "|", STR_ARG(cell->name), "=#?"[cell->kind],
			STR_ARG(cell->text));
	buf_char(&b, '\0');
	assert(!b.over);
	return text;
}

// Of these bytes so many times, from malloc.
static inline struct str replay_many(const char *text, size_t times)
{
	size_t n = strlen(text);
	char *p = malloc(n * times);

	assert(p != NULL);
	for (size_t i = 0; i < times; i++)
		memcpy(p + i * n, text, n);
	return (struct str){ p, n * times };
}

// Paths with blanks between, and a context (NULL: none).
static inline struct tree_shape replay_shape(const char *paths, const char *context)
{
	struct tree_shape shape = { .context = str_of(context) };
	struct str rest = str_of(paths);

	do
		shape.records[shape.count++] = str_cut(&rest, ' ');
	while (rest.n > 0);
	return shape;
}

// `head` and then the text a million times: the same rows whole and in pieces. Returns how
// many, of which the last one is unclosed.
static inline size_t replay_bomb(struct replayed *r, tree_cutter cut,
				 const struct tree_shape *shape, const char *head, const char *text)
{
	static struct replayed pieces;
	struct str bytes = replay_many(text, 1000000);

	memcpy((char *)(uintptr_t)bytes.p, head, strlen(head));
	replay(r, cut, shape, bytes, 0, 1000);
	replay(&pieces, cut, shape, bytes, 256 << 10, 1000);
	replay_same(r, &pieces);
	assert(r->count == 0 || r->row[r->count - 1].state == CSV_UNCLOSED);
	free((void *)(uintptr_t)bytes.p);
	return r->count;
}
