#include "codec/net/name.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

// A library that may give anything back, as long as it fits.
static size_t any_idn(struct str name, char out[NAME_MAX_BYTES + 1])
{
	size_t n = str_first(name, NAME_MAX_BYTES).n;

	for (size_t i = 0; i < n; i++)
		out[i] = (char)((unsigned char)name.p[i] & 0x7f);
	return n;
}

static void check_form(const struct name *name)
{
	struct str s = name_str(name);
	unsigned dots = 0;

	assert(s.n > 0 && s.n <= NAME_MAX_BYTES && name->text[s.n] == '\0');
	for (size_t i = 0; i < s.n; i++)
		dots += s.p[i] == '.';
	assert(name->labels == dots + 1 && name->labels <= NAME_MAX_LABELS);
	assert(s.p[0] != '.' && s.p[s.n - 1] != '.' && !str_contains(s, S("..")));
	assert(name_within(s, s));
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str s = { (const char *)p, n };
	struct name name, again;

	assert(name_read(s, NULL, &name) == name_read_plain(s, NULL, &again));
	if (name_read(s, NULL, &name)) {
		assert(str_eq(name_str(&name), name_str(&again)) && again.labels == name.labels);
		check_form(&name);
		assert(name_read(name_str(&name), NULL, &again));
		assert(str_eq(name_str(&name), name_str(&again)) && again.labels == name.labels);
	}
	if (name_read(s, any_idn, &name))
		check_form(&name);
	return 0;
}
