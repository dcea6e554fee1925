#include "task/answer/link.h"

#include "os/random.h"

#include <assert.h>

static void letters_of(const char *of, unsigned count, char *out, size_t n)
{
	unsigned char bytes[ANSWER_TOKEN];

	assert(n <= sizeof bytes && 256 % count == 0);
	random_fill(bytes, n);
	for (size_t i = 0; i < n; i++)
		out[i] = of[bytes[i] % count];
}

// 26 letters of 32 are 130 bits. Those of the code are never mistaken for each other.
void answer_token(char token[ANSWER_TOKEN], char code[ANSWER_CODE])
{
	letters_of("abcdefghijklmnopqrstuvwxyz234567", 32, token, ANSWER_TOKEN);
	letters_of("ABCDEFGHJKMNPQRSTUVWXYZ234567890", 32, code, ANSWER_CODE);
}

void answer_digest(struct str token, unsigned char out[DIGEST_BYTES])
{
	struct digest d;

	digest_init(&d);
	digest_add(&d, token);
	digest_done(&d, out);
}
