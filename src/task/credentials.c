#include "task/credentials.h"

#include "base/time.h"
#include "codec/text/ini.h"
#include "os/file.h"

enum { FILE_BYTES = 64 << 10, ROOM = 1 << 20 };

void credentials_done(struct credentials *c)
{
	if (c->a.start == NULL)
		return;
	explicit_bzero(c->a.start, (size_t)(c->a.at - c->a.start));
	arena_done(&c->a);
	*c = (struct credentials){ 0 };
}

static bool read_lines(struct credentials *c, struct str bytes, struct err *e)
{
	static const struct str words[] = { { "token", 5 },    { "header", 6 }, { "user", 4 },
					    { "password", 8 }, { "key", 3 },    { "secret", 6 },
					    { "expires", 7 } };
	struct str expires = { 0 };
	struct str *const to[] = { &c->token, &c->token,  &c->user, &c->password,
				   &c->key,   &c->secret, &expires };
	struct ini in = ini_of(bytes);
	enum ini_kind kind;

	while ((kind = ini_next(&in, e)) != INI_END) {
		bool met = false;

		for (size_t i = 0; i < COUNTOF(words) && kind == INI_PAIR; i++)
			if (str_eq(in.key, words[i])) {
				*to[i] = in.value;
				met = true;
			}
		if (kind == INI_PAIR && !met)
			return ini_unknown(&in, words, COUNTOF(words), e);
	}
	if (e->kind == ERR_NONE && expires.n > 0 && !time_read(expires, &c->expires))
		return err_set(e, ERR_CONFIG, "expires: a day such as 2026-12-31");
	return e->kind == ERR_NONE;
}

static bool read_file(struct credentials *c, const char *path, bool ours, struct err *e)
{
	struct str bytes;

	if (ours ? !file_read_secret(path, FILE_BYTES, &c->a, &bytes, e)
		 : !file_read(path, FILE_BYTES, &c->a, &bytes, e))
		return false;
	return read_lines(c, bytes, e) || err_in(e, "%s", path);
}

static bool read_of(const char *path, bool ours, struct credentials *c, struct credentials *out,
		    struct err *e)
{
	if (!read_file(c, path, ours, e)) {
		credentials_done(c);
		return false;
	}
	*out = *c;
	return true;
}

bool credentials_read(struct str home, struct str name, struct credentials *out, struct err *e)
{
	struct credentials c = { .expires = TIME_NEVER };

	arena_init(&c.a, ROOM);
	return read_of(
		arena_fmt(&c.a, STR_FMT "/credentials/" STR_FMT, STR_ARG(home), STR_ARG(name)).p,
		true, &c, out, e);
}

bool credentials_given(const char *folder, struct str name, struct credentials *out, struct err *e)
{
	struct credentials c = { .expires = TIME_NEVER };

	arena_init(&c.a, ROOM);
	return read_of(arena_fmt(&c.a, "%s/" STR_FMT, folder, STR_ARG(name)).p, false, &c, out, e);
}
