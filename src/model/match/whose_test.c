#include "base/test.h"
#include "model/match/whose.h"
#include "model/roster/tsv.h"

TEST("whose: each kind of question finds its owner, and says why")
{
	static const struct {
		const char *question;
		enum whose_kind kind;
		enum whose_end end;
		const char *why;
	} cases[] = {
		{ "192.0.2.130", WHOSE_ADDRESS, WHOSE_OWNED, "192.0.2.130 lies in 192.0.2.128/26" },
		{ "::ffff:192.0.2.1", WHOSE_ADDRESS, WHOSE_OWNED,
		  "192.0.2.1 lies in 192.0.2.0/24" },
		{ "192.0.2.128/27", WHOSE_PREFIX, WHOSE_OWNED,
		  "192.0.2.128/27 lies in 192.0.2.128/26" },
		{ "192.0.0.0/16", WHOSE_PREFIX, WHOSE_NOBODY, NULL },
		{ "AS64500", WHOSE_ASN, WHOSE_OWNED,
		  "AS64500 is theirs as it stands; by AS number alone it is a candidate" },
		{ "64500", WHOSE_ASN, WHOSE_OWNED,
		  "AS64500 is theirs as it stands; by AS number alone it is a candidate" },
		{ "WWW.Member.example.", WHOSE_NAME, WHOSE_OWNED,
		  "www.member.example is or is below member.example" },
		{ "http://x@www.member.example:80/", WHOSE_NAME, WHOSE_OWNED,
		  "www.member.example is or is below member.example" },
		{ "http://3221225985/", WHOSE_ADDRESS, WHOSE_OWNED,
		  "192.0.2.1 lies in 192.0.2.0/24" },
		{ "a@member.example", WHOSE_MAIL, WHOSE_OWNED,
		  "a@member.example belongs to member.example" },
		{ "other.example", WHOSE_NAME, WHOSE_NOBODY, NULL },
	};
	autoarena a;
	struct roster r;
	struct index *x;
	struct err e = { 0 };

	arena_init(&a, 1 << 24);
	CHECK(roster_read_tsv(
		      S("a\tprefix\t192.0.2.0/24\nb\tprefix\t192.0.2.128/26\na\tasn\tAS64500\n"
			"a\tdomain\tmember.example\n"),
		      &a, &r, &e) &&
	      index_build(&r, NULL, &a, &x, &e));
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		char text[400];
		struct buf b = BUF_ON(text);
		struct whose w;
		const struct asset *asset;

		CHECK(whose_ask(&r, x, NULL, str_of(cases[i].question), &w, &e));
		CHECK(w.kind == cases[i].kind && w.end == cases[i].end);
		if (w.end != WHOSE_OWNED)
			continue;
		asset = &r.assets.at[index_owner(x, index_node(x, w.match.met.node)->first)];
		whose_why(&b, &w, asset, 0);
		CHECK(str_eq(buf_view(&b), str_of(cases[i].why)));
	}
	CHECK(!whose_ask(&r, x, NULL, S("a b"), &(struct whose){ 0 }, &e) && e.kind == ERR_INPUT);
}

TEST("whose: a hole is nobody's, and time counts")
{
	autoarena a;
	struct roster r;
	struct index *x;
	struct whose w;
	struct err e = { 0 };
	char text[200];
	struct buf b = BUF_ON(text);

	arena_init(&a, 1 << 24);
	CHECK(roster_read_tsv(S("a\tprefix\t192.0.2.0/24\nb\tprefix\t192.0.2.128/26\n"), &a, &r,
			      &e));
	r.assets.at[1].member = ROSTER_NOBODY;
	r.assets.at[0].since = TIME_DAY;
	CHECK(index_build(&r, NULL, &a, &x, &e));
	CHECK(whose_ask(&r, x, NULL, S("192.0.2.130"), &w, &e) && w.end == WHOSE_HOLE);
	CHECK(whose_ask(&r, x, NULL, S("192.0.2.1"), &w, &e) && w.end == WHOSE_OWNED);
	whose_why(&b, &w, &r.assets.at[0], 0);
	CHECK(str_eq(buf_view(&b),
		     S("192.0.2.1 lies in 192.0.2.0/24; but held only from 1970-01-02")));
	CHECK(!whose_told(&r.assets.at[0], 0) && whose_told(&r.assets.at[0], TIME_DAY));
}
