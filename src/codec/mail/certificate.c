#include "codec/mail/certificate.h"

#include "base/attr.h"

enum { SEQUENCE = 0x30, INTEGER = 0x02, VERSION = 0xa0, LONG = 0x80, LENGTH_BYTES = 3 };

// One value with its head off the front of *s; *in is what is inside it.
static bool take(struct str *s, unsigned tag, struct str *whole, struct str *in)
{
	const unsigned char *p = (const unsigned char *)s->p;
	size_t head = 2, n;

	if (s->n < head || p[0] != tag)
		return false;
	n = p[1];
	if (n > LONG) {
		size_t more = n - LONG;

		if (more > LENGTH_BYTES || s->n < head + more)
			return false;
		n = 0;
		for (size_t i = 0; i < more; i++)
			n = n << 8 | p[head + i];
		head += more;
	} else if (n == LONG) { // without an end: BER, not DER
		return false;
	}
	if (s->n - head < n)
		return false;
	*whole = str_first(*s, head + n);
	str_skip(s, head + n);
	*in = str_from(*whole, head); // last: it may be s
	return true;
}

bool certificate_key(struct str der, struct str *out)
{
	// serialNumber, signature, issuer, validity, subject
	static const unsigned before[] = { INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE };
	struct str whole, in;

	if (der.n > CERTIFICATE_MAX_BYTES || !take(&der, SEQUENCE, &whole, &in) ||
	    !take(&in, SEQUENCE, &whole, &in))
		return false;
	der = in; // of tbsCertificate
	if (str_starts(der, (char)VERSION) && !take(&der, VERSION, &whole, &in))
		return false;
	for (size_t i = 0; i < COUNTOF(before); i++)
		if (!take(&der, before[i], &whole, &in))
			return false;
	return take(&der, SEQUENCE, out, &in);
}
