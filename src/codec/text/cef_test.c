#include "base/test.h"
#include "codec/text/cef.h"

static char room[CEF_ROOM(4)];

static struct buf line(const char *id, const char *name)
{
	struct buf b = BUF_ON(room);

	cef_begin(&b, &(struct cef_head){ S("Z-CERT"), S("Waker"), S("1"), str_of(id), str_of(name),
					  8 });
	return b;
}

TEST("cef: what a feed says ends no field, no value and no line")
{
	static const struct {
		const char *text, *field, *value;
	} rows[] = {
		{ "plain", "plain", "plain" },
		{ "a|b=c\\d", "a\\|b=c\\\\d", "a|b\\=c\\\\d" },
		{ "a\nb\r\nc", "a b  c", "a\\nb\\r\\nc" },
		{ "a\tb\x01\x7f", "a b  ", "a b  " },
		{ "a\xc2\x85z\xe2\x80\xa8z", "a z z", "a z z" },
		{ "caf\xc3\xa9 \xff", "caf\xc3\xa9 \xef\xbf\xbd", "caf\xc3\xa9 \xef\xbf\xbd" },
		{ "|||| cs1=N-1 src=192.0.2.1", "\\|\\|\\|\\| cs1=N-1 src=192.0.2.1",
		  "|||| cs1\\=N-1 src\\=192.0.2.1" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct buf b = line("x", rows[i].text);
		char want[256];

		cef_pair(&b, "msg", str_of(rows[i].text));
		cef_custom(&b, "cs1", "Notice", S("N-1"));
		snprintf(want, sizeof want,
			 "CEF:0|Z-CERT|Waker|1|x|%s|8|msg=%s cs1=N-1 cs1Label=Notice",
			 rows[i].field, rows[i].value);
		printf("# " STR_FMT "\n", STR_ARG(buf_view(&b)));
		CHECK(!b.over && str_eq(buf_view(&b), str_of(want)));
		CHECK(!str_has(buf_view(&b), '\n'));
	}
}

TEST("cef: what is empty is left out, and what is long is cut at a character")
{
	struct buf b = line("x", "y");
	static char text[3 * CEF_VALUE];
	struct str all = { text, sizeof text };

	cef_pair(&b, "msg", S(""));
	cef_custom(&b, "cs1", "Notice", S(""));
	cef_number(&b, "dpt", 443);
	cef_number(&b, "cnt", -1);
	CHECK(str_eq(buf_view(&b), S("CEF:0|Z-CERT|Waker|1|x|y|8|dpt=443 cnt=-1")));
	for (size_t i = 0; i < sizeof text; i += 3)
		memcpy(text + i, "\xe2\x82\xac", 3);
	b = line("x", "y");
	cef_pair(&b, "msg", all);
	CHECK(!b.over && str_has_suffix(buf_view(&b), S("\xe2\x82\xac\xe2\x80\xa6")));
	memset(text, '=', sizeof text);
	b = line("x", "y");
	for (unsigned i = 0; i < 4; i++)
		cef_pair(&b, "msg", all);
	CHECK(!b.over && b.n > 4 * 2 * CEF_VALUE);
	memset(text, 0xff, sizeof text);
	b = line("x", "y");
	for (unsigned i = 0; i < 4; i++)
		cef_pair(&b, "msg", all);
	CHECK(!b.over);
}
