#include "base/time.h"
#include "codec/text/id.h"
#include "store/duty.h"
#include "task/duty/take.h"
#include "ui/audited.h"
#include "ui/duty_find.h"
#include "ui/nouns.h"
#include "ui/say.h"

enum { SHOWN = 200 };

// clang-format off
static const struct column columns[] = {
	{ "page", "Page", false },     { "severity", "Sev", false },
	{ "what", "What", false },     { "made", "Since", false },
	{ "tries", "Tries", false },   { "next", "Next try", false },
	{ "taker", "Taken by", false },{ "ended", "Over", false },
};
static const struct column try_columns[] = {
	{ "at", "Tried", false },      { "officer", "Officer", false },
	{ "way", "By", false },        { "address", "To", true },
	{ "state", "State", false },   { "says", "Why", true },
};
// clang-format on

static struct str what_of(const struct page_row *p)
{
	return p->kind == PAGE_TEST ? S("test") : desk_kind_word((enum desk_kind)p->kind);
}

static void put(struct out *o, const struct page_row *p)
{
	char id[ID_TEXT];

	id_write('P', (uint32_t)p->id, id);
	out_text(o, str_of(id));
	say_severity(o, p->severity, false);
	out_text(o, what_of(p));
	out_time(o, p->made);
	out_int(o, p->tries);
	out_time(o, p->ended > 0 ? TIME_NEVER : p->next);
	out_text(o, p->taker);
	out_time(o, p->ended > 0 ? p->ended : TIME_NEVER);
}

static bool page_all(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	autorows r = NULL;
	struct page_row p;
	unsigned n = 0;

	if (!home_open(app->home, app->arena, &h, e) ||
	    !page_list(h.db, call_has(call, "all"), SHOWN, &r, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	for (; page_next(r, &p, e); n++)
		put(&app->out, &p);
	out_end(&app->out);
	if (n == 0)
		app_say(app, "No page waits for anybody.");
	return e->kind == ERR_NONE;
}

static bool find(struct app *app, const struct home *h, struct str word, struct page_row *out,
		 struct err *e)
{
	autorows r = NULL;
	uint32_t number;

	if (!id_read(word, 'P', &number))
		return err_set(e, ERR_USAGE, "\"" STR_FMT "\" is no id of a page, as P-00000A-7",
			       STR_ARG(str_first(word, 40)));
	if (!page_list(h->db, true, INT32_MAX, &r, e))
		return false;
	while (page_next(r, out, e))
		if (out->id == number) {
			out->taker = arena_str(app->arena, out->taker);
			return true;
		}
	return e->kind == ERR_NONE &&
	       err_set(e, ERR_ABSENT, "there is no page " STR_FMT, STR_ARG(str_first(word, 40)));
}

static bool page_show(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	autorows r = NULL;
	struct page_row p;
	struct try_row t;

	if (!home_open(app->home, app->arena, &h, e) || !find(app, &h, call->arg[0], &p, e) ||
	    !try_list(h.db, p.id, &r, e))
		return false;
	out_record(&app->out, columns, COUNTOF(columns));
	put(&app->out, &p);
	out_end(&app->out);
	out_table(&app->out, try_columns, COUNTOF(try_columns));
	while (try_next(r, &t, e)) {
		out_time(&app->out, t.made);
		out_text(&app->out, t.name);
		out_text(&app->out, t.way < PAGE_WAY_COUNT ? page_way_word(t.way) : S(""));
		out_text(&app->out, t.address);
		out_text(&app->out, page_try_state_word(t.state));
		out_text(&app->out, t.says);
	}
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

static bool take(struct app *app, const struct call *call, const struct home *h, struct page_row *p,
		 struct err *e)
{
	const struct audit_by by = audited_by(call, h->now);

	return find(app, h, call->arg[0], p, e) && duty_take(h->db, p, &by, 0, app->arena, e);
}

static bool page_take(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	struct page_row p = { 0 };

	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e) ||
	    !audited_keep(app, &h, take(app, call, &h, &p, e), e))
		return false;
	if (p.kind != PAGE_TEST)
		app_say(app, "It is yours: see 'waker desk list --mine'.");
	return true;
}

// clang-format off
static const struct option list_options[] = { { "all", NULL, NULL, "also those that are over" }, { 0 } };
static const struct option take_options[] = { AUDITED_BY, { 0 } };
static const struct command rows[] = {
	{ "page list", "", "List what wakes people and nobody has taken", READS, 0, 0, list_options,
	  { "waker page list", "waker page list --all --json" }, NULL, page_all },
	{ "page show", "PAGE", "Show who was woken by a page, and by what", READS, 1, 1, NULL,
	  { "waker page show P-00000A-7", "waker page show P-00000A-7 --json" }, NULL, page_show },
	{ "page take", "PAGE", "Take a page: nobody else is woken by it", CHANGES, 1, 1, take_options,
	  { "waker page take P-00000A-7", "waker page take P-00000A-7 --by j.doe" },
	  "What it is about is yours on the desk from then on.", page_take },
};
// clang-format on
const struct noun noun_page = { "page", "what wakes who is on duty", rows, COUNTOF(rows) };
