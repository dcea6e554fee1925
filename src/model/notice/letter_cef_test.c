#include "base/test.h"
#include "base/time.h"
#include "model/notice/letter.h"

enum { ROOM = 16 << 20 };

static struct letter_finding finding(enum issue_class class, enum severity severity,
				     const char *seen)
{
	return (struct letter_finding){
		.id = S("F-7K2QXM-5"),
		.issue = S("exposed.rdp"),
		.title = S("Remote desktop open to the internet"),
		.class = class,
		.severity = severity,
		.state = FINDING_OPEN,
		.seen = str_of(seen),
		.host = S("ts.m1.example"),
		.first_seen = INT64_C(1772447400) * TIME_SECOND,
		.last_seen = INT64_C(1772447401) * TIME_SECOND,
	};
}

static struct str line_of(struct arena *a, enum message_kind kind, struct letter_finding f)
{
	struct letter l = { .kind = kind,
			    .id = S("N-9WKD47-K"),
			    .team = { .name = S("Z|CERT") },
			    .tlp = TLP_AMBER };
	struct letter_events all;

	*list_add(&l.findings, a) = f;
	letter_cef(&l, S("1"), a, &all);
	CHECK(all.count == 1 && all.at[0].severity == f.severity);
	printf("# " STR_FMT "\n", STR_ARG(all.at[0].line));
	return all.at[0].line;
}

TEST("cef: what is open is reached at the member's machine, and what that does comes from it")
{
	static const struct {
		enum issue_class class;
		const char *seen, *says;
	} rows[] = {
		{ CLASS_EXPOSED, "192.0.2.7 tcp/3389",
		  " dst=192.0.2.7 dhost=ts.m1.example dpt=3389 proto=tcp" },
		{ CLASS_INFECTED, "192.0.2.7 tcp/50000",
		  " src=192.0.2.7 shost=ts.m1.example spt=50000 proto=tcp" },
		{ CLASS_EXPOSED, "2001:db8::7 tcp/443",
		  " c6a3=2001:db8::7 c6a3Label=Destination IPv6 Address dhost=ts.m1.example "
		  "dpt=443" },
		{ CLASS_INFECTED, "2001:db8::7",
		  " c6a2=2001:db8::7 c6a2Label=Source IPv6 Address shost=ts.m1.example" },
		{ CLASS_VULNERABLE, "vpn.m1.example tcp/443", " dhost=vpn.m1.example dpt=443" },
		{ CLASS_LEAKED, "j.doe@m1.example", " duser=j.doe@m1.example" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		autoarena a = { 0 };

		arena_init(&a, ROOM);
		CHECK(str_contains(line_of(&a, MESSAGE_DIGEST,
					   finding(rows[i].class, SEVERITY_HIGH, rows[i].seen)),
				   str_of(rows[i].says)));
	}
}

TEST("cef: a line says what, of which notice and how bad; what is over or was wrong wakes nobody")
{
	autoarena a = { 0 };
	struct letter_finding f = finding(CLASS_EXPOSED, SEVERITY_CRITICAL, "192.0.2.7");
	struct str line;

	arena_init(&a, ROOM);
	f.asset = S("a=b|c\\d\ncs1=N-OTHER");
	line = line_of(&a, MESSAGE_CRITICAL, f);
	CHECK(str_has_prefix(line,
			     S("CEF:0|Z\\|CERT|Waker|1|exposed.rdp|Remote desktop open to the "
			       "internet|10|cs1=N-9WKD47-K cs1Label=Notice cs2=TLP:AMBER ")));
	CHECK(str_contains(line, S(" start=1772447400000 end=1772447401000 externalId=F-7K2QXM-5 "
				   "act=critical cat=exposed ")));
	CHECK(str_contains(line, S(" cs3=a\\=b|c\\\\d\\ncs1\\=N-OTHER cs3Label=Asset ")));
	CHECK(!str_has(line, '\n'));
	CHECK(str_contains(line_of(&a, MESSAGE_CLOSED, f), S(" internet|0|")));
	CHECK(str_contains(line_of(&a, MESSAGE_CORRECTION, f), S(" internet|0|")));
}

TEST("cef: what no machine may read is told of by its number alone")
{
	autoarena a = { 0 };
	struct letter l = { .kind = MESSAGE_CRITICAL,
			    .neutral = true,
			    .id = S("N-9WKD47-K"),
			    .team = { .name = S("Z-CERT") },
			    .tlp = TLP_AMBER };
	struct letter_events all;

	arena_init(&a, ROOM);
	*list_add(&l.findings, &a) = finding(CLASS_COMPROMISED, SEVERITY_CRITICAL, "192.0.2.7");
	letter_cef(&l, S("1"), &a, &all);
	CHECK(all.count == 1 &&
	      str_eq(all.at[0].line,
		     S("CEF:0|Z-CERT|Waker|1|notice|A notice waits for you: we reach you "
		       "otherwise|5|cs1=N-9WKD47-K cs1Label=Notice cs2=TLP:CLEAR cs2Label=TLP "
		       "externalId=N-9WKD47-K")));
}
