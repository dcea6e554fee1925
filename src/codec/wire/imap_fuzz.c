#include "codec/wire/imap.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str rest = { (const char *)p, n };

	while (rest.n > 0) {
		struct str line = str_cut(&rest, '\n');
		struct imap_line l = imap_line(line, S("w1"));
		struct str says = l.says;
		struct imap_folder f = { 0 };
		uint32_t uid;

		imap_folder_line(&f, line, S("$WakerHas"));
		assert(l.says.n <= line.n && (l.literal || l.bytes == 0));
		assert(l.uid == 0 || l.kind == IMAP_FETCH);
		for (size_t left = says.n + 1; imap_next_uid(&says, &uid); left = says.n)
			assert(says.n < left);
	}
	return 0;
}
