#include "os/file.h"
#include "os/seal.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_IN = 1 << 18, PIECE = SEAL_CHUNK + SEAL_MORE };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static struct seal_secret the_key(void) // the one of the corpus
{
	struct seal_secret s = { 0 };

	for (unsigned i = 0; i < SEAL_KEY; i++)
		s.key[i] = (unsigned char)(i + 1);
	return s;
}

// Is it whole and genuine? What it holds goes to out, which has room for as much.
static bool unseal(struct str sealed, char *out, size_t *n, struct err *e)
{
	static struct arena a;
	const struct seal_secret key = the_key();
	struct seal_reader *r;
	struct str head = str_first(sealed, SEAL_HEAD);

	if (a.start == NULL)
		arena_init(&a, 1 << 20);
	arena_back(&a, a.start);
	*n = 0;
	r = seal_reader_new(head, &key, &a, e);
	str_skip(&sealed, head.n);
	while (r != NULL && sealed.n > 0) {
		struct str chunk = str_first(sealed, PIECE);
		size_t got = 0;

		if (!seal_reader_chunk(r, chunk, out + *n, &got, e))
			return false;
		assert(got + SEAL_MORE == chunk.n);
		*n += got;
		str_skip(&sealed, chunk.n);
	}
	return r != NULL && seal_reader_end(r, e);
}

static size_t seal(struct str plain, char *out, size_t room)
{
	const struct seal_secret key = the_key();
	struct seal_public to;
	struct seal_writer *w;
	struct err e = { 0 };
	ssize_t n;
	int fd;

	seal_public_of(&key, &to);
	assert(file_in_memory(&fd, &e));
	w = seal_writer_new(&to, fd);
	assert(seal_writer_put(w, str_first(plain, plain.n / 3), &e) &&
	       seal_writer_put(w, str_from(plain, plain.n / 3), &e) && seal_writer_end(w, &e));
	seal_writer_free(w);
	n = pread(fd, out, room, 0);
	close(fd);
	assert(n > 0 && (size_t)n < room);
	return (size_t)n;
}

// What was sealed comes back; with any one byte changed, or without its end, it does not.
static void there_and_back(struct str plain, size_t where)
{
	static char sealed[MAX_IN * 2], out[MAX_IN * 2];
	struct err e = { 0 };
	size_t n = seal(plain, sealed, sizeof sealed), got;

	assert(unseal((struct str){ sealed, n }, out, &got, &e));
	assert(got == plain.n && memcmp(out, plain.p, got) == 0);
	where %= n;
	assert(!unseal((struct str){ sealed, where }, out, &got, &e) && e.text[0] != '\0');
	sealed[where] ^= 1;
	assert(!unseal((struct str){ sealed, n }, out, &got, &e) && e.text[0] != '\0');
}

// The first byte: read the rest as a sealed file (0), or seal it first, with the next three
// bytes saying which byte is changed then.
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str s = { (const char *)p, n };
	struct err e = { 0 };
	char *out;
	size_t got;

	if (n < 4 || n > MAX_IN)
		return 0;
	if (p[0] != 0) {
		there_and_back(str_from(s, 4), p[1] | (size_t)p[2] << 8 | (size_t)p[3] << 16);
		return 0;
	}
	out = malloc(n + SEAL_CHUNK);
	assert(out != NULL);
	assert(unseal(str_from(s, 1), out, &got, &e) || e.text[0] != '\0');
	free(out);
	return 0;
}
