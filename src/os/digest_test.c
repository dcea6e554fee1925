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

// RFC 4231, test cases 2 and 6 (a key longer than a block).
TEST("digest: HMAC-SHA-256 gives the standard's examples")
{
	unsigned char raw[DIGEST_BYTES];
	char out[DIGEST_TEXT], key[131];

	digest_hmac(S("Jefe"), S("what do ya want for nothing?"), raw);
	digest_hex(raw, out);
	CHECK(strcmp(out, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843") == 0);
	memset(key, 0xaa, sizeof key);
	digest_hmac((struct str){ key, sizeof key },
		    S("Test Using Larger Than Block-Size Key - Hash Key First"), raw);
	digest_hex(raw, out);
	CHECK(strcmp(out, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54") == 0);
}
