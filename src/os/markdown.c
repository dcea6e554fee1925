#include "os/markdown.h"

#include "base/utf8.h"

#include <cmark-gfm.h>

enum { LISTS = PROSE_MAX_DEPTH };

struct reader {
	struct prose *p;
	struct err *e;
	unsigned first;         // line of the text's first
	unsigned depth;         // of nodes
	unsigned lists, strong; // that are open
	bool ordered[LISTS];
	struct str url;      // of the link that is open; .p NULL: none
	struct buf said;     // its words
	bool in_item, taken; // an item has had its paragraph
};

static bool refuse(const struct reader *r, cmark_node *n, const char *why)
{
	cmark_node *at = n;

	while (at != NULL && cmark_node_get_start_line(at) == 0) // of words only the block knows it
		at = cmark_node_parent(at);
	return err_set(r->e, ERR_INPUT, "line %u: %s",
		       r->first + (unsigned)(at != NULL ? cmark_node_get_start_line(at) : 1) - 1,
		       why);
}

static struct str literal(const struct reader *r, cmark_node *n)
{
	return arena_str(r->p->a, str_of(cmark_node_get_literal(n)));
}

// ---- words

static void say(struct reader *r, struct str s, bool code)
{
	if (r->url.p != NULL)
		buf_str(&r->said, s);
	else if (code)
		prose_code(r->p, s);
	else if (r->strong > 0)
		prose_strong(r->p, s);
	else
		prose_text(r->p, s);
}

static bool link_begins(struct reader *r, cmark_node *n)
{
	struct str url = arena_str(r->p->a, str_of(cmark_node_get_url(n)));

	if (!str_has_prefix(url, S("https://")) && !str_has_prefix(url, S("mailto:")))
		return refuse(r, n, "a link goes to https:// or mailto:, nowhere else");
	if (r->url.p != NULL) // the library lets an <address> stand in the words of another
		return refuse(r, n, "a link cannot stand in a link");
	r->url = url;
	r->said.n = 0;
	return true;
}

static void link_ends(struct reader *r)
{
	prose_link(r->p, arena_str(r->p->a, buf_view(&r->said)), r->url);
	r->url = (struct str){ 0 };
}

static bool word(struct reader *r, cmark_node *n, bool enters)
{
	cmark_node_type t = cmark_node_get_type(n);

	if (t == CMARK_NODE_TEXT || t == CMARK_NODE_CODE)
		say(r, literal(r, n), t == CMARK_NODE_CODE);
	else if (t == CMARK_NODE_SOFTBREAK)
		say(r, S(" "), false);
	else if (t == CMARK_NODE_LINEBREAK)
		say(r, S("\n"), false);
	else if (t == CMARK_NODE_STRONG || t == CMARK_NODE_EMPH)
		r->strong = enters ? r->strong + 1 : r->strong - 1;
	else if (t == CMARK_NODE_LINK && enters)
		return link_begins(r, n);
	else if (t == CMARK_NODE_LINK)
		link_ends(r);
	else if (t == CMARK_NODE_HTML_INLINE)
		return refuse(r, n, "HTML is not taken: write \"<\" within `backticks`");
	else if (t == CMARK_NODE_IMAGE)
		return refuse(r, n, "a picture cannot be mailed: say it in words");
	else
		return refuse(r, n, "a mail cannot show this");
	return true;
}

// ---- blocks

static bool has_break(cmark_node *paragraph)
{
	for (cmark_node *n = cmark_node_first_child(paragraph); n != NULL; n = cmark_node_next(n))
		if (cmark_node_get_type(n) == CMARK_NODE_LINEBREAK)
			return true;
	return false;
}

static bool item_only(const struct reader *r, cmark_node *n)
{
	return !r->in_item || refuse(r, n,
				     "an item of a list has one paragraph, and lists: write the "
				     "rest behind the list");
}

static bool paragraph(struct reader *r, cmark_node *n)
{
	if (r->lists > 0) {
		if (r->taken)
			return item_only(r, n);
		r->taken = true;
		if (r->ordered[r->lists - 1])
			prose_number(r->p, r->lists);
		else
			prose_bullet(r->p, r->lists);
	} else if (has_break(n))
		prose_lines(r->p);
	else
		prose_paragraph(r->p);
	return true;
}

static bool list(struct reader *r, cmark_node *n, bool enters)
{
	if (!enters) {
		r->lists--;
		r->in_item = r->lists > 0;
		r->taken = r->in_item;
		return true;
	}
	if (r->lists == LISTS)
		return refuse(r, n, "lists stand in each other two deep at most");
	if (r->in_item && !r->taken)
		return refuse(r, n, "an item of a list begins with its words");
	r->ordered[r->lists++] = cmark_node_get_list_type(n) == CMARK_ORDERED_LIST;
	return true;
}

static bool code_block(struct reader *r, cmark_node *n)
{
	struct str text = literal(r, n);

	if (str_has_suffix(text, S("\n")))
		text.n--;
	prose_code_block(r->p, text);
	return item_only(r, n);
}

static bool item(struct reader *r, bool enters)
{
	r->in_item = enters || r->lists > 1;
	r->taken = !enters;
	return true;
}

// What is left of a block when its end is met: nothing but for lists and items.
static bool block(struct reader *r, cmark_node *n, bool enters)
{
	cmark_node_type t = cmark_node_get_type(n);

	if (t == CMARK_NODE_LIST)
		return list(r, n, enters);
	if (t == CMARK_NODE_ITEM)
		return item(r, enters);
	if (t == CMARK_NODE_DOCUMENT || !enters)
		return true;
	if (t == CMARK_NODE_PARAGRAPH)
		return paragraph(r, n);
	if (t == CMARK_NODE_CODE_BLOCK)
		return code_block(r, n);
	if (t == CMARK_NODE_HEADING) {
		prose_heading(r->p, (unsigned)cmark_node_get_heading_level(n));
		return item_only(r, n);
	}
	if (t == CMARK_NODE_THEMATIC_BREAK) {
		prose_rule(r->p);
		return item_only(r, n);
	}
	if (t == CMARK_NODE_HTML_BLOCK)
		return refuse(r, n, "HTML is not taken: write \"<\" within `backticks`");
	return refuse(r, n, "a mail cannot show a quotation: write it without \">\"");
}

static bool walk(struct reader *r, cmark_node *root)
{
	cmark_iter *i = cmark_iter_new(root);
	bool ok = true;

	for (cmark_event_type ev = cmark_iter_next(i); ok && ev != CMARK_EVENT_DONE;
	     ev = cmark_iter_next(i)) {
		cmark_node *n = cmark_iter_get_node(i);
		bool enters = ev == CMARK_EVENT_ENTER;
		bool leaf = cmark_node_first_child(n) == NULL;

		if (enters && !leaf && ++r->depth > MARKDOWN_MAX_DEPTH)
			ok = refuse(r, n, "it stands too deep in others");
		else if ((cmark_node_get_type(n) & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK)
			ok = block(r, n, enters);
		else
			ok = word(r, n, enters);
		if (!enters)
			r->depth -= !leaf;
	}
	cmark_iter_free(i);
	return ok;
}

bool markdown_read(struct str text, unsigned line, struct prose *out, struct err *e)
{
	const size_t most = 2 * str_first(text, MARKDOWN_MAX_BYTES).n + 16; // "&nGt;" is six bytes
	struct reader r = { .p = out, .e = e, .first = line };
	cmark_parser *parser;
	cmark_node *root;
	bool ok;

	if (text.n > MARKDOWN_MAX_BYTES)
		return err_set(e, ERR_LIMIT, "it is longer than %d bytes", MARKDOWN_MAX_BYTES);
	if (!utf8_is(text))
		return err_set(e, ERR_INPUT, "line %u: it is no UTF-8", line);
	r.said = (struct buf){ .p = arena_new(out->a, char, most), .cap = most };
	parser = cmark_parser_new(CMARK_OPT_DEFAULT);
	cmark_parser_feed(parser, text.p != NULL ? text.p : "", text.n);
	root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	cmark_consolidate_text_nodes(root);
	ok = walk(&r, root);
	cmark_node_free(root);
	return ok && (!out->over || err_set(e, ERR_LIMIT, "it has too many parts"));
}
