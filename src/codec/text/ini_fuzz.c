#include "codec/text/ini.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ini in = ini_of((struct str){ (const char *)data, size });
	struct err e;

	while (ini_next(&in, &e) != INI_END)
		if (in.key.n > INI_MAX_KEY || in.section.n > size || in.value.n > size)
			abort();
	return 0;
}
