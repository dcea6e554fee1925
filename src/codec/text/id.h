// Ids that can be said over a telephone, "F-7K2QXM-5": the letter of the kind of
// thing, six characters, and a check character = sum of position times value, modulo
// 31, which catches every single wrong and every two exchanged characters. The 31
// characters are 0-9 and A-Y without I, L, O and U.
#pragma once

#include "base/str.h"

enum {
	ID_TEXT = 11,        // "F-7K2QXM-5" and a NUL
	ID_COUNT = 887503681 // 31^6: numbers go from 0 to ID_COUNT - 1
};

// `kind` is a capital letter, `number` under ID_COUNT. Numbers are drawn at random by
// who makes the thing, so that ids say nothing about how many there are.
void id_write(char kind, uint32_t number, char out[ID_TEXT]);

// Either case; the two dashes may be left out. False where s is of another kind, of
// another form, or its check character does not fit.
bool id_read(struct str s, char kind, uint32_t *out) MUST_USE;
