#include "codec/net/address.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static bool same(struct address a, struct address b)
{
	return address_order(a, b) == 0;
}

static void check_address(struct str s)
{
	char text[ADDRESS_TEXT];
	struct buf b = BUF_ON(text);
	struct address a, again, loose;
	unsigned char bytes[16];

	assert(address_read(s, &a) == address_read_plain(s, &again));
	if (!address_read(s, &a))
		return;
	address_write(&b, a);
	assert(same(a, again));
	assert(address_read(buf_view(&b), &again) && same(a, again));
	assert(address_read_loose(s, &loose) && same(a, loose));
	address_bytes(a, bytes);
	assert(same(address_of_bytes(bytes), a));
}

static void check_prefix(struct str s)
{
	char text[ADDRESS_TEXT + 5];
	struct buf b = BUF_ON(text);
	struct prefix p, again;
	struct range r;
	struct err e = { 0 };

	if (!prefix_read(s, &p, &e)) {
		assert(e.kind == ERR_INPUT && e.text[0] != '\0');
		return;
	}
	prefix_write(&b, p);
	assert(prefix_read(buf_view(&b), &again, &e) && same(p.base, again.base) &&
	       p.length == again.length);
	r = prefix_range(p);
	assert(same(r.first, p.base) && prefix_holds(p, r.first) && prefix_holds(p, r.last));
}

// It is cut into prefixes that stand side by side, and nothing of it is lost.
static void check_cut(struct range r)
{
	struct address next = r.first, last = r.first;
	struct range left = r;
	struct prefix p;
	unsigned count = 0;

	while (prefix_cut(&left, &p)) {
		assert(++count <= 254 && same(p.base, next));
		last = prefix_range(p).last;
		next = (struct address){ last.high + (last.low == UINT64_MAX), last.low + 1 };
	}
	assert(same(last, r.last));
}

static void check_range(struct str s)
{
	char text[2 * ADDRESS_TEXT];
	struct buf b = BUF_ON(text);
	struct range r, again;
	struct err e = { 0 };

	if (!range_read(s, &r, &e)) {
		assert(e.kind == ERR_INPUT && e.text[0] != '\0');
		return;
	}
	assert(address_order(r.first, r.last) <= 0);
	range_write(&b, r);
	assert(range_read(buf_view(&b), &again, &e) && same(r.first, again.first) &&
	       same(r.last, again.last));
	check_cut(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str s = { (const char *)p, n };

	check_address(s);
	check_prefix(s);
	check_range(s);
	return 0;
}
