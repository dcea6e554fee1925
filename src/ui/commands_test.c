#include "base/test.h"
#include "ui/commands.h"
#include "ui/help.h"

enum { MOST_LINES = 60, MOST_WIDE = 100, MOST_WORDS = 32 };

#define PAGE ((size_t)1 << 20)

static void each_row(void (*check)(const struct app *app, const struct command *c))
{
	struct app app = { .nouns = commands, .noun_count = commands_count };

	for (size_t i = 0; i < commands_count; i++)
		for (size_t k = 0; k < commands[i]->count; k++)
			check(&app, &commands[i]->rows[k]);
}

static void is_described(const struct app *app, const struct command *c)
{
	struct str does = str_of(c->does);

	(void)app;
	CHECK(does.n > 8 && does.p[0] >= 'A' && does.p[0] <= 'Z');
	CHECK(!str_has_suffix(does, S(".")) && c->takes != NULL && c->run != NULL);
	CHECK(c->least <= c->most);
	CHECK(c->takes[0] != '\0' || c->most == 0);
	for (const struct option *o = c->options; o != NULL && o->name != NULL; o++) {
		CHECK(o->does != NULL && o->does[0] != '\0');
		CHECK(o->choice == NULL || o->value != NULL);
		CHECK(o - c->options < CLI_MAX_OPTIONS);
	}
}

TEST("commands: every row says what it does, what it takes, and each option what for")
{
	each_row(is_described);
}

// The words of an example up to a pipe or a redirection, without a shell.
static size_t words_of(struct arena *a, struct str example, char **words)
{
	size_t n = 0;

	while (example.n > 0) {
		bool quoted = str_starts(example, '"') || str_starts(example, '\'');
		char end = quoted ? example.p[0] : ' ';
		struct str word;

		str_skip(&example, quoted);
		word = str_cut(&example, end);
		if (str_eq(word, S("|")) || str_eq(word, S(">")) || str_eq(word, S("<")))
			break;
		CHECK(n < MOST_WORDS);
		if (word.n > 0 || quoted)
			words[n++] = (char *)(uintptr_t)str_z(a, word);
	}
	return n;
}

static void examples_parse(const struct app *app, const struct command *c)
{
	autoarena arena = { 0 };

	arena_init(&arena, PAGE);
	for (size_t i = 0; i < COUNTOF(c->examples); i++) {
		struct app mine = { .arena = &arena,
				    .nouns = app->nouns,
				    .noun_count = app->noun_count };
		struct str example = str_of(c->examples[i]);
		struct cli_words words;
		struct call call;
		struct err e = { 0 };
		char *argv[MOST_WORDS];
		size_t n, at;

		CHECK(example.n > 0);
		while (example.n > 0 && !str_has_prefix(example, S("waker "))) // "sort x | waker …"
			str_skip(&example, 1);
		n = words_of(&arena, example, argv);
		CHECK(n > 0);
		at = strcmp(argv[0], "waker") == 0;
		if (!cli_parse(&mine, n - at, argv + at, &words, &call, &e))
			printf("# %s: %s\n", c->examples[i], e.text);
		CHECK(e.kind == ERR_NONE);
		CHECK(words.command == c);
	}
}

TEST("commands: every row has two examples, and they are what the row takes")
{
	each_row(examples_parse);
}

static void page_fits(const struct app *app, const struct command *c)
{
	char *page = NULL;
	size_t n = 0, lines = 0;
	FILE *to = open_memstream(&page, &n);
	struct str rest;

	(void)app;
	help_command(c, to);
	fclose(to);
	rest = (struct str){ page, n };
	CHECK(str_contains(rest, str_of(c->examples[0])) &&
	      str_contains(rest, str_of(c->examples[1])));
	for (const struct option *o = c->options; o != NULL && o->name != NULL; o++)
		CHECK(str_contains(rest, str_of(o->name)));
	for (; rest.n > 0; lines++)
		CHECK(str_cut(&rest, '\n').n <= 2 * MOST_WIDE);
	CHECK(lines <= MOST_LINES);
	free(page);
}

TEST("commands: the help of every row is one page with its options and examples")
{
	each_row(page_fits);
}

TEST("commands: no noun or verb is there twice")
{
	for (size_t i = 0; i < commands_count; i++) {
		for (size_t j = 0; j < i; j++)
			CHECK(strcmp(commands[i]->name, commands[j]->name) != 0);
		for (size_t k = 0; k < commands[i]->count; k++)
			for (size_t l = 0; l < k; l++)
				CHECK(strcmp(commands[i]->rows[k].name,
					     commands[i]->rows[l].name) != 0);
	}
}

static void made(const struct app *app, const char *noun, const char *word)
{
	autoarena arena = { 0 };
	struct str arg = str_of(word);
	const struct command *row = cli_noun(app, str_of(noun))->rows;
	struct call call = { .command = row, .count = word != NULL, .arg = &arg };
	struct app mine = { .arena = &arena, .nouns = app->nouns, .noun_count = app->noun_count };
	struct err e = { 0 };
	char *page = NULL;
	size_t n = 0;

	arena_init(&arena, PAGE);
	mine.out.to = open_memstream(&page, &n);
	CHECK(row->run(&mine, &call, &e));
	fclose(mine.out.to);
	for (size_t i = 0; i < app->noun_count; i++)
		for (size_t k = 0; k < app->nouns[i]->count; k++) {
			const struct command *c = &app->nouns[i]->rows[k];

			struct str verb = command_verb(c); // roff writes "\\-" for its dashes

			CHECK(str_contains((struct str){ page, n }, str_cut(&verb, '-')));
			for (const struct option *o = c->options; o != NULL && o->name != NULL;
			     o++) {
				struct str name = str_of(o->name);

				CHECK(str_contains((struct str){ page, n }, str_cut(&name, '-')));
			}
		}
	free(page);
}

TEST("commands: the manual page and every completion name all rows and options")
{
	struct app app = { .nouns = commands, .noun_count = commands_count };

	made(&app, "man", NULL);
	made(&app, "completion", "bash");
	made(&app, "completion", "zsh");
	made(&app, "completion", "fish");
}
