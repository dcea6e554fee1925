// How many texts are signed and encrypted a second by GnuPG alone, each to another key: what the role
// keys is measured against (bench/tell.py). usage: seals HOME FINGERPRINT TEXT KEY…
#include "os/clock.h"
#include "os/file.h"
#include "os/gpg.h"

#include <stdio.h>

int main(int argc, char **argv)
{
	autoarena a = { 0 };
	autogpg g = NULL;
	struct str text, out;
	struct err e = { 0 };
	int64_t begun;

	if (argc < 5)
		return 64;
	arena_init(&a, (size_t)1 << 30);
	if (!file_read(argv[3], (size_t)1 << 20, &a, &text, &e)) {
		fprintf(stderr, "%s\n", e.text);
		return 1;
	}
	begun = clock_since();
	for (int i = 3; i < argc; i++) { // the first starts the agent
		const char *to[] = { argv[i == 3 ? 4 : i] };
		const struct gpg_sealing how = { str_of(argv[2]), to, 1 };

		if (g == NULL && !gpg_open(argv[1], GPG_OPENPGP, &g, &e))
			break;
		if (!gpg_seal(g, &how, text, &a, &out, &e))
			break;
		if (i == 3)
			begun = clock_since();
	}
	if (e.kind != ERR_NONE) {
		fprintf(stderr, "%s\n", e.text);
		return 1;
	}
	printf("%.2f\n", (argc - 4) / ((double)(clock_since() - begun) / TIME_SECOND));
	return 0;
}
