// Numbers behind public ids (codec/text/id.h), drawn at random so that they say nothing about how
// many there are. A number may be taken: then another is drawn.
#pragma once

#include <stdint.h>

enum { DRAW_AHEAD = 256 };

struct draw { // { 0 } is one that was not begun
	uint32_t number[DRAW_AHEAD];
	unsigned left;
};

uint32_t draw_number(struct draw *d); // uniform in 0 … ID_COUNT - 1
