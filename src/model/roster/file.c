#include "model/roster/file.h"

#include "base/hash.h"
#include "model/roster/sheet.h"
#include "model/roster/tree.h"

static const struct {
	struct str word;
} forms[ROSTER_FORMS] = {
	[ROSTER_CSV] = { { "csv", 3 } },
	[ROSTER_JSON] = { { "json", 4 } },
	[ROSTER_TSV] = { { "tsv", 3 } },
};

bool roster_form_read(struct str word, enum roster_form *out)
{
	for (unsigned i = 0; i < ROSTER_FORMS; i++) {
		if (!str_eq(word, forms[i].word))
			continue;
		*out = (enum roster_form)i;
		return true;
	}
	return false;
}

// Excel puts a byte order mark before UTF-8.
static struct str without_mark(struct str bytes)
{
	return str_has_prefix(bytes, S("\xef\xbb\xbf")) ? str_from(bytes, 3) : bytes;
}

enum roster_form roster_form_of(struct str bytes)
{
	struct str rest = without_mark(bytes);

	while (rest.n > 0) {
		struct str line = str_trim(str_cut(&rest, '\n')), columns = line, kind;
		enum asset_kind k;

		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (line.p[0] == '{' || line.p[0] == '[')
			return ROSTER_JSON;
		str_cut(&columns, '\t');
		kind = str_cut(&columns, '\t');
		return asset_kind_read(kind, &k) ? ROSTER_TSV : ROSTER_CSV;
	}
	return ROSTER_CSV;
}

void roster_file_read(struct str bytes, enum roster_form form, struct arena *a,
		      struct roster_file *out, struct remarks *remarks)
{
	struct build b = { .file = out, .remarks = remarks, .a = a };

	*out = (struct roster_file){ 0 };
	if (bytes.n > ROSTER_MAX_BYTES) {
		remark_add(remarks, REMARK_REFUSED, 0, "the file is over 1 GiB");
		return;
	}
	bytes = without_mark(bytes);
	if (form == ROSTER_JSON)
		tree_read(&b, bytes);
	else
		sheet_read(&b, bytes, form == ROSTER_TSV);
	if (!out->holds[RECORD_MEMBER] && !out->holds[RECORD_CONTACT] &&
	    !out->holds[RECORD_ASSET] && remarks->count[REMARK_REFUSED] == 0)
		remark_add(remarks, REMARK_REFUSED, 0, "the file holds no roster: it is empty");
}

// Slugs to places.
struct places {
	struct roster *r;
	uint32_t *slot, mask;
};

static uint32_t *slot_of(const struct places *p, struct str slug)
{
	uint32_t at = (uint32_t)hash_str(0, slug) & p->mask;

	while (p->slot[at] != 0 && !str_eq(p->r->members.at[p->slot[at] - 1].slug, slug))
		at = (at + 1) & p->mask;
	return &p->slot[at];
}

// Room for `most` members in all.
static struct places places_of(struct roster *r, size_t most, struct arena *a)
{
	struct places p = { .r = r };
	size_t slots = 16;

	while (slots < 2 * most)
		slots *= 2;
	p.slot = arena_new(a, uint32_t, slots);
	p.mask = (uint32_t)slots - 1;
	for (size_t i = 0; i < r->members.count; i++) {
		uint32_t *slot = slot_of(&p, r->members.at[i].slug);

		if (*slot == 0)
			*slot = (uint32_t)i + 1;
	}
	return p;
}

static void remark_unknown(const struct places *p, struct str slug, unsigned line,
			   struct remarks *remarks)
{
	struct str best = { 0 };
	unsigned distance = 3;

	// Looked for only while it can still be shown.
	for (size_t i = 0; remarks->count[REMARK_REFUSED] < REMARK_MOST && i < p->r->members.count;
	     i++) {
		unsigned d = str_distance(slug, p->r->members.at[i].slug, 2);

		if (d >= distance)
			continue;
		distance = d;
		best = p->r->members.at[i].slug;
	}
	remark_add(remarks, REMARK_REFUSED, line,
		   "there is no member \"" STR_FMT "\"%s" STR_FMT "%s",
		   STR_ARG(str_first(slug, 60)), best.n > 0 ? ": did you mean \"" : "",
		   STR_ARG(best), best.n > 0 ? "\"?" : "");
}

static int32_t link(struct places *p, struct str slug, unsigned line, bool make, struct arena *a,
		    struct remarks *remarks)
{
	uint32_t *slot;

	if (str_eq(slug, S("-")))
		return ROSTER_NOBODY;
	slot = slot_of(p, slug);
	if (*slot == 0 && make) {
		struct member *m = list_add(&p->r->members, a);

		member_empty(m);
		m->slug = m->name = slug;
		*list_add(&m->names, a) = slug;
		m->line = line;
		*slot = (uint32_t)p->r->members.count;
	}
	if (*slot == 0) {
		remark_unknown(p, slug, line, remarks);
		return ROSTER_NOBODY;
	}
	return (int32_t)*slot - 1;
}

void roster_file_link(struct roster_file *f, const struct roster *old, struct arena *a,
		      struct remarks *remarks)
{
	struct roster *r = &f->roster;
	struct places p;

	if (!f->holds[RECORD_MEMBER] && r->members.count == 0)
		LIST_EACH (struct member, m, &old->members)
			*list_add(&r->members, a) = *m;
	p = places_of(r, r->members.count + (f->makes_members ? r->assets.count : 0), a);
	for (size_t i = 0; i < r->contacts.count; i++)
		r->contacts.at[i].member =
			link(&p, f->contact_of.at[i], r->contacts.at[i].line, false, a, remarks);
	for (size_t i = 0; i < r->assets.count; i++)
		r->assets.at[i].member = link(&p, f->asset_of.at[i], r->assets.at[i].line,
					      f->makes_members, a, remarks);
}
