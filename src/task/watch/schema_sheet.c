#include "task/watch/schema_sheet.h"

#include "base/buf.h"

// What a person decides about a feed as a whole; the rest is of its records.
static bool is_head(struct str part)
{
	return str_eq(part, S("feed")) || str_eq(part, S("format")) || str_eq(part, S("fetch"));
}

static struct feed_sheet_section *begin(struct feed_sheet *s, struct str head, struct arena *a)
{
	struct str rest = str_trim((struct str){ head.p + 1, head.n - 2 });
	struct str part = str_cut(&rest, ' '), type = str_trim(rest);
	struct feed_sheet_section *new;

	LIST_EACH (struct feed_sheet_section, x, &s->sections)
		if (str_eq(x->part, part) && str_eq(x->type, type))
			return x;
	new = list_add(&s->sections, a);
	new->part = part;
	new->type = type;
	return new;
}

static void add(struct feed_sheet_section *to, struct str line, const char *from, struct arena *a)
{
	struct str rest = line;
	struct feed_sheet_line x = { .key = str_trim(str_cut(&rest, '=')) };

	x.value = str_trim(rest);
	x.whole = (struct str){ from, (size_t)(line.p + line.n - from) };
	*list_add(&to->lines, a) = x;
}

void feed_sheet_read(struct str text, struct arena *a, struct feed_sheet *out)
{
	struct feed_sheet s = { 0 };
	struct feed_sheet_section *at = NULL;
	const char *comment = NULL, *head_end = text.p;
	struct str rest = text;
	bool in_head = true;

	while (rest.n > 0) {
		struct str line = str_trim(str_cut(&rest, '\n'));

		if (line.n == 0) {
			comment = NULL;
		} else if (str_starts(line, '#')) {
			comment = comment != NULL ? comment : line.p;
		} else if (str_starts(line, '[')) {
			at = begin(&s, line, a);
			in_head = in_head && is_head(at->part);
			comment = NULL;
		} else if (at != NULL) {
			add(at, line, comment != NULL ? comment : line.p, a);
			comment = NULL;
		}
		if (in_head && line.n > 0 && !str_starts(line, '#'))
			head_end = line.p + line.n;
	}
	s.head = (struct str){ text.p, (size_t)(head_end - text.p) };
	*out = s;
}

const struct feed_sheet_section *feed_sheet_section(const struct feed_sheet *s, struct str part,
						    struct str type)
{
	LIST_EACH (const struct feed_sheet_section, x, &s->sections)
		if (str_eq(x->type, type) && str_eq(x->part, part))
			return x;
	return NULL;
}

struct str feed_sheet_text(const struct feed_sheet *s, struct str part, struct str type,
			   struct arena *a)
{
	const struct feed_sheet_section *x = feed_sheet_section(s, part, type);
	size_t room = 0;
	struct buf b;

	if (x == NULL)
		return (struct str){ 0 };
	LIST_EACH (const struct feed_sheet_line, line, &x->lines)
		room += line->whole.n + 1;
	b = (struct buf){ .p = arena_new(a, char, room), .cap = room };
	LIST_EACH (const struct feed_sheet_line, line, &x->lines) {
		buf_str(&b, line->whole);
		buf_char(&b, '\n');
	}
	return buf_view(&b);
}
