#include "base/test.h"
#include "codec/text/reply.h"

enum { LIMIT = 1 << 20 };

TEST("reply: of HTML the lines that a person sees, up to the quote")
{
	static const struct {
		const char *html, *lines;
	} rows[] = {
		{ "<html><head><title>Re: x</title><style>x{}</style></head><body><p>OPGELOST\n "
		  "nu</p>"
		  "<div>F-1 &amp; F-2</div>",
		  "OPGELOST nu\nF-1 & F-2" },
		{ "a<blockquote>FIXED<blockquote>x</blockquote>y</blockquote>later",
		  "a\n>\nlater" },
		{ "a<blockquote>FIXED", "a\n>" },
		{ "a</blockquote>b", "a\nb" },
		{ "Hi<br>there<div class=\"gmail_quote\">On … wrote", "Hi\nthere" },
		{ "<pre>one\ntwo</pre>three\nfour", "one\ntwo\nthree four" },
		{ "a<hr>From: b", "a\nFrom: b" },
		{ "<script>FIXED</script>", "" },
		{ "", "" },
	};
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(str_eq(reply_html(str_of(rows[i].html), &a), str_of(rows[i].lines)));
	CHECK(reply_html(S("<"), &a).n <= 1);
}
