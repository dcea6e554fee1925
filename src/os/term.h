// What is known of the terminal at the other end, and what the environment says
// of it. COLUMNS goes before what the terminal itself says; NO_COLOR (any text in
// it) forbids colour.
#pragma once

#include <stdbool.h>

enum { TERM_WIDTH = 100, TERM_LEAST = 40, TERM_MOST = 500 };

bool term_is(int fd);
unsigned term_width(int fd); // TERM_LEAST to TERM_MOST; TERM_WIDTH where nobody says
bool term_colour(int fd);
