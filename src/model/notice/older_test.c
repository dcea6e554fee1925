#include "base/test.h"
#include "codec/table/csv_sheet.h"
#include "model/notice/older.h"

enum { LIMIT = 1 << 20 };

TEST("older: columns are known by any of their names, and those that say nothing are told")
{
	autoarena a = { 0 };
	struct older o;
	struct err e = { 0 };

	arena_init(&a, LIMIT);
	CHECK(older_read(S("Ticket;IP;hostname;Port;ISSUE;Told_At;member;colour\n"
			   "7;198.18.1.7;www.m1.example;443;open-rdp;2026-03-02 09:00;m1;red\n"),
			 &a, &o, &e));
	CHECK(o.rows.count == 1 && o.ignored.count == 2);
	CHECK(str_eq(o.ignored.at[0], S("Ticket")) && str_eq(o.ignored.at[1], S("colour")));
	CHECK(o.rows.at[0].line == 2 && o.rows.at[0].bad == NULL && o.rows.at[0].port == 443);
	CHECK(o.rows.at[0].things == 2 && str_eq(o.rows.at[0].thing[1], S("www.m1.example")));
	CHECK(str_eq(o.rows.at[0].member, S("m1")) && str_eq(o.rows.at[0].issue, S("open-rdp")));
	CHECK(o.rows.at[0].told == time_of_date(2026, 3, 2) + 9 * TIME_HOUR);
}

TEST("older: what a table lacks is one sentence")
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{ "member,issue\nm1,x\n", "line 1: no column says when (told)" },
		{ "colour\nred\n", "line 1: no column says whom it told (member) or of which "
				   "thing (asset, ip, host), when (told)" },
		{ "ip,told,date\n", "line 1: several columns say when (told)" },
		{ "\"ip,told\n", "line 1: a quote is opened and never closed" },
		{ "", "it is empty: its first line names the columns" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		autoarena a = { 0 };
		struct older o;
		struct err e = { 0 };

		arena_init(&a, LIMIT);
		printf("# row %zu\n", i);
		CHECK(!older_read(str_of(rows[i].text), &a, &o, &e) && e.kind == ERR_INPUT);
		CHECK(str_eq(str_of(e.text), str_of(rows[i].says)));
	}
}

TEST("older: a line that cannot be read says why, and none is lost")
{
	static const struct {
		const char *line, *bad;
	} rows[] = {
		{ "m1,198.18.1.7,443,2026-03-02", NULL },
		{ "m1,,,2026-03-02", NULL },
		{ "m1,198.18.1.7,70000,2026-03-02", "its port is no number of a port" },
		{ "m1,198.18.1.7,,yesterday", "its time is none (2026-11-24T09:00:00Z)" },
		{ "m1,198.18.1.7,,", "it does not say when" },
		{ ",,443,2026-03-02", "it says neither whom nor of which thing" },
		{ "m1,x,1,2026-03-02,more", "it has more columns than the first line" },
		{ "m\xff,x,1,2026-03-02", "it is not UTF-8" },
		{ "\"m1,x,1,2026-03-02", "a quote is opened and never closed" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		autoarena a = { 0 };
		struct older o;
		struct err e = { 0 };

		arena_init(&a, LIMIT);
		printf("# row %zu\n", i);
		CHECK(older_read(arena_fmt(&a, "member,ip,port,told\n%s\n", rows[i].line), &a, &o,
				 &e));
		CHECK(o.rows.count == 1 && o.rows.at[0].line == 2);
		CHECK(str_eq(str_of(o.rows.at[0].bad), str_of(rows[i].bad)));
	}
}

TEST("older: its words for issues are ours where a line says so")
{
	autoarena a = { 0 };
	struct older_words w;
	struct err e = { 0 };

	arena_init(&a, LIMIT);
	CHECK(older_words_read(S("# theirs\nopen-rdp = exposed.rdp\nbot=infected.qakbot\n"), &w, &a,
			       &e));
	CHECK(str_eq(older_issue(&w, S("Open-RDP")), S("exposed.rdp")));
	CHECK(str_eq(older_issue(&w, S("bot")), S("infected.qakbot")));
	CHECK(str_eq(older_issue(&w, S("exposed.ftp")), S("exposed.ftp")));
	CHECK(older_issue(&w, S("bots")).n == 0);
	CHECK(!older_words_read(S("a = exposed.rdp\nb = no-issue\n"), &w, &a, &e));
	CHECK(str_has_prefix(str_of(e.text), S("line 2: \"no-issue\" is no issue")));
	CHECK(!older_words_read(S("open-rdp\n"), &w, &a, &e));
}

TEST("older: a line meets what it names, at its port")
{
	static const struct {
		const char *thing, *seen;
		int64_t port;
		bool meets;
	} rows[] = {
		{ "198.18.1.7", "198.18.1.7 tcp/443", 0, true },
		{ "198.18.1.7", "198.18.1.7 tcp/443", 443, true },
		{ "198.18.1.7", "198.18.1.7 tcp/443", 3389, false },
		{ "198.18.1.7", "198.18.1.70 tcp/443", 0, false },
		{ "198.18.1.0/24", "198.18.1.7 tcp/443", 0, false },
		{ "198.18.1.0/24", "198.18.1.0/24", 0, true },
		{ "2001:DB8:0::1", "2001:db8::1 tcp/443", 0, true },
		{ "j.doe@M1.example", "m1.example", 0, true },
		{ "2001:db8::1", "2001:db8::/64", 0, true },
		{ "2001:db8:0:1::1", "2001:db8::/64", 0, false },
		{ "198.18.1.9", "198.18.1.0/24", 0, true },
		{ "WWW.m1.example.", "www.m1.example tcp/443", 443, true },
		{ "m1.example", "www.m1.example tcp/443", 0, false },
		{ "www.m1.example", "m1.example", 0, false },
		{ "198.18.1.7", "198.18.1.7", 443, true },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct older_row row = { .thing = { str_of(rows[i].thing) },
					 .things = 1,
					 .port = rows[i].port };

		printf("# row %zu\n", i);
		CHECK(older_meets(&row, str_of(rows[i].seen)) == rows[i].meets);
	}
	CHECK(older_meets(&(struct older_row){ 0 }, S("anything")));
}

TEST("older: only what is open, and is not open anew, counts as told")
{
	static const struct {
		struct older_case c;
		enum older_why counts, compared;
	} rows[] = {
		{ { FINDING_OPEN, .anew = TIME_EVER, .made = TIME_EVER },
		  OLDER_TAKEN,
		  OLDER_UNPLANNED },
		{ { FINDING_OPEN, .anew = 9, .made = TIME_EVER }, OLDER_TAKEN, OLDER_UNPLANNED },
		{ { FINDING_OPEN, .anew = 11, .made = TIME_EVER }, OLDER_ANEW, OLDER_UNPLANNED },
		{ { FINDING_OPEN, .held = true, .anew = TIME_EVER, .made = TIME_EVER },
		  OLDER_WARNINGLIST,
		  OLDER_WARNINGLIST },
		{ { FINDING_OPEN, .anew = TIME_EVER, .on_its_way = true, .made = TIME_EVER },
		  OLDER_ON_ITS_WAY,
		  OLDER_UNPLANNED },
		{ { FINDING_OPEN, .anew = TIME_EVER, .made = 5, .that_day = true },
		  OLDER_TAKEN,
		  OLDER_BOTH },
		{ { FINDING_OPEN, .anew = TIME_EVER, .made = 5 }, OLDER_TAKEN, OLDER_OTHER_DAY },
		{ { FINDING_OPEN, .anew = TIME_EVER, .made = TIME_EVER, .planned = true },
		  OLDER_TAKEN,
		  OLDER_WAITS },
		{ { FINDING_OPEN, .anew = TIME_EVER, .made = TIME_EVER, .planned = true,
		    .plan = NOTICE_HELD },
		  OLDER_TAKEN,
		  OLDER_BREAKER },
		{ { FINDING_TOLD, .anew = TIME_EVER, .made = 5, .that_day = true },
		  OLDER_ALREADY,
		  OLDER_BOTH },
		{ { FINDING_TOLD, .anew = TIME_EVER, .made = TIME_EVER },
		  OLDER_ALREADY,
		  OLDER_ALREADY },
		{ { FINDING_CANDIDATE, .anew = TIME_EVER, .made = TIME_EVER },
		  OLDER_CANDIDATE,
		  OLDER_CANDIDATE },
		{ { FINDING_CLOSED, .anew = TIME_EVER, .made = TIME_EVER },
		  OLDER_OVER,
		  OLDER_OVER },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		printf("# row %zu\n", i);
		CHECK(older_count(&rows[i].c, 10) == rows[i].counts);
		CHECK(older_compare(&rows[i].c) == rows[i].compared);
	}
}
