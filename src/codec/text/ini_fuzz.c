#include "codec/text/ini.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ini in = ini_of((struct str){ (const char *)data, size });
	volatile size_t sink = 0;
	struct err e;

	while (ini_next(&in, &e) != INI_END)
		sink += in.section.n + in.key.n + in.value.n;
	return 0;
}
