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
