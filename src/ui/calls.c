#include "base/list.h"
#include "base/time.h"
#include "codec/text/id.h"
#include "store/call.h"
#include "store/message.h"
#include "task/tell/act.h"
#include "ui/audited.h"
#include "ui/nouns.h"
#include "ui/reach.h"
#include "ui/say.h"

// ---- which are due

// clang-format off
static const struct column due_columns[] = {
	{ "notice", "Notice", false },  { "severity", "Sev", false },
	{ "member", "Member", false },  { "name", "Name", true },
	{ "kind", "Kind", false },      { "findings", "Findings", false },
	{ "since", "Since", false },    { "why", "Why", true },
};
// clang-format on

static bool calls_all(struct app *app, const struct call *call, struct err *e)
{
	struct out *o = &app->out;
	autohome h = { 0 };
	autorows r = NULL;
	struct call_due x;
	char id[ID_TEXT];

	(void)call;
	if (!home_open(app->home, app->arena, &h, e) || !call_due(h.db, &r, e))
		return false;
	out_table(o, due_columns, COUNTOF(due_columns));
	while (call_next_due(r, &x, e)) {
		id_write('N', x.number, id);
		out_text(o, str_of(id));
		say_severity(o, x.worst, false);
		out_text(o, x.slug);
		out_text(o, x.name);
		out_text(o, message_kind_word(x.kind));
		out_int(o, x.findings);
		out_time(o, x.made);
		out_text(o, call_why_says(&x.why));
	}
	out_end(o);
	return e->kind == ERR_NONE;
}

// ---- one sheet

struct person {
	struct call_contact is;
};
struct sheet {
	struct app *app;
	struct home h;
	struct call_due due;
	LIST(struct person) people;
	struct reaches reaches;
	struct call_number numbers[CALL_NUMBERS];
	size_t n, next;
};

static bool find_due(struct sheet *s, struct str word, struct err *e)
{
	autorows r = NULL;
	uint32_t number;

	if (!id_read(word, 'N', &number))
		return err_set(e, ERR_USAGE,
			       "\"" STR_FMT
			       "\" is no notice's id such as N-9WKD47-K: was a character "
			       "misread?",
			       STR_ARG(str_first(word, 40)));
	if (!call_due(s->h.db, &r, e))
		return false;
	while (call_next_due(r, &s->due, e))
		if (s->due.number == number) {
			s->due.slug = arena_str(s->app->arena, s->due.slug);
			s->due.name = arena_str(s->app->arena, s->due.name);
			return true;
		}
	return e->kind == ERR_NONE &&
	       err_set(e, ERR_ABSENT,
		       "nobody is to be called about " STR_FMT ": see 'waker calls list'",
		       STR_ARG(word));
}

static void keep_texts(struct call_contact *c, struct arena *a)
{
	struct str *const texts[] = { &c->role,     &c->name,  &c->phone[0],
				      &c->phone[1], &c->hours, &c->language };

	for (size_t i = 0; i < COUNTOF(texts); i++)
		*texts[i] = arena_str(a, *texts[i]);
}

static bool read_people(struct sheet *s, struct err *e)
{
	struct call_of of = { s->due.member, s->due.message };
	autorows r = NULL;
	struct call_contact c;

	if (!call_contacts(s->h.db, &of, &r, e))
		return false;
	while (call_next_contact(r, &c, e)) {
		keep_texts(&c, s->app->arena);
		list_add(&s->people, s->app->arena)->is = c;
		for (int i = 0; i < 2; i++)
			if (c.phone[i].n > 0 && s->n < CALL_NUMBERS)
				s->numbers[s->n++] = (struct call_number){ c.id, i + 1, c.tried[i],
									   c.outcome[i] };
	}
	s->next = call_next(s->numbers, s->n, s->h.now);
	return e->kind == ERR_NONE &&
	       reaches_load(s->h.db, s->h.now, s->app->arena, &s->reaches, e);
}

static bool open_sheet(struct sheet *s, struct app *app, struct str word, struct err *e)
{
	s->app = app;
	return home_open(app->home, app->arena, &s->h, e) && find_due(s, word, e) &&
	       read_people(s, e);
}

// clang-format off
static const struct column number_columns[] = {
	{ "next", "Now", false },       { "contact", "Contact", false },
	{ "name", "Name", true },       { "role", "Role", false },
	{ "phone", "Telephone", false },
	{ "hours", "Hours", true },     { "language", "Speaks", false },
	{ "tested", "Last reached", false }, { "mail_test", "Mail test", false },
	{ "tried", "Tried", false },    { "outcome", "What came of it", true },
};
static const struct column about_columns[] = {
	{ "finding", "Finding", false },  { "severity", "Sev", false },
	{ "issue", "Issue", true },       { "seen", "Seen", true },
	{ "last_seen", "Last seen", false },
};
// clang-format on

static const struct person *person_of(const struct sheet *s, int64_t contact)
{
	const struct person *p = s->people.at;

	while (p->is.id != contact)
		p++; // each number is of one of them
	return p;
}

static void put_numbers(struct sheet *s)
{
	struct out *o = &s->app->out;

	out_table(o, number_columns, COUNTOF(number_columns));
	for (size_t i = 0; i < s->n; i++) {
		const struct call_number *x = &s->numbers[i];
		const struct call_contact *c = &person_of(s, x->contact)->is;

		out_flag(o, i == s->next);
		out_int(o, c->id);
		out_text(o, c->name);
		out_text(o, c->role);
		out_text(o, c->phone[x->phone - 1]);
		out_text(o, c->hours);
		out_text(o, c->language);
		out_time(o, c->tested > 0 ? c->tested : TIME_NEVER);
		out_text(o, reaches_says(&s->reaches, c->id));
		out_time(o, x->tried > 0 ? x->tried : TIME_NEVER);
		out_text(o, x->tried > 0 ? call_outcome_says(x->outcome) : S(""));
	}
	out_end(o);
}

static bool put_findings(struct sheet *s, struct err *e)
{
	struct out *o = &s->app->out;
	autorows r = NULL;
	struct message_part p;
	char id[ID_TEXT];

	if (!message_findings(s->h.db, s->due.message, &r, e))
		return false;
	out_table(o, about_columns, COUNTOF(about_columns));
	while (message_next_part(r, &p, e)) {
		const struct issue *row = issue_find(p.issue);

		id_write('F', p.number, id);
		out_text(o, str_of(id));
		say_severity(o, p.severity, false);
		out_text(o, row != NULL ? row->title : p.issue);
		out_text(o, p.seen);
		out_time(o, p.last_seen);
	}
	out_end(o);
	return e->kind == ERR_NONE;
}

// Why none of its numbers is to be tried now, and what to do.
static struct str no_number(const struct sheet *s)
{
	int64_t again = call_again(s->numbers, s->n);
	struct arena *a = s->app->arena;
	char at[TIME_TEXT];

	if (again != TIME_NEVER)
		return arena_fmt(a, "every number was tried; the first is tried again at %s",
				 say_time(again, at));
	return arena_fmt(
		a,
		"the roster has %s number of " STR_FMT
		": find one that you trust, not one from a mail, and waker contact add " STR_FMT
		" --role security --phone NUMBER",
		s->n == 0 ? "no telephone" : "no other", STR_ARG(s->due.name),
		STR_ARG(s->due.slug));
}

// What to say: who we are, the number, and that what to do is said and read back (SCREENS 2a).
static void say_words(const struct sheet *s, const char *id)
{
	struct app *app = s->app;

	app_say(app, "Why:  " STR_FMT, STR_ARG(call_why_says(&s->due.why)));
	app_say(app,
		"Say:  \"This is " STR_FMT ", about warning %s for " STR_FMT
		". Whom do I speak to? We can be called back at " STR_FMT ".\"",
		STR_ARG(s->h.team), id, STR_ARG(s->due.name),
		STR_ARG(str_eq(s->h.phone, S("none")) ? S("the number you know") : s->h.phone));
	app_say(app,
		"Say no more to who is not on this sheet. Then: what was seen, since when, what "
		"to do now; let them read the number and the advice back.");
	app_say(app, "Next: waker calls spoke|voicemail|nobody|wrong %s", id);
	if (s->next == s->n)
		app_say(app, "But:  " STR_FMT, STR_ARG(no_number(s)));
}

static bool calls_show(struct app *app, const struct call *call, struct err *e)
{
	struct sheet s = { 0 };
	char id[ID_TEXT];
	bool good = open_sheet(&s, app, call->arg[0], e);

	if (good) {
		id_write('N', s.due.number, id);
		put_numbers(&s);
		good = put_findings(&s, e);
		say_words(&s, id);
	}
	home_close(&s.h);
	return good;
}

// ---- what came of it

static bool audit(struct sheet *s, const struct call *call, const char *id, struct str said,
		  struct err *e)
{
	const struct audit_said values[] = { { "said", said } };
	const struct audit_entry x = { .by = audited_by(call, s->h.now),
				       .subject = str_of(id),
				       .said = values,
				       .count = COUNTOF(values) };

	return audit_write(s->h.db, &x, s->app->arena, e);
}

static bool which(struct sheet *s, const struct call *call, size_t *out, struct err *e)
{
	struct str phone = call_option(call, "phone");

	*out = s->next;
	for (size_t i = 0; phone.p != NULL && i < s->n; i++) {
		const struct call_number *x = &s->numbers[i];

		if (str_eq(person_of(s, x->contact)->is.phone[x->phone - 1], phone)) {
			*out = i;
			return true;
		}
	}
	if (phone.p != NULL)
		return err_set(e, ERR_ABSENT, "--phone: " STR_FMT " is no number of the sheet",
			       STR_ARG(str_first(phone, 40)));
	if (*out < s->n)
		return true;
	return err_set(e, s->n == 0 ? ERR_ABSENT : ERR_CONFLICT, STR_FMT "%s",
		       STR_ARG(no_number(s)),
		       s->n > 0 ? "; where they called back: --phone NUMBER, of the sheet" : "");
}

static bool spoke(struct sheet *s, struct str said, struct err *e)
{
	struct told_by by = { s->h.now, said };
	struct message_row m;

	return message_by_id(s->h.db, s->due.message, s->app->arena, &m, e) &&
	       tell_act(s->h.db, &m, MESSAGE_SPOKE, &by, e);
}

static bool note(struct sheet *s, const struct call *call, enum call_outcome outcome, struct err *e)
{
	struct str said = call_option(call, "reason");
	struct call_row row = { .message = s->due.message,
				.at = s->h.now,
				.who = audited_who(call),
				.outcome = outcome,
				.said = said.p != NULL ? said : S("") };
	char id[ID_TEXT];
	size_t i;

	if (!which(s, call, &i, e))
		return false;
	id_write('N', s->due.number, id);
	row.contact = s->numbers[i].contact;
	row.phone = s->numbers[i].phone;
	return call_add(s->h.db, &row, e) &&
	       (outcome != CALL_SPOKE ||
		(call_tested(s->h.db, row.contact, row.at, e) && spoke(s, row.said, e))) &&
	       audit(s, call, id, row.said, e);
}

static bool calls_note(struct app *app, const struct call *call, struct err *e)
{
	struct sheet s = { 0 };
	enum call_outcome outcome = CALL_SPOKE;
	bool good = call_outcome_read(command_verb(call->command), &outcome) &&
		    open_sheet(&s, app, call->arg[0], e) && db_begin(s.h.db, e) &&
		    audited_keep(app, &s.h, note(&s, call, outcome, e), e);

	if (good && outcome != CALL_SPOKE)
		app_say(app, "Next: waker calls show " STR_FMT, STR_ARG(call->arg[0]));
	home_close(&s.h);
	return good;
}

// clang-format off
static const struct option note_options[] = {
	{ "phone", "NUMBER", NULL, "which of the sheet; the one that is next, if not said" },
	{ "reason", "TEXT", NULL, "with whom, what was said and read back" },
	AUDITED_BY, { 0 } };

static const struct command rows[] = {
	{ "calls list", "", "List the calls that are due, the gravest first", READS, 0, 0, NULL,
	  { "waker calls list", "waker calls list --json" }, NULL, calls_all },
	{ "calls show", "NOTICE", "Show whom to call, in which order, and what to say", READS, 1, 1, NULL,
	  { "waker calls show N-9WKD47-K", "waker calls show N-9WKD47-K --json" },
	  "Numbers of the roster alone: what a mail says of a number proves nothing.", calls_show },
	{ "calls spoke", "NOTICE", "Note that somebody was told", CHANGES, 1, 1, note_options,
	  { "waker calls spoke N-9WKD47-K --reason \"J. Doe, advice read back\"",
	    "waker calls spoke N-9WKD47-K --phone \"+31 33 000 0000\"" }, NULL, calls_note },
	{ "calls voicemail", "NOTICE", "Note that a machine took the call", CHANGES, 1, 1, note_options,
	  { "waker calls voicemail N-9WKD47-K", "waker calls voicemail N-9WKD47-K --by j.doe" }, NULL, calls_note },
	{ "calls nobody", "NOTICE", "Note that nobody took the call", CHANGES, 1, 1, note_options,
	  { "waker calls nobody N-9WKD47-K", "waker calls nobody N-9WKD47-K --by j.doe" }, NULL, calls_note },
	{ "calls wrong", "NOTICE", "Note that a number is not theirs", CHANGES, 1, 1, note_options,
	  { "waker calls wrong N-9WKD47-K", "waker calls wrong N-9WKD47-K --reason \"a flower shop\"" },
	  "It is not tried again for this notice; mend the roster.", calls_note },
};
// clang-format on
const struct noun noun_calls = { "calls", "members whom an officer calls", rows, COUNTOF(rows) };
