#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"
#include "codec/mail/mime_weigh.h"

static struct mime_weight weigh(struct str mail)
{
	struct mime_weight w;

	mime_weigh(mail, &w);
	return w;
}

// A head, and a line `count` times.
static struct str repeated(struct arena *a, struct str head, struct str line, size_t count)
{
	struct buf b = { .cap = head.n + line.n * count };

	b.p = arena_new(a, char, b.cap);
	buf_str(&b, head);
	while (count-- > 0)
		buf_str(&b, line);
	return buf_view(&b);
}

TEST("mime_weigh: a mail as people write it is within all limits, whatever its end")
{
	static const struct str mails[] = {
		S(""),
		S("\n"),
		S("no head"),
		S("Subject: x\r\n\r\n-- \r\nme\r\n"),
		S("Content-Type: multipart/mixed; boundary=x\n\n--x\n\na\n--x--\n"),
	};

	for (size_t i = 0; i < COUNTOF(mails); i++)
		CHECK(weigh(mails[i]).until == mails[i].n && weigh(mails[i]).left_out == 0);
}

TEST("mime_weigh: however a boundary is said, too many of its lines are cut off and counted")
{
	static const struct str heads[] = {
		S("Content-Type: multipart/mixed; boundary=x\n\n"),
		S("Content-Type: multipart/mixed;\r\n\tBOUNDARY = \"x\"\r\n\r\n"),
		S("Content-Type: multipart/mixed; boundary=\n x\n\n"),
		S("Content-Type: multipart/mixed; boundary*=us-ascii''x\n\n"),
		S("Content-Type: multipart/mixed; boundary*0=\"x\"\n\n"),
		S("Content-Type: multipart/mixed; boundary (a comment)=x\n\n"),
		S("Content-Type: multipart/mixed; boundary=\"=?utf-8?q?x?=\"\n\n"),
		S("Content-Type: multipart/mixed; boundary=\"\\x\"\n\n"),
		S("Content-Type: multipart/mixed; boundary\n =x\n\n"),
		S("Content-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=x\n\n"),
	};
	autoarena a = { 0 };

	arena_init(&a, (size_t)1 << 26);
	for (size_t i = 0; i < COUNTOF(heads); i++) {
		struct str mail = repeated(&a, heads[i], S("--x\n\n"), 20000);
		struct mime_weight w = weigh(mail);

		CHECK(w.until < mail.n && w.left_out == 20000 - MIME_WEIGH_BOUNDARIES);
	}
}

TEST("mime_weigh: lines that begin with -- and are no boundary may be as many as they like")
{
	autoarena a = { 0 };
	struct str mail;

	arena_init(&a, (size_t)1 << 26);
	mail = repeated(&a, S("Content-Type: multipart/mixed; boundary=x\n\n--x\n\n"), S("--y\n"),
			100000);
	CHECK(weigh(mail).until == mail.n);
	mail = repeated(&a, S("Subject: x\n\n"), S("Name: value\n"), 100000);
	CHECK(weigh(mail).until == mail.n);
}

TEST("mime_weigh: heads have their bounds, of the mail, a part, a mail inside and one in a digest")
{
	static const struct str before[] = {
		S("Subject: x\n"),
		S("Content-Type: multipart/mixed; boundary=x\n\n--x\n"),
		S("Content-Type: message/rfc822\n\n"),
		S("Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\n"),
		S("Content-Type: multipart/digest; boundary=x\n\n--x\n\n"),
	};
	autoarena a = { 0 };

	arena_init(&a, (size_t)1 << 26);
	for (size_t i = 0; i < COUNTOF(before); i++) {
		struct str mail = repeated(&a, before[i], S("A:\n"), 100000);

		CHECK(weigh(mail).until < before[i].n + 3 * (MIME_WEIGH_HEADS + 1));
	}
}

TEST("mime_weigh: more boundaries than are told apart count each line that could be one")
{
	autoarena a = { 0 };
	struct buf b = { .cap = 1 << 20 };

	arena_init(&a, (size_t)1 << 24);
	b.p = arena_new(&a, char, b.cap);
	for (unsigned i = 0; i <= MIME_WEIGH_KNOWN; i++)
		buf_fmt(&b, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i, i);
	buf_str(&b, S("\n"));
	for (unsigned i = 0; i < 20000; i++)
		buf_str(&b, S("--y\n"));
	CHECK(!b.over && weigh(buf_view(&b)).until < b.n);
}
