#include "ui/nouns.h"

enum { FISH_MAX_NAME = 64 };

static void each_option(FILE *to, const struct option *o)
{
	for (; o != NULL && o->name != NULL; o++)
		fprintf(to, " --%s", o->name);
}

static void nouns(FILE *to, const struct app *app)
{
	for (size_t i = 0; i < app->noun_count; i++)
		fprintf(to, " %s", app->nouns[i]->name);
}

// What bash and zsh share: from $noun and $verb to what may stand here. Our words are
// [a-z-] only, so nothing needs quoting.
static void cases(FILE *to, const struct app *app)
{
	fputs("\tcase $noun:$verb in\n\t:) words='", to);
	nouns(to, app);
	fputs("' ;;\n", to);
	for (size_t i = 0; i < app->noun_count; i++) {
		const struct noun *n = app->nouns[i];

		if (!noun_is_command(n)) {
			fprintf(to, "\t%s:) words='", n->name);
			for (size_t k = 0; k < n->count; k++)
				fprintf(to, " " STR_FMT, STR_ARG(command_verb(&n->rows[k])));
			fputs("' ;;\n", to);
		}
		for (size_t k = 0; k < n->count; k++) {
			struct str verb = noun_is_command(n) ? S("*") : command_verb(&n->rows[k]);

			fprintf(to, "\t%s:" STR_FMT ") options='", n->name, STR_ARG(verb));
			each_option(to, n->rows[k].options);
			fputs("' ;;\n", to);
		}
	}
	fputs("\tesac\n", to);
}

static void bash(FILE *to, const struct app *app)
{
	fputs("# bash completion for waker, made by `waker completion bash`\n"
	      "_waker() {\n"
	      "\tlocal cur=${COMP_WORDS[COMP_CWORD]} noun= verb= words= options= i\n"
	      "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	      "\t\tcase ${COMP_WORDS[i]} in\n"
	      "\t\t-C | --home) ((i++)) ;;\n"
	      "\t\t-*) ;;\n"
	      "\t\t*) if [ -z \"$noun\" ]; then noun=${COMP_WORDS[i]}\n"
	      "\t\t\telif [ -z \"$verb\" ]; then verb=${COMP_WORDS[i]}; fi ;;\n"
	      "\t\tesac\n"
	      "\tdone\n",
	      to);
	cases(to, app);
	fputs("\tif [[ $cur == -* ]]; then words=\"$options", to);
	each_option(to, cli_common);
	fputs("\"; fi\n"
	      "\tif [ -n \"$words\" ]; then COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
	      "\telse COMPREPLY=($(compgen -f -- \"$cur\")); fi\n"
	      "}\n"
	      "complete -o filenames -F _waker waker\n",
	      to);
}

static void zsh(FILE *to, const struct app *app)
{
	fputs("#compdef waker\n"
	      "# zsh completion for waker, made by `waker completion zsh`\n"
	      "_waker() {\n"
	      "\tlocal cur=${words[CURRENT]} noun= verb= options= i\n"
	      "\tlocal -a typed; typed=(\"${words[@]}\"); local words=\n"
	      "\tfor ((i = 2; i < CURRENT; i++)); do\n"
	      "\t\tcase ${typed[i]} in\n"
	      "\t\t-C | --home) ((i++)) ;;\n"
	      "\t\t-*) ;;\n"
	      "\t\t*) if [[ -z $noun ]]; then noun=${typed[i]}\n"
	      "\t\t\telif [[ -z $verb ]]; then verb=${typed[i]}; fi ;;\n"
	      "\t\tesac\n"
	      "\tdone\n",
	      to);
	cases(to, app);
	fputs("\tif [[ $cur == -* ]]; then words=\"$options", to);
	each_option(to, cli_common);
	fputs("\"; fi\n"
	      "\tif [[ -n $words ]]; then compadd -- ${=words}; else _files; fi\n"
	      "}\n"
	      "_waker \"$@\"\n",
	      to);
}

static void fish_text(FILE *to, const char *says)
{
	fputs(" -d '", to);
	for (; *says != '\0'; says++)
		fprintf(to, "%s%c", *says == '\'' || *says == '\\' ? "\\" : "", *says);
	fputs("'\n", to);
}

static void fish_options(FILE *to, const struct option *o, const char *when)
{
	for (; o != NULL && o->name != NULL; o++) {
		fprintf(to, "complete -c waker%s -l %s%s", when, o->name,
			o->value != NULL ? " -r" : "");
		fish_text(to, o->does);
	}
}

static void fish_noun(FILE *to, const struct noun *n)
{
	for (size_t k = 0; k < n->count; k++) {
		const struct command *c = &n->rows[k];
		struct str verb = command_verb(c);
		char when[4 * FISH_MAX_NAME];

		snprintf(when, sizeof when, " -n '__fish_seen_subcommand_from %.*s'", FISH_MAX_NAME,
			 n->name);
		if (!noun_is_command(n)) {
			fprintf(to, "complete -c waker%s -a " STR_FMT, when, STR_ARG(verb));
			fish_text(to, c->does);
			snprintf(when, sizeof when,
				 " -n '__fish_seen_subcommand_from %.*s; and "
				 "__fish_seen_subcommand_from %.*s'",
				 FISH_MAX_NAME, n->name, FISH_MAX_NAME, verb.p);
		}
		fish_options(to, c->options, when);
	}
}

static void fish(FILE *to, const struct app *app)
{
	fputs("# fish completion for waker, made by `waker completion fish`\n", to);
	for (size_t i = 0; i < app->noun_count; i++) {
		fprintf(to, "complete -c waker -n __fish_use_subcommand -a %s",
			app->nouns[i]->name);
		fish_text(to, app->nouns[i]->does);
		fish_noun(to, app->nouns[i]);
	}
	fish_options(to, cli_common, "");
	fputs("complete -c waker -s C -r -d 'the home to work in'\n", to);
}

static const struct {
	const char *name;
	void (*write)(FILE *to, const struct app *app);
} shells[] = { { "bash", bash }, { "zsh", zsh }, { "fish", fish } };

static bool completion(struct app *app, const struct call *call, struct err *e)
{
	for (size_t i = 0; i < COUNTOF(shells); i++)
		if (str_eq(call->arg[0], str_of(shells[i].name))) {
			shells[i].write(app->out.to, app);
			return true;
		}
	return err_set(e, ERR_USAGE, "'" STR_FMT "' is no shell that waker knows: bash, zsh, fish",
		       STR_ARG(str_first(call->arg[0], 60)));
}

static const struct command completion_rows[] = {
	{ "completion",
	  "bash|zsh|fish",
	  "Write the completion of a shell to standard output",
	  READS,
	  1,
	  1,
	  NULL,
	  { "waker completion bash > ~/.local/share/bash-completion/completions/waker",
	    "waker completion fish" },
	  "An installed waker brings these files along.",
	  completion },
};

const struct noun noun_completion = { "completion", "complete waker's words in a shell",
				      completion_rows, COUNTOF(completion_rows) };
