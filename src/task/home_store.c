#include "task/credentials.h"
#include "task/home.h"

#include <stdlib.h>

enum { PASSWORD_BYTES = 1024 };

// credentials/postgresql of the home, or of what systemd hands over; that there is none is
// well: libpq has its own ways (PGPASSFILE, a service file, the socket's owner).
static bool password_of(const struct home *h, char out[PASSWORD_BYTES], bool *any, struct err *e)
{
	const char *given = getenv("CREDENTIALS_DIRECTORY");
	autocredentials c = { 0 };

	*any = false;
	if (given != NULL && !credentials_given(given, S("postgresql"), &c, e) &&
	    e->kind != ERR_ABSENT)
		return false;
	if (c.a.start == NULL && !credentials_read(h->path, S("postgresql"), &c, e)) {
		if (e->kind != ERR_ABSENT)
			return false;
		e->kind = ERR_NONE;
		return true;
	}
	if (c.password.n == 0 || c.password.n >= PASSWORD_BYTES ||
	    memchr(c.password.p, '\0', c.password.n) != NULL)
		return err_set(e, ERR_CONFIG,
			       "credentials/postgresql: it has no line password = …");
	memcpy(out, c.password.p, c.password.n);
	out[c.password.n] = '\0';
	*any = true;
	return true;
}

// Where it is; `password` is room for that of a server, to be wiped.
static bool place_of(const struct home *h, struct str at, char password[PASSWORD_BYTES],
		     struct arena *a, struct db_place *out, struct err *e)
{
	bool any;

	*out = (struct db_place){ .at = str_z(a, at) };
	if (out->at == NULL)
		return err_set(e, ERR_CONFIG, "the store's URL has a NUL in it");
	if (!db_is_url(at)) {
		out->at = home_path(h, HOME_STORE, a);
		return true;
	}
	if (!password_of(h, password, &any, e))
		return false;
	out->password = any ? password : NULL;
	return true;
}

bool home_store_at(const struct home *h, struct str at, enum store_how how, struct arena *a,
		   struct db **out, struct err *e)
{
	char password[PASSWORD_BYTES];
	struct db_place where;
	bool good =
		place_of(h, at, password, a, &where, e) && store_open(where, how, h->now, out, e);

	explicit_bzero(password, sizeof password);
	return good;
}

bool home_store_as(const struct home *h, unsigned role, struct arena *a, struct db **out,
		   struct err *e)
{
	char password[PASSWORD_BYTES];
	struct db_place where;
	bool good =
		place_of(h, h->store, password, a, &where, e) && store_serve(where, role, out, e);

	explicit_bzero(password, sizeof password);
	return good;
}

bool home_store_names(const struct home *h, struct arena *a, struct err *e)
{
	char password[PASSWORD_BYTES];
	bool any, good;

	if (!db_is_url(h->store))
		return true;
	good = db_url_check(arena_str(a, h->store).p, e) && password_of(h, password, &any, e);
	explicit_bzero(password, sizeof password);
	return good;
}
