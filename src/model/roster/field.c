#include "model/roster/field.h"

#include "base/buf.h"

#define FIELD_OF(thing, name) (unsigned)offsetof(struct thing, name)

// clang-format off
const struct field fields[FIELD_COUNT] = {
	// name, also, record, type, where, empty, says
	{ "slug",        "member", RECORD_MEMBER,  FIELD_TEXT,   FIELD_OF(member, slug),      0,          "short name: a-z, 0-9 and -, at most 40" },
	{ "names",       "name",   RECORD_MEMBER,  FIELD_TEXTS,  FIELD_OF(member, names),     0,          "names, the one to be shown first" },
	{ "kind",        NULL,     RECORD_MEMBER,  FIELD_TEXT,   FIELD_OF(member, kind),      0,          "hospital, umbrella, supplier, partner, known, ..." },
	{ "umbrellas",   "umbrella", RECORD_MEMBER, FIELD_TEXTS, FIELD_OF(member, umbrellas), 0,          "slugs of the members that it is under" },
	{ "size",        NULL,     RECORD_MEMBER,  FIELD_TEXT,   FIELD_OF(member, size),      0,          "size of the user community" },
	{ "nis2",        NULL,     RECORD_MEMBER,  FIELD_TEXT,   FIELD_OF(member, nis2),      0,          "NIS2 class: essential, important, none" },
	{ "service",     NULL,     RECORD_MEMBER,  FIELD_TEXT,   FIELD_OF(member, service),   0,          "service level" },
	{ "language",    NULL,     RECORD_MEMBER,  FIELD_TEXT,   FIELD_OF(member, language),  0,          "nl, en, or both" },
	{ "agreement",   NULL,     RECORD_MEMBER,  FIELD_TEXT,   FIELD_OF(member, agreement), 0,          "version and date of the agreement" },
	{ "since",       NULL,     RECORD_MEMBER,  FIELD_TIME,   FIELD_OF(member, since),     TIME_EVER,  "member from this date" },
	{ "until",       NULL,     RECORD_MEMBER,  FIELD_TIME,   FIELD_OF(member, until),     TIME_NEVER, "member before this date" },
	{ "role",        NULL,     RECORD_CONTACT, FIELD_TEXT,   FIELD_OF(contact, role),     0,          "security, abuse, management, ..." },
	{ "name",        NULL,     RECORD_CONTACT, FIELD_TEXT,   FIELD_OF(contact, name),     0,          "of a person or a desk" },
	{ "mail",        NULL,     RECORD_CONTACT, FIELD_TEXT,   FIELD_OF(contact, mail),     0,          "mail address" },
	{ "phone",       NULL,     RECORD_CONTACT, FIELD_TEXT,   FIELD_OF(contact, phone),    0,          "telephone" },
	{ "phone2",      NULL,     RECORD_CONTACT, FIELD_TEXT,   FIELD_OF(contact, phone2),   0,          "second telephone" },
	{ "tested",      NULL,     RECORD_CONTACT, FIELD_TIME,   FIELD_OF(contact, phone_tested), TIME_EVER, "when the telephone was last tried" },
	{ "hours",       NULL,     RECORD_CONTACT, FIELD_TEXT,   FIELD_OF(contact, hours),    0,          "when it answers" },
	{ "language",    NULL,     RECORD_CONTACT, FIELD_TEXT,   FIELD_OF(contact, language), 0,          "nl or en" },
	{ "expertise",   NULL,     RECORD_CONTACT, FIELD_TEXT,   FIELD_OF(contact, expertise), 0,         "which text it gets" },
	{ "key",         NULL,     RECORD_CONTACT, FIELD_TEXT,   FIELD_OF(contact, key),      0,          "fingerprint of its key" },
	{ "wishes",      NULL,     RECORD_CONTACT, FIELD_TEXT,   FIELD_OF(contact, wishes),   0,          "what it asked for" },
	{ "order",       NULL,     RECORD_CONTACT, FIELD_NUMBER, FIELD_OF(contact, order),    0,          "whom first, from 1; empty: as in the file" },
	{ "kind",        NULL,     RECORD_ASSET,   FIELD_KIND,   FIELD_OF(asset, kind),       0,          "prefix, range, asn, domain, host, mail-domain, account, name; hole" },
	{ "value",       NULL,     RECORD_ASSET,   FIELD_TEXT,   FIELD_OF(asset, value),      0,          "the asset itself" },
	{ "since",       "held_since", RECORD_ASSET, FIELD_TIME,   FIELD_OF(asset, since),      TIME_EVER,  "held from; as held_since it is proven too" },
	{ "until",       NULL,     RECORD_ASSET,   FIELD_TIME,   FIELD_OF(asset, until),      TIME_NEVER, "held before" },
	{ "proven",      NULL,     RECORD_ASSET,   FIELD_FLAG,   FIELD_OF(asset, proven),     0,          "since was proven, not just said" },
	{ "dynamic",     NULL,     RECORD_ASSET,   FIELD_FLAG,   FIELD_OF(asset, dynamic),    0,          "addresses change hands inside it (DHCP, NAT)" },
	{ "tell_enclosing", NULL,  RECORD_ASSET,   FIELD_FLAG,   FIELD_OF(asset, tell_enclosing), 0,      "owners of enclosing assets may hear of it" },
	{ "care",        NULL,     RECORD_ASSET,   FIELD_MORE,   FIELD_OF(asset_more, care),  0,          "care function: what stops if it stops" },
	{ "vouched",     NULL,     RECORD_ASSET,   FIELD_MORE,   FIELD_OF(asset_more, vouched), 0,        "who said that it is theirs" },
};

static const struct { struct str word; } records[RECORD_COUNT] = {
	[RECORD_MEMBER]  = { { "member", 6 } },
	[RECORD_CONTACT] = { { "contact", 7 } },
	[RECORD_ASSET]   = { { "asset", 5 } },
};
// clang-format on

struct str record_word(enum record r)
{
	return records[r].word;
}

bool record_read(struct str word, enum record *out)
{
	for (unsigned i = 0; i < RECORD_COUNT; i++) {
		if (!str_eq(word, records[i].word))
			continue;
		*out = (enum record)i;
		return true;
	}
	return false;
}

const struct field *field_find(enum record r, struct str name)
{
	for (unsigned i = 0; i < FIELD_COUNT; i++)
		if (fields[i].record == r &&
		    (str_eq(name, str_of(fields[i].name)) || str_eq(name, str_of(fields[i].also))))
			return &fields[i];
	return NULL;
}

static void nearer(struct str name, const char *word, const char **best, unsigned *distance)
{
	unsigned d = str_distance(name, str_of(word), 2);

	if (d >= *distance)
		return;
	*distance = d;
	*best = word;
}

const char *field_nearest(struct str name)
{
	const char *best = NULL;
	unsigned distance = 3;

	nearer(name, "member", &best, &distance);
	nearer(name, "record", &best, &distance);
	for (unsigned i = 0; i < FIELD_COUNT; i++)
		nearer(name, fields[i].name, &best, &distance);
	return best;
}

// The offset is of the field's own type, so the cast is right; void * says so.
static void *at(const struct field *f, void *thing)
{
	return (char *)thing + f->offset;
}

static const void *in(const struct field *f, const void *thing)
{
	return (const char *)thing + f->offset;
}

typedef LIST(struct str) texts;

// One text, its "\;" and "\\" undone.
static struct str unescape(struct str s, struct arena *a)
{
	char *out;
	size_t n = 0;

	if (!str_has(s, '\\'))
		return s;
	out = arena_new(a, char, s.n);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n)
			i++;
		out[n++] = s.p[i];
	}
	return (struct str){ out, n };
}

static struct str cut_text(struct str *rest)
{
	struct str one;
	size_t i = 0;

	while (i < rest->n && rest->p[i] != ';')
		i += rest->p[i] == '\\' && i + 1 < rest->n ? 2 : 1;
	one = str_first(*rest, i);
	str_skip(rest, i < rest->n ? i + 1 : rest->n);
	return str_trim(one);
}

static bool set_texts(void *place, struct str value, struct arena *a, struct err *e)
{
	texts *list = place, fresh = { 0 };

	while (value.n > 0) {
		struct str one = cut_text(&value);

		if (one.n == 0)
			continue;
		if (fresh.count == FIELD_MAX_TEXTS)
			return err_set(e, ERR_LIMIT, "more than %d values", FIELD_MAX_TEXTS);
		*list_add(&fresh, a) = unescape(one, a);
	}
	memcpy(list, &fresh, sizeof fresh);
	return true;
}

static bool set_flag(bool *place, struct str value, struct err *e)
{
	static const struct {
		const char *word;
		bool means;
	} words[] = { { "yes", true },    { "no", false }, { "true", true },
		      { "false", false }, { "1", true },   { "0", false },
		      { "", false },      { "ja", true },  { "nee", false } };

	for (size_t i = 0; i < COUNTOF(words); i++) {
		if (!str_eq_nocase(value, str_of(words[i].word)))
			continue;
		*place = words[i].means;
		return true;
	}
	return err_set(e, ERR_INPUT, "\"" STR_FMT "\" is neither yes nor no",
		       STR_ARG(str_first(value, 40)));
}

static bool set_time(const struct field *f, int64_t *place, struct str value, struct err *e)
{
	if (value.n == 0)
		*place = f->empty;
	else if (!time_read(value, place))
		return err_set(e, ERR_INPUT, "\"" STR_FMT "\" is no date: write 2026-01-31",
			       STR_ARG(str_first(value, 40)));
	return true;
}

static bool set_kind(uint8_t *place, struct str value, struct err *e)
{
	const char *best = NULL;
	unsigned distance = 3;
	enum asset_kind kind;

	if (asset_kind_read(value, &kind)) {
		*place = (uint8_t)kind;
		return true;
	}
#define X(id, word, says) nearer(value, word, &best, &distance);
	ASSET_KINDS(X)
#undef X
	return err_set(e, ERR_INPUT, "\"" STR_FMT "\" is no kind of asset%s%s%s",
		       STR_ARG(str_first(value, 40)), best != NULL ? ": did you mean \"" : "",
		       best != NULL ? best : "", best != NULL ? "\"?" : "");
}

static void set_more(const struct field *f, struct asset *x, struct str value, struct arena *a)
{
	struct asset_more *more;

	if (value.n == 0 && x->more == NULL)
		return;
	more = arena_new(a, struct asset_more, 1);
	if (x->more != NULL)
		*more = *x->more;
	memcpy((char *)more + f->offset, &value, sizeof value);
	x->more = more;
}

bool field_set(const struct field *f, void *thing, struct str value, struct arena *a, struct err *e)
{
	uint64_t number = 0;

	value = str_trim(value);
	if (value.n > FIELD_MAX_TEXT)
		return err_set(e, ERR_LIMIT, "\"%s\" is over %d bytes", f->name, FIELD_MAX_TEXT);
	switch (f->type) {
	case FIELD_TEXT:
		*(struct str *)at(f, thing) = value;
		return true;
	case FIELD_TEXTS:
		return set_texts(at(f, thing), value, a, e);
	case FIELD_TIME:
		return set_time(f, at(f, thing), value, e);
	case FIELD_FLAG:
		return set_flag(at(f, thing), value, e);
	case FIELD_NUMBER:
		if (value.n > 0 && !str_to_uint(value, 10000, &number))
			return err_set(e, ERR_INPUT, "\"" STR_FMT "\" is no number up to 10000",
				       STR_ARG(str_first(value, 40)));
		*(unsigned *)at(f, thing) = (unsigned)number;
		return true;
	case FIELD_KIND:
		return set_kind(at(f, thing), value, e);
	case FIELD_MORE:
		set_more(f, thing, value, a);
		return true;
	}
	return err_set(e, ERR_INPUT, "no such field");
}

static struct str texts_text(const texts *list, struct arena *a)
{
	size_t room = 1, n = 0;
	char *out;

	LIST_EACH (struct str, s, list)
		room += 2 * s->n + 1;
	out = arena_new(a, char, room);
	LIST_EACH (struct str, s, list) {
		if (s != list->at)
			out[n++] = ';';
		for (size_t i = 0; i < s->n; i++) {
			if (s->p[i] == ';' || s->p[i] == '\\')
				out[n++] = '\\';
			out[n++] = s->p[i];
		}
	}
	return (struct str){ out, n };
}

static struct str time_text(const struct field *f, int64_t t, struct arena *a)
{
	char text[TIME_TEXT];
	size_t n;

	if (t == f->empty)
		return S("");
	n = time_write(t, text);
	return arena_str(a, (struct str){ text, t == time_day(t) ? 10 : n });
}

static struct str more_text(const struct field *f, const struct asset *x)
{
	struct str out = { 0 };

	if (x->more != NULL)
		memcpy(&out, (const char *)x->more + f->offset, sizeof out);
	return out;
}

struct str field_text(const struct field *f, const void *thing, struct arena *a)
{
	switch (f->type) {
	case FIELD_TEXT:
		return *(const struct str *)in(f, thing);
	case FIELD_TEXTS:
		return texts_text(in(f, thing), a);
	case FIELD_TIME:
		return time_text(f, *(const int64_t *)in(f, thing), a);
	case FIELD_FLAG:
		return *(const bool *)in(f, thing) ? S("yes") : S("no");
	case FIELD_NUMBER:
		return arena_fmt(a, "%u", *(const unsigned *)in(f, thing));
	case FIELD_KIND:
		return asset_kind_word((enum asset_kind) * (const uint8_t *)in(f, thing));
	case FIELD_MORE:
		return more_text(f, thing);
	}
	return S("");
}

static const unsigned sizes[] = {
	[FIELD_TEXT] = sizeof(struct str), [FIELD_TEXTS] = sizeof(texts),
	[FIELD_TIME] = sizeof(int64_t),    [FIELD_FLAG] = sizeof(bool),
	[FIELD_NUMBER] = sizeof(unsigned), [FIELD_KIND] = sizeof(uint8_t),
	[FIELD_MORE] = sizeof(struct str),
};

void field_copy(const struct field *f, void *to, const void *from, struct arena *a)
{
	if (f->type == FIELD_MORE)
		set_more(f, to, more_text(f, from), a);
	else
		memcpy(at(f, to), in(f, from), sizes[f->type]);
}

static bool same_texts(const texts *x, const texts *y)
{
	bool same = x->count == y->count;

	for (size_t i = 0; same && i < x->count; i++)
		same = str_eq(x->at[i], y->at[i]);
	return same;
}

bool field_same(const struct field *f, const void *x, const void *y)
{
	switch (f->type) {
	case FIELD_TEXT:
		return str_eq(*(const struct str *)in(f, x), *(const struct str *)in(f, y));
	case FIELD_TEXTS:
		return same_texts(in(f, x), in(f, y));
	case FIELD_MORE:
		return str_eq(more_text(f, x), more_text(f, y));
	case FIELD_TIME:
	case FIELD_FLAG:
	case FIELD_NUMBER:
	case FIELD_KIND:
		return memcmp(in(f, x), in(f, y), sizes[f->type]) == 0;
	}
	return false;
}

void member_empty(struct member *m)
{
	*m = (struct member){ .since = TIME_EVER, .until = TIME_NEVER };
}

void contact_empty(struct contact *c)
{
	*c = (struct contact){ .phone_tested = TIME_EVER };
}

void asset_empty(struct asset *x)
{
	*x = (struct asset){ .since = TIME_EVER, .until = TIME_NEVER };
}
