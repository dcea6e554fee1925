#include "base/test.h"
#include "base/time.h"
#include "model/notice/letter_words.h"

enum { ROOM = 64 << 20 };

static int64_t at(const char *text)
{
	int64_t t = 0;

	CHECK(time_read(str_of(text), &t));
	return t;
}

static struct letter_finding finding(const char *id, const char *issue, enum severity severity)
{
	return (struct letter_finding){
		.id = str_of(id),
		.issue = str_of(issue),
		.title = S("Remote desktop open to the internet"),
		.title_nl = S("Remote desktop open voor het internet"),
		.class = CLASS_EXPOSED,
		.severity = severity,
		.state = FINDING_OPEN,
		.seen = S("192.0.2.17 tcp/3389"),
		.host = S("ts.veldzicht.example"),
		.sources = S("Shadowserver"),
		.first_seen = at("2026-11-20T03:11:00Z"),
		.last_seen = at("2026-11-23T03:09:00Z"),
		.asset = S("192.0.2.0/24"),
		.fresh = true,
	};
}

static struct letter letter(enum message_kind kind, bool dutch)
{
	return (struct letter){
		.kind = kind,
		.dutch = dutch,
		.id = S("N-9WKD47-K"),
		.team = { S("Z-CERT"), S("cert@z-cert.example"), S("+31 33 000 0000"),
			  S("0123456789ABCDEF0123456789ABCDEF01234567") },
		.member = S("Ziekenhuis Veldzicht"),
		.why = TO_FIRST,
		.tlp = TLP_AMBER_STRICT,
		.ref = S("INC4711"),
		.now = at("2026-11-23T04:10:00Z"),
		.answer = at("2026-11-24T11:00:00Z"),
		.round = 2,
		.oldest = at("2026-11-11T04:10:00Z"),
		.separator = ',',
	};
}

static void add(struct letter *l, struct arena *a, struct letter_finding f)
{
	*list_add(&l->findings, a) = f;
}

TEST("letter: each template has the same variables in both languages, and all are known")
{
	for (unsigned w = 0; w < LETTER_WORDS_COUNT; w++) {
		bool there[2][LETTER_VARIABLES_COUNT] = { 0 };

		for (unsigned nl = 0; nl < 2; nl++) {
			struct str rest = letter_template((enum letter_word)w, nl != 0);

			CHECK(rest.n > 0);
			for (str_cut(&rest, '{'); rest.n > 0; str_cut(&rest, '{')) {
				struct str name = str_cut(&rest, '}');
				bool known = false;

				for (unsigned v = 0; v < LETTER_VARIABLES_COUNT; v++)
					if (str_eq(name, letter_variable((enum letter_variable)v)))
						known = there[nl][v] = true;
				printf("# " STR_FMT "\n",
				       STR_ARG(letter_template((enum letter_word)w, nl != 0)));
				CHECK(known);
			}
		}
		for (unsigned v = 0; v < LETTER_VARIABLES_COUNT; v++)
			CHECK(there[0][v] == there[1][v]);
	}
}

TEST("letter: the subject has label, team, number, worst word and deadline, and no name of a thing")
{
	static const struct {
		enum message_kind kind;
		bool dutch, neutral;
		size_t findings;
		const char *subject;
	} rows[] = {
		{ MESSAGE_CRITICAL, true, false, 1,
		  "[TLP:AMBER+STRICT] [Z-CERT N-9WKD47-K] Kritiek: antwoord vóór di 24 nov 12:00 "
		  "(uw ref INC4711)" },
		{ MESSAGE_CRITICAL, false, false, 1,
		  "[TLP:AMBER+STRICT] [Z-CERT N-9WKD47-K] Critical: answer before Tue 24 Nov 12:00 "
		  "(your ref INC4711)" },
		{ MESSAGE_DIGEST, true, false, 12,
		  "[TLP:AMBER+STRICT] [Z-CERT N-9WKD47-K] 12 waarschuwingen, hoogste: hoog (uw ref "
		  "INC4711)" },
		{ MESSAGE_DIGEST, false, false, 1,
		  "[TLP:AMBER+STRICT] [Z-CERT N-9WKD47-K] 1 warning, high (your ref INC4711)" },
		{ MESSAGE_REMINDER, true, false, 1,
		  "[TLP:AMBER+STRICT] [Z-CERT N-9WKD47-K] Herinnering 2: nog geen antwoord (uw ref "
		  "INC4711)" },
		{ MESSAGE_CLOSED, false, false, 1,
		  "[TLP:AMBER+STRICT] [Z-CERT N-9WKD47-K] Closed (your ref INC4711)" },
		{ MESSAGE_CRITICAL, true, true, 1,
		  "[TLP:CLEAR] [Z-CERT N-9WKD47-K] Wij kunnen u niet veilig mailen (uw ref "
		  "INC4711)" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		autoarena a = { 0 };
		struct letter l = letter(rows[i].kind, rows[i].dutch);
		struct letter_out out;

		arena_init(&a, ROOM);
		l.neutral = rows[i].neutral;
		for (size_t n = 0; n < rows[i].findings; n++)
			add(&l, &a, finding("F-7K2QXM-5", "exposed.rdp", SEVERITY_HIGH));
		letter_write(&l, &a, &out);
		printf("# " STR_FMT "\n", STR_ARG(out.subject));
		CHECK(str_eq(out.subject, str_of(rows[i].subject)));
	}
}

TEST("letter: one that cannot travel safely says nothing of what it is about")
{
	autoarena a = { 0 };
	struct letter l = letter(MESSAGE_CRITICAL, true);
	struct letter_out out;

	arena_init(&a, ROOM);
	l.neutral = true;
	add(&l, &a, finding("F-7K2QXM-5", "exposed.rdp", SEVERITY_CRITICAL));
	letter_write(&l, &a, &out);
	CHECK(out.csv.n == 0 && out.jsonl.n == 0);
	static const char *const never[] = { "192.0.2", "rdp",      "emote desktop", "F-7K2QXM",
					     "ritical", "ritiek",   "Shadowserver",  "veldzicht",
					     "3389",    "Veldzicht" };
	for (size_t i = 0; i < COUNTOF(never); i++) {
		printf("# %s\n", never[i]);
		CHECK(!str_contains(out.text, str_of(never[i])));
		CHECK(!str_contains(out.html, str_of(never[i])));
	}
}

TEST("letter: what came from a feed breaks no line, table or markup, and is no template")
{
	autoarena a = { 0 };
	struct letter l = letter(MESSAGE_CRITICAL, false);
	struct letter_finding f = finding("F-7K2QXM-5", "exposed.rdp", SEVERITY_CRITICAL);
	struct letter_out out;

	arena_init(&a, ROOM);
	f.host = S("a\r\nBcc: x@y.example");
	f.seen = S("{phone} <b>x</b>");
	l.ref = S("INC\r\nSubject: x");
	*list_add(&f.evidence, &a) =
		(struct letter_pair){ S("extra.banner"), S("=cmd|' /C calc'!A0"), { 0 } };
	*list_add(&f.evidence, &a) = (struct letter_pair){ S("=x"), S("a,\"b\"\r\nc"), { 0 } };
	*list_add(&f.evidence, &a) =
		(struct letter_pair){ S("source.url"), S("http://bad.example/x"), { 0 } };
	*list_add(&f.evidence, &a) = (struct letter_pair){ S("source.port"), S("3389"), S("3389") };
	add(&l, &a, f);
	letter_write(&l, &a, &out);
	CHECK(!str_has(out.subject, '\r') && !str_has(out.subject, '\n'));
	CHECK(!str_contains(out.text, S("\nBcc:")) && !str_has(out.text, '\r'));
	CHECK(str_contains(out.text, S("{phone}")) && !str_contains(out.html, S("<b>x</b>")));
	CHECK(str_contains(out.text, S("hxxp://bad[.]example/x")));
	CHECK(str_contains(out.csv, S("\"'=cmd|' /C calc'!A0\"")) &&
	      str_contains(out.csv, S(",\"'=x\"")));
	CHECK(str_contains(out.csv, S("\"a,\"\"b\"\"  c\"")) &&
	      str_contains(out.csv, S("hxxp://bad")));
	CHECK(str_contains(out.jsonl, S("\"source.url\":\"http://bad.example/x\"")));
	CHECK(str_contains(out.jsonl, S("\"source.port\":3389}")));
}

TEST("letter: how many others have the same is said from eight, and of a critical one not on its "
     "first day")
{
	static const struct {
		int64_t others;
		enum severity severity;
		bool first_day, says;
	} rows[] = {
		{ 7, SEVERITY_HIGH, false, false },     { 8, SEVERITY_HIGH, false, true },
		{ 8, SEVERITY_HIGH, true, true },       { 80, SEVERITY_CRITICAL, true, false },
		{ 80, SEVERITY_CRITICAL, false, true },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		autoarena a = { 0 };
		struct letter l = letter(MESSAGE_DIGEST, false);
		struct letter_finding f = finding("F-7K2QXM-5", "exposed.rdp", rows[i].severity);
		struct letter_out out;

		arena_init(&a, ROOM);
		f.others = rows[i].others;
		f.first_day = rows[i].first_day;
		add(&l, &a, f);
		letter_write(&l, &a, &out);
		printf("# row %zu\n", i);
		CHECK(str_contains(out.html, S("other care organisations")) == rows[i].says);
	}
}

// For who wants to read them: LETTERS=1.
TEST("letter: samples can be read")
{
	autoarena a = { 0 };
	struct letter l = letter(MESSAGE_CRITICAL, true), d = letter(MESSAGE_DIGEST, true);
	struct letter n = letter(MESSAGE_CRITICAL, true);
	struct letter_out out;

	arena_init(&a, ROOM);
	add(&l, &a, finding("F-7K2QXM-5", "exposed.rdp", SEVERITY_CRITICAL));
	n.neutral = true;
	for (unsigned i = 0; i < 3; i++)
		add(&d, &a, finding("F-7K2QXM-5", "exposed.rdp", SEVERITY_HIGH));
	for (unsigned i = 0; i < 3; i++) {
		const struct letter *const all[] = { &l, &d, &n };

		letter_write(all[i], &a, &out);
		CHECK(out.text.n > 200 && out.html.n > out.text.n);
		if (getenv("LETTERS") != NULL)
			printf(STR_FMT "\n\n" STR_FMT "\n=====\n", STR_ARG(out.subject),
			       STR_ARG(out.text));
	}
}

TEST("letter: a contact test asks one question in plain text, with a link or without")
{
	autoarena a = { 0 };
	struct letter l = letter(MESSAGE_TEST, true);
	struct letter_out out;

	arena_init(&a, ROOM);
	letter_write(&l, &a, &out);
	CHECK(out.html.n == 0 && out.csv.n == 0);
	CHECK(str_contains(out.subject, S("Test: bereikt dit u?")));
	CHECK(str_contains(out.text, S("Dit is een test")) &&
	      str_contains(out.text, S("This is a test")));
	CHECK(str_contains(out.text, S("reply to this mail")) && !str_contains(out.text, S("/t/")));
	l.link = S("https://cert.example/t/abc");
	letter_write(&l, &a, &out);
	CHECK(str_contains(out.text, l.link));
}

TEST("letter: what was found in the past says so, once, in both languages")
{
	static const char *const says[] = { "we found this afterwards", "wij vonden dit achteraf" };

	for (unsigned dutch = 0; dutch < 2; dutch++)
		for (unsigned later = 0; later < 2; later++) {
			autoarena a = { 0 };
			struct letter l = letter(MESSAGE_DIGEST, dutch != 0);
			struct letter_finding f =
				finding("F-7K2QXM-5", "exposed.rdp", SEVERITY_HIGH);
			struct letter_out out;

			arena_init(&a, 1 << 24);
			f.later = later != 0;
			add(&l, &a, f);
			letter_write(&l, &a, &out);
			CHECK(str_contains(out.text, str_of(says[dutch])) == f.later);
			l.findings.at[0].fresh = false; // it was told already
			letter_write(&l, &a, &out);
			CHECK(!str_contains(out.text, str_of(says[dutch])));
		}
}

TEST("letter: of our key it names all fingerprints whole, from when it signs, and how to be sure "
     "of it")
{
	struct letter l = letter(MESSAGE_TEAM_KEY, true);
	struct letter_out out;
	autoarena a = { 0 };

	arena_init(&a, ROOM);
	l.tlp = TLP_CLEAR;
	l.team_key = (struct letter_team_key){
		.year = 2027,
		.fingerprint = S("0123456789ABCDEF0123456789ABCDEF01234567"),
		.former = S("89ABCDEF0123456789ABCDEF0123456789ABCDEF"),
		.master = S("FEDCBA9876543210FEDCBA9876543210FEDCBA98"),
		.since = at("2026-12-15T10:00:00Z"),
	};
	letter_write(&l, &a, &out);
	CHECK(str_contains(out.subject, S("Vanaf 2026-12-15 ondertekenen wij")));
	CHECK(str_contains(out.text, l.team_key.fingerprint) &&
	      str_contains(out.text, l.team_key.former) &&
	      str_contains(out.text, l.team_key.master));
	CHECK(str_contains(out.text, S("From 2026-12-15")) &&
	      str_contains(out.text, S("+31 33 000 0000")));
	CHECK(out.csv.n == 0 && out.jsonl.n == 0);
	l.team_key.former = l.team_key.master = l.team.phone = S("");
	l.dutch = false;
	letter_write(&l, &a, &out);
	CHECK(!str_contains(out.text, S("Master key")) &&
	      str_contains(out.text, S("In doubt? Reply")));
}
