#include "ui/nouns.h"

#include <string.h>

// Text as roff takes it: no letter of it is a request, a dash stays a dash.
static void text(FILE *to, struct str s)
{
	bool first = true; // of a line

	for (; s.n > 0; str_skip(&s, 1)) {
		char c = s.p[0];

		if (first && (c == '.' || c == '\''))
			fputs("\\&", to);
		if (c == '\\')
			fputs("\\e", to);
		else if (c == '-')
			fputs("\\-", to);
		else
			fputc(c, to);
		first = c == '\n';
	}
}

static void line(FILE *to, const char *request, struct str s)
{
	fputs(request, to);
	text(to, s);
	fputc('\n', to);
}

static void options(FILE *to, const struct option *o)
{
	for (; o != NULL && o->name != NULL; o++) {
		fputs(".TP\n\\fB\\-\\-", to);
		text(to, str_of(o->name));
		fputs("\\fR", to);
		if (o->value != NULL)
			fprintf(to, " \\fI%s\\fR", o->value);
		fputc('\n', to);
		text(to, str_of(o->does));
		if (o->choice != NULL) {
			fputs(": ", to);
			text(to, str_of(o->choice));
		}
		fputs(".\n", to);
	}
}

static void synopsis(FILE *to, const struct command *c)
{
	fputs("\\fBwaker ", to);
	text(to, str_of(c->name));
	fprintf(to, "\\fR%s ", c->options != NULL ? " [\\fIOPTION\\fR…]" : "");
	text(to, str_of(c->takes));
	fputc('\n', to);
}

static void body(FILE *to, const struct command *c)
{
	struct str does = str_of(c->does), more = str_of(c->more);

	text(to, does);
	fputs(".\n", to);
	options(to, c->options);
	while (more.n > 0) {
		struct str part = str_cut(&more, '\n');

		if (part.n > 0)
			line(to, ".PP\n", part);
	}
	for (size_t i = 0; i < COUNTOF(c->examples); i++)
		line(to, i == 0 ? ".PP\nExamples:\n.PP\n.in +4\n.nf\n" : "",
		     str_of(c->examples[i]));
	fputs(".fi\n.in\n", to);
}

static void statuses(FILE *to)
{
	fputs(".SH EXIT STATUS\n.TP\n0\ndone\n.TP\n3\npartly done, the rest is listed\n"
	      ".TP\n7\na check found problems\n",
	      to);
	for (enum err_kind k = ERR_USAGE; k < ERR_KINDS; k++)
		fprintf(to, ".TP\n%d\n%s\n", err_meaning(k)->exit_status, err_meaning(k)->name);
}

static void tail(FILE *to)
{
	fputs(".SH OPTIONS OF EVERY COMMAND\n", to);
	options(to, cli_common);
	statuses(to);
	fputs(".SH ENVIRONMENT\n.TP\n\\fBWAKER_HOME\\fR\nthe home, where no \\-C names one\n"
	      ".TP\n\\fBWAKER_FEEDS\\fR\nwhere the installed feed files stand\n"
	      ".TP\n\\fBWAKER_NOW\\fR\nin an example home: the moment to play, as "
	      "2026\\-03\\-02T06:00:00Z\n"
	      ".TP\n\\fBNO_COLOR\\fR, \\fBCOLUMNS\\fR\nas usual\n"
	      ".SH SEE ALSO\n\\fBwaker\\fR(1), \\fBwaker\\-roster\\fR(5), "
	      "\\fBwaker\\-feed\\fR(5)\n",
	      to);
}

static void page_waker(FILE *to, const struct app *app)
{
	fputs(".TH WAKER 1 \"\" \"waker " WAKER_VERSION "\"\n.SH NAME\n"
	      "waker \\- watch threat feeds for the members of a response team\n.SH SYNOPSIS\n"
	      "\\fBwaker\\fR \\fINOUN VERB\\fR [\\fIOPTION\\fR…] [\\fIARGUMENT\\fR…]\n"
	      ".SH COMMANDS\n",
	      to);
	for (size_t i = 0; i < app->noun_count; i++)
		for (size_t k = 0; k < app->nouns[i]->count; k++) {
			const struct command *c = &app->nouns[i]->rows[k];

			line(to, ".SS ", str_of(c->name));
			synopsis(to, c);
			fputs(".PP\n", to);
			body(to, c);
		}
	tail(to);
}

static void page_command(FILE *to, const struct command *c)
{
	fputs(".TH WAKER 1 \"\" \"waker " WAKER_VERSION "\"\n.SH NAME\nwaker ", to);
	text(to, str_of(c->name));
	line(to, " \\- ", str_of(c->does));
	fputs(".SH SYNOPSIS\n", to);
	synopsis(to, c);
	fputs(".SH DESCRIPTION\n", to);
	body(to, c);
	tail(to);
}

static bool man(struct app *app, const struct call *call, struct err *e)
{
	const struct command *c = NULL;
	const struct noun *n;

	if (call->count == 0) {
		page_waker(app->out.to, app);
		return true;
	}
	n = cli_noun(app, call->arg[0]);
	if (n != NULL && call->count == 1 && noun_is_command(n))
		c = n->rows;
	if (n != NULL && call->count == 2)
		c = cli_command(n, call->arg[1]);
	if (c == NULL)
		return err_set(
			e, ERR_USAGE,
			"no command of that name: a noun and a verb, as in `waker man member "
			"add`; see waker --help");
	page_command(app->out.to, c);
	return true;
}

static const struct command man_rows[] = {
	{ "man",
	  "[COMMAND]",
	  "Write a manual page to standard output, made from what --help knows",
	  READS,
	  0,
	  2,
	  NULL,
	  { "waker man | man -l -", "waker man init | man -l -" },
	  "Without a command: the whole of waker(1).",
	  man },
};

const struct noun noun_man = { "man", "manual pages", man_rows, COUNTOF(man_rows) };
