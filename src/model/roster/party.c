#include "model/roster/party.h"

#include "base/sort.h"
#include "codec/net/url.h"
#include "model/notice/wish.h"

enum { SLUG_MAX = 40, UMBRELLA_DEPTH = 16, MAIL_MAX = 254 };

static bool slug_is(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && i > 0)))
			return false;
	}
	return s.n > 0 && s.n <= SLUG_MAX;
}

static int by_slug(const void *x, const void *y)
{
	const struct member *const *a = x, *const *b = y;
	int order = str_order((*a)->slug, (*b)->slug);

	return order != 0 ? order : ((*a)->line > (*b)->line) - ((*a)->line < (*b)->line);
}

struct sorted {
	const struct member **at;
	size_t n;
};

static struct sorted sort_members(const struct roster *r, struct arena *a)
{
	struct sorted s = { arena_new(a, const struct member *, r->members.count),
			    r->members.count };

	for (size_t i = 0; i < s.n; i++)
		s.at[i] = &r->members.at[i];
	sort_merge(s.at, arena_new(a, const struct member *, s.n), s.n, sizeof(*s.at), by_slug);
	return s;
}

// Its place, s->n where there is none.
static size_t find(const struct sorted *s, struct str slug)
{
	size_t low = 0, high = s->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (str_order(s->at[mid]->slug, slug) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < s->n && str_eq(s->at[low]->slug, slug) ? low : s->n;
}

enum colour { NEW, OPEN, DONE };

struct walk {
	const struct sorted *s;
	uint8_t *colour; // by place in s
	struct remarks *out;
};

// Every member is walked once: what is met while it is still open is a circle.
static void walk_up(struct walk *w, size_t at, unsigned depth)
{
	const struct member *m = w->s->at[at];

	w->colour[at] = OPEN;
	LIST_EACH (struct str, slug, &m->umbrellas) {
		size_t up = find(w->s, *slug);

		if (up == w->s->n)
			remark_add(w->out, REMARK_REFUSED, m->line,
				   STR_FMT ": there is no umbrella \"" STR_FMT "\"",
				   STR_ARG(str_first(m->slug, SLUG_MAX)),
				   STR_ARG(str_first(*slug, SLUG_MAX)));
		else if (w->colour[up] == OPEN)
			remark_add(w->out, REMARK_REFUSED, m->line,
				   STR_FMT " is under itself: its umbrellas go in a circle",
				   STR_ARG(str_first(m->slug, SLUG_MAX)));
		else if (w->colour[up] == NEW && depth == UMBRELLA_DEPTH)
			remark_add(w->out, REMARK_REFUSED, m->line,
				   STR_FMT ": over %d umbrellas above each other",
				   STR_ARG(str_first(m->slug, SLUG_MAX)), UMBRELLA_DEPTH);
		else if (w->colour[up] == NEW)
			walk_up(w, up, depth + 1);
	}
	w->colour[at] = DONE;
}

void check_members(const struct roster *r, struct remarks *out)
{
	struct sorted s = sort_members(r, out->a);
	struct walk w = { &s, arena_new(out->a, uint8_t, s.n), out };

	for (size_t i = 0; i < s.n; i++) {
		const struct member *m = s.at[i];

		if (!slug_is(m->slug))
			remark_add(out, REMARK_REFUSED, m->line,
				   "\"" STR_FMT
				   "\" is no slug: a-z, 0-9 and -, not - first, at most %d",
				   STR_ARG(str_first(m->slug, 60)), SLUG_MAX);
		if (i > 0 && str_eq(m->slug, s.at[i - 1]->slug))
			remark_add(out, REMARK_REFUSED, m->line,
				   "a second member \"" STR_FMT "\"; the first is in line %u",
				   STR_ARG(str_first(m->slug, 60)), s.at[i - 1]->line);
		if (m->names.count == 0)
			remark_add(out, REMARK_REFUSED, m->line, STR_FMT " needs a name",
				   STR_ARG(str_first(m->slug, 60)));
		if (m->since >= m->until)
			remark_add(out, REMARK_REFUSED, m->line,
				   STR_FMT ": until is not after since",
				   STR_ARG(str_first(m->slug, 60)));
		if (w.colour[i] == NEW)
			walk_up(&w, i, 0);
	}
}

// RFC 5321 without quotes and comments: what a member's mail address looks like.
static bool mail_is(struct str s, name_idn idn)
{
	struct str local = s;
	struct name name;

	if (s.n > MAIL_MAX || !mail_domain(s, idn, &name) || name.labels < 2)
		return false;
	local = str_cut(&local, '@');
	if (local.n == 0 || local.n > 64)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f ||
		    str_has(S("()<>,;:\\\"[]"), s.p[i]))
			return false;
	return str_has(s, '@');
}

static int by_place(const void *x, const void *y)
{
	const struct contact *const *a = x, *const *b = y;
	int order = ((*a)->member > (*b)->member) - ((*a)->member < (*b)->member);

	if (order == 0)
		order = str_order((*a)->role, (*b)->role);
	if (order == 0)
		order = str_order((*a)->mail, (*b)->mail);
	if (order == 0)
		order = str_order((*a)->name, (*b)->name);
	return order != 0 ? order : ((*a)->line > (*b)->line) - ((*a)->line < (*b)->line);
}

static bool same_contact(const struct contact *x, const struct contact *y)
{
	return x->member == y->member && str_eq(x->role, y->role) && str_eq(x->mail, y->mail) &&
	       str_eq(x->name, y->name);
}

void check_contacts(const struct roster *r, name_idn idn, struct remarks *out)
{
	size_t n = r->contacts.count;
	const struct contact **at = arena_new(out->a, const struct contact *, n);

	for (size_t i = 0; i < n; i++)
		at[i] = &r->contacts.at[i];
	sort_merge(at, arena_new(out->a, const struct contact *, n), n, sizeof(*at), by_place);
	for (size_t i = 0; i < n; i++) {
		struct str left = at[i]->wishes;
		struct err unread = { 0 };

		while (!wish_check(&left, &unread))
			remark_add(out, REMARK_WARNING, at[i]->line, "%s", unread.text);
		if (at[i]->mail.n > 0 && !mail_is(at[i]->mail, idn))
			remark_add(out, REMARK_REFUSED, at[i]->line,
				   "\"" STR_FMT "\" is no mail address",
				   STR_ARG(str_first(at[i]->mail, 90)));
		if (at[i]->mail.n == 0 && at[i]->phone.n == 0)
			remark_add(out, REMARK_REFUSED, at[i]->line,
				   "a contact needs a mail address or a telephone");
		if (i > 0 && same_contact(at[i - 1], at[i]))
			remark_add(out, REMARK_REFUSED, at[i]->line,
				   "the same contact as in line %u", at[i - 1]->line);
	}
}
