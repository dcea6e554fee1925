// Gives every file of the folders named to one fuzzer, so that each input that once
// broke something runs as a normal test. Prints TAP.
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { REPLAY_MAX_BYTES = 1 << 20 };

// An allocation of just the size, so that a sanitizer sees a byte too far.
static int replay(const char *path)
{
	static uint8_t bytes[REPLAY_MAX_BYTES];
	FILE *file = fopen(path, "rb");
	uint8_t *copy;
	size_t n;

	if (file == NULL)
		return 0;
	n = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	copy = malloc(n > 0 ? n : 1);
	if (copy == NULL)
		return 0;
	memcpy(copy, bytes, n);
	LLVMFuzzerTestOneInput(copy, n);
	free(copy);
	return 1;
}

static unsigned replay_folder(const char *folder, unsigned n)
{
	struct dirent **entry;
	int count = scandir(folder, &entry, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		char path[4096];

		if (entry[i]->d_name[0] != '.') {
			snprintf(path, sizeof path, "%s/%s", folder, entry[i]->d_name);
			printf("# %s\n", path); // the last one named is the one that broke
			fflush(stdout);
			printf("%s %u - %s\n", replay(path) ? "ok" : "not ok", ++n,
			       entry[i]->d_name);
		}
		free(entry[i]);
	}
	if (count >= 0)
		free(entry);
	return n;
}

int main(int argc, char **argv)
{
	unsigned n = 0;

	for (int i = 1; i < argc; i++)
		n = replay_folder(argv[i], n);
	printf("1..%u\n", n);
	return n == 0;
}
