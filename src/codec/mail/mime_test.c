#include "base/test.h"
#include "codec/mail/mime.h"

static char room[1 << 16], more[1 << 16];

static const struct header_mailbox to = { S("Zo\u00eb"), S("zoe@m.example") };
static const struct mime_head head = {
	.from = { S("Z-CERT"), S("desk@z.example") },
	.to = &to,
	.to_count = 1,
	.subject = S("Kritiek"),
	.date = 0,
	.message_id = S("1@z.example"),
	.waker_ref = S("N-9WKD47-K"),
};

#define HEAD                                           \
	"From: Z-CERT <desk@z.example>\r\n"            \
	"To: =?UTF-8?Q?Zo=C3=AB?= <zoe@m.example>\r\n" \
	"Subject: Kritiek\r\n"                         \
	"Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n"    \
	"Message-ID: <1@z.example>\r\n"                \
	"Auto-Submitted: auto-generated\r\n"           \
	"X-Waker-Ref: N-9WKD47-K\r\n"

static bool is(const struct buf *b, const char *wanted)
{
	if (!str_eq(buf_view(b), str_of(wanted)))
		printf("# got:\n" STR_FMT "\n# wanted:\n%s\n", STR_ARG(buf_view(b)), wanted);
	return !b->over && str_eq(buf_view(b), str_of(wanted));
}

TEST("mime: text alone is one part, and the head stands in front of it")
{
	struct mime_content c = { .text = S("caf\u00e9") };
	struct buf entity = BUF_ON(room), b = BUF_ON(more);
	struct err e;

	CHECK(mime_entity(&c, &entity, &e) && mime_message(&head, buf_view(&entity), &b, &e));
	CHECK(is(&b, HEAD "MIME-Version: 1.0\r\n"
			  "Content-Type: text/plain; charset=\"utf-8\"\r\n"
			  "Content-Transfer-Encoding: quoted-printable\r\n"
			  "\r\n"
			  "caf=C3=A9\r\n"));
}

TEST("mime: text and HTML are alternatives, beside what is attached")
{
	const struct mime_attachment csv[] = {
		{ S("a.csv"), S("text/csv"), S("a,b\n") },
		{ S("b"), S("text/x\r\nX: y"), S("") },
	};
	struct mime_content c = { .text = S("t\n"),
				  .html = S("<p>h"),
				  .seed = 0xabc,
				  .attachments = csv,
				  .attachment_count = COUNTOF(csv) };
	struct buf b = BUF_ON(room);
	struct err e;

	CHECK(mime_entity(&c, &b, &e) && b.n < mime_room(&c));
	CHECK(is(&b, "Content-Type: multipart/mixed; boundary=\"=_m0000000000000abc\"\r\n"
		     "\r\n"
		     "--=_m0000000000000abc\r\n"
		     "Content-Type: multipart/alternative; boundary=\"=_a0000000000000abc\"\r\n"
		     "\r\n"
		     "--=_a0000000000000abc\r\n"
		     "Content-Type: text/plain; charset=\"utf-8\"\r\n"
		     "Content-Transfer-Encoding: quoted-printable\r\n"
		     "\r\n"
		     "t\r\n"
		     "\r\n"
		     "--=_a0000000000000abc\r\n"
		     "Content-Type: text/html; charset=\"utf-8\"\r\n"
		     "Content-Transfer-Encoding: quoted-printable\r\n"
		     "\r\n"
		     "<p>h\r\n"
		     "\r\n"
		     "--=_a0000000000000abc--\r\n"
		     "\r\n"
		     "--=_m0000000000000abc\r\n"
		     "Content-Type: text/csv; charset=\"utf-8\"\r\n"
		     "Content-Disposition: attachment; filename=\"a.csv\"\r\n"
		     "Content-Transfer-Encoding: base64\r\n"
		     "\r\n"
		     "YSxiCg==\r\n"
		     "--=_m0000000000000abc\r\n"
		     "Content-Type: application/octet-stream\r\n"
		     "Content-Disposition: attachment; filename=\"b\"\r\n"
		     "Content-Transfer-Encoding: base64\r\n"
		     "\r\n"
		     "\r\n"
		     "--=_m0000000000000abc--\r\n"));
}

TEST("mime: what is signed has the head once more, and what is sealed says what stands outside")
{
	struct mime_head outer = head;
	struct mime_content c = {
		.text = S("t"), .protection = MIME_SIGNED, .inner = &head, .outer = &outer
	};
	struct buf b = BUF_ON(room);
	struct err e;

	CHECK(mime_entity(&c, &b, &e));
	CHECK(is(&b, "Content-Type: text/plain; charset=\"utf-8\"; protected-headers=\"v1\";\r\n"
		     " hp=\"clear\"\r\n" HEAD "Content-Transfer-Encoding: quoted-printable\r\n"
		     "\r\n"
		     "t\r\n"));
	outer.subject = S("...");
	c.protection = MIME_SEALED;
	b = (struct buf)BUF_ON(room);
	CHECK(mime_entity(&c, &b, &e) && b.n < mime_room(&c));
	CHECK(str_contains(buf_view(&b), S(" hp=\"cipher\"\r\n" HEAD)));
	CHECK(str_contains(buf_view(&b), S("HP-Outer: Subject: ...\r\n")));
	CHECK(str_contains(buf_view(&b),
			   S("HP-Outer: To: =?UTF-8?Q?Zo=C3=AB?= <zoe@m.example>\r\n")));
}

TEST("mime: an answer says so, and goes into its thread")
{
	static const struct str thread[] = { S("a@z.example"), S("b@m.example") };
	struct mime_head h = head;
	struct buf b = BUF_ON(room);
	struct err e;

	h.answers = true;
	h.references = thread;
	h.reference_count = 2;
	h.in_reply_to = thread[1];
	h.reply_to = (struct header_mailbox){ .address = S("r@z.example") };
	CHECK(mime_message(&h, S("\r\n"), &b, &e) && b.n < mime_head_room(&h) + 2);
	CHECK(str_contains(buf_view(&b), S("\r\nReply-To: <r@z.example>\r\n")));
	CHECK(str_contains(buf_view(&b), S("\r\nReferences: <a@z.example> <b@m.example>\r\n"
					   "In-Reply-To: <b@m.example>\r\n"
					   "Auto-Submitted: auto-replied\r\n")));
}

TEST("mime: too much is refused by its bound, and an address that is none by its field")
{
	static const struct mime_attachment many[MIME_MAX_ATTACHMENTS + 1];
	struct mime_content c = { .attachments = many, .attachment_count = COUNTOF(many) };
	struct mime_head h = head;
	struct buf b = BUF_ON(room);
	struct err e;

	CHECK(!mime_entity(&c, &b, &e) && e.kind == ERR_LIMIT);
	c = (struct mime_content){ .text = { room, MIME_MAX_BYTES + 1 } };
	CHECK(!mime_entity(&c, &b, &e) && e.kind == ERR_LIMIT);
	h.to_count = 0;
	CHECK(!mime_message(&h, S(""), &b, &e) && e.kind == ERR_LIMIT);
	h = head;
	h.from.address = S("desk");
	CHECK(!mime_message(&h, S(""), &b, &e) && e.kind == ERR_INPUT);
	CHECK(str_has_prefix(str_of(e.text), S("From: ")));
}
