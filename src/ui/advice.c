// `waker advice`: the texts that letters carry, as members read them, and what is wrong with them.
#include "task/advice/advice.h"

#include "base/buf.h"
#include "os/clock.h"
#include "task/home.h"
#include "ui/nouns.h"

enum { SHOWN_BYTES = 1 << 20 };

struct opened {
	struct shelf shelf;
	int64_t now;
};

static void opened_done(struct opened *o)
{
	shelf_done(&o->shelf);
}

// Of the home, or (without one) of the machine.
static bool open_shelf(struct app *app, struct opened *out, struct err *e)
{
	autohome h = { 0 };

	out->now = clock_now();
	if (app->home.n == 0)
		return shelf_load(S(""), S("CERT"), &out->shelf, e);
	if (!home_read(app->home, app->arena, &h, e))
		return false;
	out->now = h.now;
	return shelf_load(h.path, h.team, &out->shelf, e);
}

// ---- list

static const struct column columns[] = {
	{ "advice", "Advice", false }, { "language", "Language", false },
	{ "from", "From", false },     { "checked", "Checked", false },
	{ "stale", NULL, false },      { "act", "Do now", true },
	{ "sources", NULL, true },     { "file", NULL, true },
};

static void put_text(struct out *o, const struct shelf_text *x, int64_t now)
{
	out_text(o, x->name);
	out_text(o, x->dutch ? S("nl") : S("en"));
	out_text(o, x->own ? S("own") : S("package"));
	out_day(o, x->advice.checked);
	out_flag(o, advice_stale(&x->advice, now));
	out_text(o, x->letter.act);
	out_texts(o, x->advice.source, x->advice.sources);
	out_text(o, x->path);
}

static void say_faults(struct app *app, const struct shelf *s)
{
	if (s->faults.count == 0)
		return;
	app_say(app, "there are faults, and texts that are not used: see 'waker advice check'");
	app->ended = EXIT_PARTLY;
}

static bool advice_all(struct app *app, const struct call *call, struct err *e)
{
	CLEANUP(opened_done) struct opened o = { 0 };

	(void)call;
	if (!open_shelf(app, &o, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	LIST_EACH (const struct shelf_text, x, &o.shelf.texts)
		put_text(&app->out, x, o.now);
	out_end(&app->out);
	say_faults(app, &o.shelf);
	return true;
}

// ---- show

static bool absent(const struct shelf *s, struct str issue, struct err *e)
{
	if (issue_find(issue) == NULL)
		return err_set(e, ERR_ABSENT,
			       "there is no issue \"" STR_FMT "\": see 'waker issue list'",
			       STR_ARG(str_first(issue, 60)));
	return err_set(e, ERR_ABSENT, "nothing is advised for \"" STR_FMT "\" in " STR_FMT,
		       STR_ARG(str_first(issue, 60)), STR_ARG(s->places.at[s->places.count - 1]));
}

static bool show(struct app *app, const struct call *call, struct err *e)
{
	CLEANUP(opened_done) struct opened o = { 0 };
	const bool dutch = str_eq(call_option(call, "language"), S("nl"));
	struct column with[COUNTOF(columns) + 1];
	struct buf b = { .p = arena_new(app->arena, char, SHOWN_BYTES), .cap = SHOWN_BYTES };
	const struct shelf_text *x;
	struct prose p;
	struct str text;

	if (!open_shelf(app, &o, e))
		return false;
	x = shelf_find(&o.shelf, call->arg[0], dutch);
	if (x == NULL)
		return absent(&o.shelf, call->arg[0], e);
	prose_begin(&p, app->arena);
	letter_advise(shelf_letter(x, dutch), call_has(call, "expert"), dutch, &p);
	prose_write_text(&p, &b);
	text = buf_view(&b);
	memcpy(with, columns, sizeof columns);
	with[COUNTOF(columns) - 1].title = "File";
	with[COUNTOF(columns)] = (struct column){ "text", NULL, true };
	out_record(&app->out, with, COUNTOF(with));
	put_text(&app->out, x, o.now);
	out_text(&app->out, text);
	out_end(&app->out);
	out_line(&app->out, "%s", "");
	if (app->out.form == OUT_HUMAN)
		out_lines(&app->out, text);
	return true;
}

// ---- check

static const struct column lacks[] = {
	{ "file", "File", true }, { "line", "Line", false },        { "problem", "Problem", false },
	{ "what", "What", true }, { "remedy", "What to do", true },
};

static bool check(struct app *app, const struct call *call, struct err *e)
{
	CLEANUP(opened_done) struct opened o = { 0 };
	struct shelf_lacks all;

	(void)call;
	if (!open_shelf(app, &o, e))
		return false;
	shelf_look(&o.shelf, o.now, app->arena, &all);
	out_table(&app->out, lacks, COUNTOF(lacks));
	LIST_EACH (const struct shelf_lack, x, &all.at) {
		out_text(&app->out, x->path);
		if (x->is.line > 0)
			out_int(&app->out, x->is.line);
		else
			out_none(&app->out);
		out_text(&app->out, str_of(lack_word(x->kind)));
		out_text(&app->out, x->is.what);
		out_text(&app->out, x->is.mend);
	}
	out_end(&app->out);
	if (all.at.count > 0)
		app->ended = EXIT_FOUND;
	else
		app_say(app, "%zu texts, none stale, missing or at fault", o.shelf.texts.count);
	return true;
}

// clang-format off
static const struct option show_options[] = {
	{ "language", "LANGUAGE", "nl|en", "en if not said; where it is missing, English" },
	{ "expert", NULL, NULL, "as who knows the field reads it" },
	{ 0 },
};
static const struct command rows[] = {
	{ "advice list", "", "List the texts of advice that mails to members carry", READS, 0, 0, NULL,
	  { "waker advice list", "waker advice list --json" },
	  "A text is ISSUE.nl.md or ISSUE.en.md in the home's advice/, in /etc/waker/advice, or of the package; the "
	  "first of them counts. How one is written: waker-advice(5).", advice_all },
	{ "advice show", "ISSUE", "Show what members are told to do about an issue", READS, 1, 1, show_options,
	  { "waker advice show exposed.rdp --language nl",
	    "waker advice show infected.qakbot --expert" },
	  "An issue without a text of its own has that of its family, else that of its type of the taxonomy "
	  "(rsit.infected-system).", show },
	{ "advice check", "", "Say which texts of advice are missing, stale or wrong, and what to do", READS, 0, 0, NULL,
	  { "waker advice check", "waker advice check --json" },
	  "Stale is what nobody has checked for two years. Exits 7 when there is anything to do.", check },
};
// clang-format on

const struct noun noun_advice = { "advice", "what members are told to do, by issue", rows,
				  COUNTOF(rows) };
