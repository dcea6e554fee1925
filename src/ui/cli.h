// Every command is one row. The parser, the help text, the man pages and the
// completions are made from the rows; nothing else lists the commands.
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "ui/out.h"

enum { CLI_MAX_OPTIONS = 24, CLI_MAX_ARGS = 65536 };

struct app {
	struct arena *arena; // of this call
	struct str home;     // -C DIR, WAKER_HOME, or empty
	struct out out;      // how to print: human, stable columns, JSON
	bool quiet, dry_run, yes;
};

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

enum effect { READS, CHANGES }; // CHANGES: takes --dry-run and --yes, and is audited

struct command {
	const char *name;  // as typed: "member add"
	const char *takes; // shown in the usage line: "[FEED] [FILE…]"
	const char *does;  // one sentence
	enum effect effect;
	unsigned least, most;         // arguments
	const struct option *options; // ends in a row without a name; NULL: none
	const char *examples[2];      // whole command lines
	const char *more;             // a paragraph or two of help; NULL: none
	bool (*run)(struct app *app, const struct call *call, struct err *e);
};

bool call_has(const struct call *c, const char *option);
struct str call_option(const struct call *c, const char *option); // .p NULL: not given

// The rows of one noun; ui/commands.c lists the nouns.
struct noun {
	const char *name; // "member"
	const char *does; // "the organisations that we look after"
	const struct command *rows;
	size_t count;
};

// Parse, check, run, and print what went wrong. Returns the exit status.
int cli_main(const struct noun *const nouns[], size_t count, int argc, char **argv);
