#include "base/test.h"
#include "base/time.h"
#include "os/cage.h"
#include "os/clock.h"
#include "os/mime.h"

#include <signal.h>
#include <unistd.h>

enum { ROOM = 160 << 20 };

static struct mime_reader *reader(void)
{
	static struct mime_reader *r;
	struct err e;

	if (r == NULL)
		r = mime_reader_new(&e);
	CHECK(r != NULL);
	return r;
}

// Read whole.
static struct heard_whole of(struct str mail, struct arena *a)
{
	struct err e = { 0 };
	struct heard_whole h;

	CHECK(mime_reader_read(reader(), mail, a, &h, &e));
	if (mime_reader_trouble(reader()) != NULL)
		printf("# %s\n", mime_reader_trouble(reader())->text);
	CHECK(mime_reader_trouble(reader()) == NULL);
	return h;
}

static bool field_is(struct str line, enum heard_field field, struct str text)
{
	autoarena a = { 0 };
	struct buf b = { .cap = line.n + 16 };
	struct heard_whole h;

	arena_init(&a, ROOM);
	b.p = arena_new(&a, char, b.cap);
	buf_str(&b, line);
	buf_str(&b, S("\r\n\r\nx\r\n"));
	h = of(buf_view(&b), &a);
	if (!str_eq(h.field[field], text))
		printf("# is: " STR_FMT "\n", STR_ARG(h.field[field]));
	return str_eq(h.field[field], text);
}

TEST("mime: an answer as people send it gives its fields, its parts and their text")
{
	autoarena a = { 0 };
	struct heard_whole h;

	arena_init(&a, ROOM);
	h = of(S("Received: from a\r\nReceived: from b\r\n"
		 "From: =?utf-8?q?Zo=C3=AB?= <zoe@m.example>\r\n"
		 "Subject: =?iso-8859-15?Q?=A4_500,_?=\r\n =?windows-1252?b?gCAxLA==?= klaar\r\n"
		 "X-Waker-Ref: N-9WKD47-K\r\nMIME-Version: 1.0\r\n"
		 "Content-Type: multipart/mixed; boundary=\"=_x\"\r\n\r\n"
		 "--=_x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n"
		 "--y\r\nContent-Type: text/plain; charset=windows-1252\r\n"
		 "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
		 "Opgelost =96 =80 5=\r\n0\r\n"
		 "--y\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Opgelost\r\n--y--\r\n"
		 "--=_x\r\nContent-Type: application/pgp-keys; name=x.asc\r\n"
		 "Content-Disposition: attachment; filename*=utf-8''sleutel%E2%82%AC.asc\r\n"
		 "Content-Transfer-Encoding: base64\r\n\r\nAAEC/w==\r\n--=_x--\r\n"),
	       &a);
	CHECK(str_eq(h.field[HEARD_FROM], S("\"Zoë\" <zoe@m.example>")));
	CHECK(str_eq(h.field[HEARD_SUBJECT], S("€ 500, € 1, klaar")));
	CHECK(str_eq(h.field[HEARD_WAKER_REF], S("N-9WKD47-K")));
	CHECK(h.field[HEARD_TO].p == NULL && h.parts.count == 5 && !h.broken && h.left_out == 0);
	CHECK(str_eq(h.parts.at[2].type, S("text/plain")) && h.parts.at[2].parent == 1);
	CHECK(str_eq(heard_body(&h)->text, S("Opgelost – € 50")));
	CHECK(h.parts.at[2].size == 15 && !h.parts.at[2].attached && !h.parts.at[2].cut);
	CHECK(str_eq(h.parts.at[3].text, S("<p>Opgelost")));
	CHECK(str_eq(h.parts.at[4].type, S("application/pgp-keys")) && h.parts.at[4].size == 4);
	CHECK(str_eq(h.parts.at[4].name, S("sleutel€.asc")) && h.parts.at[4].attached);
}

TEST("mime: no word of a field passes for an address, another field or a line")
{
	CHECK(field_is(S("From: =?utf-8?q?desk_=3Cd=40z.example=3E=2C?= <e@x>"), HEARD_FROM,
		       S("\"desk <d@z.example>,\" <e@x>")));
	CHECK(field_is(S("From: =?utf-8?q?a=0D=0ABcc=3A_c=40d?= <e@x>"), HEARD_FROM,
		       S("\"a Bcc: c@d\" <e@x>")));
	CHECK(field_is(S("From: \"a@b\" <e@x>, Group: c@d, <f@g>;"), HEARD_FROM,
		       S("\"a@b\" <e@x>, c@d, f@g")));
	CHECK(field_is(S("Subject: a =?utf-8?q?b=00c=0D=0A=1B[2J?= =?utf-8?b?AGQ=?="),
		       HEARD_SUBJECT, S("a b c [2J d")));
	CHECK(field_is(S("Subject: =?utf-8?b?0KLQ?= =?utf-8?b?tdGB0YI=?="), HEARD_SUBJECT,
		       S("Тест")));
	CHECK(field_is(S("Subject: =?x-nobody-has-it?q?caf=E9_x?= =?utf-8?q?=80?="), HEARD_SUBJECT,
		       S("caf\uFFFD x\uFFFD")));
	CHECK(field_is(S("Subject: =?gb18030?B?suLK1A===?= =?windows-1258?b?c29pcull?="),
		       HEARD_SUBJECT, S("测试soirée")));
	CHECK(field_is(S("Subject: caf\xe9"), HEARD_SUBJECT, S("café")));
	CHECK(field_is(S("In-Reply-To: =?utf-8?q?=3Ca=40b=3E?="), HEARD_IN_REPLY_TO,
		       S("=?utf-8?q?=3Ca=40b=3E?=")));
	CHECK(field_is(S("In-Reply-To: <a@b>\rX: y"), HEARD_IN_REPLY_TO, S("<a@b> X: y")));
	CHECK(field_is(S("Return-Path: <>"), HEARD_RETURN_PATH, S("<>")));
	CHECK(field_is(S("To: undisclosed-recipients:;"), HEARD_TO, S("undisclosed-recipients:;")));
	CHECK(field_is(S("Message-ID:\r\n <a@b>"), HEARD_MESSAGE_ID, S("<a@b>")));
	CHECK(field_is(S("Subject: one\r\nSubject: two"), HEARD_SUBJECT, S("one")));
}

TEST("mime: a bounce gives what the server said, and the head of what bounced")
{
	autoarena a = { 0 };
	struct heard_whole h;

	arena_init(&a, ROOM);
	h = of(S("From: MAILER-DAEMON\nContent-Type: multipart/report; boundary=b\n\n"
		 "--b\n\nno such user\n--b\nContent-Type: message/delivery-status\n\n"
		 "Reporting-MTA: dns; mx\n\nAction: failed\n\n"
		 "--b\nContent-Type: message/rfc822\n\nX-Waker-Ref: N-1\nSubject: t\n"
		 "Content-Type: text/plain\n\nbody\n--b--\n"),
	       &a);
	CHECK(h.parts.count == 5 && !h.broken);
	CHECK(str_eq(heard_body(&h)->text, S("no such user")));
	CHECK(str_eq(heard_find(&h, S("message/delivery-status"))->text,
		     S("Reporting-MTA: dns; mx\n\nAction: failed\n")));
	CHECK(str_has_prefix(h.parts.at[3].text, S("X-Waker-Ref: N-1\nSubject: t\n")) &&
	      !str_contains(h.parts.at[3].text, S("body")));
	CHECK(h.parts.at[4].parent == 3 && str_eq(h.parts.at[4].text, S("body")));
	h = of(S("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
		 "U3ViamVjdDogeAoKYm9keQo=\n"),
	       &a);
	CHECK(str_has_prefix(h.parts.at[0].text, S("Subject: x")) &&
	      !str_contains(h.parts.at[0].text, S("body")));
}

TEST("mime: parts that no boundary cuts are text, as a person would read them")
{
	autoarena a = { 0 };
	struct heard_whole h;

	arena_init(&a, ROOM);
	h = of(S("From: x@m1.example\nContent-Type: multipart/report; boundary=b\n\n"
		 "--c\n\nno such user\n--c--\n"),
	       &a);
	CHECK(h.parts.count == 2 && h.broken && h.parts.at[1].parent == 0);
	CHECK(str_contains(heard_body(&h)->text, S("no such user")));
}

TEST("mime: a body in any character set is text, and what is unknown there is U+FFFD")
{
	static const struct {
		struct str set, bytes, text;
	} cases[] = {
		{ S("windows-1252"), S("\x80 \x81"), S("€ \uFFFD") },
		{ S("ISO-8859-1"), S("\x93x\x94"), S("“x”") },
		{ S("koi8-r"), S("\xf4\xc5\xd3\xd4"), S("Тест") },
		{ S("utf-16le"), S("a\0\xac\x20"), S("a€") },
		{ S("iso-2022-jp"), S("\x1b$B4A;z\x1b(B"), S("漢字") },
		{ S("gb2312"), S("\xba\xba"), S("汉") },
		{ S("ks_c_5601-1987"), S("\xc7\xd1"), S("한") },
		{ S("us-ascii"), S("caf\xe9"), S("café") },
		{ S("x-nobody-has-it"), S("caf\xe9"), S("caf\uFFFD") },
		{ S("utf-8"), S("\xc3\xa9\xc3"), S("é\uFFFD") },
		{ S("../../x"), S("\xe9"), S("\uFFFD") },
	};
	autoarena a = { 0 };

	arena_init(&a, ROOM);
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		char room[256];
		struct buf b = BUF_ON(room);
		struct heard_whole h;

		buf_fmt(&b, "Content-Type: text/plain; charset=\"" STR_FMT "\"\n\n",
			STR_ARG(cases[i].set));
		buf_str(&b, cases[i].bytes);
		h = of(buf_view(&b), &a);
		if (!str_eq(h.parts.at[0].text, cases[i].text))
			printf("# " STR_FMT ": " STR_FMT "\n", STR_ARG(cases[i].set),
			       STR_ARG(h.parts.at[0].text));
		CHECK(h.parts.count == 1 && str_eq(h.parts.at[0].text, cases[i].text));
	}
}

TEST("mime: what is broken is read as far as it goes, and said to be broken")
{
	static const struct {
		struct str mail;
		size_t parts;
		bool broken;
	} cases[] = {
		{ S(""), 1, true },
		{ S("\n"), 1, true },
		{ S("\n\n"), 1, true },
		{ S("no head at all"), 1, true },
		{ S("no head at all\n\nSubject: x\n"), 1, true },
		{ S("Subject: x"), 1, false },
		{ S("Subject: x\n"), 1, false },
		{ S("Content-Type: multipart/mixed; boundary=x\n--x\n\ny\n--x--\n"), 2, true },
		{ S("Content-Type: multipart/mixed; boundary=x\r\r--x\r\ry\r--x--\r"), 2, true },
		{ S("From a@b Thu Nov 26 15:47:00 2026\nSubject: x\n\ny\n"), 1, false },
		{ S("From: a@b\nFrom: c@d\n\nx"), 1, true },
		{ S("Content-Type: multipart/mixed\n\n--x\n\ny\n"), 2, true },
		{ S("Content-Type: multipart/mixed; boundary=x\n\n--x\n\ny\n"), 2, true },
		{ S("Content-Type: multipart/mixed; boundary=x\n\n--x\n\ny\n--x--\n"), 2, false },
		{ S("Content-Type: text/plain\nContent-Type: text/html\n\ny\n"), 1, true },
		{ S("Content-Type: text\n\ny\n"), 1, false },
		{ S("Content-Type: \0\xff/\x80\n\ny\n"), 1, false },
	};
	autoarena a = { 0 };

	arena_init(&a, ROOM);
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct heard_whole h = of(cases[i].mail, &a);

		if (h.parts.count != cases[i].parts || h.broken != cases[i].broken)
			printf("# row %zu: %zu parts, %d\n", i, h.parts.count, h.broken);
		CHECK(h.parts.count == cases[i].parts && h.broken == cases[i].broken);
	}
}

TEST("mime: bad base64 and bad quoted-printable give what can be read of them")
{
	autoarena a = { 0 };
	struct heard_whole h;

	arena_init(&a, ROOM);
	h = of(S("Content-Transfer-Encoding: base64\n\n!!T3Bn\n*ZWxvc3Q\n"), &a);
	CHECK(str_has_prefix(h.parts.at[0].text, S("Opgelo"))); // whole groups of it
	h = of(S("Content-Transfer-Encoding: quoted-printable\n\na=ZZ=4\n=41=\n"), &a);
	CHECK(str_has_prefix(h.parts.at[0].text, S("a=ZZ=4")));
	h = of(S("Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n#0V%T\n`\nend\n"), &a);
	CHECK(str_eq(h.parts.at[0].text, S("Cat")));
}

// ---- much of it

static struct str repeated(struct arena *a, struct str head, struct str line, size_t count)
{
	struct buf b = { .cap = head.n + line.n * count };

	b.p = arena_new(a, char, b.cap);
	buf_str(&b, head);
	while (count-- > 0)
		buf_str(&b, line);
	return buf_view(&b);
}

static const struct str two_heads = S("From: a@b\nSubject: x\nContent-Type: multipart/mixed; "
				      "boundary=b\n\n");

TEST("mime: 10,000 parts are counted, 200,000 are too, and cost no memory to speak of")
{
	autoarena a = { 0 };
	struct heard_whole h;

	arena_init(&a, ROOM);
	h = of(repeated(&a, two_heads, S("--b\n\nx\n"), 10000), &a);
	CHECK(h.parts.count == HEARD_PARTS && h.parts.count + h.left_out == 10001);
	CHECK(str_eq(h.field[HEARD_SUBJECT], S("x")));
	h = of(repeated(&a, two_heads, S("--b\n\n"), 200000), &a);
	CHECK(h.parts.count == HEARD_PARTS && h.left_out > 199000 && h.broken);
	h = of(repeated(&a, two_heads, S("--b\n"), 200000), &a);
	CHECK(h.broken && str_eq(h.field[HEARD_FROM], S("a@b")));
}

TEST("mime: a mail of 1,000 in each other is read to its depth; the rest is counted")
{
	autoarena a = { 0 };
	struct heard_whole h;
	struct buf b;

	arena_init(&a, ROOM);
	h = of(repeated(&a, S("From: a@b\n"), S("Content-Type: message/rfc822\n\n"), 1000), &a);
	CHECK(h.parts.count == HEARD_DEPTH + 1 && h.left_out > 400);
	b = (struct buf){ .p = arena_new(&a, char, 1 << 20), .cap = 1 << 20 };
	for (unsigned i = 0; i < 1000; i++)
		buf_fmt(&b, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i, i);
	h = of(buf_view(&b), &a);
	CHECK(h.parts.count == HEARD_DEPTH + 1 && h.left_out > 900 && h.broken);
}

TEST("mime: a head of a megabyte, however it is made, gives its fields")
{
	static const struct str lines[] = {
		S("A:\n"),
		S("Received: from a by b; Thu, 26 Nov 2026 15:47:00 +0000\n"),
		S(" folded\n"),
		S("To: a@b.example, c@d.example\n"),
		S("\t=?utf-8?q?x?=\n"),
		S("Content-Type: text/plain; a=b\n"),
	};
	autoarena a = { 0 };

	arena_init(&a, ROOM);
	for (size_t i = 0; i < COUNTOF(lines); i++) {
		struct heard_whole h = of(repeated(&a, S("From: a@b\nSubject: x\nCc: a@b,\n"),
						   lines[i], (1 << 20) / lines[i].n),
					  &a);

		CHECK(str_eq(h.field[HEARD_SUBJECT], S("x")) &&
		      str_eq(h.field[HEARD_FROM], S("a@b")));
	}
}

TEST("mime: what kills the child, or is too much for it, still gives the fields, and says why")
{
	const struct {
		struct str head, line;
		size_t count;
		enum err_kind kind;
	} cases[] = {
		// who reads addresses calls itself for each group
		{ S("From: a@b\nContent-Type: message/rfc822\n\nTo: "), S("a:"), 1 << 20,
		  ERR_SYSTEM },
		// what stands before the first part is kept in memory, twice
		{ S("From: a@b\nContent-Type: multipart/mixed\n\n"), S("preamble\n"), 5 << 20,
		  ERR_LIMIT },
	};
	autoarena a = { 0 };

	arena_init(&a, ROOM);
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct str mail = repeated(&a, cases[i].head, cases[i].line, cases[i].count);
		const struct err *why;
		struct heard_whole h;
		struct err e = { 0 };

		CHECK(mime_reader_read(reader(), mail, &a, &h, &e));
		why = mime_reader_trouble(reader());
		CHECK(str_eq(h.field[HEARD_FROM], S("a@b")) && h.broken);
		CHECK(why != NULL ? why->kind == cases[i].kind : cage_use() == CAGE_ABSENT);
		CHECK(of(S("Subject: x\n\ny"), &a).parts.count == 1); // and the next is read
	}
}

TEST("mime: a child that comes to no end is ended after its seconds; the mail gives its fields")
{
	const struct str mail = S("From: a@b\nSubject: x\n\ny");
	autoarena a = { 0 };
	struct err e = { 0 };
	struct heard_whole h;
	int64_t begun;

	arena_init(&a, ROOM);
	of(mail, &a);
	CHECK(kill(mime_reader_child(reader()), SIGSTOP) == 0);
	begun = clock_since();
	CHECK(mime_reader_read(reader(), mail, &a, &h, &e));
	CHECK(clock_since() - begun >= MIME_READER_SECONDS * TIME_SECOND);
	CHECK(mime_reader_trouble(reader())->kind == ERR_LIMIT);
	CHECK(h.broken && h.left_out > 0 && h.parts.count == 0);
	CHECK(str_eq(h.field[HEARD_SUBJECT], S("x")));
	CHECK(of(mail, &a).parts.count == 1); // and the next is read
}

TEST("mime: a child that died of the mail before it costs the next one nothing")
{
	const struct str mail = S("Subject: x\n\ny");
	autoarena a = { 0 };

	arena_init(&a, ROOM);
	of(mail, &a);
	CHECK(kill(mime_reader_child(reader()), SIGKILL) == 0);
	CHECK(of(mail, &a).parts.count == 1);
}

static struct str large(struct arena *a)
{
	const struct str head = S("From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
				  "see below\n--b\nContent-Type: application/zip\n"
				  "Content-Disposition: attachment; filename=x.zip\n"
				  "Content-Transfer-Encoding: base64\n\n");
	const struct str line = S("QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB"
				  "QUFBQUFBQUFB\n");

	return repeated(a, head, line, (50 << 20) / line.n);
}

TEST("mime: a mail of 50 MB is read, and its attachment given where it is asked for")
{
	struct err e = { 0 };
	autoarena a = { 0 };
	struct heard_whole h;
	struct buf b;
	struct str mail;

	arena_init(&a, ROOM);
	mail = large(&a);
	h = of(mail, &a);
	CHECK(h.parts.count == 3 && str_eq(heard_body(&h)->text, S("see below")));
	CHECK(h.parts.at[2].size == mail.n / 77 * 57 || h.parts.at[2].size > 37 << 20);
	b = (struct buf){ .p = arena_new(&a, char, h.parts.at[2].size), .cap = h.parts.at[2].size };
	CHECK(mime_reader_part(reader(), mail, 2, &b, &e));
	CHECK(b.n == h.parts.at[2].size && str_has_prefix(buf_view(&b), S("AAAAAA")));
	b.cap--;
	b.n = 0;
	CHECK(!mime_reader_part(reader(), mail, 2, &b, &e) && e.kind == ERR_LIMIT);
	CHECK(of(S("Subject: x\n\ny"), &a).parts.count == 1);
}

TEST("mime: a line of 50 MB, in the body or in the head, is one like others")
{
	autoarena a = { 0 };
	struct heard_whole h;

	arena_init(&a, ROOM);
	h = of(repeated(&a, S("From: a@b\n\n"), S("AAAAAAAAAA"), 5 << 20), &a);
	CHECK(h.parts.count == 1 && h.parts.at[0].size == 50 << 20 && h.parts.at[0].cut &&
	      h.parts.at[0].text.n == HEARD_TEXT && !h.broken);
	arena_empty(&a);
	h = of(repeated(&a, S("From: a@b\nSubject: "), S("AAAAAAAAAA"), 5 << 20), &a);
	CHECK(str_eq(h.field[HEARD_FROM], S("a@b")) && h.broken);
	CHECK(h.field[HEARD_SUBJECT].n == HEARD_FIELD);
}

TEST("mime: a part is given by its place; one that holds others, or is none, is not")
{
	const struct str mail = S("Content-Type: multipart/mixed; boundary=b\n\n"
				  "--b\nContent-Transfer-Encoding: base64\n\nAAEC/w==\n"
				  "--b\n\na\r\nb\n--b\n\n--b--\n");
	struct err e = { 0 };
	char room[64];
	struct buf b = BUF_ON(room);

	CHECK(mime_reader_part(reader(), mail, 1, &b, &e));
	CHECK(str_eq(buf_view(&b), S("\0\x01\x02\xff")));
	b.n = 0;
	CHECK(mime_reader_part(reader(), mail, 2, &b, &e) && str_eq(buf_view(&b), S("a\r\nb")));
	b.n = 0;
	CHECK(mime_reader_part(reader(), mail, 3, &b, &e) && b.n == 0);
	CHECK(!mime_reader_part(reader(), mail, 0, &b, &e) && e.kind == ERR_ABSENT);
	CHECK(!mime_reader_part(reader(), mail, 4, &b, &e) && e.kind == ERR_ABSENT);
	CHECK(!mime_reader_part(reader(), mail, UINT32_MAX, &b, &e) && e.kind == ERR_ABSENT);
	CHECK(mime_reader_part(reader(), S("just text"), 0, &b, &e) &&
	      str_eq(buf_view(&b), S("just text")));
	CHECK(!mime_reader_part_to(reader(), mail, 2, 3, STDOUT_FILENO, &e) && e.kind == ERR_LIMIT);
}

TEST("mime: one reader reads more mails than one child may, and none is lost")
{
	autoarena a = { 0 };

	arena_init(&a, ROOM);
	for (unsigned i = 0; i < 3 * MIME_READER_MAILS; i++) {
		char room[64], *mark = arena_mark(&a);
		struct buf b = BUF_ON(room);
		struct heard_whole h;

		buf_fmt(&b, "Subject: %u\n\n%u", i, i);
		h = of(buf_view(&b), &a);
		CHECK(str_eq(h.field[HEARD_SUBJECT], h.parts.at[0].text));
		arena_back(&a, mark);
	}
}
