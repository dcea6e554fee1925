#include "model/mail/pin.h"

#include "codec/net/name.h"

static bool wrong(unsigned line, const char *why, struct err *e)
{
	return err_set(e, ERR_CONFIG, "mail.pins, line %u: %s", line, why);
}

static bool take(struct str line, unsigned n, struct tls_key *key, struct name *name, struct err *e)
{
	struct str rest = line, word = str_cut(&rest, ' ');

	if (!name_read(word, NULL, name))
		return wrong(n, "it begins with no name of a server or domain", e);
	return tls_key_read(str_trim(rest), key) ||
	       wrong(n, "behind the name stands no key: sha256// and 44 letters of base64", e);
}

bool pins_find(struct str file, struct str host, struct str domain, struct tls_want *out,
	       struct err *e)
{
	struct tls_want w = { .level = TLS_MUST, .by = TLS_BY_PIN };

	for (unsigned n = 1; file.n > 0; n++) {
		struct str line = str_trim(str_cut(&file, '\n'));
		struct tls_key key;
		struct name name;

		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (!take(line, n, &key, &name, e))
			return false;
		if (!str_eq_nocase(name_str(&name), host) &&
		    !str_eq_nocase(name_str(&name), domain))
			continue;
		if (w.keys == TLS_MAX_KEYS)
			return wrong(n, "the name has over 8 keys: take out old ones", e);
		w.key[w.keys++] = key;
	}
	*out = w;
	return true;
}
