// Any bytes as the values of a mail: what is written is 7-bit, has only whole CRLF, no white space
// at the end of a line and none too long; its room was enough; and its head has just the fields
// that it should have.
#include "base/arena.h"
#include "codec/mail/mime.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_BYTES = 1 << 16, MAX_LINE = 998 };

static struct str next(struct str *rest)
{
	return str_cut(rest, '\0');
}

static void look_at_line(struct str line)
{
	if (!str_has_suffix(line, S("\r")) || line.n > MAX_LINE + 1)
		abort();
	line.n--;
	if (line.n > 0 && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t'))
		abort();
	if (str_has_prefix(line, S("From ")) || str_eq(line, S(".")))
		abort();
	for (size_t i = 0; i < line.n; i++)
		if ((line.p[i] < ' ' && line.p[i] != '\t') || line.p[i] > '~')
			abort();
}

// How many fields the head has: lines up to the empty one that do not go on with another.
static size_t fields(struct str s)
{
	size_t n = 0;

	while (s.n > 0) {
		struct str line = str_cut(&s, '\n');

		if (line.n == 1)
			break;
		n += line.p[0] != ' ';
	}
	return n;
}

static void look(struct str s)
{
	if (!str_has_suffix(s, S("\n")))
		abort();
	while (s.n > 0)
		look_at_line(str_cut(&s, '\n'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = { (const char *)data, size < MAX_BYTES ? size : MAX_BYTES };
	struct header_mailbox to[2] = { { next(&rest), S("a@b.example") } };
	struct mime_head h = { .from = { next(&rest), S("c@d.example") }, .to = to, .to_count = 2 };
	struct mime_attachment file = { .name = next(&rest), .type = next(&rest), .bytes = rest };
	struct mime_content c = { .attachments = &file, .inner = &h, .outer = &h };
	struct buf entity, whole;
	autoarena a = { 0 };
	struct err e;
	size_t n;

	to[1] = (struct header_mailbox){ next(&rest), next(&rest) };
	h.subject = next(&rest);
	h.message_id = next(&rest);
	h.waker_ref = next(&rest);
	c.protection = size % 3;
	c.attachment_count = size / 3 % 2;
	c.text = next(&rest);
	c.html = next(&rest);
	arena_init(&a, (size_t)1 << 24);
	entity = (struct buf){ .cap = mime_room(&c) };
	entity.p = arena_new(&a, char, entity.cap);
	if (!mime_entity(&c, &entity, &e)) {
		if (header_address_good(to[1].address))
			abort();
		return 0;
	}
	whole = (struct buf){ .cap = mime_head_room(&h) + entity.n };
	whole.p = arena_new(&a, char, whole.cap);
	if (entity.over ||
	    mime_message(&h, buf_view(&entity), &whole, &e) != header_address_good(to[1].address))
		abort();
	if (!header_address_good(to[1].address))
		return 0;
	if (whole.over)
		abort();
	look(buf_view(&whole));
	n = 5u + header_id_good(h.message_id) + (h.waker_ref.n > 0);
	if (fields(buf_view(&whole)) != n + 1 + fields(buf_view(&entity)))
		abort();
	return 0;
}
