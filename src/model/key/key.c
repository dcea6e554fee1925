#include "model/key/key.h"

#include "model/key/year.h"

#include <assert.h>

// clang-format off
#define X(id, word) [id] = word,
static const char *const kinds[] = { KEY_KINDS(X) };
static const char *const states[] = { KEY_STATES(X) };
static const char *const origins[] = { KEY_ORIGINS(X) };
static const char *const troubles[] = { KEY_TROUBLES(X) };
#undef X
#define X(id, word, says) [id] = { word, says },
static const struct { const char *word, *says; } methods[] = { KEY_METHODS(X) };
#undef X
// clang-format on

struct str key_kind_word(enum key_kind kind)
{
	assert(kind < KEY_KIND_COUNT);
	return str_of(kinds[kind]);
}

struct str key_state_word(enum key_state state)
{
	assert(state < KEY_STATE_COUNT);
	return str_of(states[state]);
}

struct str key_origin_word(enum key_origin origin)
{
	assert(origin < KEY_ORIGIN_COUNT);
	return str_of(origins[origin]);
}

struct str key_method_word(enum key_method method)
{
	assert(method < KEY_METHOD_COUNT);
	return str_of(methods[method].word);
}

struct str key_method_says(enum key_method method)
{
	assert(method < KEY_METHOD_COUNT);
	return str_of(methods[method].says);
}

bool key_method_read(struct str word, enum key_method *out)
{
	for (unsigned i = 0; i < KEY_METHOD_COUNT; i++)
		if (str_eq(word, str_of(methods[i].word))) {
			*out = (enum key_method)i;
			return true;
		}
	return false;
}

struct str key_trouble_says(enum key_trouble t)
{
	assert(t < KEY_TROUBLE_COUNT);
	return str_of(troubles[t]);
}

enum key_trouble key_trouble(const struct key_known *k, int64_t now)
{
	const int64_t soon = now + KEY_SOON_DAYS * TIME_DAY;

	if (k->state == KEY_REFUSED)
		return KEY_UNWANTED;
	if (k->state == KEY_REVOKED)
		return KEY_WITHDRAWN;
	if (k->expires <= now)
		return KEY_ENDED;
	if (k->state == KEY_OFFERED)
		return KEY_UNCHECKED;
	if (k->until <= now)
		return KEY_STALE;
	if (k->expires <= soon)
		return KEY_ENDS;
	return k->until <= soon ? KEY_STALES : KEY_WELL;
}

enum key_chase key_chase(const struct key_known *k, int64_t now)
{
	if (k->state == KEY_REVOKED)
		return KEY_CHASE_OVER;
	if (k->state != KEY_VERIFIED || k->expires > now + KEY_SOON_DAYS * TIME_DAY)
		return KEY_CHASE_NONE;
	if (k->expires <= now)
		return KEY_CHASE_OVER;
	return k->expires > now + KEY_LAST_DAYS * TIME_DAY ? KEY_CHASE_SOON : KEY_CHASE_LAST;
}

struct str key_address(struct str address, char room[KEY_ADDRESS])
{
	if (address.n > KEY_ADDRESS)
		return S("");
	for (size_t i = 0; i < address.n; i++)
		room[i] = ascii_lower(address.p[i]);
	return (struct str){ room, address.n };
}

bool key_names(struct str mails, struct str address)
{
	while (mails.n > 0)
		if (str_eq(str_cut(&mails, ' '), address))
			return address.n > 0;
	return false;
}

int64_t key_year_end(int64_t now, int64_t least)
{
	int year = 1970;
	int64_t end;

	do
		end = year_end(year++);
	while (end < now + least * TIME_DAY && year < 9999);
	return end;
}

size_t key_spell(struct str fingerprint, char out[KEY_SPELLED])
{
	size_t n = 0;

	for (size_t i = 0; i < fingerprint.n && n + 2 < KEY_SPELLED; i++) {
		if (i > 0 && i % 4 == 0)
			out[n++] = ' ';
		out[n++] = fingerprint.p[i];
	}
	out[n] = '\0';
	return n;
}

bool key_fingerprint_read(struct str typed, char *out, size_t room, size_t *n)
{
	*n = 0;
	if (str_has_prefix(typed, S("0x")))
		typed = str_from(typed, 2);
	for (size_t i = 0; i < typed.n; i++) {
		const char c = typed.p[i], low = ascii_lower(c);
		const bool digit = c >= '0' && c <= '9';

		if (c == ' ' || c == ':')
			continue;
		if (!(digit || (low >= 'a' && low <= 'f')) || *n == room || *n == 64)
			return false;
		out[(*n)++] = digit ? c : (char)(low - 'a' + 'A');
	}
	return *n >= KEY_FINGERPRINT_LEAST;
}

bool key_fingerprint_whole(struct str typed, char out[KEY_DIGITS], struct str *whole)
{
	size_t n;

	if (!key_fingerprint_read(typed, out, KEY_DIGITS, &n) || n < KEY_WHOLE)
		return false;
	*whole = (struct str){ out, n };
	return true;
}
