#include "base/test.h"
#include "codec/text/base64.h"

TEST("base64: the vectors of RFC 4648, both ways")
{
	static const struct {
		const char *plain, *coded;
	} rows[] = { { "", "" },
		     { "f", "Zg==" },
		     { "fo", "Zm8=" },
		     { "foo", "Zm9v" },
		     { "foob", "Zm9vYg==" },
		     { "fooba", "Zm9vYmE=" },
		     { "foobar", "Zm9vYmFy" } };

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		char room[32], back[32];
		struct buf b = BUF_ON(room);
		size_t n;

		base64_write(&b, str_of(rows[i].plain));
		CHECK(str_eq(buf_view(&b), str_of(rows[i].coded)));
		CHECK(base64_read(str_of(rows[i].coded), back, &n));
		CHECK(str_eq((struct str){ back, n }, str_of(rows[i].plain)));
	}
}

TEST("base64: without padding and over lines is read, other letters are not")
{
	char out[32];
	size_t n;

	CHECK(base64_read(S("Zm\r\n9v Yg"), out, &n) && n == 4 && memcmp(out, "foob", 4) == 0);
	CHECK(!base64_read(S("Zm9v!"), out, &n) && !base64_read(S("Z"), out, &n));
	CHECK(!base64_read(S("Zg==Zg=="), out, &n) && !base64_read(S("Zg==="), out, &n));
}
