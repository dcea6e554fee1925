#include "base/test.h"
#include "codec/text/reply.h"

enum { LIMIT = 1 << 20 };

TEST("reply: what is new, without quote and signature, in the languages around us")
{
	static const struct {
		const char *text, *new;
	} rows[] = {
		{ "OPGELOST\n\nOp ma 2 mrt 2026 schreef Z-CERT:\n> Kritiek\n", "OPGELOST" },
		{ "FIXED F-1\r\n\r\nOn Mon, 2 Mar 2026, Z-CERT wrote:\r\n> x\r\n", "FIXED F-1" },
		{ "Done\n-- \nJ. Doe\nCISO\n", "Done" },
		{ "Ja\n\n-----Oorspronkelijk bericht-----\nVan: x\nOPGELOST\n", "Ja" },
		{ "Ja\n\nVan: Z-CERT\nVerzonden: maandag\nAan: x\nOnderwerp: y\n\nOPGELOST\n",
		  "Ja" },
		{ "Ja\nVerstuurd vanaf mijn iPhone\n", "Ja" },
		{ "> quoted\nnot ours\n> more\nfixed\n", "not ours\nfixed" },
		{ "On Monday we fixed it.\n", "On Monday we fixed it." },
		{ "On Mon, Mar 2, 2026 at 10:00 AM Z-CERT\n<cert@z.example> wrote:\n> x\n", "" },
		{ "", "" },
	};
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(str_eq(reply_new(str_of(rows[i].text), &a), str_of(rows[i].new)));
}

TEST("reply: of HTML the lines that a person sees, up to the quote")
{
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	CHECK(str_eq(reply_html(S("<html><head><style>x{}</style></head><body><p>OPGELOST\n nu</p>"
				  "<div>F-1 &amp; F-2</div><blockquote>FIXED</blockquote>later"),
				&a),
		     S("OPGELOST nu\nF-1 & F-2")));
	CHECK(str_eq(reply_html(S("Hi<br>there<div class=\"gmail_quote\">On … wrote"), &a),
		     S("Hi\nthere")));
	CHECK(reply_html(S("<"), &a).n <= 1);
}
