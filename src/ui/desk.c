#include "store/desk.h"

#include "base/list.h"
#include "base/sort.h"
#include "codec/text/id.h"
#include "model/reach/reach.h"
#include "store/duty.h"
#include "ui/audited.h"
#include "ui/nouns.h"
#include "ui/say.h"

// ---- what it is called: "call:N-…", "candidate:F-…", "mail:12", "silent:zeehaven"

struct item {
	struct desk_row is;
	struct str name;
	int64_t due;
	bool first; // before all that is not
};
struct items {
	LIST(struct item) at;
};

static struct str name_of(const struct desk_row *x, struct arena *a)
{
	struct str kind = desk_kind_word(x->kind);
	char id[ID_TEXT];

	switch (x->kind) {
	case DESK_CALL:
	case DESK_CANDIDATE:
	case DESK_DISPUTE:
		id_write(x->kind == DESK_CALL ? 'N' : 'F', x->number, id);
		return arena_fmt(a, STR_FMT ":%s", STR_ARG(kind), id);
	case DESK_SILENT:
	case DESK_REACH:
		return arena_fmt(a, STR_FMT ":" STR_FMT, STR_ARG(kind), STR_ARG(x->slug));
	case DESK_BREAKER:
	case DESK_BATCH:
	case DESK_MAIL:
	case DESK_CONDITION:
	case DESK_KEY:
	case DESK_KIND_COUNT:
		break;
	}
	return arena_fmt(a, STR_FMT ":%lld", STR_ARG(kind), (long long)x->thing);
}

static struct str says_of(const struct desk_row *x, struct arena *a)
{
	if (x->kind == DESK_SILENT)
		return arena_fmt(a, "%u finding%s without an answer for %d days", x->number,
				 x->number == 1 ? "" : "s", (int)DESK_SILENT_DAYS);
	if (x->kind == DESK_REACH)
		return arena_fmt(a,
				 "%u security contact%s asked whether our mail arrives: no "
				 "answer for %d days",
				 x->number, x->number == 1 ? "" : "s", (int)REACH_DAYS);
	return x->says.n > 0 ? arena_str(a, x->says) : desk_kind_says(x->kind);
}

static struct str see_of(const struct item *x, struct arena *a)
{
	struct str see = desk_kind_see(x->is.kind), name = x->name;

	if (x->is.kind == DESK_BREAKER || x->is.kind == DESK_BATCH)
		return see;
	str_cut(&name, ':');
	return arena_fmt(a, STR_FMT " " STR_FMT, STR_ARG(see), STR_ARG(name));
}

static int by_due(const void *p, const void *q)
{
	const struct item *x = p, *y = q;

	if (x->first != y->first)
		return x->first ? -1 : 1;
	return x->due < y->due ? -1 : x->due > y->due;
}

static bool read_items(struct db *d, int64_t now, struct arena *a, struct items *out, struct err *e)
{
	autorows r = NULL;
	struct desk_row x;

	if (!desk_list(d, now, DESK_ALL, &r, e))
		return false;
	while (desk_next(r, &x, e)) {
		struct item *i = list_add(&out->at, a);

		x.slug = arena_str(a, x.slug);
		x.says = says_of(&x, a);
		x.owner = arena_str(a, x.owner);
		i->is = x;
		i->name = name_of(&x, a);
		i->due = desk_due(x.kind, x.severity, x.since);
		i->first = desk_is_first(x.severity, i->due, now);
	}
	sort_merge(out->at.at, arena_new(a, struct item, out->at.count + 1), out->at.count,
		   sizeof *out->at.at, by_due);
	return e->kind == ERR_NONE;
}

// ---- looking

// clang-format off
static const struct column columns[] = {
	{ "item", "Item", false },      { "severity", "Sev", false },
	{ "due", "Due", false },        { "late", NULL, false },
	{ "member", "Member", false },  { "says", "What", true },
	{ "owner", "Owner", false },    { "rests", NULL, false },
	{ "since", NULL, false },       { "see", "See", true },
};
// clang-format on

static void put_item(struct app *app, const struct item *x, int64_t now)
{
	struct out *o = &app->out;

	out_text(o, x->name);
	say_severity(o, x->is.severity, false);
	out_time(o, x->due);
	out_flag(o, x->due <= now);
	out_text(o, x->is.slug);
	out_text(o, x->is.says);
	out_text(o, x->is.owner);
	out_time(o, x->is.until > now ? x->is.until : TIME_NEVER);
	out_time(o, x->is.since);
	out_text(o, see_of(x, app->arena));
}

static bool is_shown(const struct call *call, const struct item *x, int64_t now)
{
	struct str by = call_option(call, "mine");

	if (call_has(call, "mine") && !str_eq(x->is.owner, by.n > 0 ? by : audited_who(call)))
		return false;
	return call_has(call, "resting") == (x->is.until > now) || call_has(call, "all");
}

// Who is woken by what cannot wait.
static bool say_duty(struct app *app, const struct home *h, struct err *e)
{
	struct duty_row x;
	char until[TIME_TEXT];

	if (!duty_now(h->db, h->now, app->arena, &x, e))
		return false;
	if (x.id == 0)
		return true;
	time_write(x.until, until);
	app_say(app, "On duty: " STR_FMT " until %s%s" STR_FMT ".", STR_ARG(x.name), until,
		x.backup > 0 ? ", backup " : "", STR_ARG(x.backup_name));
	return true;
}

static bool desk_all(struct app *app, const struct call *call, struct err *e)
{
	struct items all = { 0 };
	autohome h = { 0 };
	size_t shown = 0, late = 0;

	if (!home_open(app->home, app->arena, &h, e) ||
	    !read_items(h.db, h.now, app->arena, &all, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	LIST_EACH (const struct item, x, &all.at) {
		if (!is_shown(call, x, h.now))
			continue;
		put_item(app, x, h.now);
		shown++;
		late += x->due <= h.now;
	}
	out_end(&app->out);
	if (shown == 0)
		app_say(app, "Nothing needs a person now.");
	else
		app_say(app, "%zu of %zu need a person, %zu of them late.", shown, all.at.count,
			late);
	return say_duty(app, &h, e);
}

// ---- taking

static bool find(const struct items *all, struct str word, struct desk_row *out, struct err *e)
{
	LIST_EACH (const struct item, x, &all->at)
		if (str_eq_nocase(x->name, word)) {
			*out = x->is;
			return true;
		}
	return err_set(e, ERR_ABSENT,
		       "\"" STR_FMT "\" is nothing that needs a person now: see 'waker desk list'",
		       STR_ARG(str_first(word, 60)));
}

// Nobody takes from another by accident.
static bool may_take(const struct desk_row *x, struct str who, bool over, struct err *e)
{
	return over || x->owner.n == 0 || str_eq(x->owner, who) ||
	       err_set(e, ERR_CONFLICT, STR_FMT " has it: --over takes it from them",
		       STR_ARG(x->owner));
}

static bool audit(struct app *app, const struct call *call, const struct home *h,
		  struct str subject, struct err *e)
{
	const struct audit_entry x = { .by = audited_by(call, h->now), .subject = subject };

	return audit_write(h->db, &x, app->arena, e);
}

static bool change(struct app *app, const struct call *call, const struct home *h, int64_t until,
		   bool back, struct err *e)
{
	struct items all = { 0 };
	struct str who = audited_who(call);
	struct desk_row x;

	if (!read_items(h->db, h->now, app->arena, &all, e))
		return false;
	for (size_t i = 0; i < call->count; i++) {
		if (!find(&all, call->arg[i], &x, e) ||
		    !may_take(&x, who, call_has(call, "over"), e))
			return false;
		x.owner = back ? S("") : who;
		x.until = until;
		// A member's slug is nobody's name; numbers are none either (RULES 10).
		if (!desk_put(h->db, &x, h->now, e) || !audit(app, call, h, call->arg[i], e))
			return false;
	}
	return true;
}

static bool changed(struct app *app, const struct call *call, struct home *h, int64_t until,
		    bool back, struct err *e)
{
	return db_begin(h->db, e) && audited_keep(app, h, change(app, call, h, until, back, e), e);
}

static bool desk_take(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };

	return home_open(app->home, app->arena, &h, e) && changed(app, call, &h, 0, false, e);
}

static bool desk_back(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };

	return home_open(app->home, app->arena, &h, e) && changed(app, call, &h, 0, true, e);
}

static bool desk_rest(struct app *app, const struct call *call, struct err *e)
{
	struct str word = call_option(call, "until");
	autohome h = { 0 };
	int64_t until;

	if (word.p == NULL || !time_read(word, &until))
		return err_set(e, ERR_USAGE,
			       "--until TIME: until when it rests, as 2026-03-02T15:00Z");
	if (!home_open(app->home, app->arena, &h, e))
		return false;
	if (until <= h.now || until > h.now + DESK_REST_DAYS * TIME_DAY)
		return err_set(e, ERR_USAGE, "--until: from now on, and at most %d days ahead",
			       (int)DESK_REST_DAYS);
	return changed(app, call, &h, until, false, e);
}

// clang-format off
static const struct option list_options[] = {
	{ "mine", NULL, NULL, "only what I have" },
	{ "resting", NULL, NULL, "only what rests until later" },
	{ "all", NULL, NULL, "both" }, AUDITED_BY, { 0 } };
static const struct option take_options[] = {
	{ "over", NULL, NULL, "also from another who has it" }, AUDITED_BY, { 0 } };
static const struct option rest_options[] = {
	{ "until", "TIME", NULL, "until when it rests: at most 14 days" },
	{ "over", NULL, NULL, "also of another who has it" }, AUDITED_BY, { 0 } };

static const struct command rows[] = {
	{ "desk list", "", "List all that needs a person now, by when it is due, what is critical and late first", READS, 0, 0, list_options,
	  { "waker desk list", "waker desk list --mine --json" },
	  "Calls, what a breaker or a guardian holds, disputes, candidates, mail, silent members, and the system's own "
	  "troubles: one list, over all kinds of work.", desk_all },
	{ "desk take", "ITEM…", "Have some of it", CHANGES, 1, 100, take_options,
	  { "waker desk take call:N-9WKD47-K", "waker desk take mail:12 silent:zeehaven --by j.doe" }, NULL, desk_take },
	{ "desk snooze", "ITEM…", "Let some of it rest until later", CHANGES, 1, 100, rest_options,
	  { "waker desk snooze mail:12 --until 2026-12-01T09:00Z", "waker desk snooze candidate:F-7K2QXM-5 --until 2026-12-01" },
	  "It comes back then, and is not forgotten meanwhile: 'desk list --resting' shows it.", desk_rest },
	{ "desk give-back", "ITEM…", "Have some of it no more", CHANGES, 1, 100, take_options,
	  { "waker desk give-back mail:12", "waker desk give-back mail:12 --by j.doe" }, NULL, desk_back },
};
// clang-format on
const struct noun noun_desk = { "desk", "what needs a person now", rows, COUNTOF(rows) };
