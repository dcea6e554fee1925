// A page in the writing: what the functions of ui/web/pages.gen.h, made of pages/*.html, write with.
// Every value is escaped for the place in which it stands, and what is no text of UTF-8, or would
// turn the direction of what stands around it, is written as U+FFFD.
#pragma once

#include "base/buf.h"

enum page_language { PAGE_ENGLISH, PAGE_DUTCH, PAGE_LANGUAGES };
enum page_place { PLACE_TEXT, PLACE_ATTRIBUTE, PLACE_PATH };

struct page {
	struct buf b;
	enum page_language language;
};

struct page_slot { // a value of a word: what its {NAME} stands for
	struct str name, value;
};

void page_raw(struct page *p, struct str html); // as it is: of a template, never a value
void page_text(struct page *p, enum page_place place, struct str value);
void page_number(struct page *p, uint64_t n);
void page_word(struct page *p, unsigned word, enum page_place place, const struct page_slot *slots,
	       size_t n);

// By enum word and language, as the catalogues have them.
extern const struct str page_words[][PAGE_LANGUAGES];
