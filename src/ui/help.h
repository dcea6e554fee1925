// The pages of --help, one a level, and what else is made from the rows.
#pragma once

#include "ui/cli.h"

void help_waker(const struct app *app, FILE *to);
void help_noun(const struct noun *n, FILE *to);
void help_command(const struct command *c, FILE *to);
void help_usage(const struct command *c, FILE *to); // one line
