#include "base/test.h"
#include "codec/wire/hit.h"

static char room[WIRE_MAX_FRAME + 64];

static struct str one_hit(struct buf *b)
{
	size_t frame = wire_begin(b, WIRE_HIT);

	wire_u64(b, UINT64_C(0x0123456789abcdef));
	wire_u32(b, 7);
	wire_u8(b, 200);
	wire_str(b, S("192.0.2.1"));
	wire_end(b, frame);
	return buf_view(b);
}

TEST("wire: what is written is read, and nothing behind it")
{
	struct buf b = BUF_ON(room);
	struct str bytes = one_hit(&b);
	enum wire_type type;
	struct wire_in in;
	struct err e;
	size_t used;

	CHECK(wire_frame(bytes, &type, &in, &used, &e) && type == WIRE_HIT && used == bytes.n);
	CHECK(wire_read_u64(&in) == UINT64_C(0x0123456789abcdef) && wire_read_u32(&in) == 7);
	CHECK(wire_read_u8(&in) == 200 && str_eq(wire_read_str(&in), S("192.0.2.1")));
	CHECK(!in.bad && in.rest.n == 0);
	CHECK(wire_read_u8(&in) == 0 && in.bad);
}

TEST("wire: a frame that is not whole waits, at every byte")
{
	struct buf b = BUF_ON(room);
	struct str bytes = one_hit(&b);
	enum wire_type type;
	struct wire_in in;
	struct err e;
	size_t used;

	for (size_t n = 0; n < bytes.n; n++)
		CHECK(!wire_frame(str_first(bytes, n), &type, &in, &used, &e) &&
		      e.kind == ERR_NONE);
}

TEST("wire: a child that writes no frames is believed nothing")
{
	static const struct str cases[] = {
		S("\x04\0\0\0\x02"),   // shorter than its head
		S("\x01\0\x10\0\x02"), // longer than a frame may be
		S("\xff\xff\xff\xff\x02"),
		S("\x05\0\0\0\0"), // no type
		S("\x05\0\0\0\x09"),       S("Segmentation fault"),
	};
	enum wire_type type;
	struct wire_in in;
	struct err e;
	size_t used;

	for (size_t i = 0; i < COUNTOF(cases); i++)
		CHECK(!wire_frame(cases[i], &type, &in, &used, &e) && e.kind == ERR_SYSTEM);
}

TEST("wire: a text longer than its frame is refused, and all that follows is zero")
{
	static const char frame[] = "\x0c\0\0\0\x02\xff\xff\xff\xff"
				    "abc";
	enum wire_type type;
	struct wire_in in;
	struct err e;
	size_t used;

	CHECK(wire_frame((struct str){ frame, sizeof frame - 1 }, &type, &in, &used, &e));
	CHECK(wire_read_str(&in).n == 0 && in.bad && wire_read_u8(&in) == 0);
}

TEST("wire: a frame over the bound is not written")
{
	static char text[WIRE_MAX_FRAME];
	struct buf b = BUF_ON(room);
	size_t frame = wire_begin(&b, WIRE_HIT);

	wire_str(&b, (struct str){ text, sizeof text });
	wire_end(&b, frame);
	CHECK(b.over);
}
