#include "base/test.h"
#include "codec/mail/auth_results.h"

static struct auth_results of(const char *head)
{
	struct auth_results r;

	auth_results_read(str_of(head), S("mx.z.example"), &r);
	return r;
}

TEST("authentication-results: what our server says of a domain")
{
	struct auth_results r =
		of("Authentication-Results: mx.z.example 1;\r\n"
		   "\tdkim=fail (bad (very) signature) header.d=x.example;\r\n"
		   "\tdkim=pass header.d=m1.example header.s=s1;\r\n"
		   "\tspf=softfail smtp.mailfrom=m1.example;\r\n"
		   "\tdmarc=pass (p=reject dis=none) header.from=m1.example\r\n"
		   "Received: from a by mx.z.example\r\nFrom: a@m1.example\r\n\r\n");

	CHECK(r.there && r.dkim == AUTH_PASS && str_eq(r.dkim_d, S("m1.example")));
	CHECK(r.spf == AUTH_OTHER && r.dmarc == AUTH_PASS && str_eq(r.dmarc_from, S("m1.example")));
}

TEST("authentication-results: what came with the mail, and what others say, is not believed")
{
	static const char *const heads[] = {
		"Authentication-Results: other.example; dmarc=pass header.from=m1.example\r\n\r\n",
		"Authentication-Results: mx.z.example.evil.example; dmarc=pass\r\n\r\n",
		"Subject: x\r\n\r\nAuthentication-Results: mx.z.example; dmarc=pass\r\n",
		"X: y (\r\n Authentication-Results: mx.z.example; dmarc=pass\r\n\r\n",
	};

	for (size_t i = 0; i < COUNTOF(heads); i++)
		CHECK(!of(heads[i]).there);
	CHECK(of("Received: from mx by box\r\nAuthentication-Results: mx.z.example; dmarc=fail\r\n"
		 "Received: from a by mx\r\nAuthentication-Results: mx.z.example; "
		 "dmarc=pass\r\n\r\n")
		      .dmarc == AUTH_FAIL);
	CHECK(of("Authentication-Results: mx.z.example; none\r\n\r\n").there);
	CHECK(of("Authentication-Results: mx.z.example; (dmarc=pass\r\n\r\n").dmarc == AUTH_NONE);
	CHECK(of("Authentication-Results: mx.z.example; x=\"dmarc=pass\"\r\n\r\n").dmarc ==
	      AUTH_NONE);
}

TEST("authentication-results: each result has its properties")
{
	struct auth_results r =
		of("Authentication-Results: \"mx.z.example\" 1; spf=pass reason=\"a; b\" "
		   "smtp.mailfrom=x@m1.example smtp.helo=mx.m1.example;\n"
		   " dkim=pass header.d=m1.example header.s=s1 header.i=@m1.example header.s=s2; "
		   "arc/1 = fail; other=pass x.y=z\n\n");

	CHECK(r.count == 3 && r.spf == AUTH_PASS && r.dkim == AUTH_PASS && r.arc == AUTH_FAIL);
	CHECK(r.at[0].method == AUTH_SPF && str_eq(r.at[0].word, S("pass")));
	CHECK(str_eq(r.at[0].reason, S("a; b")) &&
	      str_eq(r.at[0].smtp_mailfrom, S("x@m1.example")) &&
	      str_eq(r.at[0].smtp_helo, S("mx.m1.example")));
	CHECK(str_eq(r.at[1].header_s, S("s1")) && str_eq(r.at[1].header_i, S("@m1.example")));
	CHECK(str_eq(auth_method_word(AUTH_ARC), S("arc")));
}

TEST("authentication-results: what a sender chose is no result")
{
	static const char *const heads[] = {
		"spf=pass smtp.mailfrom=\"a; dmarc=pass header.from=m1.example\"@evil.example",
		"spf=pass smtp.mailfrom=\"a\\\"; dmarc=pass header.from=m1.example\"@evil.example",
		"spf=pass smtp.mailfrom=a\"; dmarc=pass \"@evil.example",
		"spf=fail (a\\) ; dmarc=pass header.from=m1.example) smtp.mailfrom=a@b",
		"spf=fail reason=\"; dmarc=pass header.from=m1.example",
	};

	for (size_t i = 0; i < COUNTOF(heads); i++) {
		char head[200];

		snprintf(head, sizeof head, "Authentication-Results: mx.z.example; %s\n\n",
			 heads[i]);
		CHECK(of(head).there && of(head).dmarc == AUTH_NONE);
	}
}

TEST("authentication-results: two words on DMARC that differ prove nothing")
{
	static const char *const heads[] = {
		"dmarc=pass header.from=a.example; dmarc=fail header.from=a.example",
		"dmarc=none header.from=a.example; dmarc=pass header.from=a.example",
		"dmarc=pass header.from=a.example; dmarc=pass header.from=b.example",
	};

	for (size_t i = 0; i < COUNTOF(heads); i++) {
		char head[200];

		snprintf(head, sizeof head, "Authentication-Results: mx.z.example; %s\n\n",
			 heads[i]);
		CHECK(of(head).dmarc == AUTH_OTHER);
	}
	CHECK(of("Authentication-Results: mx.z.example; dmarc=pass header.from=a.example\n"
		 "Authentication-Results: mx.z.example; dmarc=pass header.from=A.example\n\n")
		      .dmarc == AUTH_PASS);
}

TEST("authentication-results: over the bound the verdicts still count")
{
	char head[4000] = "Authentication-Results: mx.z.example";
	size_t n = strlen(head);

	for (unsigned i = 0; i < 40; i++)
		n += (size_t)snprintf(head + n, sizeof head - n, "; dkim=fail header.d=%u.example",
				      i);
	snprintf(head + n, sizeof head - n, "; dmarc=pass header.from=m1.example\n\n");
	CHECK(of(head).count == AUTH_RESULTS && of(head).dmarc == AUTH_PASS);
}
