#include "base/test.h"
#include "os/digest.h"

static const char *sha256(const char *s, size_t cut, char out[DIGEST_TEXT])
{
	unsigned char sum[DIGEST_BYTES];
	struct digest d;

	digest_init(&d);
	digest_add(&d, str_first(str_of(s), cut));
	digest_add(&d, str_from(str_of(s), cut));
	digest_done(&d, sum);
	digest_hex(sum, out);
	return out;
}

TEST("digest: the examples of FIPS 180-4, whole and in two parts")
{
	static const struct {
		const char *in, *sum;
		size_t cut;
	} rows[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0 },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 0 },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 2 },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1", 40 },
	};
	char out[DIGEST_TEXT];

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(strcmp(sha256(rows[i].in, rows[i].cut, out), rows[i].sum) == 0);
}
