#include "model/roster/tsv.h"

#include "base/hash.h"
#include "base/utf8.h"

// Slugs to places, so that a million lines need not be compared with each other.
struct slugs {
	uint32_t *slot; // place in members + 1
	uint32_t mask;
};

static void grow_slugs(struct slugs *s, const struct roster *r, struct arena *a)
{
	size_t slots = s->slot != NULL ? 2 * ((size_t)s->mask + 1) : 1024;

	s->slot = arena_new(a, uint32_t, slots);
	s->mask = (uint32_t)slots - 1;
	for (size_t i = 0; i < r->members.count; i++) {
		uint32_t at = (uint32_t)hash_str(0, r->members.at[i].slug) & s->mask;

		while (s->slot[at] != 0)
			at = (at + 1) & s->mask;
		s->slot[at] = (uint32_t)i + 1;
	}
}

static int32_t member_place(struct slugs *s, struct str slug, struct roster *r, struct arena *a)
{
	uint32_t at;

	if (s->slot == NULL || r->members.count > s->mask / 2)
		grow_slugs(s, r, a);
	for (at = (uint32_t)hash_str(0, slug) & s->mask; s->slot[at] != 0; at = (at + 1) & s->mask)
		if (str_eq(r->members.at[s->slot[at] - 1].slug, slug))
			return (int32_t)s->slot[at] - 1;
	slug = arena_str(a, slug);
	*list_add(&r->members, a) = (struct member){
		.slug = slug, .name = slug, .since = TIME_EVER, .until = TIME_NEVER
	};
	s->slot[at] = (uint32_t)r->members.count;
	return (int32_t)r->members.count - 1;
}

static size_t count_lines(struct str bytes)
{
	size_t n = 1;
	const char *p;

	while (bytes.n > 0 && (p = memchr(bytes.p, '\n', bytes.n)) != NULL) {
		str_skip(&bytes, (size_t)(p - bytes.p) + 1);
		n++;
	}
	return n;
}

static bool read_line(struct str line, unsigned number, struct str *slug, struct asset *out,
		      struct err *e)
{
	struct str rest = line, kind;
	enum asset_kind k;

	*slug = str_cut(&rest, '\t');
	kind = str_cut(&rest, '\t');
	if (slug->n == 0 || rest.n == 0 || str_has(rest, '\t'))
		return err_set(e, ERR_INPUT,
			       "line %u: three columns, separated by tabs: member, kind, value",
			       number);
	if (!asset_kind_read(kind, &k))
		return err_set(e, ERR_INPUT, "line %u: \"" STR_FMT "\" is no kind of asset", number,
			       STR_ARG(str_first(kind, 60)));
	*out = (struct asset){ .value = rest,
			       .kind = (uint8_t)k,
			       .line = number,
			       .since = TIME_EVER,
			       .until = TIME_NEVER };
	return true;
}

static bool check_line(struct str line, unsigned number, struct err *e)
{
	if (line.n > TSV_MAX_LINE)
		return err_set(e, ERR_LIMIT, "line %u: over %d bytes", number, TSV_MAX_LINE);
	if (str_has(line, '\0'))
		return err_set(e, ERR_INPUT, "line %u: a NUL byte", number);
	if (!utf8_is(line))
		return err_set(e, ERR_INPUT, "line %u: not UTF-8", number);
	return true;
}

bool roster_read_tsv(struct str bytes, struct arena *a, struct roster *out, struct err *e)
{
	struct roster r = { 0 };
	struct slugs slugs = { 0 };
	unsigned number = 0;

	list_reserve(&r.assets, a, count_lines(bytes));
	while (bytes.n > 0) {
		struct str line = str_cut(&bytes, '\n'), slug;
		struct asset asset;

		number++;
		if (line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		if (!check_line(line, number, e))
			return false;
		if (line.n == 0 || str_starts(line, '#'))
			continue;
		if (!read_line(line, number, &slug, &asset, e))
			return false;
		asset.member = member_place(&slugs, slug, &r, a);
		asset.value = arena_str(a, asset.value);
		*list_add(&r.assets, a) = asset;
	}
	*out = r;
	return true;
}
