#include "ui/cli.h"

#include "base/buf.h"
#include "codec/text/json_out.h"
#include "os/term.h"
#include "ui/audited.h"
#include "ui/help.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CLI_ARENA ((size_t)4 << 30) // addresses, not memory: what a command may take
#define OUT_ARENA ((size_t)256 << 20)

enum { NEAR = 2 }; // letters wrong in a word that we still guess

// clang-format off
const struct option cli_common[] = {
	{ "home",    "DIR", NULL, "the home to work in; also -C DIR, WAKER_HOME" },
	{ "json",    NULL,  NULL, "JSON: one object, or one a line; errors too" },
	{ "table",   NULL,  NULL, "tables for people, also behind a pipe" },
	{ "quiet",   NULL,  NULL, "say nothing but the result; also -q" },
	{ "verbose", NULL,  NULL, "say more on the way; also -v" },
	{ "dry-run", NULL,  NULL, "show what would change, change nothing" },
	{ "yes",     NULL,  NULL, "do not ask" },
	{ "help",    NULL,  NULL, "this page; also -h" },
	{ "version", NULL,  NULL, "which waker this is" },
	{ 0 },
};
static const struct { char letter; const char *name; } letters[] = {
	{ 'C', "home" }, { 'q', "quiet" }, { 'v', "verbose" }, { 'h', "help" },
	{ 'o', "output" },
};
// clang-format on

bool noun_is_command(const struct noun *n)
{
	return n->count == 1 && strcmp(n->rows[0].name, n->name) == 0;
}

struct str command_verb(const struct command *c)
{
	const char *blank = strchr(c->name, ' ');

	return str_of(blank != NULL ? blank + 1 : c->name);
}

const struct noun *cli_noun(const struct app *app, struct str word)
{
	for (size_t i = 0; i < app->noun_count; i++)
		if (str_eq(str_of(app->nouns[i]->name), word))
			return app->nouns[i];
	return NULL;
}

const struct command *cli_command(const struct noun *n, struct str verb)
{
	for (size_t i = 0; i < n->count; i++)
		if (str_eq(command_verb(&n->rows[i]), verb))
			return &n->rows[i];
	return NULL;
}

// The nearest of the words seen so far.
struct guess {
	struct str typed, best;
	unsigned distance;
};

static void guess_see(struct guess *g, struct str word)
{
	unsigned d = str_distance(g->typed, word, NEAR);

	if (d <= NEAR && (g->best.p == NULL || d < g->distance)) {
		g->best = word;
		g->distance = d;
	}
}

static bool unknown(const struct guess *g, const char *what, const char *see, struct err *e)
{
	if (g->best.p != NULL)
		return err_set(e, ERR_USAGE,
			       "%s '" STR_FMT "' is not known; did you mean '" STR_FMT "'?", what,
			       STR_ARG(str_first(g->typed, 60)), STR_ARG(g->best));
	return err_set(e, ERR_USAGE, "%s '" STR_FMT "' is not known: see waker%s --help", what,
		       STR_ARG(str_first(g->typed, 60)), see);
}

static const struct option *option_named(const struct option *o, struct str name)
{
	for (; o != NULL && o->name != NULL; o++)
		if (str_eq(str_of(o->name), name))
			return o;
	return NULL;
}

static size_t option_place(const struct command *c, const char *name)
{
	const struct option *o = option_named(c->options, str_of(name));

	assert(o != NULL); // asked for an option that is not in the row
	return (size_t)(o - c->options);
}

bool call_has(const struct call *c, const char *option)
{
	return c->option[option_place(c->command, option)].p != NULL;
}

struct str call_option(const struct call *c, const char *option)
{
	return c->option[option_place(c->command, option)];
}

bool call_number(struct str word, const char *noun, int64_t *out, struct err *e)
{
	uint64_t n;

	if (!str_to_uint(word, INT64_MAX, &n))
		return err_set(e, ERR_USAGE,
			       "\"" STR_FMT "\" is no number of a %s: see 'waker %s list'",
			       STR_ARG(str_first(word, 40)), noun, noun);
	*out = (int64_t)n;
	return true;
}

static void set_common(struct app *app, struct cli_words *words, const struct option *o,
		       struct str value)
{
	const struct {
		const char *name;
		bool *flag;
	} flags[] = {
		{ "quiet", &app->quiet },
		{ "verbose", &app->verbose },
		{ "dry-run", &app->dry_run },
		{ "yes", &app->yes },
	};

	for (size_t i = 0; i < COUNTOF(flags); i++)
		if (strcmp(o->name, flags[i].name) == 0)
			*flags[i].flag = true;
	if (strcmp(o->name, "home") == 0)
		app->home = value;
	else if (strcmp(o->name, "json") == 0)
		app->out.form = OUT_JSON;
	else if (strcmp(o->name, "table") == 0)
		app->out.form = OUT_HUMAN;
	else if (strcmp(o->name, "help") == 0)
		words->wants = WANTS_HELP;
	else if (strcmp(o->name, "version") == 0)
		words->wants = WANTS_VERSION;
}

static bool choice_has(const char *choice, struct str value)
{
	struct str rest = str_of(choice);

	while (rest.n > 0)
		if (str_eq(str_cut(&rest, '|'), value))
			return true;
	return choice == NULL;
}

static bool unknown_option(const struct cli_words *words, struct str name, struct err *e)
{
	struct guess g = { .typed = name };

	for (const struct option *o = cli_common; o->name != NULL; o++)
		guess_see(&g, str_of(o->name));
	if (words->command != NULL && words->command->options != NULL)
		for (const struct option *o = words->command->options; o->name != NULL; o++)
			guess_see(&g, str_of(o->name));
	return unknown(&g, "option", "", e);
}

struct line { // what was typed
	char *const *word;
	size_t count, at;
};

// Name and value of one option that stands at line->at, which moves to its last word.
static bool take_option(struct app *app, struct line *line, struct cli_words *words,
			struct call *call, struct err *e)
{
	struct str rest = str_of(line->word[line->at]), name = { 0 }, value = { 0 };
	const struct option *common, *own = NULL, *o;
	bool given = false;

	if (str_has_prefix(rest, S("--"))) {
		str_skip(&rest, 2);
		given = str_has(rest, '=');
		name = str_cut(&rest, '=');
		value = rest;
	} else {
		for (size_t i = 0; i < COUNTOF(letters); i++)
			if (rest.p[1] == letters[i].letter)
				name = str_of(letters[i].name);
		given = rest.n > 2;
		value = str_from(rest, 2);
		if (name.p == NULL)
			return unknown_option(words, rest, e);
	}
	common = option_named(cli_common, name);
	if (words->command != NULL)
		own = option_named(words->command->options, name);
	o = own != NULL ? own : common;
	if (o == NULL)
		return unknown_option(words, name, e);
	if (o->value == NULL && given)
		return err_set(e, ERR_USAGE, "--%s takes no value", o->name);
	if (o->value != NULL && !given) {
		if (line->at + 1 >= line->count)
			return err_set(e, ERR_USAGE, "--%s needs a value: %s", o->name, o->value);
		value = str_of(line->word[++line->at]);
	}
	if (!choice_has(o->choice, value))
		return err_set(e, ERR_USAGE, "--%s is one of %s, not '" STR_FMT "'", o->name,
			       o->choice, STR_ARG(str_first(value, 60)));
	if (own != NULL)
		call->option[own - words->command->options] = o->value != NULL ? value : S("yes");
	else
		set_common(app, words, o, value);
	return true;
}

static bool take_noun(const struct app *app, struct str word, struct cli_words *words,
		      struct err *e)
{
	struct guess g = { .typed = word };

	words->noun = cli_noun(app, word);
	if (words->noun == NULL) {
		for (size_t i = 0; i < app->noun_count; i++)
			guess_see(&g, str_of(app->nouns[i]->name));
		return unknown(&g, "command", "", e);
	}
	if (noun_is_command(words->noun))
		words->command = words->noun->rows;
	return true;
}

static bool take_verb(struct str word, struct cli_words *words, struct err *e)
{
	const struct noun *n = words->noun;
	struct guess g = { .typed = word };
	char see[64];
	struct buf b = BUF_ON(see);

	words->command = cli_command(n, word);
	if (words->command != NULL)
		return true;
	for (size_t i = 0; i < n->count; i++)
		guess_see(&g, command_verb(&n->rows[i]));
	buf_fmt(&b, " %s", n->name);
	buf_char(&b, '\0');
	return unknown(&g, "verb", see, e);
}

static bool check_count(const struct cli_words *words, const struct call *call, struct err *e)
{
	const struct command *c = words->command;

	if (words->wants != WANTS_RUN)
		return true;
	if (words->noun == NULL)
		return err_set(e, ERR_USAGE, "which command? see waker --help");
	if (c == NULL)
		return err_set(e, ERR_USAGE, "which verb? see waker %s --help", words->noun->name);
	if (call->count < c->least || call->count > c->most)
		return err_set(e, ERR_USAGE, "%s: it takes %s; see waker %s --help",
			       call->count < c->least ? "something is missing" : "too many words",
			       c->takes[0] != '\0' ? c->takes : "no arguments", c->name);
	return true;
}

bool cli_parse(struct app *app, size_t argc, char *const *argv, struct cli_words *words,
	       struct call *call, struct err *e)
{
	struct line line = { .word = argv, .count = argc };
	bool options = true;

	*words = (struct cli_words){ 0 };
	*call = (struct call){ .arg = arena_new(app->arena, struct str, argc + 1) };
	if (argc > CLI_MAX_ARGS)
		return err_set(e, ERR_USAGE, "more than %d words: use stdin", CLI_MAX_ARGS);
	for (; line.at < argc; line.at++) {
		struct str word = str_of(argv[line.at]);
		bool ok = true;

		if (options && str_eq(word, S("--")))
			options = false;
		else if (options && str_starts(word, '-') && word.n > 1)
			ok = take_option(app, &line, words, call, e);
		else if (words->noun == NULL)
			ok = take_noun(app, word, words, e);
		else if (words->command == NULL)
			ok = take_verb(word, words, e);
		else
			call->arg[call->count++] = word;
		if (!ok)
			return false;
	}
	call->command = words->command;
	return check_count(words, call, e);
}

static void tell_error(const struct app *app, const char *name, const struct err *e)
{
	const struct err_meaning *means = err_meaning(e->kind);
	char text[JSON_STR_ROOM(sizeof e->text)];
	struct buf b = BUF_ON(text);

	if (app->out.form == OUT_JSON) {
		json_str(&b, str_of(e->text));
		fprintf(stderr,
			"{\"error\":\"%s\",\"status\":%d,\"command\":\"%s\",\"message\":" STR_FMT
			"}\n",
			means->name, means->exit_status, name, STR_ARG(buf_view(&b)));
		return;
	}
	fprintf(stderr, "waker%s%s: ", name[0] != '\0' ? " " : "", name);
	out_clean(stderr, str_of(e->text));
	fputc('\n', stderr);
}

void app_fail(const struct app *app, const struct call *call, const struct err *e)
{
	tell_error(app, call->command->name, e);
}

static int complain(const struct app *app, const struct cli_words *words, const struct err *e)
{
	tell_error(app,
		   words->command != NULL ? words->command->name
		   : words->noun != NULL  ? words->noun->name
					  : "",
		   e);
	return err_meaning(e->kind)->exit_status;
}

static void show_help(const struct app *app, const struct cli_words *words)
{
	if (words->command != NULL)
		help_command(words->command, stdout);
	else if (words->noun != NULL)
		help_noun(words->noun, stdout);
	else
		help_waker(app, stdout);
}

static bool act(struct app *app, const struct cli_words *words, const struct call *call,
		struct err *e)
{
	bool ok = true;

	switch (words->wants) {
	case WANTS_HELP:
		show_help(app, words);
		break;
	case WANTS_VERSION:
		puts("waker " WAKER_VERSION);
		break;
	case WANTS_RUN:
		ok = audited_run(app, call, e);
		assert(ok || e->kind != ERR_NONE);
		break;
	}
	if (fflush(stdout) != 0 || ferror(stdout))
		return ok ? err_set(e, ERR_SYSTEM, "standard output: %m") : false;
	return ok;
}

// What an error before the options are read must know already.
static bool has_json(size_t argc, char *const *argv)
{
	for (size_t i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--json") == 0)
			return true;
	return false;
}

int cli_main(const struct noun *const nouns[], size_t count, int argc, char **argv)
{
	autoarena arena = { 0 }, out_arena = { 0 };
	size_t words_count = argc > 1 ? (size_t)argc - 1 : 0;
	struct app app = { .arena = &arena, .nouns = nouns, .noun_count = count };
	struct cli_words words = { 0 };
	struct call call = { 0 };
	struct err e = { 0 };

	arena_init(&arena, CLI_ARENA);
	arena_init(&out_arena, OUT_ARENA);
	app.home = str_of(getenv("WAKER_HOME"));
	app.out = (struct out){ .to = stdout,
				.arena = &out_arena,
				.form = term_is(STDOUT_FILENO) ? OUT_HUMAN : OUT_COLUMNS,
				.width = term_width(STDOUT_FILENO),
				.colour = term_colour(STDOUT_FILENO) };
	if (has_json(words_count, argv + 1))
		app.out.form = OUT_JSON;
	if (words_count == 0) {
		help_waker(&app, stderr);
		return err_meaning(ERR_USAGE)->exit_status;
	}
	if (!cli_parse(&app, words_count, argv + 1, &words, &call, &e) ||
	    !act(&app, &words, &call, &e))
		return complain(&app, &words, &e);
	return app.ended;
}

void app_say(const struct app *app, const char *fmt, ...)
{
	va_list ap;

	if (app->quiet || app->out.form == OUT_JSON)
		return;
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

bool app_confirm(const struct app *app, uint64_t count, const char *would, struct err *e)
{
	char typed[32] = "";
	uint64_t n = 0;

	if (app->yes)
		return true;
	if (app->out.form == OUT_JSON || !term_is(STDIN_FILENO) || !term_is(STDERR_FILENO))
		return err_set(e, ERR_DENIED, "%s: say --yes if that is right", would);
	fprintf(stderr, "waker %s.\nType %llu to go on: ", would, (unsigned long long)count);
	if (fgets(typed, sizeof typed, stdin) != NULL &&
	    str_to_uint(str_trim(str_of(typed)), UINT64_MAX, &n) && n == count)
		return true;
	return err_set(e, ERR_DENIED, "%s: not done", would);
}
