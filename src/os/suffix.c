#include "os/suffix.h"

#include "codec/net/name.h"

#include <libpsl.h>

bool suffix_is_public(struct str name)
{
	char text[NAME_MAX_BYTES + 1];

	if (name.n == 0 || name.n > NAME_MAX_BYTES)
		return false;
	memcpy(text, name.p, name.n);
	text[name.n] = '\0';
	return psl_is_public_suffix(psl_builtin(), text) != 0;
}
