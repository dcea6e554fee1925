#include "model/notice/tlp.h"

#include <assert.h>

enum { BEFORE = 4 }; // "TLP:"

static const char *const labels[TLP_COUNT] = {
	[TLP_CLEAR] = "TLP:CLEAR", [TLP_GREEN] = "TLP:GREEN",
	[TLP_AMBER] = "TLP:AMBER", [TLP_AMBER_STRICT] = "TLP:AMBER+STRICT",
	[TLP_RED] = "TLP:RED",
};

struct str tlp_label(enum tlp tlp)
{
	assert(tlp < TLP_COUNT);
	return str_of(labels[tlp]);
}

struct str tlp_word(enum tlp tlp)
{
	return str_from(tlp_label(tlp), BEFORE);
}

bool tlp_read(struct str s, enum tlp *out)
{
	if (str_eq(s, S("WHITE")) || str_eq(s, S("TLP:WHITE")))
		s = S("CLEAR");
	for (unsigned i = 0; i < TLP_COUNT; i++)
		if (str_eq(s, tlp_word((enum tlp)i)) || str_eq(s, tlp_label((enum tlp)i))) {
			*out = (enum tlp)i;
			return true;
		}
	return false;
}
