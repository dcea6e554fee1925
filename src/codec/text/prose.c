#include "codec/text/prose.h"

#include "base/utf8.h"
#include "codec/text/prose_word.h"

void prose_begin(struct prose *p, struct arena *a)
{
	*p = (struct prose){ .a = a };
}

// One more block, or NULL where the document is full.
static struct prose_block *block(struct prose *p, enum prose_kind kind, unsigned level)
{
	p->at = NULL;
	if (p->blocks.count == PROSE_MAX_BLOCKS) {
		p->over = true;
		return NULL;
	}
	p->at = list_add(&p->blocks, p->a);
	p->at->kind = kind;
	p->at->level = level;
	return p->at;
}

void prose_heading(struct prose *p, unsigned level)
{
	block(p, PROSE_HEADING, level < 1 ? 1 : level > 3 ? 3 : level);
}

void prose_paragraph(struct prose *p)
{
	block(p, PROSE_PARAGRAPH, 0);
}

void prose_lines(struct prose *p)
{
	block(p, PROSE_LINES, 0);
}

// An item stands one level below the item before it at most: so a list is well nested.
static void item(struct prose *p, enum prose_kind kind, unsigned level)
{
	const struct prose_block *before =
		p->blocks.count > 0 ? &p->blocks.at[p->blocks.count - 1] : NULL;
	const bool in_list =
		before != NULL && (before->kind == PROSE_BULLET || before->kind == PROSE_NUMBER);
	unsigned most = in_list ? before->level + 1 : 1;

	if (most > PROSE_MAX_DEPTH)
		most = PROSE_MAX_DEPTH;
	block(p, kind, level < 1 ? 1 : level > most ? most : level);
}

void prose_bullet(struct prose *p, unsigned level)
{
	item(p, PROSE_BULLET, level);
}

void prose_number(struct prose *p, unsigned level)
{
	item(p, PROSE_NUMBER, level);
}

static void word(struct prose *p, struct prose_inline w)
{
	struct prose_block *b = p->at != NULL ? p->at : block(p, PROSE_PARAGRAPH, 0);

	if (b == NULL)
		return;
	if (b->words.count == PROSE_MAX_WORDS)
		p->over = true;
	else
		*list_add(&b->words, p->a) = w;
}

void prose_code_block(struct prose *p, struct str text)
{
	if (block(p, PROSE_CODE_BLOCK, 0) != NULL)
		word(p, (struct prose_inline){ .kind = PROSE_CODE, .text = text });
}

void prose_pair(struct prose *p, struct str label)
{
	struct prose_block *b = block(p, PROSE_PAIR, 0);

	if (b != NULL)
		b->label = label;
}

void prose_rule(struct prose *p)
{
	block(p, PROSE_RULE, 0);
}

void prose_text(struct prose *p, struct str text)
{
	word(p, (struct prose_inline){ .kind = PROSE_TEXT, .text = text });
}

void prose_strong(struct prose *p, struct str text)
{
	word(p, (struct prose_inline){ .kind = PROSE_STRONG, .text = text });
}

void prose_code(struct prose *p, struct str text)
{
	word(p, (struct prose_inline){ .kind = PROSE_CODE, .text = text });
}

void prose_link(struct prose *p, struct str text, struct str url)
{
	word(p, (struct prose_inline){ .kind = PROSE_LINK, .text = text, .url = url });
}

void prose_foreign(struct prose *p, enum prose_inline_kind kind, struct str text)
{
	static const struct str cut = S("…");
	struct buf b = { .cap = 3 * str_first(text, PROSE_MAX_FOREIGN).n + cut.n };
	struct str rest = text;

	b.p = arena_new(p->a, char, b.cap); // a lost byte becomes three
	while (rest.n > 0) {
		struct str before = rest;
		uint32_t c = prose_char(&rest);
		char bytes[4];

		if (text.n - rest.n > PROSE_MAX_FOREIGN) {
			rest = before;
			break;
		}
		buf_add(&b, bytes, utf8_write(c == '\n' ? ' ' : c, bytes));
	}
	if (rest.n > 0)
		buf_str(&b, cut);
	word(p, (struct prose_inline){
			.kind = kind,
			.text = buf_view(&b),
			.url = kind == PROSE_LINK && rest.n == 0 ? buf_view(&b) : (struct str){ 0 },
		});
}

void prose_add(struct prose *p, const struct prose *other)
{
	for (size_t i = 0; i < other->blocks.count; i++) {
		struct prose_block *b = block(p, other->blocks.at[i].kind, 0);

		if (b == NULL)
			break;
		*b = other->blocks.at[i];
	}
	p->over |= other->over;
	p->at = NULL; // words that follow do not go into a block of the other
}
