#include "base/test.h"
#include "model/notice/older_mail.h"

enum { LIMIT = 4 << 20 };

#define HEAD                                                                                       \
	"From: desk@z.example\nTo: SOC <soc@m1.example>, b@m1.example\nSubject: Weekly open-rdp\n" \
	"Date: Mon, 2 Mar 2026 11:00:00 +0100\n"
#define TABLE                                                                       \
	"Content-Type: multipart/mixed; boundary=z\n\n--z\n\nsee 198.18.1.1\n--z\n" \
	"Content-Type: text/csv; name=open-ftp.csv\n\n"

static void read(struct str bytes, struct arena *a, struct older *out)
{
	struct older_words words;
	struct err e = { 0 };

	CHECK(older_words_read(
		S("open-rdp = exposed.rdp\nrdp = exposed.vnc\nopen-ftp = exposed.ftp\n"), &words, a,
		&e));
	CHECK(older_read_any(bytes, &words, a, out, &e));
}

TEST("older_mail: whom and when its head says, of what its table")
{
	autoarena a = { 0 };
	struct older o;

	arena_init(&a, LIMIT);
	read(S(HEAD TABLE
	       "time,member,ip,port\n2020-01-01,m9,198.18.1.7,21\n,,198.18.1.8,\n--z--\n"),
	     &a, &o);
	CHECK(o.rows.count == 2 && o.ignored.count == 0);
	CHECK(str_eq(o.rows.at[0].member, S("soc@m1.example,b@m1.example")));
	CHECK(o.rows.at[0].told == time_of_date(2026, 3, 2) + 10 * TIME_HOUR);
	CHECK(str_eq(o.rows.at[0].issue, S("open-rdp")) && o.rows.at[0].port == 21);
	CHECK(str_eq(o.rows.at[1].thing[0], S("198.18.1.8")) && !o.rows.at[1].spotted);
}

TEST("older_mail: without a table its text says of what, each thing once")
{
	autoarena a = { 0 };
	struct older o;

	arena_init(&a, LIMIT);
	read(S(HEAD "\nYour 198.18.1[.]7 and 198.18.1.7 are open,\nwww.m1.example\nsee "
		    "https://cert.z.example/rdp or mail desk@z.example.\n"),
	     &a, &o);
	CHECK(o.rows.count == 3 && o.rows.at[0].spotted && o.rows.at[0].bad == NULL);
	CHECK(str_eq(o.rows.at[0].thing[0], S("198.18.1.7")));
	CHECK(str_eq(o.rows.at[1].thing[0], S("www.m1.example")));
	CHECK(str_eq(o.rows.at[2].thing[0], S("cert.z.example")));
	read(S(HEAD "Content-Type: text/html\n\n<td>198.18.1.7</td><td>443\n"), &a, &o);
	CHECK(o.rows.count == 1 && str_eq(o.rows.at[0].thing[0], S("198.18.1.7")));
}

TEST("older_mail: each mail of a mailbox is a row at least, or says why it is none")
{
	static const struct {
		const char *mail, *bad;
	} rows[] = {
		{ "To: a@b\nDate: Mon, 2 Mar 2026 11:00:00 +0100\n\n198.18.1.7\n", NULL },
		{ "To: a@b\n\n198.18.1.7\n", "the mail does not say when it was sent" },
		{ "Date: Mon, 2 Mar 2026 11:00:00 +0100\n\n198.18.1.7\n",
		  "the mail does not say to whom" },
		{ HEAD "\nhello\n", "the mail names no thing of the net" },
		{ HEAD "\n-----BEGIN PGP MESSAGE-----\n", "the mail is encrypted" },
		{ HEAD TABLE "colour\nred\n--z--\n",
		  "its table: line 1: no column says of which thing (asset, ip, host)" },
		{ HEAD TABLE "ip,port\n,1\n--z--\n", "a line of the mail's table says no thing" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		autoarena a = { 0 };
		struct older o;

		arena_init(&a, LIMIT);
		printf("# row %zu\n", i);
		read(arena_fmt(&a, "From x@y Mon\n%s\nFrom x@y Mon\n%s", rows[i].mail,
			       rows[0].mail),
		     &a, &o);
		CHECK(o.rows.count == 2 && o.rows.at[0].line == 1 && o.rows.at[1].line > 3);
		CHECK(str_eq(str_of(o.rows.at[0].bad), str_of(rows[i].bad)));
		CHECK(o.rows.at[1].bad == NULL);
	}
}

TEST("older_mail: what is no mail is a table")
{
	autoarena a = { 0 };
	struct older o;

	arena_init(&a, LIMIT);
	read(S("ip,told\n198.18.1.7,2026-03-02\n"), &a, &o);
	CHECK(o.rows.count == 1 && o.rows.at[0].line == 2);
}
