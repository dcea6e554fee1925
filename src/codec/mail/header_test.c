#include "base/test.h"
#include "base/time.h"
#include "codec/mail/header.h"
#include "codec/mail/header_word.h"

static char room[1 << 16];

static bool is(const struct buf *b, const char *wanted)
{
	if (!str_eq(buf_view(b), str_of(wanted)))
		printf("# got:    " STR_FMT "# wanted: %s", STR_ARG(buf_view(b)), wanted);
	return !b->over && str_eq(buf_view(b), str_of(wanted));
}

TEST("header: a text is folded at blanks, and encoded where it is not ASCII")
{
	static const struct {
		const char *value, *wanted;
	} rows[] = {
		{ "", "Subject:\r\n" },
		{ "[TLP:AMBER+STRICT] x", "Subject: [TLP:AMBER+STRICT] x\r\n" },
		{ "  a \t b\r\nBcc: c\n\n", "Subject: a b Bcc: c\r\n" },
		{ "one two three four five six seven eight nine ten eleven twelve 13 14 15",
		  "Subject: one two three four five six seven eight nine ten eleven twelve 13\r\n"
		  " 14 15\r\n" },
		{ "a kritieke\u00eb b", "Subject: a =?UTF-8?Q?kritieke=C3=AB?= b\r\n" },
		{ "a v\u00f3\u00f3r b \u00e9 c", "Subject: a =?UTF-8?B?dsOzw7NyIGIgw6k=?= c\r\n" },
		{ "\u6f22\u5b57", "Subject: =?UTF-8?B?5ryi5a2X?=\r\n" },
		{ "=?UTF-8?Q?x?= y", "Subject: =?UTF-8?B?PT9VVEYtOD9RP3g/PQ==?= y\r\n" },
		{ "a\xff", "Subject: =?UTF-8?B?Ye+/vQ==?=\r\n" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct buf b = BUF_ON(room);

		header_text(&b, "Subject", str_of(rows[i].value));
		CHECK(is(&b, rows[i].wanted));
	}
}

TEST("header: no value makes a line that is long, bare, or ends in a blank")
{
	static const char pieces[][8] = { "\xc3\xa9",         "a",  " ", "\r\n", "\n", "=?", "\xff",
					  "\xf0\x9f\x98\x80", "\"", "\\" };
	uint64_t r = 1;

	for (unsigned i = 0; i < 20000; i++) {
		char value[2000];
		struct buf v = BUF_ON(value), b = BUF_ON(room);
		struct str rest;
		struct err e;

		for (unsigned n = i % 300; n > 0; n--) {
			r = r * 6364136223846793005u + 1442695040888963407u;
			buf_str(&v, str_of(pieces[r >> 33 & 1 ? 1 : (r >> 40) % COUNTOF(pieces)]));
		}
		header_text(&b, "Subject", buf_view(&v));
		CHECK(header_mailboxes(&b, "To", &(struct header_mailbox){ buf_view(&v), S("a@b") },
				       1, &e));
		header_parameters(&b, "Content-Disposition", S("attachment"),
				  &(struct header_parameter){ "filename", buf_view(&v) }, 1);
		CHECK(!b.over && str_has_suffix(buf_view(&b), S("\r\n")));
		for (rest = buf_view(&b); rest.n > 0;) {
			struct str line = str_cut(&rest, '\n');

			CHECK(line.n <= HEADER_WIDTH + 1 && line.n > 1);
			CHECK(line.p[line.n - 1] == '\r' && line.p[line.n - 2] != ' ');
			for (size_t at = 0; at + 1 < line.n; at++)
				CHECK(line.p[at] >= ' ' && line.p[at] <= '~');
		}
	}
}

TEST("header: names stand as atoms, in quotes or encoded, each before its address")
{
	const struct header_mailbox to[] = {
		{ S("Jan de Vries"), S("jan@z.example") },
		{ S("Desk, \"24/7\""), S("desk@z.example") },
		{ S("Zo\u00eb"), S("zoe@z.example") },
		{ S(""), S("a.b+c@d-e.example") },
		{ S("x\r\nBcc: y@z.example"), S("x@z.example") },
	};
	struct buf b = BUF_ON(room);
	struct err e;

	CHECK(header_mailboxes(&b, "To", to, COUNTOF(to), &e));
	CHECK(is(&b,
		 "To: Jan de Vries <jan@z.example>, \"Desk, \\\"24/7\\\"\" <desk@z.example>,\r\n"
		 " =?UTF-8?Q?Zo=C3=AB?= <zoe@z.example>, <a.b+c@d-e.example>,\r\n"
		 " \"x Bcc: y@z.example\" <x@z.example>\r\n"));
}

TEST("header: what is not one plain address is refused, and nothing is written")
{
	static const char *const bad[] = {
		"",
		"a",
		"@b.example",
		"a@",
		"a@b@c",
		"a b@c",
		"a@b>,<c@d",
		"a@b,c@d",
		"\"a\"@b",
		"a@[192.0.2.1]",
		"a@b\r\nX:",
		"z\u00e9@b.example",
		"a@b\u00e9.example",
		".a@b",
		"a..b@c",
		"a.@b",
		"(a)b@c",
		"a@b;",
		"a:b@c",
	};
	struct err e;

	for (size_t i = 0; i < COUNTOF(bad); i++) {
		struct buf b = BUF_ON(room);

		CHECK(!header_mailboxes(
			&b, "To", &(struct header_mailbox){ .address = str_of(bad[i]) }, 1, &e));
		CHECK(e.kind == ERR_INPUT && b.n == 0);
	}
}

TEST("header: a date is that of RFC 5322, with the zone's offset")
{
	static const struct {
		const char *t;
		int64_t ahead;
		const char *wanted;
	} rows[] = {
		{ "2026-11-25T21:07:46.999999Z", 0, "Date: Wed, 25 Nov 2026 21:07:46 +0000\r\n" },
		{ "2026-11-25T23:30:00Z", TIME_HOUR, "Date: Thu, 26 Nov 2026 00:30:00 +0100\r\n" },
		{ "2026-03-01T00:15:00Z", -90 * TIME_MINUTE,
		  "Date: Sat, 28 Feb 2026 22:45:00 -0130\r\n" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct buf b = BUF_ON(room);
		int64_t t;

		CHECK(time_read(str_of(rows[i].t), &t));
		header_date(&b, "Date", t, rows[i].ahead);
		CHECK(is(&b, rows[i].wanted));
	}
}

TEST("header: ids stand in brackets; those that are none are left out, and so is a field of none")
{
	struct str ids[HEADER_MAX_IDS + 8] = { S("a@b"), S("c d"), S("e>"), S(""), S("f@g") };
	struct buf b = BUF_ON(room);
	size_t brackets = 0;

	header_ids(&b, "References", ids, 5);
	header_ids(&b, "In-Reply-To", &ids[1], 3);
	CHECK(is(&b, "References: <a@b> <f@g>\r\n"));
	for (size_t i = 0; i < COUNTOF(ids); i++)
		ids[i] = i == 0 ? S("first") : i + 1 == COUNTOF(ids) ? S("last") : S("other");
	b = (struct buf)BUF_ON(room);
	header_ids(&b, "References", ids, COUNTOF(ids));
	for (size_t i = 0; i < b.n; i++)
		brackets += b.p[i] == '<';
	CHECK(brackets == HEADER_MAX_IDS && str_contains(buf_view(&b), S(": <first>")));
	CHECK(str_contains(buf_view(&b), S("<last>")));
}

TEST("header: the name of a file is quoted or extended, and no path")
{
	static const struct {
		const char *value, *wanted;
	} rows[] = {
		{ "N-9WKD47-K.csv", "X: y; filename=\"N-9WKD47-K.csv\"\r\n" },
		{ "../a\\b c", "X: y; filename=\".._a_b c\"\r\n" },
		{ "a\"b", "X: y; filename*=UTF-8''a%22b\r\n" },
		{ "\u00e9.csv", "X: y; filename*=UTF-8''%C3%A9.csv\r\n" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct buf b = BUF_ON(room);
		struct header_parameter p = { "filename", str_of(rows[i].value) };

		header_parameters(&b, "X", S("y"), &p, 1);
		CHECK(is(&b, rows[i].wanted));
	}
}

TEST("header: a value that is too long is cut between characters")
{
	char value[HEADER_MAX_VALUE + 2], short_one[8];
	struct buf b = BUF_ON(short_one);

	for (size_t i = 0; i < sizeof value; i += 2)
		memcpy(value + i, "\u00e9", 2);
	header_clean((struct str){ value, sizeof value }, &b);
	CHECK(!b.over && b.n == 8);
	b = (struct buf)BUF_ON(short_one);
	header_clean((struct str){ value + 1, 9 }, &b);
	CHECK(!b.over && str_eq(buf_view(&b), S("\ufffd\u00e9\u00e9")));
}
