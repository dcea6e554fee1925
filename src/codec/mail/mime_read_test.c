#include "base/buf.h"
#include "base/test.h"
#include "base/time.h"
#include "codec/mail/mime_read.h"

enum { LIMIT = 1 << 20 };

#define MAIL                                                                               \
	"From: Desk <desk@z.example>\r\nTo: =?utf-8?Q?Zee=C3=ABn?= <soc@m1.example>,\r\n"  \
	"\t\"a, b\" <b@m1.example>, c@m1.example\r\nDate: Mon, 2 Mar 2026 11:00:00 +0100 " \
	"(CET)\r\n"                                                                        \
	"Subject: =?utf-8?B?b3Blbi0=?=\r\n =?utf-8?Q?rdp_at?= you\r\n"                     \
	"Content-Type: multipart/mixed;\r\n boundary=\"x y\"\r\n\r\npreamble\r\n"

TEST("mime_read: fields, their words, addresses and date")
{
	autoarena a = { 0 };
	struct str head, list, address;
	int64_t t = 0;

	arena_init(&a, LIMIT);
	CHECK(mime_is(S(MAIL)) && !mime_is(S("ip;told\n1;2\n")) && !mbox_is(S(MAIL)));
	head = mime_cut(S(MAIL)).head;
	CHECK(str_eq(mime_words(mime_field(head, S("subject"), &a), &a), S("open-rdp at you")));
	list = mime_field(head, S("To"), &a);
	CHECK(mime_next_address(&list, &address) && str_eq(address, S("soc@m1.example")));
	CHECK(mime_next_address(&list, &address) && str_eq(address, S("b@m1.example")));
	CHECK(mime_next_address(&list, &address) && str_eq(address, S("c@m1.example")));
	CHECK(!mime_next_address(&list, &address));
	CHECK(mime_date(mime_field(head, S("Date"), &a), &t));
	CHECK(t == time_of_date(2026, 3, 2) + 10 * TIME_HOUR);
	CHECK(mime_field(head, S("Cc"), &a).p == NULL);
	CHECK(str_eq(mime_parameter(mime_field(head, S("Content-Type"), &a), S("boundary"), &a),
		     S("x y")));
	list = S("team: a@b.example, <>, none;");
	CHECK(mime_next_address(&list, &address) && str_eq(address, S("a@b.example")));
	CHECK(!mime_next_address(&list, &address));
}

TEST("mime_read: dates as mailers write them")
{
	static const struct {
		const char *text;
		bool good;
	} rows[] = {
		{ "Mon, 02 Mar 2026 10:00:00 +0000", true },
		{ "2 Mar 2026 10:00:00 GMT", true },
		{ "Mon, 2 Mar 2026 11:00 +0100", true },
		{ "Mon,  2 Mar 2026 10:00:00 -0000", true },
		{ "2026-03-02", false },
		{ "", false },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		int64_t t = 0;

		printf("# row %zu\n", i);
		CHECK(mime_date(str_of(rows[i].text), &t) == rows[i].good);
		CHECK(!rows[i].good || t == time_of_date(2026, 3, 2) + 10 * TIME_HOUR);
	}
}

TEST("mime_read: parts have their bytes as they were meant, however deep")
{
	autoarena a = { 0 };
	struct mime_parts p;

	arena_init(&a, LIMIT);
	mime_parts(S(MAIL "--x y\r\nContent-Type: multipart/alternative; boundary=z\r\n\r\n"
			  "--z\r\n\r\nplain =3D\r\n--z\r\nContent-Type: Text/HTML\r\n"
			  "Content-Transfer-Encoding: quoted-printable\r\n\r\n<b>=3D=\r\n</b>\r\n"
			  "--z--\r\n\r\n--x y\r\nContent-Type: text/csv; name=\"a;b.csv\"\r\n"
			  "Content-Transfer-Encoding: base64\r\n\r\naXAKMTk4LjE4LjEuNwo=\r\n"
			  "--x y--\r\nepilogue\r\n"),
		   &a, &p);
	CHECK(p.at.count == 3 && !p.more);
	CHECK(str_eq(p.at.at[0].type, S("text/plain")) &&
	      str_eq(str_trim(p.at.at[0].bytes), S("plain =3D")));
	CHECK(str_eq(p.at.at[1].type, S("text/html")) &&
	      str_eq(str_trim(p.at.at[1].bytes), S("<b>=</b>")));
	CHECK(str_eq(p.at.at[2].type, S("text/csv")) && str_eq(p.at.at[2].name, S("a;b.csv")) &&
	      str_eq(p.at.at[2].bytes, S("ip\n198.18.1.7\n")));
}

TEST("mime_read: a part that is never closed is read, and nesting has an end")
{
	autoarena a = { 0 };
	struct mime_parts p;
	char deep[4096];
	struct buf b = BUF_ON(deep);

	arena_init(&a, LIMIT);
	mime_parts(S("Content-Type: multipart/mixed; boundary=z\n\n--z\n\nplain\nmore"), &a, &p);
	CHECK(p.at.count == 1 && str_eq(p.at.at[0].bytes, S("plain\nmore")));
	for (unsigned i = 0; i < 20; i++)
		buf_fmt(&b, "Content-Type: multipart/mixed; boundary=z%u\n\n--z%u\n", i, i);
	buf_str(&b, S("\nplain\n"));
	mime_parts(buf_view(&b), &a, &p);
	CHECK(p.at.count == 0 && p.more);
}

TEST("mime_read: a mailbox is cut where a line begins with From behind a blank one")
{
	struct str
		rest = S("From a@b Mon Mar  2\nDate: x\n\none\nFrom here\n\nFrom c@d Mon\nDate: y\n"
			 "\ntwo\n"),
		mail;

	CHECK(mbox_is(rest));
	CHECK(mbox_next(&rest, &mail) && str_eq(mail, S("Date: x\n\none\nFrom here\n\n")));
	CHECK(mbox_next(&rest, &mail) && str_eq(mail, S("Date: y\n\ntwo\n")));
	CHECK(!mbox_next(&rest, &mail));
}

TEST("mime_read: field by field, as they stand")
{
	struct str head = S("A: b\r\n c\r\nD:e\nno colon\n:x\r\nF: \r\n\r\nG: h\r\n"), name, value;

	CHECK(mime_next_field(&head, &name, &value) && str_eq(name, S("A")));
	CHECK(str_eq(value, S(" b\r\n c")));
	CHECK(mime_next_field(&head, &name, &value) && str_eq(name, S("D")));
	CHECK(str_eq(value, S("e")));
	CHECK(mime_next_field(&head, &name, &value) && str_eq(name, S("no colon")));
	CHECK(value.n == 0);
	CHECK(mime_next_field(&head, &name, &value) && name.n == 0 && str_eq(value, S("x")));
	CHECK(mime_next_field(&head, &name, &value) && str_eq(name, S("F")));
	CHECK(!mime_next_field(&head, &name, &value) && str_has_prefix(head, S("\r\nG")));
	head = (struct str){ 0 };
	CHECK(!mime_next_field(&head, &name, &value));
}
