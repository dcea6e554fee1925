#include "codec/mail/heard_mailbox.h"

#include "codec/mail/header_word.h"

// Can it stand bare, or in < and >, and be read as one?
static bool stands(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (str_has(S(" \"(),;<>\\"), s.p[i]))
			return false;
	return s.n > 0 && s.n <= HEARD_MAILBOX_ADDRESS;
}

static void put_quoted(struct buf *b, struct str name)
{
	buf_char(b, '"');
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == '"' || name.p[i] == '\\')
			buf_char(b, '\\');
		buf_char(b, name.p[i]);
	}
	buf_char(b, '"');
}

void heard_mailbox(struct buf *list, struct str name, struct str address)
{
	char names[HEARD_MAILBOX_NAME], addresses[HEARD_MAILBOX_ADDRESS + 4];
	char room[2 * HEARD_MAILBOX_NAME + HEARD_MAILBOX_ADDRESS + 16];
	struct buf shown = BUF_ON(names), at = BUF_ON(addresses), b = BUF_ON(room);
	bool good;

	header_clean(name, &shown);
	header_clean(address, &at);
	good = stands(buf_view(&at));
	if (shown.n == 0 && !good)
		header_clean(address, &shown);
	if (list->n > 0)
		buf_str(&b, S(", "));
	if (shown.n > 0)
		put_quoted(&b, buf_view(&shown));
	if (good && shown.n > 0)
		buf_str(&b, S(" <"));
	if (good)
		buf_str(&b, buf_view(&at));
	if (good && shown.n > 0)
		buf_char(&b, '>');
	if (!b.over && b.n <= list->cap - list->n)
		buf_str(list, buf_view(&b));
}
