#include "base/test.h"
#include "os/file.h"
#include "os/seal.h"
#include "os/seal_key.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST = 3 * SEAL_CHUNK, PIECE = SEAL_CHUNK + SEAL_MORE };

struct sealed { // bytes and the pair that opens them
	struct seal_public p;
	struct seal_secret s;
	char plain[MOST], bytes[MOST + 1024];
	size_t n;
};

static void seal(struct sealed *x, size_t n)
{
	struct err e = { 0 };
	struct seal_writer *w;
	int fd;

	seal_pair(&x->p, &x->s);
	for (size_t i = 0; i < n; i++)
		x->plain[i] = (char)(i * 7 + i / 251);
	CHECK(file_in_memory(&fd, &e));
	w = seal_writer_new(&x->p, fd);
	for (size_t at = 0; at < n; at += 50000) // not as chunks are
		CHECK(seal_writer_put(
			w, str_first(str_from((struct str){ x->plain, n }, at), 50000), &e));
	CHECK(seal_writer_end(w, &e));
	seal_writer_free(w);
	x->n = (size_t)pread(fd, x->bytes, sizeof x->bytes, 0);
	close(fd);
}

static bool unseal(const struct sealed *x, const struct seal_secret *key, char *out, size_t *n,
		   struct err *e)
{
	autoarena a = { 0 };
	struct str rest = { x->bytes, x->n }, head = str_first(rest, SEAL_HEAD);
	struct seal_reader *r;

	*n = 0;
	arena_init(&a, 1 << 20);
	r = seal_reader_new(head, key, &a, e);
	str_skip(&rest, head.n);
	while (r != NULL && rest.n > 0) {
		struct str chunk = str_first(rest, PIECE);
		size_t got = 0;

		if (!seal_reader_chunk(r, chunk, out + *n, &got, e))
			return false;
		*n += got;
		str_skip(&rest, chunk.n);
	}
	return r != NULL && seal_reader_end(r, e);
}

TEST("seal: bytes of any length come back as they were, and do not stand there unsealed")
{
	static const size_t lengths[] = {
		0, 1, 1000, SEAL_CHUNK - 1, SEAL_CHUNK, SEAL_CHUNK + 1, 2 * SEAL_CHUNK, MOST
	};
	static struct sealed x;
	static char out[MOST];

	for (size_t i = 0; i < COUNTOF(lengths); i++) {
		struct err e = { 0 };
		size_t n, chunks = lengths[i] == 0 ? 1 : (lengths[i] + SEAL_CHUNK - 1) / SEAL_CHUNK;

		seal(&x, lengths[i]);
		CHECK(x.n == SEAL_HEAD + lengths[i] + chunks * SEAL_MORE);
		CHECK(seal_is((struct str){ x.bytes, x.n }));
		CHECK(unseal(&x, &x.s, out, &n, &e));
		CHECK(n == lengths[i] && memcmp(out, x.plain, n) == 0);
		CHECK(lengths[i] < 1000 || memmem(x.bytes, x.n, x.plain + 500, 16) == NULL);
	}
}

TEST("seal: a changed byte is seen wherever it is, and an end that is missing")
{
	static const size_t places[] = { 0,
					 7,
					 8,
					 16,
					 40,
					 96,
					 SEAL_HEAD - 1,
					 SEAL_HEAD,
					 SEAL_HEAD + 30000,
					 SEAL_HEAD + PIECE,
					 SEAL_HEAD + 2 * PIECE + 5 };
	static struct sealed x;
	static char out[MOST];
	struct err e = { 0 };
	size_t n, whole;

	seal(&x, 2 * SEAL_CHUNK + 100);
	whole = x.n;
	for (size_t i = 0; i < COUNTOF(places); i++) {
		x.bytes[places[i]] ^= 0x20;
		CHECK(!unseal(&x, &x.s, out, &n, &e) && e.text[0] != '\0');
		x.bytes[places[i]] ^= 0x20;
		x.n = places[i];
		CHECK(!unseal(&x, &x.s, out, &n, &e) && e.kind == ERR_INPUT);
		x.n = whole;
	}
	CHECK(unseal(&x, &x.s, out, &n, &e));
	x.bytes[x.n++] = 'x';
	CHECK(!unseal(&x, &x.s, out, &n, &e) && e.kind == ERR_INPUT);
}

TEST("seal: chunks in another order, and something behind the last one, are refused")
{
	static struct sealed x;
	static char out[MOST], first[PIECE];
	struct err e = { 0 };
	size_t n;

	seal(&x, MOST);
	memcpy(first, x.bytes + SEAL_HEAD, PIECE);
	memmove(x.bytes + SEAL_HEAD, x.bytes + SEAL_HEAD + PIECE, PIECE);
	memcpy(x.bytes + SEAL_HEAD + PIECE, first, PIECE);
	CHECK(!unseal(&x, &x.s, out, &n, &e) && e.kind == ERR_INPUT);
	seal(&x, SEAL_CHUNK);
	memcpy(x.bytes + x.n, "more", 4);
	x.n += 4;
	CHECK(!unseal(&x, &x.s, out, &n, &e) && strstr(e.text, "behind its end") != NULL);
}

TEST("seal: another key, another version and other files are a sentence each")
{
	static struct sealed x;
	static char out[MOST];
	struct seal_secret other;
	struct seal_public p;
	struct err e = { 0 };
	size_t n;

	seal(&x, 10);
	seal_pair(&p, &other);
	CHECK(!unseal(&x, &other, out, &n, &e) && e.kind == ERR_DENIED);
	CHECK(strstr(e.text, "sealed to the key") != NULL);
	x.bytes[7] = 2;
	CHECK(!unseal(&x, &x.s, out, &n, &e) && strstr(e.text, "form 2") != NULL);
	x.bytes[0] = 'W';
	CHECK(!unseal(&x, &x.s, out, &n, &e) && strstr(e.text, "no sealed file") != NULL);
}

static void write_text(const char *path, const char *text)
{
	struct err e = { 0 };

	CHECK(file_write(path, str_of(text), 0600, &e));
}

TEST("seal_key: a pair is written and read; a secret half is never written over")
{
	char folder[] = "/tmp/waker-seal-XXXXXX", pub[64], key[64], clean[96];
	struct seal_public p, again, of;
	struct seal_secret s;
	struct err e = { 0 };
	struct stat st;

	CHECK(mkdtemp(folder) != NULL);
	snprintf(pub, sizeof pub, "%s/archive.pub", folder);
	snprintf(key, sizeof key, "%s/archive.key", folder);
	CHECK(!seal_public_read(pub, &p, &e) && e.kind == ERR_ABSENT);
	CHECK(seal_pair_make(pub, key, &e));
	CHECK(seal_public_read(pub, &p, &e) && seal_secret_read(key, &s, &e));
	seal_public_of(&s, &of);
	CHECK(memcmp(&p, &of, sizeof p) == 0);
	CHECK(stat(key, &st) == 0 && (st.st_mode & 0777) == 0600);
	CHECK(unlink(pub) == 0 && seal_pair_make(pub, key, &e)); // as after a kill
	CHECK(seal_public_read(pub, &again, &e) && memcmp(&p, &again, sizeof p) == 0);
	CHECK(chmod(key, 0644) == 0 && !seal_secret_read(key, &s, &e) && e.kind == ERR_CONFIG);
	CHECK(strstr(e.text, "chmod 600") != NULL);
	write_text(pub, "# cut\npublic = 11lq2S09nuhArMnEz4qi\n");
	CHECK(!seal_public_read(pub, &p, &e) && e.kind == ERR_CONFIG);
	CHECK(strstr(e.text, "line 2") != NULL && strstr(e.text, "11lq2S") == NULL);
	write_text(pub, "# nothing\n");
	CHECK(!seal_public_read(pub, &p, &e) && strstr(e.text, "there is no") != NULL);
	snprintf(clean, sizeof clean, "rm -r %s", folder);
	CHECK(system(clean) == 0);
}
