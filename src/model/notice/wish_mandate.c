#include "model/notice/wish_mandate.h"

#include "base/time.h"
#include "codec/net/address.h"
#include "codec/net/name.h"

// ---- as it is written

static bool is_issue(struct str s)
{
	struct str rest = s, head = str_cut(&rest, '.');
	enum issue_class class;

	return issue_class_read(head, &class) && rest.n > 0;
}

static bool read_word(struct str word, struct mandate *m, bool *all)
{
	struct str value = word, key = str_cut(&value, ':');

	if (str_eq_nocase(word, S("all")))
		return *all = true;
	if (value.n == 0)
		return false;
	if (str_eq_nocase(key, S("issue")))
		return m->issues = is_issue(value);
	if (str_eq_nocase(key, S("asset")))
		return m->assets = true;
	if (str_eq_nocase(key, S("from")))
		return time_read(value, &m->since);
	return str_eq_nocase(key, S("until")) && time_read(value, &m->until);
}

bool mandate_read(struct str words, struct mandate *out)
{
	struct mandate m = { words, false, false, TIME_EVER, TIME_NEVER };
	bool all = false;

	while (words.n > 0) {
		struct str word = str_cut(&words, ' ');

		if (word.n > 0 && !read_word(word, &m, &all))
			return false;
	}
	if (m.until == TIME_NEVER || all == (m.issues || m.assets))
		return false;
	*out = m;
	return true;
}

// ---- what it holds

// "exposed.rdp", or "exposed.*": all of a class or a family.
static bool fits_issue(struct str pattern, struct str issue)
{
	if (str_has_suffix(pattern, S(".*")))
		return str_has_prefix(issue, str_first(pattern, pattern.n - 1));
	return str_eq(pattern, issue);
}

// The asset itself, or what lies in it.
static bool fits_asset(struct str asset, const struct mandate_case *c)
{
	struct str rest = c->seen, seen = str_cut(&rest, ' ');
	struct address address;
	struct prefix prefix;
	struct range range;
	struct err none = { 0 };

	if (c->asset.n > 0 && str_eq_nocase(asset, c->asset))
		return true;
	if (!address_read(seen, &address))
		return name_within(seen, asset);
	if (prefix_read(asset, &prefix, &none))
		return prefix_holds(prefix, address);
	return range_read(asset, &range, &none) && address_order(range.first, address) <= 0 &&
	       address_order(address, range.last) <= 0;
}

bool mandate_holds(const struct mandate *m, const struct mandate_case *c, int64_t now)
{
	bool issue = !m->issues, asset = !m->assets;
	struct str words = m->words;

	while (words.n > 0) {
		struct str value = str_cut(&words, ' '), key = str_cut(&value, ':');

		issue = issue || (str_eq_nocase(key, S("issue")) && fits_issue(value, c->issue));
		asset = asset || (str_eq_nocase(key, S("asset")) && fits_asset(value, c));
	}
	return issue && asset && m->since <= now && now < m->until;
}
