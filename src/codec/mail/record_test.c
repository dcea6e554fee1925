#include "base/test.h"
#include "codec/mail/record.h"

TEST("mail record: an MX is a preference and a name, in lower case; the root is no server")
{
	struct mx mx;

	CHECK(mx_read(S("\0\12\2Mx\6member\7example\0"), &mx));
	CHECK(mx.preference == 10 && str_eq(name_str(&mx.host), S("mx.member.example")));
	CHECK(mx_read(S("\0\0\0"), &mx) && mx.preference == 0 && mx.host.n == 0);
	CHECK(mx_read(S("\377\377\1a\0"), &mx) && mx.preference == 65535);
}

TEST("mail record: what is cut, goes on, or is compressed is none")
{
	static const struct str wrong[] = { { "\0\12\2m", 4 },    { "\0\12", 2 },
					    { "\0\12\1m\0x", 6 }, { "\0\12\300\14", 4 },
					    { "\0\12\1\n\0", 5 }, { "\0\12\1/\0", 5 } };
	struct mx mx;

	for (size_t i = 0; i < COUNTOF(wrong); i++)
		CHECK(!mx_read(wrong[i], &mx));
}

TEST("mail record: strings of a TXT are one text, addresses have 4 or 16 bytes")
{
	char room[16];
	struct buf b = BUF_ON(room);
	struct address a;

	CHECK(txt_read(S("\3v=S\4TSv1"), &b) && str_eq(buf_view(&b), S("v=STSv1")));
	CHECK(!txt_read(S("\5abc"), &b));
	b.n = 0;
	CHECK(!txt_read(S("\21abcdefghijklmnopq"), &b));
	CHECK(record_address(S("\300\0\2\31"), &a) && address_is_v4(a));
	CHECK(!record_address(S("\300\0\2"), &a));
}
