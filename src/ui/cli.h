// Every command is one row. The parser, the help text, the man pages and the
// completions are made from the rows; nothing else lists the commands.
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "ui/out.h"

enum { CLI_MAX_OPTIONS = 24, CLI_MAX_ARGS = 65536 };

// What a command that did its work may still exit with.
enum { EXIT_DONE = 0, EXIT_PARTLY = 3, EXIT_FOUND = 7 }; // 7: a check found problems

struct noun;
struct call;
struct app {
	struct arena *arena; // of this call
	struct str home;     // -C DIR, WAKER_HOME, or empty
	struct out out;      // how to print: human, stable columns, JSON
	bool quiet, verbose, dry_run, yes;
	int ended; // EXIT_…: set by a command that returns true
	const struct noun *const *nouns;
	size_t noun_count;
};

// A sentence for people, on stderr; nothing with --quiet or --json.
void app_say(const struct app *app, const char *fmt, ...) PRINTF(2, 3);

// What went wrong with one of several, on stderr as cli_main tells the command's own error:
// a sentence, with --json an object in one line; also with --quiet.
void app_fail(const struct app *app, const struct call *call, const struct err *e);

// Before `count` things are sent, rewritten or removed ("would remove 37 assets"):
// true with --yes, or where the person at the terminal types the count. False is
// ERR_DENIED, with the sentence and what to do.
bool app_confirm(const struct app *app, uint64_t count, const char *would, struct err *e) MUST_USE;

struct option {
	const char *name;   // "format", without the dashes
	const char *value;  // what stands behind it in the help, "FILE"; NULL: a switch
	const char *choice; // "tsv|json|intelmq", or NULL: anything
	const char *does;
};

struct call { // what was typed behind the command's own words
	const struct command *command;
	size_t count;
	struct str *arg;
	struct str option[CLI_MAX_OPTIONS]; // by the row's order; .p NULL: not given
};

// What a command does to a home, and how it comes to the audit (RULES 10): beside each change
// that it makes, where its row does not say more.
enum effect {
	READS = 0,
	CHANGES = 1,     // takes --dry-run and --yes
	AUDITS_LOOK = 2, // a row of the audit before it gives anything away
	AUDITS_DONE = 4, // a row when it has done its work, or has failed half-way
	AUDITS_MADE = 8, // likewise, in the home that its first argument names
};

struct command {
	const char *name;             // as typed: "member add"
	const char *takes;            // shown in the usage line: "[FEED] [FILE…]"
	const char *does;             // one sentence
	unsigned effect;              // enum effect, together
	unsigned least, most;         // arguments
	const struct option *options; // ends in a row without a name; NULL: none
	const char *examples[2];      // whole command lines
	const char *more;             // a paragraph or two of help; NULL: none
	bool (*run)(struct app *app, const struct call *call, struct err *e);
};

bool call_has(const struct call *c, const char *option);
// Reads what was typed as the number of one of a noun ("job"). ERR_USAGE: it is none.
bool call_number(struct str word, const char *noun, int64_t *out, struct err *e) MUST_USE;
struct str call_option(const struct call *c, const char *option); // .p NULL: not given

// The rows of one noun; ui/commands.c lists the nouns. A command of one word is a noun
// with one row of the same name.
struct noun {
	const char *name; // "member"
	const char *does; // "the organisations that we look after"
	const struct command *rows;
	size_t count;
};

// What every command takes, besides its own; ends in a row without a name.
extern const struct option cli_common[];

// The noun and the row that these words name ("member", "member add"), NULL: none.
const struct noun *cli_noun(const struct app *app, struct str word);
const struct command *cli_command(const struct noun *n, struct str verb);
bool noun_is_command(const struct noun *n); // a command of one word
struct str command_verb(const struct command *c);

// Parse, check, run, and print what went wrong. Returns the exit status.
int cli_main(const struct noun *const nouns[], size_t count, int argc, char **argv);

// Parse and check only, as cli_main does: for the test of the rows' examples. A flag of
// the common options is set in *app; *wants is a page of help, where that was asked for.
enum cli_wants { WANTS_RUN, WANTS_HELP, WANTS_VERSION };
struct cli_words { // what was named so far
	const struct noun *noun;
	const struct command *command;
	enum cli_wants wants;
};
bool cli_parse(struct app *app, size_t argc, char *const *argv, struct cli_words *words,
	       struct call *call, struct err *e) MUST_USE;
