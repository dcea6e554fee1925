#include "codec/mail/record.h"

static bool name_of(struct str wire, struct name *out)
{
	char text[NAME_MAX_BYTES + 1];
	struct buf b = BUF_ON(text);

	for (;;) {
		size_t n = wire.n > 0 ? (unsigned char)wire.p[0] : NAME_MAX_LABEL + 1;

		if (n > NAME_MAX_LABEL || wire.n < n + 1)
			return false;
		if (n == 0)
			break;
		if (b.n > 0)
			buf_char(&b, '.');
		buf_add(&b, wire.p + 1, n);
		str_skip(&wire, n + 1);
	}
	*out = (struct name){ 0 };
	for (size_t i = 0; i < b.n; i++) // a host of mail has no other letters
		if (text[i] <= ' ' || text[i] > '~' || text[i] == '/' || text[i] == ':')
			return false;
	return wire.n == 1 && !b.over && (b.n == 0 || name_read(buf_view(&b), NULL, out));
}

bool mx_read(struct str rdata, struct mx *out)
{
	struct mx mx;

	if (rdata.n < 3 || !name_of(str_from(rdata, 2), &mx.host))
		return false;
	mx.preference = (unsigned)((unsigned char)rdata.p[0] << 8 | (unsigned char)rdata.p[1]);
	*out = mx;
	return true;
}

bool txt_read(struct str rdata, struct buf *out)
{
	while (rdata.n > 0) {
		size_t n = (unsigned char)rdata.p[0];

		if (rdata.n < n + 1)
			return false;
		buf_add(out, rdata.p + 1, n);
		str_skip(&rdata, n + 1);
	}
	return !out->over;
}

bool record_address(struct str rdata, struct address *out)
{
	const unsigned char *p = (const unsigned char *)rdata.p;

	if (rdata.n == 16)
		*out = address_of_bytes(p);
	else if (rdata.n == 4)
		*out = address_v4((uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
				  (uint32_t)p[2] << 8 | p[3]);
	return rdata.n == 16 || rdata.n == 4;
}
