#include "base/test.h"
#include "codec/mail/smtp_write.h"

TEST("smtp write: an address is one of letters that every server takes")
{
	static const char *const good[] = { "a@b.example", "security+cert@sub.member.example",
					    "o'neil@x-ray.example", "_dmarc/9@1.example" };
	struct str domain = { 0 };
	struct err e = { 0 };

	for (size_t i = 0; i < COUNTOF(good); i++)
		CHECK(smtp_address(str_of(good[i]), &domain, &e));
	CHECK(str_eq(domain, S("1.example")));
}

static const struct {
	struct str address;
	const char *says;
} bad[] = {
	{ { "a", 1 }, "no @" },
	{ { "@b.example", 10 }, "1 to 64" },
	{ { "a@", 2 }, "no domain" },
	{ { "a@b..example", 12 }, "no domain" },
	{ { "a@b.example.", 12 }, "no domain" },
	{ { "a@b.example\r\nRCPT TO:<c@d>", 26 }, "no domain in ASCII" },
	{ { "a\r\n@b.example", 13 }, "quotes" },
	{ { "a\0@b.example", 12 }, "quotes" },
	{ { "a b@c.example", 13 }, "quotes" },
	{ { "\"a\"@c.example", 13 }, "quotes" },
	{ { "a>@c.example", 12 }, "quotes" },
	{ { ".a@c.example", 12 }, "quotes" },
	{ { "a..b@c.example", 14 }, "quotes" },
	{ { "a@[192.0.2.1]", 13 }, "no domain in ASCII" },
	{ { "a@b@c.example", 13 }, "no domain in ASCII" },
	{ { "\xc3\xa9@c.example", 12 }, "only ASCII" },
	{ { "a@c\xc3\xa9.example", 13 }, "no domain in ASCII" },
};

TEST("smtp write: what could break a line or needs an extension is refused, with why")
{
	for (size_t i = 0; i < COUNTOF(bad); i++) {
		struct str domain;
		struct err e = { 0 };

		CHECK(!smtp_address(bad[i].address, &domain, &e) && e.kind == ERR_INPUT);
		if (!str_contains(str_of(e.text), str_of(bad[i].says)))
			printf("# %s\n", e.text);
		CHECK(str_contains(str_of(e.text), str_of(bad[i].says)));
		CHECK(!str_has(str_of(e.text), '\n') && !str_has(str_of(e.text), '\r'));
	}
}

TEST("smtp write: a message with a line end that servers see differently is refused")
{
	static const struct str wrong[] = {
		{ "a\n.\nb\r\n", 7 },  { "a\r\n.\rb\r\n", 9 }, { "a\r\nb", 4 },
		{ "a\r\nb\r", 5 },     { "a\0b\r\n", 5 },      { "\xe2\x82\xac\r\n", 5 },
		{ "a\r\n.\n\r\n", 7 }, { "a\r\r\n", 4 },       { "", 0 },
	};
	struct err e = { 0 };

	CHECK(smtp_message(S("Subject: x\r\n\r\n.\r\n..\r\n"), &e));
	for (size_t i = 0; i < COUNTOF(wrong); i++) {
		e = (struct err){ 0 };
		CHECK(!smtp_message(wrong[i], &e) && e.kind == ERR_INPUT);
	}
}

TEST("smtp write: a line of 998 bytes goes, one more does not")
{
	char line[SMTP_MAX_TEXT_LINE + 3];
	struct err e = { 0 };

	memset(line, 'x', sizeof line);
	memcpy(line + SMTP_MAX_TEXT_LINE, "\r\n", 2);
	CHECK(smtp_message((struct str){ line, SMTP_MAX_TEXT_LINE + 2 }, &e));
	memcpy(line + SMTP_MAX_TEXT_LINE, "x\r\n", 3);
	CHECK(!smtp_message((struct str){ line, sizeof line }, &e));
}

// All of a message, by a buffer of `room` bytes at a time.
static struct str sent(const char *message, size_t room, struct buf *all)
{
	struct smtp_body m = { .rest = str_of(message) };
	char part[64];

	all->n = 0;
	for (;;) {
		struct buf b = { .p = part, .cap = room };

		if (!smtp_body_next(&m, &b))
			return buf_view(all);
		CHECK(!b.over && (b.n > 0 || m.written));
		buf_str(all, buf_view(&b));
	}
}

TEST("smtp write: dots that begin a line are doubled, whatever the buffer's size")
{
	char room[256];
	struct buf all = BUF_ON(room);

	for (size_t n = 3; n <= 64; n++) {
		CHECK(str_eq(sent(".\r\n..a\r\nb.\r\n.c\r\n", n, &all),
			     S("..\r\n...a\r\nb.\r\n..c\r\n.\r\n")));
		CHECK(str_eq(sent("a long line . with dots .\r\n", n, &all),
			     S("a long line . with dots .\r\n.\r\n")));
	}
}
