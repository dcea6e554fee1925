// What a question to the past could not find, in sentences.
#pragma once

#include "task/past/limits.h"
#include "ui/cli.h"

// Feed by feed, where it is later than `since`; and how many batches can be read no more.
void limits_say(const struct app *app, const struct past_limits *l, int64_t since);
void limits_say_left(const struct app *app, const struct past_lefts *l);
