#include "model/notice/older.h"

#include "base/utf8.h"
#include "codec/net/address.h"
#include "codec/table/csv_sheet.h"
#include "model/finding/issue.h"

#include <assert.h>

// ---- columns

// clang-format off
#define SAYS(X) /* id, what it says, the names that it has, in lower case */                 \
	X(SAYS_MEMBER, "whom it told (member)", "member", "organisation", "organization", "customer", "constituent") \
	X(SAYS_ISSUE,  "of what (issue)", "issue", "type", "identifier", "classification.identifier") \
	X(SAYS_THING,  "of which thing (asset, ip, host)", "asset", "ip", "host", "address", "hostname", "fqdn", "domain", "source.ip", "source.fqdn") \
	X(SAYS_PORT,   "of which port (port)", "port", "source.port")                        \
	X(SAYS_TOLD,   "when (told)", "told", "told at", "told_at", "sent", "sent at", "sent_at", "notified", "date", "time")
// clang-format on
#define X(id, says, ...) id,
enum says { SAYS(X) SAYS_COUNT, SAYS_NOTHING };
#undef X

enum { NAMES = 10 };
#define X(id, says, ...) { says, { __VA_ARGS__ } },
static const struct {
	const char *what, *name[NAMES];
} says[SAYS_COUNT] = { SAYS(X) };
#undef X

struct reading {
	struct csv_sheet sheet;
	struct arena *a;
	struct older *out;
	const struct older_row *mail; // in which the table lies; NULL: it is a file
	size_t columns;
	enum says column[OLDER_COLUMNS];
};

static enum says says_what(struct str name)
{
	for (unsigned i = 0; i < SAYS_COUNT; i++)
		for (unsigned k = 0; k < NAMES && says[i].name[k] != NULL; k++)
			if (str_eq_nocase(name, str_of(says[i].name[k])))
				return (enum says)i;
	return SAYS_NOTHING;
}

static bool know_all(const struct reading *r, const unsigned count[SAYS_COUNT], struct err *e)
{
	char text[sizeof e->text];
	struct buf b = BUF_ON(text);

	for (unsigned i = 0; i < SAYS_COUNT; i++)
		if (count[i] > 1 && i != SAYS_THING)
			return err_set(e, ERR_INPUT, "line 1: several columns say %s",
				       says[i].what);
	if (r->mail != NULL && count[SAYS_THING] == 0)
		buf_fmt(&b, "%s", says[SAYS_THING].what);
	if (count[SAYS_MEMBER] + count[SAYS_THING] == 0 && r->mail == NULL)
		buf_fmt(&b, "%s or %s", says[SAYS_MEMBER].what, says[SAYS_THING].what);
	if (count[SAYS_TOLD] == 0 && r->mail == NULL)
		buf_fmt(&b, "%s%s", b.n > 0 ? ", " : "", says[SAYS_TOLD].what);
	return b.n == 0 ||
	       err_set(e, ERR_INPUT, "line 1: no column says " STR_FMT, STR_ARG(buf_view(&b)));
}

// A mail says itself whom it told, and when.
static enum says column_says(const struct reading *r, struct str name)
{
	enum says what = says_what(name);

	return r->mail != NULL && (what == SAYS_MEMBER || what == SAYS_TOLD) ? SAYS_NOTHING : what;
}

static bool read_head(struct reading *r, struct str row, struct err *e)
{
	struct str cell[OLDER_COLUMNS];
	unsigned count[SAYS_COUNT] = { 0 };

	r->columns = csv_sheet_cells(&r->sheet, row, r->a, cell, OLDER_COLUMNS);
	if (r->columns > OLDER_COLUMNS)
		return err_set(e, ERR_INPUT, "line 1: over %d columns", OLDER_COLUMNS);
	for (size_t i = 0; i < r->columns; i++) {
		struct str name = str_trim(cell[i]);

		r->column[i] = column_says(r, name);
		if (r->column[i] != SAYS_NOTHING)
			count[r->column[i]]++;
		else if (name.n > 0 && r->mail == NULL)
			*list_add(&r->out->ignored, r->a) = name;
	}
	return know_all(r, count, e);
}

// ---- rows

static void set_thing(struct older_row *x, struct str text)
{
	if (x->things == OLDER_THINGS)
		x->bad = "it names over four things";
	else
		x->thing[x->things++] = text;
}

static void set(struct older_row *x, enum says what, struct str text)
{
	uint64_t port;

	if (text.n == 0)
		return;
	switch (what) {
	case SAYS_MEMBER:
		x->member = text;
		break;
	case SAYS_ISSUE:
		x->issue = text;
		break;
	case SAYS_THING:
		set_thing(x, text);
		break;
	case SAYS_PORT:
		if (str_to_uint(text, 65535, &port))
			x->port = (int64_t)port;
		else
			x->bad = "its port is no number of a port";
		break;
	case SAYS_TOLD:
		if (!time_read(text, &x->told))
			x->bad = "its time is none (2026-11-24T09:00:00Z)";
		break;
	case SAYS_COUNT:
	case SAYS_NOTHING:
		break;
	}
}

static void read_row(struct reading *r, struct str row, bool closed)
{
	struct str cell[OLDER_COLUMNS];
	struct older_row *x = list_add(&r->out->rows, r->a);
	size_t n;

	*x = r->mail != NULL ? *r->mail
			     : (struct older_row){ .line = r->sheet.line, .told = TIME_EVER };
	x->bad = !closed              ? "a quote is opened and never closed"
		 : str_has(row, '\0') ? "a NUL byte"
		 : !utf8_is(row)      ? "it is not UTF-8"
				      : NULL;
	if (x->bad != NULL)
		return;
	n = csv_sheet_cells(&r->sheet, row, r->a, cell, OLDER_COLUMNS);
	if (n > r->columns) {
		x->bad = "it has more columns than the first line";
		return;
	}
	for (size_t i = 0; i < n; i++)
		set(x, r->column[i], str_trim(cell[i]));
	if (x->bad == NULL && x->told == TIME_EVER)
		x->bad = "it does not say when";
	else if (x->bad == NULL && x->member.n == 0 && x->things == 0)
		x->bad = "it says neither whom nor of which thing";
	else if (x->bad == NULL && r->mail != NULL && x->things == 0)
		x->bad = "a line of the mail's table says no thing";
}

static bool read_table(struct reading *r, struct str bytes, struct err *e)
{
	struct str row;
	bool closed, headed = false;

	if (str_has_prefix(bytes, S("\xef\xbb\xbf")))
		str_skip(&bytes, 3);
	csv_sheet_begin(&r->sheet, bytes, false);
	while (csv_sheet_next(&r->sheet, &row, &closed)) {
		if (headed)
			read_row(r, row, closed);
		else if (!closed || !read_head(r, row, e))
			return e->kind == ERR_NONE &&
			       err_set(e, ERR_INPUT, "line 1: a quote is opened and never closed");
		headed = true;
	}
	return headed || err_set(e, ERR_INPUT, "it is empty: its first line names the columns");
}

bool older_read(struct str bytes, struct arena *a, struct older *out, struct err *e)
{
	struct reading r = { .a = a, .out = out };

	*out = (struct older){ 0 };
	return read_table(&r, bytes, e);
}

bool older_read_in(struct str bytes, const struct older_row *mail, struct arena *a,
		   struct older *out, struct err *e)
{
	struct reading r = { .a = a, .out = out, .mail = mail };

	return read_table(&r, bytes, e);
}

// ---- their words

bool older_words_read(struct str bytes, struct older_words *out, struct arena *a, struct err *e)
{
	*out = (struct older_words){ 0 };
	for (unsigned line = 1; bytes.n > 0; line++) {
		struct str rest = str_trim(str_cut(&bytes, '\n'));
		struct str theirs, ours;

		if (rest.n == 0 || rest.p[0] == '#')
			continue;
		theirs = str_trim(str_cut(&rest, '='));
		ours = str_trim(rest);
		if (theirs.n == 0 || ours.n == 0)
			return err_set(e, ERR_INPUT,
				       "line %u: a line is THEIR WORD = OUR ISSUE, such as "
				       "open-rdp = exposed.rdp",
				       line);
		if (issue_find(ours) == NULL)
			return err_set(e, ERR_INPUT,
				       "line %u: \"" STR_FMT
				       "\" is no issue: see 'waker issue list'",
				       line, STR_ARG(str_first(ours, 40)));
		*list_add(&out->at, a) = (struct older_word){ theirs, ours };
	}
	return true;
}

struct str older_issue(const struct older_words *w, struct str word)
{
	LIST_EACH (const struct older_word, x, &w->at)
		if (str_eq_nocase(x->theirs, word))
			return x->ours;
	return issue_find(word) != NULL ? word : S("");
}

// ---- what a row meets

static bool at_port(struct str seen, int64_t port)
{
	uint64_t n;

	str_cut(&seen, ' ');
	str_cut(&seen, '/');
	return port == 0 || seen.n == 0 || (str_to_uint(seen, 65535, &n) && (int64_t)n == port);
}

void older_key(struct str thing, struct buf *b)
{
	struct address at;

	if (address_read(thing, &at)) {
		address_write(b, at);
		return;
	}
	if (str_has(thing, '@'))
		str_cut(&thing, '@');
	if (str_has_suffix(thing, S(".")))
		thing.n--;
	for (size_t i = 0; i < thing.n && b->n < b->cap; i++)
		buf_char(b, ascii_lower(thing.p[i]));
}

// "2001:db8::/64" has an address in it, as a whole /64 is one source of an infection.
static bool holds(struct str seen, struct str thing)
{
	struct address at;
	struct prefix p;
	struct err e = { 0 };

	return str_has(seen, '/') && address_read(thing, &at) && prefix_read(seen, &p, &e) &&
	       prefix_holds(p, at);
}

static bool is_thing(struct str seen, struct str thing)
{
	char one[OLDER_KEY], other[OLDER_KEY];
	struct buf a = BUF_ON(one), b = BUF_ON(other);

	older_key(seen, &a);
	older_key(thing, &b);
	return str_eq(buf_view(&a), buf_view(&b)) || holds(seen, thing);
}

bool older_meets(const struct older_row *row, struct str seen)
{
	struct str rest = seen, what = str_cut(&rest, ' ');

	if (!at_port(seen, row->port))
		return false;
	for (size_t i = 0; i < row->things; i++)
		if (is_thing(what, row->thing[i]))
			return true;
	return row->things == 0;
}

// ---- what becomes of it

#define X(id, word, says) { word, says },
static const struct {
	const char *word, *says;
} whys[OLDER_WHY_COUNT] = { OLDER_WHYS(X) };
#undef X

struct str older_why_word(enum older_why why)
{
	assert(why < OLDER_WHY_COUNT);
	return str_of(whys[why].word);
}

struct str older_why_says(enum older_why why)
{
	assert(why < OLDER_WHY_COUNT);
	return str_of(whys[why].says);
}

// OLDER_TAKEN: it is open, and nothing but its plan keeps it from being told.
static enum older_why by_state(const struct older_case *c)
{
	static const enum older_why of[FINDING_STATE_COUNT] = {
		[FINDING_CANDIDATE] = OLDER_CANDIDATE, [FINDING_OPEN] = OLDER_TAKEN,
		[FINDING_TOLD] = OLDER_ALREADY,        [FINDING_ACKNOWLEDGED] = OLDER_ALREADY,
		[FINDING_CLAIMED] = OLDER_ALREADY,     [FINDING_DISPUTED] = OLDER_DISPUTED,
		[FINDING_ACCEPTED] = OLDER_ALREADY,    [FINDING_CLOSED] = OLDER_OVER,
		[FINDING_VOID] = OLDER_VOID,
	};

	return c->state == FINDING_OPEN && c->held ? OLDER_WARNINGLIST : of[c->state];
}

enum older_why older_count(const struct older_case *c, int64_t told)
{
	enum older_why why = by_state(c);

	if (why != OLDER_TAKEN)
		return why;
	return c->on_its_way ? OLDER_ON_ITS_WAY : c->anew > told ? OLDER_ANEW : OLDER_TAKEN;
}

enum older_why older_compare(const struct older_case *c)
{
	static const enum older_why plans[NOTICE_STATE_COUNT] = {
		[NOTICE_PLANNED] = OLDER_WAITS,  [NOTICE_HELD] = OLDER_BREAKER,
		[NOTICE_RELEASED] = OLDER_WAITS, [NOTICE_DISCARDED] = OLDER_DISCARDED,
		[NOTICE_VOID] = OLDER_UNPLANNED,
	};
	enum older_why why = by_state(c);

	if (c->that_day)
		return OLDER_BOTH;
	if (c->made != TIME_EVER)
		return OLDER_OTHER_DAY;
	if (why != OLDER_TAKEN)
		return why;
	return c->planned ? plans[c->plan] : OLDER_UNPLANNED;
}
