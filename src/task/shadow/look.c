#include "task/shadow/look.h"

#include "base/hash.h"
#include "base/zone.h"
#include "model/match/whose.h"
#include "os/idn.h"

void look_begin(struct look *l)
{
	l->members = arena_new(l->a, struct look_member, l->roster->members.count + 1);
}

static size_t bucket_of(const struct look_member *m, struct str thing)
{
	char text[OLDER_KEY];
	struct buf key = BUF_ON(text);

	older_key(thing, &key);
	return hash_str(0, buf_view(&key)) & m->mask;
}

static void sort_in(struct look *l, struct look_member *m)
{
	m->mask = 1;
	while (m->mask < m->findings.count)
		m->mask = m->mask * 2 + 1;
	m->bucket = arena_new(l->a, size_t, m->mask + 1);
	for (size_t i = 0; i < m->findings.count; i++) {
		struct look_finding *x = &m->findings.at[i];
		struct str rest = x->f.seen, thing = str_cut(&rest, ' ');
		size_t *bucket = &m->bucket[bucket_of(m, thing)];

		x->next = *bucket;
		*bucket = i + 1;
		if (str_has(thing, '/'))
			*list_add(&m->ranges, l->a) = i;
	}
}

bool look_member(struct look *l, size_t place, struct look_member **out, struct err *e)
{
	const struct member *member = &l->roster->members.at[place];
	struct look_member *m = &l->members[place];
	autorows r = NULL;
	struct shadow_finding f;

	*out = m;
	if (m->read)
		return true;
	if (!shadow_of(l->d, member->id, &l->day, &r, e))
		return false;
	while (shadow_next_finding(r, &f, e)) {
		f.issue = arena_str(l->a, f.issue);
		f.seen = arena_str(l->a, f.seen);
		f.held = arena_str(l->a, f.held);
		*list_add(&m->findings, l->a) =
			(struct look_finding){ .f = f, .member = member, .told = TIME_EVER };
	}
	m->read = true;
	sort_in(l, m);
	return e->kind == ERR_NONE;
}

// ---- whose

struct places {
	LIST(size_t) at; // in the roster's members, each once
};

static void add_place(struct look *l, struct places *p, size_t place)
{
	LIST_EACH (const size_t, x, &p->at)
		if (*x == place)
			return;
	*list_add(&p->at, l->a) = place;
}

static bool called(const struct member *m, struct str name)
{
	LIST_EACH (const struct str, x, &m->names)
		if (str_eq_nocase(*x, name))
			return true;
	return false;
}

// Contacts whose mail address is one of them (a@b,c@d).
static void by_mail(struct look *l, struct str addresses, struct places *out)
{
	while (addresses.n > 0) {
		struct str mail = str_cut(&addresses, ',');

		LIST_EACH (const struct contact, c, &l->roster->contacts)
			if (c->member >= 0 && str_eq_nocase(c->mail, mail))
				add_place(l, out, (size_t)c->member);
	}
}

// By its slug, else by a name, else by mail addresses of contacts.
static enum older_why by_member(struct look *l, struct str name, struct places *out)
{
	const struct roster *r = l->roster;

	for (size_t i = 0; i < r->members.count; i++)
		if (str_eq_nocase(r->members.at[i].slug, name)) {
			add_place(l, out, i);
			return OLDER_TAKEN;
		}
	for (size_t i = 0; i < r->members.count; i++)
		if (called(&r->members.at[i], name))
			add_place(l, out, i);
	if (str_has(name, '@'))
		by_mail(l, name, out);
	return out->at.count == 1  ? OLDER_TAKEN
	       : out->at.count > 1 ? OLDER_NAMESAKES
				   : OLDER_STRANGER;
}

static void by_thing(struct look *l, struct str thing, struct places *out)
{
	const struct index_node *node;
	struct err unread = { 0 };
	struct whose w;

	if (!whose_ask(l->roster, l->index, idn_to_ascii, thing, &w, &unread) ||
	    w.end != WHOSE_OWNED)
		return;
	node = index_node(l->index, w.match.met.node);
	for (uint32_t i = 0; i < node->count; i++) {
		const struct asset *x =
			&l->roster->assets.at[index_owner(l->index, node->first + i)];

		if (x->member != ROSTER_NOBODY)
			add_place(l, out, (size_t)x->member);
	}
}

static enum older_why whose(struct look *l, const struct older_row *row, struct places *out)
{
	struct places holders = { 0 };

	if (row->spotted)
		by_thing(l, row->thing[0], &holders);
	if (row->spotted && holders.at.count == 0)
		return OLDER_NOBODYS;
	if (row->member.n > 0)
		return by_member(l, row->member, out);
	for (size_t i = 0; i < row->things; i++)
		by_thing(l, row->thing[i], out);
	return out->at.count > 0 ? OLDER_TAKEN : OLDER_NOBODYS;
}

// ---- of what

// That of the issue; where none is said, any. Each once, though it be found by several things.
static void meet(struct look *l, const struct older_row *row, struct look_finding *x,
		 struct look_row *out)
{
	bool same = out->issue.n == 0 || str_eq(out->issue, x->f.issue);

	if ((!same && row->things == 0) || !older_meets(row, x->f.seen))
		return;
	if (!same)
		out->detail = x->f.issue;
	for (size_t i = 0; same && i < out->met.count; i++)
		same = out->met.at[i] != x;
	if (same)
		*list_add(&out->met, l->a) = x;
}

static bool meet_all(struct look *l, const struct older_row *row, size_t place,
		     struct look_row *out, struct err *e)
{
	struct look_member *m;

	if (!look_member(l, place, &m, e))
		return false;
	for (size_t i = 0; i < row->things; i++)
		for (size_t at = m->bucket[bucket_of(m, row->thing[i])]; at > 0;
		     at = m->findings.at[at - 1].next)
			meet(l, row, &m->findings.at[at - 1], out);
	LIST_EACH (const size_t, at, &m->ranges)
		meet(l, row, &m->findings.at[*at], out);
	if (row->things == 0)
		LIST_EACH (struct look_finding, x, &m->findings)
			meet(l, row, x, out);
	return true;
}

// members: of how many what was met is: the older system told one of them, nobody knows which.
static enum older_why how_met(const struct older_row *row, const struct look_row *x, size_t members)
{
	bool vague = row->things == 0 || x->issue.n == 0;

	if (x->met.count == 0)
		return x->detail.n > 0 ? OLDER_OTHER : OLDER_UNSEEN;
	return (vague && x->met.count > 1) || members > 1 ? OLDER_WHICH : OLDER_TAKEN;
}

bool look_row(struct look *l, const struct older_row *row, struct look_row *out, struct err *e)
{
	struct places places = { 0 };
	size_t members = 0;

	*out = (struct look_row){ .why = whose(l, row, &places) };
	out->issue = older_issue(l->words, row->issue);
	if (places.at.count > 0 && out->why == OLDER_TAKEN)
		out->member = &l->roster->members.at[places.at.at[0]];
	if (row->bad != NULL || row->told > l->now)
		out->why = row->bad != NULL ? OLDER_UNREAD : OLDER_FUTURE;
	out->detail = str_of(row->bad);
	if (out->why == OLDER_TAKEN && row->issue.n > 0 && out->issue.n == 0)
		out->why = OLDER_ISSUE;
	if (out->why != OLDER_TAKEN)
		return true;
	LIST_EACH (const size_t, place, &places.at) {
		const size_t before = out->met.count;

		if (!meet_all(l, row, *place, out, e))
			return false;
		members += out->met.count > before;
	}
	out->why = how_met(row, out, members);
	if (out->why != OLDER_OTHER)
		out->detail = S("");
	return true;
}

static struct str on_day(struct look *l, struct str says, int64_t t)
{
	char day[TIME_TEXT];

	time_write(t + zone_ahead(t), day);
	return arena_fmt(l->a, STR_FMT "%s%.10s", STR_ARG(says), says.n > 0 ? ", " : "", day);
}

struct str look_detail(struct look *l, const struct look_finding *x, enum older_why why)
{
	const struct shadow_finding *f = &x->f;

	if (why == OLDER_WAITS)
		return f->due < TIME_NEVER ? on_day(l, notice_timing_says(f->timing, false), f->due)
					   : notice_timing_says(f->timing, false);
	if (why == OLDER_OTHER_DAY)
		return on_day(l, S(""), f->is.made);
	if (why == OLDER_OVER)
		return finding_end_says(f->ended);
	return why == OLDER_WARNINGLIST ? f->held : S("");
}
