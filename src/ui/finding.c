#include "store/finding.h"

#include "codec/text/id.h"
#include "model/finding/issue.h"
#include "store/member.h"
#include "ui/audited.h"
#include "ui/finding_act.h"
#include "ui/finding_history.h"
#include "ui/finding_why.h"
#include "ui/nouns.h"
#include "ui/say.h"

enum { HELD = 12, ENDED }; // of the columns

// clang-format off
static const struct column columns[][17] = { // English, Dutch
	{ { "id", "Finding", false }, { "member", "Member", false }, { "seen", "Seen", true },
	  { "issue", "Issue", true }, { "class", NULL, false }, { "severity", "Severity", false },
	  { "state", "State", false }, { "strength", NULL, false },
	  { "first_seen", NULL, false }, { "last_seen", "Last seen", false },
	  { "sightings", "Days", false }, { "feeds", "Feeds", true }, { "held", NULL, true },
	  { "ended", NULL, false }, { "reopened", NULL, false }, { "since", NULL, false },
	  { "until", NULL, false } },
	{ { "id", "Bevinding", false }, { "member", "Deelnemer", false }, { "seen", "Gezien", true },
	  { "issue", "Probleem", true }, { "class", NULL, false }, { "severity", "Ernst", false },
	  { "state", "Toestand", false }, { "strength", NULL, false },
	  { "first_seen", NULL, false }, { "last_seen", "Laatst gezien", false },
	  { "sightings", "Dagen", false }, { "feeds", "Feeds", true }, { "held", NULL, true },
	  { "ended", NULL, false }, { "reopened", NULL, false }, { "since", NULL, false },
	  { "until", NULL, false } },
};
// clang-format on

// People read the labels of their language; piped columns and JSON have the stable words.
static bool dutch_for(const struct app *app, const struct home *h, const struct call *call)
{
	struct str given = call_option(call, "language");

	return app->out.form == OUT_HUMAN && str_eq(given.p != NULL ? given : h->language, S("nl"));
}

static void put_feeds(struct out *o, struct str sources)
{
	struct str one[32];
	size_t n = 0;

	while (sources.n > 0 && n < COUNTOF(one))
		one[n++] = sources_next_feed(&sources);
	out_texts(o, one, n);
}

static void put_finding(struct out *o, const struct finding_row *f, bool dutch)
{
	char id[ID_TEXT];

	id_write('F', f->number, id);
	out_text(o, str_of(id));
	out_text(o, f->slug);
	out_text(o, f->seen);
	out_text(o, f->issue);
	out_text(o, issue_class_word((enum issue_class)f->class, dutch));
	say_severity(o, (enum severity)f->severity, dutch);
	out_text(o, finding_state_word(f->life.state, dutch));
	out_text(o, strength_word(f->strength, dutch));
	out_time(o, f->first_seen);
	out_time(o, f->last_seen);
	out_int(o, f->sightings);
	put_feeds(o, f->sources);
	if (f->held.n > 0)
		out_text(o, f->held);
	else
		out_none(o);
	out_text(o, finding_end_word(f->life.state == FINDING_CLOSED ? f->life.ended : END_NONE,
				     dutch));
	out_int(o, f->life.reopened);
	out_time(o, f->life.since);
	if (f->life.until == TIME_NEVER)
		out_none(o);
	else
		out_time(o, f->life.until);
}

// What warninglists hold back is not listed unasked; that there is some is said.
static bool say_held(const struct app *app, struct db *d, const struct finding_filter *f,
		     struct err *e)
{
	int64_t held;

	if (f->held == HELD_ONLY)
		return true;
	if (!finding_held(d, f, &held, e))
		return false;
	if (held > 0)
		app_say(app, "%lld held back by warninglists: --held shows %s", (long long)held,
			held == 1 ? "it" : "them");
	return true;
}

bool finding_filter_read(const struct call *call, struct finding_filter *out, struct err *e)
{
	struct str state = call_option(call, "state"), severity = call_option(call, "severity");
	struct finding_filter f = {
		.member = call_option(call, "of"),
		.issue = call_option(call, "issue"),
		.feed = call_option(call, "feed"),
		.state = -1,
		.severity = -1,
	};
	enum finding_state s = FINDING_CANDIDATE;
	enum severity v = SEVERITY_LOW;

	if (state.p != NULL && !finding_state_read(state, &s))
		return err_set(e, ERR_USAGE, "--state: \"" STR_FMT "\" is no state of a finding",
			       STR_ARG(str_first(state, 40)));
	if (severity.p != NULL && !severity_read(severity, &v))
		return err_set(e, ERR_USAGE,
			       "--severity: 1 to 4, or its word (critical, high, medium, low), "
			       "not \"" STR_FMT "\"",
			       STR_ARG(str_first(severity, 40)));
	if (state.p != NULL)
		f.state = (int)s;
	if (severity.p != NULL)
		f.severity = (int)v;
	*out = f;
	return true;
}

static bool finding_all(struct app *app, const struct call *call, struct err *e)
{
	struct column with[COUNTOF(columns[0])];
	struct finding_filter filter;
	struct finding_row f;
	autohome h = { 0 };
	autorows rows = NULL;
	bool dutch;

	if (!finding_filter_read(call, &filter, e))
		return false;
	filter.held = call_has(call, "held") ? HELD_ONLY : HELD_NOT;
	filter.all = call_has(call, "all");
	if (!home_open(app->home, app->arena, &h, e) ||
	    !member_is(h.db, filter.member, app->arena, e) ||
	    !finding_list(h.db, &filter, &rows, e))
		return false;
	dutch = dutch_for(app, &h, call);
	memcpy(with, columns[dutch], sizeof with);
	if (filter.held == HELD_ONLY)
		with[HELD].title = dutch ? "Tegengehouden door" : "Held back by";
	if (filter.all || filter.state >= FINDING_CLOSED)
		with[ENDED].title = dutch ? "Afloop" : "Ended as";
	out_table(&app->out, with, COUNTOF(with));
	while (finding_next_row(rows, &f, e))
		put_finding(&app->out, &f, dutch);
	out_end(&app->out);
	return e->kind == ERR_NONE && say_held(app, h.db, &filter, e);
}

static bool find(struct app *app, const struct call *call, struct home *h, struct finding_row *f,
		 struct err *e)
{
	return home_open(app->home, app->arena, h, e) &&
	       finding_named(h->db, call->arg[0], app->arena, f, e);
}

// What leaked accounts are known is not looked at unseen (RULES 10).
static bool may_look(struct app *app, const struct call *call, const struct home *h,
		     const struct finding_row *f, struct err *e)
{
	struct audit_entry x = { .by = audited_by(call, h->now) };
	char id[ID_TEXT];

	if (f->class != CLASS_LEAKED)
		return true;
	id_write('F', f->number, id);
	x.subject = str_of(id);
	return audited_look(app, h, &x, e);
}

static bool put_cves(struct app *app, struct db *d, int64_t finding, struct err *e)
{
	struct str one[HISTORY_CVES];
	struct cve_since c;
	autorows rows = NULL;
	size_t n = 0;

	if (!cve_of(d, finding, &rows, e))
		return false;
	while (n < COUNTOF(one) && cve_next_row(rows, &c, e))
		one[n++] = arena_str(app->arena, c.cve);
	out_texts(&app->out, one, n);
	return e->kind == ERR_NONE;
}

static bool finding_show(struct app *app, const struct call *call, struct err *e)
{
	struct column with[COUNTOF(columns[0]) + 5];
	size_t n = COUNTOF(columns[0]);
	const struct issue *issue;
	struct finding_row f;
	autohome h = { 0 };
	bool dutch;

	if (!find(app, call, &h, &f, e) || !may_look(app, call, &h, &f, e))
		return false;
	dutch = dutch_for(app, &h, call);
	issue = issue_find(f.issue);
	for (size_t i = 0; i < n; i++) {
		with[i] = columns[dutch][i];
		with[i].gives_way = false;
	}
	with[4].title = dutch ? "Klasse" : "Class";
	with[7].title = dutch ? "Sterkte" : "Strength";
	with[8].title = dutch ? "Eerst gezien" : "First seen";
	with[HELD].title = dutch ? "Tegengehouden door" : "Held back by";
	with[ENDED].title = dutch ? "Afloop" : "Ended as";
	with[ENDED + 1].title = dutch ? "Heropend" : "Reopened";
	with[ENDED + 2].title = dutch ? "Sinds" : "Since";
	with[n] = (struct column){ "name", dutch ? "Naam" : "Name", false };
	with[n + 1] = (struct column){ "title", dutch ? "Wat" : "What", false };
	with[n + 2] = (struct column){ "found", dutch ? "Gevonden" : "Found", false };
	with[n + 3] = (struct column){ "vulnerabilities",
				       dutch ? "Kwetsbaarheden" : "Vulnerabilities", false };
	with[n + 4] =
		(struct column){ "found_later",
				 dutch ? "Later gevonden, bij vraag" : "Found later, by question",
				 false };
	out_record(&app->out, with, COUNTOF(with));
	put_finding(&app->out, &f, dutch);
	out_text(&app->out, f.name);
	if (issue != NULL)
		out_text(&app->out, dutch ? issue->title_nl : issue->title);
	else
		out_none(&app->out);
	out_time(&app->out, f.found);
	if (!put_cves(app, h.db, f.id, e))
		return false;
	if (f.retro != 0)
		out_int(&app->out, f.retro);
	else
		out_none(&app->out);
	out_end(&app->out);
	return true;
}

static bool finding_explain(struct app *app, const struct call *call, struct err *e)
{
	struct finding_row f;
	autohome h = { 0 };

	return find(app, call, &h, &f, e) && may_look(app, call, &h, &f, e) &&
	       finding_why(app, &h, &f, dutch_for(app, &h, call), e);
}

// clang-format off
#define LANGUAGE { "language", "LANG", "nl|en", "of the labels; else as waker.conf says" }
static const struct option list_options[] = {
	{ "of", "MEMBER", NULL, "only this member's" },
	{ "issue", "ISSUE", NULL, "only this issue, as in exposed.rdp" },
	{ "state", "STATE", NULL, "candidate, open, told, acknowledged, claimed, disputed, accepted, closed, void" },
	{ "all", NULL, NULL, "also what is over, or was taken back" },
	{ "severity", "LEVEL", NULL, "1 to 4, or critical, high, medium, low" },
	{ "feed", "NAME", NULL, "only what this feed has seen" },
	{ "held", NULL, NULL, "what warninglists hold back, and nothing else" },
	LANGUAGE,
	{ 0 },
};
static const struct option language[] = { LANGUAGE, { 0 } };

static const struct command rows[] = {
	{ "finding list", "", "List findings and candidates, gravest first", READS, 0, 0, list_options,
	  { "waker finding list --severity 1",
	    "waker finding list --of h1 --json" },
	  "A finding is a member, what was seen, and an issue; Days counts on how many days each feed "
	  "has seen it. A candidate is weakly matched: an officer or a second feed makes it a finding.",
	  finding_all },
	{ "finding show", "ID", "Show one finding", READS, 1, 1, language,
	  { "waker finding show F-7K2QXM-5",
	    "waker finding show f7k2qxm5 --json" },
	  NULL, finding_show },
	{ "finding explain", "ID", "Say why there is this finding: row, asset, owner, rule", READS, 1, 1, language,
	  { "waker finding explain F-7K2QXM-5",
	    "waker finding explain F-7K2QXM-5 --json" },
	  "For each feed the newest record that shows it, where it stands in which batch, the asset it "
	  "met, whose that is and who encloses it, how strong that is by which rule, and what would have "
	  "kept it from being one.", finding_explain },
#define ACT(verb, ids, does, options, example1, example2, more)                                       \
	{ "finding " verb, ids, does, CHANGES, 0, CLI_MAX_ARGS, options, { example1, example2 }, more, finding_act }
	ACT("acknowledge", "[ID…]", "Note that the member has seen it", finding_act_options,
	    "waker finding acknowledge F-7K2QXM-5", "waker finding acknowledge --of h1 --issue exposed.rdp", NULL),
	ACT("note", "[ID…]", "Write a note into a finding's history", finding_act_options,
	    "waker finding note F-7K2QXM-5 --reason 'called J. Jansen, calls back'", "waker finding note f7k2qxm5 --reason 'see case 12'", NULL),
	ACT("claim", "[ID…]", "Note that the member says it is fixed", finding_act_options,
	    "waker finding claim F-7K2QXM-5", "waker finding claim --of h1 --issue exposed.rdp --dry-run",
	    "It ends when clean reports confirm it, and is open again when an event of a day later says otherwise."),
	ACT("dispute", "[ID…]", "Note that the member says it is wrong", finding_dispute_options,
	    "waker finding dispute F-7K2QXM-5", "waker finding dispute F-7K2QXM-5 --as not-ours --reason 'sold in May'",
	    "It neither ends nor comes back until an officer confirms it, or reopens it."),
	ACT("confirm", "[ID…]", "Confirm what the member disputes", finding_act_options,
	    "waker finding confirm F-7K2QXM-5", "waker finding confirm F-7K2QXM-5 --reason 'honeypot, seen on site'",
	    "A false alarm is suppressed for 180 days, while the evidence stays the same; what is not theirs becomes a hole: nothing more is found there."),
	ACT("accept", "[ID…]", "Note until when the member lives with it", finding_accept_options,
	    "waker finding accept F-7K2QXM-5 --until 2026-05-01", "waker finding accept F-7K2QXM-5 --until 2026-05-01 --reason 'replaced in April'", NULL),
	ACT("close", "[ID…]", "End a finding", finding_close_options,
	    "waker finding close F-7K2QXM-5 --as fixed", "waker finding close --of h1 --issue listed --dry-run",
	    "What is seen again by a newer event is open again."),
	ACT("reopen", "[ID…]", "Open what was ended, disputed, claimed or accepted", finding_act_options,
	    "waker finding reopen F-7K2QXM-5", "waker finding reopen F-7K2QXM-5 --reason 'not the same host'", NULL),
	ACT("promote", "[ID…]", "Make a candidate a finding", finding_act_options,
	    "waker finding promote F-7K2QXM-5", "waker finding promote --of h1 --state candidate --dry-run", NULL),
	ACT("refuse", "[ID…]", "Refuse a candidate, for ever", finding_act_options,
	    "waker finding refuse F-7K2QXM-5", "waker finding refuse --of h1 --issue exposed.rdp --state candidate", NULL),
	ACT("undo", "[ID…]", "Take back the last act of an officer's", finding_act_options,
	    "waker finding undo F-7K2QXM-5", "waker finding undo F-7K2QXM-5 --json",
	    "Only if nothing happened to the finding since; also the suppression or the hole that it made."),
#undef ACT
};
// clang-format on

const struct noun noun_finding = { "finding", "what is wrong with whose things", rows,
				   COUNTOF(rows) };
