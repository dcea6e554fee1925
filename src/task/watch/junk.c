#include "task/watch/scan.h"

#include <assert.h>

static const struct {
	const char *word, *says;
} junk[JUNK_KINDS] = {
	[JUNK_NONE] = { "none", "not junk" },
	[JUNK_COLUMNS] = { "columns", "too few or too many columns" },
	[JUNK_SYNTAX] = { "syntax", "not a record of this format" },
	[JUNK_LONG] = { "long", "a record over the bound" },
	[JUNK_ADDRESS] = { "address", "not an address" },
	[JUNK_ASN] = { "asn", "not an AS number" },
	[JUNK_NAME] = { "name", "not a name" },
	[JUNK_URL] = { "url", "not a URL with a host" },
};

struct str junk_word(enum junk j)
{
	assert(j < JUNK_KINDS && junk[j].word != NULL);
	return str_of(junk[j].word);
}

struct str junk_says(enum junk j)
{
	assert(j < JUNK_KINDS && junk[j].says != NULL);
	return str_of(junk[j].says);
}
