// Any bytes as Markdown: what comes of it is UTF-8 text, and a page with no tag that is not ours and
// no link that is not https:// or mailto:.
#include "base/utf8.h"
#include "os/markdown.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_BYTES = 1 << 14, ROOM = 1 << 21 };

static void look_at_links(const struct prose *p)
{
	LIST_EACH (const struct prose_block, b, &p->blocks)
		LIST_EACH (const struct prose_inline, w, &b->words)
			if (w->kind == PROSE_LINK && !str_has_prefix(w->url, S("https://")) &&
			    !str_has_prefix(w->url, S("mailto:")))
				abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size < MAX_BYTES ? size : MAX_BYTES };
	autoarena a = { 0 };
	struct err e = { 0 };
	struct prose p;
	struct buf b;
	bool read;

	arena_init(&a, (size_t)1 << 27);
	prose_begin(&p, &a);
	read = markdown_read(text, 1, &p, &e);
	if (read != (e.kind == ERR_NONE))
		abort();
	look_at_links(&p);
	b = (struct buf){ .p = arena_new(&a, char, ROOM), .cap = ROOM };
	prose_write_text(&p, &b);
	if (b.over || !utf8_is(buf_view(&b)))
		abort();
	b = (struct buf){ .p = arena_new(&a, char, 8 * (size_t)ROOM), .cap = 8 * (size_t)ROOM };
	prose_write_html(&p, S("en"), S("title"), &b);
	if (b.over || !utf8_is(buf_view(&b)) || str_contains(buf_view(&b), S("<script")) ||
	    str_contains(buf_view(&b), S("<img")))
		abort();
	return 0;
}
