#include "base/test.h"
#include "codec/text/brand.h"

TEST("brand: one name in its many spellings is one key, and another name is another")
{
	static const struct {
		const char *name, *key;
	} rows[] = {
		{ "Ziekenhuis Zeehaven", "ziekenhuis zeehaven" },
		{ "  ZIEKENHUIS\tZeehaven, B.V. ", "ziekenhuis zeehaven" },
		{ "Stichting Ziekenhuis-Zeehaven", "ziekenhuis zeehaven" },
		{ "St. Ziekenhuis Zeehaven (NV)", "ziekenhuis zeehaven" },
		{ "Zorggroep Één & Co", "zorggroep een co" },
		{ "Zorggroep E\xcc\x81\xc3\xa9n & Co", "zorggroep een co" }, // an accent of its own
		{ "'t Huis O\xe2\x80\x99"
		  "Brien",
		  "t huis obrien" },
		{ "Stichting", "stichting" },
		{ "Stichting BV", "bv" },
		{ "AMC", "amc" },
		{ "x", "" },
		{ "---", "" },
		{ "", "" },
		{ "bad \xff bytes", "" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		char key[BRAND_TEXT];
		size_t n = brand_key(str_of(rows[i].name), key);

		if (!str_eq((struct str){ key, n }, str_of(rows[i].key)))
			printf("# %s: %.*s\n", rows[i].name, (int)n, key);
		CHECK(str_eq((struct str){ key, n }, str_of(rows[i].key)));
	}
}

TEST("brand: a name that is too long has no key, one that just fits has")
{
	char name[BRAND_TEXT + 1], key[BRAND_TEXT];

	memset(name, 'a', sizeof name);
	CHECK(brand_key((struct str){ name, BRAND_TEXT }, key) == BRAND_TEXT);
	CHECK(brand_key((struct str){ name, BRAND_TEXT + 1 }, key) == 0);
}
