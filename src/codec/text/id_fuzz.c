#include "codec/text/id.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char out[ID_TEXT];
	uint32_t number, again;

	if (!id_read((struct str){ (const char *)p, n }, 'F', &number))
		return 0;
	id_write('F', number, out);
	assert(id_read((struct str){ out, ID_TEXT - 1 }, 'F', &again) && again == number);
	return 0;
}
