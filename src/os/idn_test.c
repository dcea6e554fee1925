#include "base/test.h"
#include "os/idn.h"

TEST("idn: names of many scripts become A-labels as UTS 46 says")
{
	static const struct {
		const char *in, *out; // NULL: refused
	} cases[] = {
		{ "z\xc3\xb6rg.example", "xn--zrg-sna.example" },
		{ "Z\xc3\x96RG.example", "xn--zrg-sna.example" },
		{ "zo\xcc\x88rg.example", "xn--zrg-sna.example" }, // NFD
		{ "stra\xc3\x9f"
		  "e.example",
		  "xn--strae-oqa.example" }, // stays, non-transitional
		{ "\xe7\x97\x85\xe9\x99\xa2.example", "xn--0rys90e.example" },
		{ "\xd0\x91\xd0\xbe\xd0\xbb\xd1\x8c.example", "xn--90aui1d.example" },
		{ "xn--zrg-sna.\xc3\xa9.example", "xn--zrg-sna.xn--9ca.example" },
		{ "\xff\xfe.example", NULL },
		{ "\xe2\x98\x83\xcc\xb8\xe2\x80\xae.example", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		char out[NAME_MAX_BYTES + 1];
		size_t n = idn_to_ascii(str_of(cases[i].in), out);

		if (cases[i].out != NULL && (n == 0 || strcmp(out, cases[i].out) != 0))
			printf("# %s: %s\n", cases[i].in, n > 0 ? out : "refused");
		CHECK((n > 0) == (cases[i].out != NULL));
		CHECK(n == 0 || (n == strlen(cases[i].out) && strcmp(out, cases[i].out) == 0));
	}
}
