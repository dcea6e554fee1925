#include "base/test.h"
#include "codec/wire/syslog.h"

static char room[SYSLOG_MOST + SYSLOG_HEAD];

TEST("syslog: a message has the length of all behind it, and the head of RFC 5424")
{
	struct syslog s = { SYSLOG_CRITICAL, INT64_C(1772447400) * TIME_SECOND, S("z.example"),
			    S("waker"), S("N-9WKD47-K") };
	struct buf b = BUF_ON(room);

	syslog_frame(&b, &s, S("CEF:0|x\n12 <0>"));
	CHECK(str_eq(buf_view(&b),
		     S("73 <106>1 2026-03-02T10:30:00Z z.example waker - N-9WKD47-K - "
		       "CEF:0|x\n12 <0>")));
	s.host = s.id = S("");
	s.app = S("a b\n\xc3\xa9");
	b.n = 0;
	syslog_frame(&b, &s, S("m"));
	CHECK(str_contains(buf_view(&b), S(" - a?b??? - - - m")));
}

TEST("syslog: what is longer than each receiver takes is cut at a character")
{
	static char text[3 * SYSLOG_MOST];
	struct syslog s = { SYSLOG_INFO, 0, S("h"), S("waker"), S("x") };
	struct buf b = BUF_ON(room);
	struct str frame, length;
	uint64_t n = 0;

	for (size_t i = 0; i < sizeof text; i += 3)
		memcpy(text + i, "\xe2\x82\xac", 3);
	syslog_frame(&b, &s, (struct str){ text, sizeof text });
	frame = buf_view(&b);
	length = str_cut(&frame, ' ');
	CHECK(!b.over && str_to_uint(length, SYSLOG_MOST, &n) && n == frame.n &&
	      n > SYSLOG_MOST - 3);
	CHECK(str_has_suffix(frame, S("\xe2\x82\xac")));
}
