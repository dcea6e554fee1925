#include "model/roster/key.h"

#include "base/utf8.h"
#include "codec/net/url.h"
#include "codec/text/brand.h"

enum { ACCOUNT_MAX = 320 }; // RFC 3696 errata: 64 + 1 + 255

// The value itself where it is in this form already: most of a million are.
static struct str keep(const struct asset *x, struct str text, struct arena *a)
{
	return str_eq(x->value, text) ? x->value : arena_str(a, text);
}

static bool range_key(const struct asset *x, struct arena *a, struct asset_key *out, struct err *e)
{
	char text[2 * ADDRESS_TEXT + 4];
	struct buf b = BUF_ON(text);
	struct prefix p;

	if (x->kind == ASSET_PREFIX) {
		if (!prefix_read(x->value, &p, e))
			return false;
		out->range = prefix_range(p);
		prefix_write(&b, p);
	} else {
		if (!range_read(x->value, &out->range, e))
			return false;
		range_write(&b, out->range);
	}
	out->text = keep(x, buf_view(&b), a);
	return true;
}

static bool name_key(const struct asset *x, name_idn idn, struct arena *a, struct asset_key *out,
		     struct err *e)
{
	struct name name;

	if (!name_read(x->value, idn, &name))
		return err_set(e, ERR_INPUT, "\"" STR_FMT "\" is no domain name",
			       STR_ARG(str_first(x->value, 90)));
	out->text = keep(x, name_str(&name), a);
	return true;
}

static bool asn_key(const struct asset *x, struct arena *a, struct asset_key *out, struct err *e)
{
	char text[12];
	struct buf b = BUF_ON(text);

	if (!asn_read(x->value, &out->asn))
		return err_set(e, ERR_INPUT,
			       "\"" STR_FMT "\" is no AS number: 1 to 4294967295, as AS64500",
			       STR_ARG(str_first(x->value, 40)));
	buf_uint(&b, out->asn);
	out->text = keep(x, buf_view(&b), a);
	return true;
}

static bool brand_of(const struct asset *x, struct arena *a, struct asset_key *out, struct err *e)
{
	char key[BRAND_TEXT];
	size_t n = brand_key(x->value, key);

	if (n == 0)
		return err_set(e, ERR_INPUT,
			       "a name needs %d letters or digits, and at most %d, not \"" STR_FMT
			       "\"",
			       (int)BRAND_LEAST, (int)BRAND_TEXT, STR_ARG(str_first(x->value, 60)));
	out->text = keep(x, (struct str){ key, n }, a);
	return true;
}

bool asset_key(const struct asset *x, name_idn idn, struct arena *a, struct asset_key *out,
	       struct err *e)
{
	struct asset_key key = { .text = x->value };

	if (x->value.n == 0)
		return err_set(e, ERR_INPUT, "an asset needs a value");
	if (asset_has_range(x) && !range_key(x, a, &key, e))
		return false;
	if (asset_has_name(x) && !name_key(x, idn, a, &key, e))
		return false;
	if (x->kind == ASSET_ASN && !asn_key(x, a, &key, e))
		return false;
	if (x->kind == ASSET_NAME && !brand_of(x, a, &key, e))
		return false;
	if (x->kind == ASSET_ACCOUNT && x->value.n > ACCOUNT_MAX)
		return err_set(e, ERR_INPUT, "an account over %d bytes", ACCOUNT_MAX);
	*out = key;
	return true;
}
