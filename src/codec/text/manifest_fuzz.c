// Any bytes: what is read is written again as it stood, and no path leads out of the folder.
#include "codec/text/manifest.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = { (const char *)data, size };
	struct manifest m;
	struct err e;
	autoarena a;

	arena_init(&a, (size_t)1 << 28);
	if (!manifest_read(bytes, &a, &m, &e))
		return 0;
	LIST_EACH (const struct manifest_file, f, &m.files)
		if (!manifest_path_good(f->path) || manifest_find(&m, f->path) != f)
			abort();
	struct buf b = { .p = arena_new(&a, char, 8 * size + 1024), .cap = 8 * size + 1024 };
	struct manifest again;

	manifest_write(&m, &b);
	manifest_end(m.sum, &b);
	if (b.over || !manifest_read(buf_view(&b), &a, &again, &e) ||
	    again.files.count != m.files.count || again.made != m.made)
		abort();
	return 0;
}
