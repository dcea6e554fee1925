#include "base/test.h"
#include "os/mime.h"

enum { LIMIT = 256 << 20 };

static const struct heard_whole *heard(struct arena *a, struct str mail)
{
	struct heard_whole *h = arena_new(a, struct heard_whole, 1);
	struct err e = { 0 };

	if (!mime_heard(mail, a, h, &e))
		printf("# %s\n", e.text);
	CHECK(e.kind == ERR_NONE);
	return h;
}

static struct str repeat(struct arena *a, const char *head, const char *what, size_t n)
{
	size_t one = strlen(what), cap = strlen(head) + n * one;
	struct buf b = { .p = arena_new(a, char, cap), .cap = cap };

	buf_str(&b, str_of(head));
	for (size_t i = 0; i < n; i++)
		buf_add(&b, what, one);
	CHECK(!b.over);
	return buf_view(&b);
}

TEST("mime: fields are text, addresses are alone, and what tries to be a line more is not")
{
	autoarena a = { 0 };
	const struct heard_whole *h;

	arena_init(&a, LIMIT);
	h = heard(&a, S("From: \"soc@bank.example\" <x@evil.example>\r\n"
			"To: a@b.example, =?utf-8?q?Z=C3=A9?= <c@d.example>\r\n"
			"Subject: =?utf-8?q?hallo=0D=0ABcc:_x@y.example?=\r\n\r\nhi\r\n"));
	CHECK(str_eq(h->field[HEARD_FROM], S("x@evil.example")));
	CHECK(str_eq(h->field[HEARD_NAMES], S("soc@bank.example")));
	CHECK(str_eq(h->field[HEARD_TO], S("a@b.example, c@d.example")));
	CHECK(!str_has(h->field[HEARD_SUBJECT], '\n') && !str_has(h->field[HEARD_SUBJECT], '\r'));
	CHECK(h->field[HEARD_CC].p == NULL);
	CHECK(h->parts.count == 1 && str_eq(str_trim(heard_body(h)->text), S("hi")));
}

TEST("mime: words of old character sets are text, those of unknown ones are marked")
{
	autoarena a = { 0 };
	const struct heard_whole *h;

	arena_init(&a, LIMIT);
	h = heard(&a, S("From: a@b.example\nSubject: =?windows-1252?q?=80_5?=\n"
			"Content-Type: text/plain; charset=windows-1252\n\n\x80 5\n"));
	CHECK(str_eq(h->field[HEARD_SUBJECT], S("€ 5")));
	CHECK(str_eq(str_trim(heard_body(h)->text), S("€ 5")));
	h = heard(&a, S("From: a@b.example\nContent-Type: text/plain; charset=x-none\n\n\x80 5\n"));
	CHECK(str_eq(str_trim(heard_body(h)->text), S("\xEF\xBF\xBD 5")));
}

TEST("mime: a part knows who holds it, its name, and gives its bytes")
{
	autoarena a = { 0 };
	const struct heard_whole *h;
	struct str mail = S("From: a@b.example\nContent-Type: multipart/mixed; boundary=\"x y\"\n\n"
			    "--x y\nContent-Type: text/plain\n\nhello\n"
			    "--x y\nContent-Type: application/zip\n"
			    "Content-Disposition: attachment; filename=\"r.zip\"\n"
			    "Content-Transfer-Encoding: base64\n\nUEsDBA==\n--x y--\n");
	struct str bytes;
	struct err e = { 0 };

	arena_init(&a, LIMIT);
	h = heard(&a, mail);
	CHECK(h->parts.count == 3 && h->parts.at[0].parent == -1 && h->parts.at[2].parent == 0);
	CHECK(h->parts.at[2].attached && str_eq(h->parts.at[2].name, S("r.zip")));
	CHECK(mime_part_bytes(mail, 2, &a, &bytes, &e) && str_eq(bytes, S("PK\x03\x04")));
	CHECK(!mime_part_bytes(mail, 0, &a, &bytes, &e) && e.kind == ERR_ABSENT);
	e = (struct err){ 0 };
	CHECK(!mime_part_bytes(mail, 9, &a, &bytes, &e) && e.kind == ERR_ABSENT);
}

TEST("mime: of a mail that came inside the head is text, and its body is not the answer")
{
	autoarena a = { 0 };
	const struct heard_whole *h;
	const struct heard_part *p;

	arena_init(&a, LIMIT);
	h = heard(&a,
		  S("From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n"
		    "--x\nContent-Type: message/rfc822\n\nMessage-ID: <1@2>\n\nFIXED\n--x--\n"));
	p = heard_find(h, S("message/rfc822"));
	CHECK(p != NULL && str_contains(p->text, S("Message-ID: <1@2>")));
	CHECK(heard_body(h) == NULL);
}

TEST("mime: what is hostile ends at a bound, and its head is known all the same")
{
	static const char head[] =
		"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n";
	static const char part[] = "--x\nContent-Type: text/plain\n\nhello\n";
	autoarena a = { 0 };
	const struct heard_whole *h;

	arena_init(&a, LIMIT);
	h = heard(&a, repeat(&a, head, part, 10000));
	CHECK(h->parts.count == HEARD_PARTS && h->left_out > 0);
	h = heard(&a, repeat(&a, head, "--x\n\n", 200000));
	CHECK(str_eq(h->field[HEARD_FROM], S("a@b.example")) && h->broken && h->left_out > 0);
	h = heard(&a, repeat(&a,
			     "From: a@b.example\nContent-Type: multipart/mixed; "
			     "boundary=x\n\n--x\n\nnever ends\n",
			     "more\n", 1000));
	CHECK(h->parts.count >= 1);
	h = heard(&a, repeat(&a, "From: a@b.example\nX-Long: ", "longer ", 150000));
	CHECK(str_eq(h->field[HEARD_FROM], S("a@b.example")));
	h = heard(&a, repeat(&a, "From: a@b.example\n",
			     "Content-Type: multipart/mixed; boundary=a\n\n--a\n", 1000));
	CHECK(h->parts.count <= HEARD_PARTS);
	h = heard(&a, repeat(&a,
			     "From: a@b.example\nContent-Type: "
			     "text/plain\nContent-Transfer-Encoding: base64\n\n",
			     "!!!", 1000));
	CHECK(h->parts.count == 1);
	h = heard(&a, S(""));
	CHECK(h->parts.count <= 1);
}

TEST("mime: 50 MB come with the first of their text, and the rest is said to be cut")
{
	autoarena a = { 0 };
	const struct heard_whole *h;

	arena_init(&a, LIMIT);
	h = heard(&a, repeat(&a, "From: a@b.example\n\n", "all work and no play\n", 2500000));
	CHECK(h->parts.count == 1 && h->parts.at[0].cut && h->parts.at[0].text.n <= HEARD_TEXT);
}
