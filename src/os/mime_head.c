#include "os/mime_head.h"

#include "codec/mail/heard_text.h"
#include "os/mime_gmime.h"
#include "os/mime_text.h"

enum how { PLAIN, WORDS, ADDRESSES };

static enum how how_of(enum heard_field field)
{
	static const enum how rows[HEARD_FIELD_COUNT] = {
		[HEARD_FROM] = ADDRESSES, [HEARD_SENDER] = ADDRESSES, [HEARD_REPLY_TO] = ADDRESSES,
		[HEARD_TO] = ADDRESSES,   [HEARD_CC] = ADDRESSES,     [HEARD_SUBJECT] = WORDS,
	};

	return rows[field];
}

// A field with the lines that go on with it, off the front of the head.
static struct str next_field(struct str *head)
{
	struct str field = *head;

	str_cut(head, '\n');
	while (str_starts(*head, ' ') || str_starts(*head, '\t'))
		str_cut(head, '\n');
	field.n -= head->n;
	return field;
}

static struct str one_line(struct str value, struct arena *a)
{
	struct buf b = { .p = arena_new(a, char, value.n + 1), .cap = value.n + 1 };

	for (size_t i = 0; i < value.n; i++)
		buf_char(&b, value.p[i] == '\n' || value.p[i] == '\r' ? ' ' : value.p[i]);
	return buf_view(&b);
}

static struct str value_of(const struct mime_gmime *g, enum heard_field field, struct str raw,
			   struct arena *a)
{
	struct str value = one_line(str_first(raw, MIME_HEAD_VALUE), a);

	if (raw.n > MIME_HEAD_VALUE && how_of(field) == ADDRESSES)
		while (value.n > 0 && value.p[value.n - 1] != ',') // half an address is another's
			value.n--;
	if (how_of(field) == WORDS)
		value = mime_text_words(value, a);
	else if (how_of(field) == ADDRESSES)
		value = mime_gmime_addresses(g, value, a);
	return heard_line(value, HEARD_FIELD, a);
}

static int field_of(struct str key)
{
	for (unsigned i = 0; i < HEARD_FIELD_COUNT; i++)
		if (str_eq_nocase(key, heard_field_name(i)))
			return (int)i;
	return -1;
}

void mime_head(const struct mime_gmime *g, struct str head, struct arena *a, struct heard_whole *h)
{
	unsigned fields = 0, senders = 0;

	while (head.n > 0) {
		struct str value = next_field(&head);
		const size_t whole = value.n;
		const struct str key = str_trim(str_cut(&value, ':'));
		const int field = field_of(key);

		fields += key.n > 0 && key.n < whole;
		senders += field == HEARD_FROM;
		if (field >= 0 && h->field[field].p == NULL)
			h->field[field] = value_of(g, (enum heard_field)field, str_trim(value), a);
	}
	h->broken = h->broken || fields == 0 || senders > 1;
}
