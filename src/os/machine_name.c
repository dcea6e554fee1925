#include "os/machine_name.h"

#include <string.h>
#include <unistd.h>

static int plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_';
}

void machine_name(char out[MACHINE_NAME])
{
	if (gethostname(out, MACHINE_NAME) != 0 || out[0] == '\0')
		memcpy(out, "machine", sizeof "machine");
	out[MACHINE_NAME - 1] = '\0';
	for (char *c = out; *c != '\0'; c++)
		if (!plain(*c))
			*c = '_';
}
