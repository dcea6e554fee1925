#include "task/answer/link.h"

#include "os/random.h"

static void letters_of(struct str of, char *out, size_t n)
{
	const unsigned even = 256 - 256 % (unsigned)of.n; // above it some would come more often

	for (size_t i = 0; i < n;) {
		unsigned char byte;

		random_fill(&byte, 1);
		if (byte < even)
			out[i++] = of.p[byte % of.n];
	}
}

// 26 letters of 32 are 130 bits. Those of the code are never mistaken for each other, and make no word.
void answer_token(char token[ANSWER_TOKEN], char code[ANSWER_CODE])
{
	letters_of(S("abcdefghijklmnopqrstuvwxyz234567"), token, ANSWER_TOKEN);
	letters_of(S("BCDFGHJKMNPQRSTVWXZ23456789"), code, ANSWER_CODE);
}

void answer_digest(struct str token, unsigned char out[DIGEST_BYTES])
{
	struct digest d;

	digest_init(&d);
	digest_add(&d, token);
	digest_done(&d, out);
}
