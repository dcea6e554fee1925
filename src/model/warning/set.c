#include "model/warning/set.h"

#include "base/sort.h"
#include "codec/net/url.h"
#include "model/match/intervals.h"
#include "model/match/names.h"
#include "model/warning/parts.h"

enum { NO_ITEM = -1 };

struct item { // an entry of a list
	uint32_t list, place;
	int32_t next; // the same text or prefix, in another list
};

struct pattern {
	const void *code;
	int32_t item;
};

struct warnings {
	struct warning_list *list;
	size_t lists;
	struct item *item;
	size_t items;
	struct names names; // hostnames as trees; whole texts, in lower case, as accounts
	struct interval_range *range;
	struct intervals *intervals;
	struct parts parts;
	LIST(struct pattern) patterns;
	struct warning_engine engine;
};

struct making {
	struct warnings *x;
	struct arena *a;
	LIST(struct part) parts;
	LIST(struct interval_range) ranges;
};

static struct str lower(struct str s, struct arena *a)
{
	char *low;
	size_t i = 0;

	while (i < s.n && s.p[i] == ascii_lower(s.p[i]))
		i++;
	if (i == s.n)
		return s;
	low = arena_new(a, char, s.n);
	for (i = 0; i < s.n; i++)
		low[i] = ascii_lower(s.p[i]);
	return (struct str){ low, s.n };
}

static int32_t add_item(struct making *m, uint32_t list, uint32_t place, int32_t next)
{
	m->x->item[m->x->items] = (struct item){ list, place, next };
	return (int32_t)m->x->items++;
}

// A list that has a text twice has it once.
static void join(struct making *m, int32_t *head, uint32_t list, uint32_t place)
{
	if (*head == NO_ITEM || m->x->item[*head].list != list)
		*head = add_item(m, list, place, *head);
}

static const char *add_text(struct making *m, uint32_t list, uint32_t place, struct str text)
{
	struct names_entry *en = names_add(&m->x->names, NAMES_ACCOUNT, lower(text, m->a));

	if (en == NULL)
		return "there is no more room";
	join(m, &en->exact, list, place);
	return NULL;
}

static const char *add_part(struct making *m, uint32_t list, uint32_t place, struct str text)
{
	*list_add(&m->parts, m->a) = (struct part){ .text = lower(text, m->a),
						    .item = add_item(m, list, place, NO_ITEM) };
	return NULL;
}

// ".example.org" and "*.example.org" are how some write "example.org and below".
static const char *add_name(struct making *m, uint32_t list, uint32_t place, struct str text)
{
	struct names_entry *en;
	struct name name;

	if (str_has_prefix(text, S("*.")))
		str_skip(&text, 1);
	if (str_starts(text, '.'))
		str_skip(&text, 1);
	if (!name_read(text, m->x->engine.idn, &name))
		return "it is no name";
	if (!str_eq(name_str(&name), text))
		text = arena_str(m->a, name_str(&name));
	en = names_add(&m->x->names, NAMES_TREE, text);
	if (en == NULL)
		return "there is no more room";
	join(m, &en->tree, list, place);
	return NULL;
}

static bool add_prefix(struct making *m, uint32_t list, uint32_t place, struct str text,
		       struct err *e)
{
	struct prefix p;

	if (!prefix_read(text, &p, e))
		return false;
	*list_add(&m->ranges, m->a) =
		(struct interval_range){ .range = prefix_range(p),
					 .node = add_item(m, list, place, NO_ITEM) };
	return true;
}

// "/…/gi" is how some write a pattern. Case never counts, and one fit is enough; other
// marks change what it means.
static bool bare_pattern(struct str *s)
{
	size_t end = s->n;

	if (!str_starts(*s, '/'))
		return true;
	while (end > 1 && (s->p[end - 1] == 'g' || s->p[end - 1] == 'i'))
		end--;
	if (end < 2 || s->p[end - 1] != '/')
		return false;
	*s = (struct str){ s->p + 1, end - 2 };
	return true;
}

static bool add_pattern(struct making *m, uint32_t list, uint32_t place, struct str text,
			struct err *e)
{
	struct warnings *x = m->x;
	const void *code;

	if (text.n > WARNING_MAX_PATTERN || x->patterns.count == WARNING_MAX_PATTERNS)
		return err_set(e, ERR_LIMIT, "a pattern of over %d bytes, or over %d patterns",
			       WARNING_MAX_PATTERN, WARNING_MAX_PATTERNS);
	if (!bare_pattern(&text) || text.n == 0)
		return err_set(e, ERR_INPUT, "a pattern is written plainly, or as /…/, /…/g, /…/i");
	if (x->engine.compile == NULL)
		return err_set(e, ERR_INPUT, "there is nothing here to compile a pattern");
	code = x->engine.compile(x->engine.self, text, e);
	if (code == NULL)
		return false;
	*list_add(&x->patterns, m->a) = (struct pattern){ code, add_item(m, list, place, NO_ITEM) };
	return true;
}

static bool add_entry(struct making *m, uint32_t list, uint32_t place, struct err *e)
{
	struct warning_list *l = &m->x->list[list];
	struct str text = str_trim(l->entries.at[place]);
	const char *why = NULL;

	if (text.n == 0 || text.n > WARNING_MAX_ENTRY)
		return err_set(e, ERR_INPUT, "an entry has 1 to %d bytes", WARNING_MAX_ENTRY);
	switch (l->type) {
	case WARNING_STRING:
		why = add_text(m, list, place, text);
		break;
	case WARNING_SUBSTRING:
		why = add_part(m, list, place, text);
		break;
	case WARNING_HOSTNAME:
		why = add_name(m, list, place, text);
		break;
	case WARNING_CIDR:
		return add_prefix(m, list, place, text, e);
	case WARNING_REGEX:
		return add_pattern(m, list, place, text, e);
	case WARNING_TYPE_COUNT:
		break;
	}
	return why == NULL ||
	       err_set(e, ERR_INPUT, "\"" STR_FMT "\": %s", STR_ARG(str_first(text, 60)), why);
}

static void add_list(struct making *m, uint32_t list)
{
	struct warning_list *l = &m->x->list[list];

	for (uint32_t i = 0; i < l->entries.count; i++) {
		struct err why;

		if (!add_entry(m, list, i, &why))
			warning_list_refuse(l, m->a, why.text);
	}
}

// Equal ones become one, with a chain of items.
static void build_parts(struct making *m)
{
	struct part *at = m->parts.at;
	size_t n = 0;

	sort_merge(at, arena_new(m->a, struct part, m->parts.count), m->parts.count, sizeof *at,
		   parts_order);
	for (size_t i = 0; i < m->parts.count; i++) {
		if (n > 0 && str_eq(at[n - 1].text, at[i].text)) {
			m->x->item[at[i].item].next = at[n - 1].item;
			at[n - 1].item = at[i].item;
		} else {
			at[n++] = at[i];
		}
	}
	parts_build(at, n, m->a, &m->x->parts);
}

static void build_ranges(struct making *m)
{
	struct interval_range *at =
		m->ranges.at != NULL ? m->ranges.at : arena_new(m->a, struct interval_range, 1);
	size_t n = 0;

	sort_merge(at, arena_new(m->a, struct interval_range, m->ranges.count), m->ranges.count,
		   sizeof *at, interval_range_order);
	for (size_t i = 0; i < m->ranges.count; i++) {
		if (n > 0 && interval_range_order(&at[n - 1], &at[i]) == 0) {
			m->x->item[at[i].node].next = at[n - 1].node;
			at[n - 1].node = at[i].node;
		} else {
			at[n++] = at[i];
		}
	}
	// A look-up gives the place of the range, from which its parents are found.
	m->x->range = arena_new(m->a, struct interval_range, n);
	for (size_t i = 0; i < n; i++) {
		int32_t head = at[i].node;

		at[i].node = (int32_t)i;
		m->x->range[i].node = head;
	}
	m->x->intervals = intervals_build(at, n, m->a);
	for (size_t i = 0; i < n; i++)
		m->x->range[i].parent = at[i].parent;
}

// How many names, suffixes included, and how many entries there can be at most.
static void count_all(const struct warning_list *lists, size_t n, size_t *names, size_t *all)
{
	*names = *all = 0;
	for (size_t i = 0; i < n; i++) {
		*all += lists[i].entries.count;
		if (lists[i].type == WARNING_STRING)
			*names += lists[i].entries.count;
		if (lists[i].type != WARNING_HOSTNAME)
			continue;
		LIST_EACH (const struct str, s, &lists[i].entries) {
			*names += 1;
			for (size_t k = 0; k < s->n && k < NAME_MAX_BYTES; k++)
				*names += s->p[k] == '.' || (unsigned char)s->p[k] >= 0x80;
		}
	}
}

bool warnings_build(struct warning_list *lists, size_t n, const struct warning_engine *engine,
		    struct arena *a, struct warnings **out, struct err *e)
{
	struct warnings *x = arena_new(a, struct warnings, 1);
	struct making m = { .x = x, .a = a };
	size_t names, all;

	count_all(lists, n, &names, &all);
	if (n > WARNING_MAX_LISTS || all > WARNING_MAX_ENTRIES)
		return err_set(e, ERR_LIMIT, "%zu warninglists with %zu entries; at most %d and %d",
			       n, all, WARNING_MAX_LISTS, WARNING_MAX_ENTRIES);
	x->list = lists;
	x->lists = n;
	x->engine = *engine;
	x->item = arena_new(a, struct item, all);
	names_init(&x->names, names < all ? names : all, names, a);
	for (size_t i = n; i-- > 0;) // a chain then begins with the first list
		add_list(&m, (uint32_t)i);
	build_parts(&m);
	build_ranges(&m);
	*out = x;
	return true;
}

size_t warnings_count(const struct warnings *x)
{
	return x->lists;
}

const struct warning_list *warnings_list(const struct warnings *x, size_t i)
{
	return &x->list[i];
}

const struct warning_list *warnings_called(const struct warnings *x, struct str name)
{
	for (size_t i = 0; i < warnings_count(x); i++)
		if (str_eq(x->list[i].name, name))
			return &x->list[i];
	return NULL;
}

// ---- asking

static bool is_hash(struct str s)
{
	if (s.n < 32 || s.n > 128 || s.n % 8 != 0)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
			return false;
	return true;
}

static struct str spelled(struct address address, struct arena *a)
{
	struct buf b = { .p = arena_new(a, char, ADDRESS_TEXT), .cap = ADDRESS_TEXT };

	address_write(&b, address);
	return buf_view(&b);
}

bool warning_value_read(enum warning_kind kind, struct str s, name_idn idn, struct arena *a,
			struct warning_value *out)
{
	struct warning_value v = { .kind = kind };
	struct name name;
	struct host host;

	v.text = lower(str_first(str_trim(s), WARNING_MAX_TEXT), a);
	switch (kind) {
	case OF_ADDRESS:
		if (!address_read(v.text, &v.address))
			return false;
		v.text = spelled(v.address, a);
		break;
	case OF_NAME:
		if (!name_read(v.text, idn, &name))
			return false;
		v.text = arena_str(a, name_str(&name));
		break;
	case OF_URL:
		if (url_host(v.text, idn, &host) == HOST_NONE)
			return false;
		break;
	case OF_MAIL:
		if (!mail_domain(v.text, idn, &name))
			return false;
		break;
	case OF_HASH:
		if (!is_hash(v.text))
			return false;
		break;
	case WARNING_KIND_COUNT:
		return false;
	}
	*out = v;
	return true;
}

struct asking { // what a look-up has found so far
	const struct warnings *x;
	const struct warning_value *value;
	unsigned looks, count;
	struct warning_hit *out;
};

static bool has_list(const struct asking *f, const struct warning_list *list)
{
	for (unsigned i = 0; i < f->count; i++)
		if (f->out[i].list == list)
			return true;
	return false;
}

// All lists of a chain; false where there is no more room.
static bool take(struct asking *f, int32_t item)
{
	for (; item != NO_ITEM; item = f->x->item[item].next) {
		const struct item *it = &f->x->item[item];
		const struct warning_list *list = &f->x->list[it->list];

		if ((f->looks != 0 && (list->looks & f->looks) == 0) || has_list(f, list))
			continue;
		if (f->count == WARNING_MAX_HITS)
			return false;
		f->out[f->count++] = (struct warning_hit){ list, list->entries.at[it->place] };
	}
	return true;
}

static void find_address(struct asking *f)
{
	int32_t at = intervals_find(f->x->intervals, f->value->address);

	for (; at != INTERVAL_NONE; at = f->x->range[at].parent)
		take(f, f->x->range[at].node);
}

// The name, then the names above it, as far as a list has one.
static void find_name(struct asking *f, struct str name)
{
	const struct names_entry *en;

	while ((en = names_find_tree(&f->x->names, name)) != NULL) {
		take(f, en->tree);
		str_skip(&name, name.n - en->n);
		str_cut(&name, '.');
		if (name.n == 0)
			return;
	}
}

// An address inside another text is chance ("1.1.1.1" in 11.1.1.10): it must be the whole.
static bool take_part(void *context, int32_t item)
{
	struct asking *f = context;
	const struct item *it = &f->x->item[item];
	struct str entry = f->x->list[it->list].entries.at[it->place];
	struct address address;

	if (f->value->kind == OF_ADDRESS && entry.n != f->value->text.n &&
	    address_read(entry, &address))
		return true;
	return take(f, item);
}

static void find_patterns(struct asking *f)
{
	LIST_EACH (const struct pattern, p, &f->x->patterns) {
		const struct warning_list *list = &f->x->list[f->x->item[p->item].list];

		if ((f->looks == 0 || (list->looks & f->looks) != 0) && !has_list(f, list) &&
		    f->x->engine.fits(f->x->engine.self, p->code, f->value->text))
			take(f, p->item);
	}
}

unsigned warnings_find(const struct warnings *x, const struct warning_value *v, unsigned looks,
		       struct warning_hit out[WARNING_MAX_HITS])
{
	struct asking f = { x, v, looks, 0, out };
	const struct names_entry *en = names_find(&x->names, NAMES_ACCOUNT, v->text);
	struct str domain = v->text;

	if (v->kind == OF_ADDRESS)
		find_address(&f);
	if (v->kind == OF_NAME)
		find_name(&f, v->text);
	if (v->kind == OF_MAIL) {
		while (str_has(domain, '@'))
			str_cut(&domain, '@');
		find_name(&f, domain);
	}
	if (en != NULL)
		take(&f, en->exact);
	parts_find(&x->parts, v->text, take_part, &f);
	find_patterns(&f);
	return f.count;
}
