#include "model/roster/roster.h"

#include "codec/text/ini.h"

static const struct {
	struct str word;
} kinds[ASSET_KIND_COUNT] = {
#define X(id, name, says) [id] = { { name, sizeof(name) - 1 } },
	ASSET_KINDS(X)
#undef X
};

struct str asset_kind_word(enum asset_kind kind)
{
	return kinds[kind].word;
}

bool asset_kind_read(struct str word, enum asset_kind *out)
{
	if (str_eq(word, S("ipv4-prefix")) || str_eq(word, S("ipv6-prefix"))) {
		*out = ASSET_PREFIX;
		return true;
	}
	for (unsigned i = 0; i < ASSET_KIND_COUNT; i++) {
		if (!str_eq(word, kinds[i].word))
			continue;
		*out = (enum asset_kind)i;
		return true;
	}
	return false;
}

bool member_absent(struct str slug, const struct str *all, size_t n, struct err *e)
{
	struct str near = ini_nearest(slug, all, n);

	return err_set(e, ERR_ABSENT, "there is no member \"" STR_FMT "\": %s" STR_FMT "%s",
		       STR_ARG(str_first(slug, 60)),
		       near.n > 0 ? "did you mean \"" : "see 'waker member list'", STR_ARG(near),
		       near.n > 0 ? "\"?" : "");
}
