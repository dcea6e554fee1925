// What a question to the past could not find, in sentences.
#pragma once

#include "task/past/limits.h"
#include "ui/cli.h"

// Feed by feed (empty: all), where it is later than `since`; and how many batches can be read no more.
void limits_say(const struct app *app, const struct past_limits *l, struct str feed, int64_t since);
// With --json nothing is said: then a line a feed, as what has no rows must not look like "none".
void limits_put(struct app *app, const struct past_limits *l, const struct past_lefts *left,
		struct str feed);
void limits_say_left(const struct app *app, const struct past_lefts *l);
