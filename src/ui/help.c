#include "ui/help.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { INDENT = 2, BESIDE = 24, HELP_WIDTH = 80 };

// The words of a text from column `at` on, broken at blanks, its lines below one another.
static void fill(FILE *to, struct str text, size_t indent)
{
	size_t at = indent;

	for (bool first = true; text.n > 0; first = false) {
		struct str word = str_cut(&text, ' ');
		size_t n = utf8_columns(word);

		if (!first && at + 1 + n > HELP_WIDTH) {
			fprintf(to, "\n%*s", (int)indent, "");
			at = indent;
			first = true;
		}
		fprintf(to, "%s" STR_FMT, first ? "" : " ", STR_ARG(word));
		at += n + !first;
	}
	fputc('\n', to);
}

// "  what   says".
static void beside(FILE *to, struct str what, struct str says)
{
	size_t at = INDENT + utf8_columns(what);

	fprintf(to, "%*s" STR_FMT, INDENT, "", STR_ARG(what));
	if (at + 2 > BESIDE) {
		fputc('\n', to);
		at = 0;
	}
	fprintf(to, "%*s", (int)(BESIDE - at), "");
	fill(to, says, BESIDE);
}

static void options(FILE *to, const struct option *o)
{
	for (; o != NULL && o->name != NULL; o++) {
		char name[64];
		struct buf b = BUF_ON(name);
		char says[256];
		struct buf s = BUF_ON(says);

		buf_fmt(&b, "--%s%s%s", o->name, o->value != NULL ? " " : "",
			o->value != NULL ? o->value : "");
		buf_fmt(&s, "%s%s%s", o->does, o->choice != NULL ? ": " : "",
			o->choice != NULL ? o->choice : "");
		beside(to, buf_view(&b), buf_view(&s));
	}
}

void help_usage(const struct command *c, FILE *to)
{
	fprintf(to, "Usage: waker %s%s%s%s\n", c->name, c->options != NULL ? " [OPTION…]" : "",
		c->takes[0] != '\0' ? " " : "", c->takes);
}

void help_command(const struct command *c, FILE *to)
{
	help_usage(c, to);
	fprintf(to, "\n%s.\n", c->does);
	if (c->options != NULL) {
		fputs("\nOptions:\n", to);
		options(to, c->options);
	}
	if (c->more != NULL) {
		fputc('\n', to);
		fill(to, str_of(c->more), 0);
	}
	fprintf(to, "\nExamples:\n  %s\n  %s\n", c->examples[0], c->examples[1]);
	fprintf(to, "\n--json, --quiet%s and others that every command takes: waker --help\n",
		(c->effect & CHANGES) != 0 ? ", --dry-run, --yes" : "");
}

void help_noun(const struct noun *n, FILE *to)
{
	if (noun_is_command(n)) {
		help_command(n->rows, to);
		return;
	}
	fprintf(to, "Usage: waker %s VERB [OPTION…] [ARGUMENT…]\n\nThe noun '%s': %s.\n\nVerbs:\n",
		n->name, n->name, n->does);
	for (size_t i = 0; i < n->count; i++)
		beside(to, command_verb(&n->rows[i]), str_of(n->rows[i].does));
	fprintf(to, "\nExamples:\n  %s\n  %s\n", n->rows[0].examples[0],
		n->rows[n->count - 1].examples[n->count == 1]);
	fprintf(to, "\nMore on one: waker %s VERB --help\n", n->name);
}

void help_waker(const struct app *app, FILE *to)
{
	fputs("Usage: waker NOUN VERB [OPTION…] [ARGUMENT…]\n\n"
	      "Watches threat feeds for the members of a response team.\n\nNouns:\n",
	      to);
	for (size_t i = 0; i < app->noun_count; i++)
		if (!noun_is_command(app->nouns[i]))
			beside(to, str_of(app->nouns[i]->name), str_of(app->nouns[i]->does));
	fputs("\nCommands of one word:\n", to);
	for (size_t i = 0; i < app->noun_count; i++)
		if (noun_is_command(app->nouns[i]))
			beside(to, str_of(app->nouns[i]->name), str_of(app->nouns[i]->does));
	fputs("\nOptions of every command, in any place:\n", to);
	options(to, cli_common);
	fputs("\nExamples:\n  waker init --example /tmp/home\n  waker -C /tmp/home finding list\n"
	      "\nExit: 0 done, 3 partly, 7 a check found problems, 64 typed wrongly, 65 bad "
	      "input,\n"
	      "66 not found, 71 this machine failed, 75 try again, 77 refused, 78 configuration.\n"
	      "More on one: waker NOUN --help, waker NOUN VERB --help\n",
	      to);
}
