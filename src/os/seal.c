#include "os/seal.h"

#include "os/file.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>

enum {
	VERSION = 1,
	ID = 8,
	AT_VERSION = 7,
	AT_ID = 8,
	AT_KEY = AT_ID + ID,
	SEALED_KEY = crypto_secretstream_xchacha20poly1305_KEYBYTES + crypto_box_SEALBYTES,
	AT_STREAM = AT_KEY + SEALED_KEY,
};
_Static_assert(SEAL_KEY == crypto_box_PUBLICKEYBYTES && SEAL_KEY == crypto_box_SECRETKEYBYTES,
	       "keys are of one length");
_Static_assert(SEAL_MORE == crypto_secretstream_xchacha20poly1305_ABYTES, "what a chunk gains");
_Static_assert(SEAL_HEAD == AT_STREAM + crypto_secretstream_xchacha20poly1305_HEADERBYTES,
	       "the head as the header says");

static const char magic[AT_VERSION] = { 'w', 'a', 'k', 's', 'e', 'a', 'l' };

static void begin(void)
{
	if (sodium_init() < 0) // more than once is well
		abort();
}

void seal_pair(struct seal_public *p, struct seal_secret *s)
{
	begin();
	crypto_box_keypair(p->key, s->key);
}

void seal_public_of(const struct seal_secret *s, struct seal_public *out)
{
	begin();
	if (crypto_scalarmult_base(out->key, s->key) != 0)
		abort();
}

static void id_of(const struct seal_public *p, unsigned char out[ID])
{
	unsigned char all[crypto_generichash_BYTES];

	begin();
	crypto_generichash(all, sizeof all, p->key, sizeof p->key, NULL, 0);
	memcpy(out, all, ID);
}

void seal_id(const struct seal_public *p, char out[SEAL_ID_TEXT])
{
	unsigned char id[ID];

	id_of(p, id);
	sodium_bin2hex(out, SEAL_ID_TEXT, id, ID);
}

struct seal_writer {
	int fd;
	bool headed; // the head was written
	crypto_secretstream_xchacha20poly1305_state stream;
	unsigned char head[SEAL_HEAD];
	size_t n; // in plain
	unsigned char plain[SEAL_CHUNK];
	unsigned char sealed[SEAL_CHUNK + SEAL_MORE];
};

struct seal_writer *seal_writer_new(const struct seal_public *to, int fd)
{
	unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
	struct seal_writer *w = calloc(1, sizeof *w);

	if (w == NULL)
		abort();
	begin();
	w->fd = fd;
	memcpy(w->head, magic, AT_VERSION);
	w->head[AT_VERSION] = VERSION;
	id_of(to, w->head + AT_ID);
	crypto_secretstream_xchacha20poly1305_keygen(key);
	if (crypto_box_seal(w->head + AT_KEY, key, sizeof key, to->key) != 0 ||
	    crypto_secretstream_xchacha20poly1305_init_push(&w->stream, w->head + AT_STREAM, key) !=
		    0)
		abort();
	explicit_bzero(key, sizeof key);
	return w;
}

void seal_writer_free(struct seal_writer *w)
{
	if (w == NULL)
		return;
	explicit_bzero(w, sizeof *w);
	free(w);
}

static struct str bytes_of(const unsigned char *p, size_t n)
{
	return (struct str){ (const char *)p, n };
}

static bool push(struct seal_writer *w, unsigned char tag, struct err *e)
{
	const unsigned char *with = w->headed ? NULL : w->head;
	unsigned long long n;

	if (!w->headed && !file_write_all(w->fd, bytes_of(w->head, SEAL_HEAD), e))
		return false;
	if (crypto_secretstream_xchacha20poly1305_push(&w->stream, w->sealed, &n, w->plain, w->n,
						       with, w->headed ? 0 : SEAL_HEAD, tag) != 0)
		abort();
	w->headed = true;
	w->n = 0;
	return file_write_all(w->fd, bytes_of(w->sealed, (size_t)n), e);
}

// A full chunk waits for what comes behind it, since it might be the last.
bool seal_writer_put(struct seal_writer *w, struct str bytes, struct err *e)
{
	while (bytes.n > 0) {
		struct str now;

		if (w->n == SEAL_CHUNK &&
		    !push(w, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE, e))
			return false;
		now = str_first(bytes, SEAL_CHUNK - w->n);
		memcpy(w->plain + w->n, now.p, now.n);
		w->n += now.n;
		str_skip(&bytes, now.n);
	}
	return true;
}

bool seal_writer_end(struct seal_writer *w, struct err *e)
{
	return push(w, crypto_secretstream_xchacha20poly1305_TAG_FINAL, e);
}

bool seal_is(struct str bytes)
{
	return str_has_prefix(bytes, (struct str){ magic, sizeof magic });
}

struct seal_reader {
	crypto_secretstream_xchacha20poly1305_state stream;
	unsigned char head[SEAL_HEAD];
	uint64_t at; // bytes read
	bool ended;
};

static bool key_fits(const unsigned char *head, const struct seal_public *mine, struct err *e)
{
	unsigned char id[ID];
	char wanted[SEAL_ID_TEXT], given[SEAL_ID_TEXT];

	id_of(mine, id);
	if (memcmp(id, head + AT_ID, ID) == 0)
		return true;
	sodium_bin2hex(wanted, sizeof wanted, head + AT_ID, ID);
	seal_id(mine, given);
	return err_set(e, ERR_DENIED, "it is sealed to the key %s, and this one is %s", wanted,
		       given);
}

static bool read_head(struct seal_reader *r, const struct seal_secret *key, struct err *e)
{
	unsigned char of_file[crypto_secretstream_xchacha20poly1305_KEYBYTES];
	struct seal_public mine;
	bool ok;

	seal_public_of(key, &mine);
	if (r->head[AT_VERSION] != VERSION)
		return err_set(e, ERR_INPUT,
			       "it is sealed in form %u, and this waker reads form %d only",
			       r->head[AT_VERSION], VERSION);
	if (!key_fits(r->head, &mine, e))
		return false;
	ok = crypto_box_seal_open(of_file, r->head + AT_KEY, SEALED_KEY, mine.key, key->key) == 0 &&
	     crypto_secretstream_xchacha20poly1305_init_pull(&r->stream, r->head + AT_STREAM,
							     of_file) == 0;
	explicit_bzero(of_file, sizeof of_file);
	return ok || err_set(e, ERR_INPUT, "its head was changed: nothing of it can be opened");
}

struct seal_reader *seal_reader_new(struct str head, const struct seal_secret *key, struct arena *a,
				    struct err *e)
{
	struct seal_reader *r = arena_new(a, struct seal_reader, 1);

	if (!seal_is(head)) {
		err_set(e, ERR_INPUT, "it is no sealed file");
		return NULL;
	}
	if (head.n != SEAL_HEAD) {
		err_set(e, ERR_INPUT, "it is cut off after %zu bytes", head.n);
		return NULL;
	}
	memcpy(r->head, head.p, SEAL_HEAD);
	r->at = SEAL_HEAD;
	return read_head(r, key, e) ? r : NULL;
}

bool seal_reader_chunk(struct seal_reader *r, struct str chunk, char *out, size_t *n, struct err *e)
{
	bool first = r->at == SEAL_HEAD, full = chunk.n == SEAL_CHUNK + SEAL_MORE;
	unsigned long long got = 0;
	unsigned char tag = 0;

	assert(chunk.n <= SEAL_CHUNK + SEAL_MORE);
	if (r->ended)
		return err_set(e, ERR_INPUT, "there is something behind its end, at byte %llu",
			       (unsigned long long)r->at);
	if (chunk.n < SEAL_MORE ||
	    crypto_secretstream_xchacha20poly1305_pull(
		    &r->stream, (unsigned char *)out, &got, &tag, (const unsigned char *)chunk.p,
		    chunk.n, first ? r->head : NULL, first ? SEAL_HEAD : 0) != 0)
		return err_set(e, ERR_INPUT, "it was changed%s, at or behind byte %llu",
			       full ? "" : " or is cut off", (unsigned long long)r->at);
	r->at += chunk.n;
	r->ended = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
	*n = (size_t)got;
	return true;
}

bool seal_reader_end(const struct seal_reader *r, struct err *e)
{
	return r->ended ||
	       err_set(e, ERR_INPUT, "it is cut off after %llu bytes", (unsigned long long)r->at);
}
