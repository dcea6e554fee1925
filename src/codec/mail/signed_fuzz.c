// Any mail: what is cut of it is of a form that says what there is, is no longer than the mail with
// its CRLF, and can be cut again.
#include "codec/mail/signed.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { LIMIT = 1 << 30, LAYERS = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str mail = { (const char *)p, n };
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	for (unsigned i = 0; i < LAYERS; i++) {
		struct signed_cut c;

		if (!signed_cut(mail, &a, &c)) {
			assert(mail.n > SIGNED_MOST);
			return 0;
		}
		assert(c.form < SIGNED_FORM_COUNT && c.bytes.n <= 2 * mail.n);
		assert(c.signature.n <= mail.n && c.type.n <= mail.n);
		assert(c.form != SIGNED_NOT || c.bytes.n == 0);
		mail = c.bytes;
	}
	return 0;
}
