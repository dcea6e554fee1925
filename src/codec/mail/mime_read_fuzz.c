// A mail or a mailbox of anybody's: whatever the bytes, it is read to its end, and what comes out
// of it lies in it or is no longer than it.
#include "base/time.h"
#include "codec/mail/mime_read.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { LIMIT = 1 << 30 };

static void one(struct str mail, struct arena *a)
{
	struct mime_cut cut = mime_cut(mail);
	struct str to = mime_field(cut.head, S("To"), a), address;
	struct str subject = mime_field(cut.head, S("Subject"), a);
	struct mime_parts parts;
	int64_t t;

	assert(cut.head.n + cut.body.n <= mail.n);
	assert(mime_words(subject, a).n <= subject.n);
	while (mime_next_address(&to, &address))
		assert(str_has(address, '@') && !str_has(address, ' '));
	if (mime_date(mime_field(cut.head, S("Date"), a), &t))
		assert(t > TIME_EVER);
	mime_parts(mail, a, &parts);
	assert(parts.at.count <= MIME_READ_PARTS);
	LIST_EACH (const struct mime_part, x, &parts.at)
		assert(x->bytes.n <= mail.n && x->type.n <= mail.n + 10 && x->name.n <= mail.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str rest = { (const char *)p, n }, mail;
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	(void)mime_is(rest);
	one(rest, &a);
	while (mbox_next(&rest, &mail))
		one(mail, &a);
	assert(rest.n == 0);
	return 0;
}
