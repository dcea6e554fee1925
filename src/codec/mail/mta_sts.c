#include "codec/mail/mta_sts.h"

#include "codec/net/name.h"

static bool is_alnum(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = ascii_lower(s.p[i]);

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
			return false;
	}
	return s.n > 0;
}

bool sts_record(struct str txt, struct str *id)
{
	struct str rest = txt, first = str_trim(str_cut(&rest, ';')), found = { 0 };

	if (!str_eq(first, S("v=STSv1")))
		return false;
	while (rest.n > 0) {
		struct str value = str_cut(&rest, ';'), key = str_trim(str_cut(&value, '='));

		if (str_eq(key, S("id")) && found.n == 0)
			found = str_trim(value);
	}
	if (!is_alnum(found) || found.n > STS_MAX_ID)
		return false;
	*id = found;
	return true;
}

static bool is_pattern(struct str s)
{
	struct name name;

	if (str_has_prefix(s, S("*.")))
		str_skip(&s, 2);
	return !str_has(s, '*') && name_read(s, NULL, &name);
}

// A key that is not known is passed over (3.2), one that is said twice counts the first time.
static bool take(struct str key, struct str value, struct sts_policy *p, unsigned *said,
		 struct err *e)
{
	enum { VERSION = 1, MODE = 2, AGE = 4 };
	static const struct str modes[] = { { "none", 4 }, { "testing", 7 }, { "enforce", 7 } };
	uint64_t n;

	if (str_eq(key, S("version")) && (*said & VERSION) == 0) {
		*said |= VERSION;
		return str_eq(value, S("STSv1")) ||
		       err_set(e, ERR_INPUT, "its version is not STSv1");
	}
	if (str_eq(key, S("mode")) && (*said & MODE) == 0) {
		for (unsigned i = 0; i < COUNTOF(modes); i++)
			if (str_eq(value, modes[i])) {
				p->mode = (enum sts_mode)i;
				*said |= MODE;
			}
		return (*said & MODE) != 0 ||
		       err_set(e, ERR_INPUT, "its mode is not enforce, testing or none");
	}
	if (str_eq(key, S("max_age")) && (*said & AGE) == 0) {
		*said |= AGE;
		if (value.n > 10 || !str_to_uint(value, UINT64_MAX, &n))
			return err_set(e, ERR_INPUT, "its max_age is no number of seconds");
		p->max_age = n > STS_MAX_AGE ? STS_MAX_AGE : (uint32_t)n;
		return true;
	}
	if (!str_eq(key, S("mx")))
		return true;
	if (!is_pattern(value) || p->mxs == STS_MAX_MX)
		return err_set(e, ERR_INPUT, "an mx is no name, or there are over %d", STS_MAX_MX);
	p->mx[p->mxs++] = value;
	return true;
}

bool sts_policy(struct str file, struct sts_policy *out, struct err *e)
{
	enum { ALL = 7 };
	struct sts_policy p = { 0 };
	unsigned said = 0;

	if (file.n > STS_MAX_BYTES)
		return err_set(e, ERR_INPUT, "it is longer than %d bytes", STS_MAX_BYTES);
	while (file.n > 0) {
		struct str value = str_trim(str_cut(&file, '\n')), key = str_cut(&value, ':');

		if (!take(str_trim(key), str_trim(value), &p, &said, e))
			return false;
	}
	if (said != ALL || (p.mxs == 0 && p.mode != STS_NONE))
		return err_set(e, ERR_INPUT, "it lacks version, mode, max_age or mx");
	*out = p;
	return true;
}

bool sts_names(const struct sts_policy *p, struct str host)
{
	for (unsigned i = 0; i < p->mxs; i++) {
		struct str mx = p->mx[i], rest = host;

		if (str_eq_nocase(mx, host))
			return true;
		if (str_has_prefix(mx, S("*.")) && str_cut(&rest, '.').n > 0 &&
		    str_eq_nocase(str_from(mx, 2), rest))
			return true;
	}
	return false;
}
