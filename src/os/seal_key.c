#include "os/seal_key.h"

#include "base/buf.h"
#include "codec/text/base64.h"
#include "codec/text/ini.h"
#include "os/file.h"

enum { FILE_BYTES = 4096, ROOM = 1 << 20, TEXT = 1024 };

static bool key_of(struct str text, unsigned char out[SEAL_KEY])
{
	char bytes[TEXT];
	size_t n = 0;
	bool ok = text.n <= sizeof bytes && base64_read(text, bytes, &n) && n == SEAL_KEY;

	if (ok)
		memcpy(out, bytes, SEAL_KEY);
	explicit_bzero(bytes, sizeof bytes);
	return ok;
}

static bool read_key(struct str bytes, struct str word, unsigned char out[SEAL_KEY], struct err *e)
{
	struct ini in = ini_of(bytes);
	bool met = false;
	enum ini_kind kind;

	while ((kind = ini_next(&in, e)) != INI_END) {
		if (kind != INI_PAIR || !str_eq(in.key, word))
			return err_set(e, ERR_CONFIG,
				       "line %u: only \"" STR_FMT " = KEY\" stands in such a file",
				       in.line, STR_ARG(word));
		if (!key_of(in.value, out)) // its value is not shown: it may be a secret
			return err_set(e, ERR_CONFIG,
				       "line %u: the key is not %d bytes in base64: it was cut or "
				       "changed",
				       in.line, SEAL_KEY);
		met = true;
	}
	if (e->kind != ERR_NONE)
		return false;
	return met ||
	       err_set(e, ERR_CONFIG, "there is no \"" STR_FMT " = KEY\" in it", STR_ARG(word));
}

bool seal_public_read(const char *path, struct seal_public *out, struct err *e)
{
	autoarena a = { 0 };
	struct str bytes;

	arena_init(&a, ROOM);
	if (!file_read(path, FILE_BYTES, &a, &bytes, e))
		return false;
	return read_key(bytes, S("public"), out->key, e) || err_in(e, "%s", path);
}

bool seal_secret_read(const char *path, struct seal_secret *out, struct err *e)
{
	autoarena a = { 0 };
	struct str bytes = { 0 };
	bool ok;

	arena_init(&a, ROOM);
	ok = file_read_secret(path, FILE_BYTES, &a, &bytes, e) &&
	     (read_key(bytes, S("secret"), out->key, e) || err_in(e, "%s", path));
	explicit_bzero(a.start, (size_t)(a.at - a.start));
	return ok;
}

static bool write_key(const char *path, const char *says, const unsigned char key[SEAL_KEY],
		      unsigned mode, struct err *e)
{
	char text[TEXT];
	struct buf b = BUF_ON(text);
	bool ok;

	buf_fmt(&b, "%s", says);
	base64_write(&b, (struct str){ (const char *)key, SEAL_KEY });
	buf_char(&b, '\n');
	ok = file_write(path, buf_view(&b), mode, e);
	explicit_bzero(text, sizeof text);
	return ok;
}

static bool make_pair(const char *secret_path, struct seal_public *p, struct seal_secret *s,
		      struct err *e)
{
	char id[SEAL_ID_TEXT], says[TEXT / 2];
	struct buf b = { .p = says, .cap = sizeof says - 1 };

	if (file_exists(secret_path)) {
		if (!seal_secret_read(secret_path, s, e))
			return false;
		seal_public_of(s, p);
		return true;
	}
	seal_pair(p, s);
	seal_id(p, id);
	buf_fmt(&b,
		"# The SECRET half of the officers' archive key %s. Who has it can read the\n"
		"# passwords in the archive. Waker does not need it to run: move it off this\n"
		"# machine to where officers keep secrets, and keep a second copy. Without it\n"
		"# nothing that is sealed can ever be opened.\nsecret = ",
		id);
	says[b.n] = '\0';
	return write_key(secret_path, says, s->key, 0600, e);
}

bool seal_pair_make(const char *public_path, const char *secret_path, struct err *e)
{
	struct seal_secret s;
	struct seal_public p;
	char id[SEAL_ID_TEXT], says[TEXT / 2];
	struct buf b = { .p = says, .cap = sizeof says - 1 };
	bool ok = make_pair(secret_path, &p, &s, e);

	explicit_bzero(&s, sizeof s);
	if (!ok)
		return false;
	seal_id(&p, id);
	buf_fmt(&b,
		"# The public half of the officers' archive key %s: the archive of feeds\n"
		"# with secrets is sealed to it. It is no secret; without it such feeds are not "
		"run.\n"
		"public = ",
		id);
	says[b.n] = '\0';
	return write_key(public_path, says, p.key, 0600, e);
}
