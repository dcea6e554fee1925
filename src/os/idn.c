#include "os/idn.h"

#include "base/utf8.h"

#include <idn2.h>

enum { LONGEST = 4 * NAME_MAX_BYTES }; // of a name in UTF-8

size_t idn_to_ascii(struct str name, char out[NAME_MAX_BYTES + 1])
{
	char text[LONGEST + 1];
	char *ascii = NULL;
	size_t n = 0;

	if (name.n == 0 || name.n > LONGEST || str_has(name, '\0') || !utf8_is(name))
		return 0;
	memcpy(text, name.p, name.n);
	text[name.n] = '\0';
	if (idn2_to_ascii_8z(text, &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) != IDN2_OK)
		return 0;
	n = strlen(ascii);
	if (n > NAME_MAX_BYTES)
		n = 0;
	for (size_t i = 0; i < n; i++)
		out[i] = ascii_lower(ascii[i]);
	out[n] = '\0';
	idn2_free(ascii);
	return n;
}
