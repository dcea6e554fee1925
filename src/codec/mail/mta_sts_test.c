#include "base/test.h"
#include "codec/mail/mta_sts.h"

TEST("mta-sts: the record's id is read, and other records are none")
{
	static const char *const wrong[] = { "",
					     "v=STSv1",
					     "v=STSv2; id=1",
					     "id=1; v=STSv1",
					     "v=spf1 -all",
					     "v=STSv1; id=",
					     "v=STSv1; id=a b",
					     "v=STSv1; id=aaaaaaaaaabbbbbbbbbbccccccccccddd" };
	struct str id;

	CHECK(sts_record(S("v=STSv1; id=20260302T06;"), &id) && str_eq(id, S("20260302T06")));
	CHECK(sts_record(S("v=STSv1;x=y;id=7"), &id) && str_eq(id, S("7")));
	for (size_t i = 0; i < COUNTOF(wrong); i++)
		CHECK(!sts_record(str_of(wrong[i]), &id));
}

TEST("mta-sts: a policy says its mode, its servers and how long it holds")
{
	const struct str file = S("version: STSv1\r\nmode: enforce\r\nmx: mx1.member.example\r\n"
				  "mx: *.backup.example\r\nother: thing\r\nmax_age: 604800\r\n");
	struct sts_policy p;
	struct err e = { 0 };

	CHECK(sts_policy(file, &p, &e) && p.mode == STS_ENFORCE && p.mxs == 2);
	CHECK(p.max_age == 604800);
	CHECK(sts_names(&p, S("mx1.member.example")) && sts_names(&p, S("MX1.Member.example")));
	CHECK(sts_names(&p, S("a.backup.example")) && !sts_names(&p, S("a.b.backup.example")));
	CHECK(!sts_names(&p, S("backup.example")) && !sts_names(&p, S(".backup.example")));
	CHECK(!sts_names(&p, S("mx2.member.example")) && !sts_names(&p, S("")));
	CHECK(sts_policy(S("version: STSv1\nmode: none\nmax_age: 99999999999"), &p, &e) == false);
	CHECK(sts_policy(S("version: STSv1\nmode: none\nmax_age: 9999999999"), &p, &e));
	CHECK(p.mode == STS_NONE && p.max_age == STS_MAX_AGE);
}

TEST("mta-sts: a file that lacks something, or is another, is told as none")
{
	static const char *const wrong[] = {
		"",
		"<html>",
		"version: STSv1\nmode: enforce\nmax_age: 1\n",
		"version: STSv1\nmx: a.example\nmax_age: 1\n",
		"version: STSv1\nmode: enforce\nmx: a.example\n",
		"mode: enforce\nmx: a.example\nmax_age: 1\n",
		"version: STSv2\nmode: enforce\nmx: a.example\nmax_age: 1\n",
		"version: STSv1\nmode: strict\nmx: a.example\nmax_age: 1\n",
		"version: STSv1\nmode: enforce\nmx: a.*.example\nmax_age: 1\n",
		"version: STSv1\nmode: enforce\nmx: *\nmax_age: 1\n",
		"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: -1\n",
	};

	for (size_t i = 0; i < COUNTOF(wrong); i++) {
		struct sts_policy p;
		struct err e = { 0 };

		CHECK(!sts_policy(str_of(wrong[i]), &p, &e) && e.kind == ERR_INPUT);
	}
}
