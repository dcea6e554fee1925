// What a member typed on the answer page: read of the form, judged as far as that can be done before
// it is given, and shown again where it cannot be taken. Private to ui/web.
#pragma once

#include "task/answer/answer.h"

struct typed { // of one finding of the page
	const struct answer_finding *of;
	enum answer answer;             // ANSWER_COUNT: none was chosen
	struct str until, reason, code; // as typed
	int64_t day;                    // of until; TIME_NEVER: none was typed
	bool bad_day, bad_code;
};
struct typed_all {
	struct typed *at; // in the order of the page's findings, as many
	size_t n;
	size_t chosen; // that have an answer
	uint32_t undo; // of the finding whose last answer is to be taken back …
	bool undoes;   // … where that is so
};
// Which answers the page has, in its order.
extern const enum answer typed_answers[];
extern const size_t typed_answers_count;

// Nothing typed, as a page that is only asked for has it.
struct typed_all typed_nothing(const struct answer_page *page, struct arena *a);
// ERR_INPUT: it is no form of this page.
bool typed_read(struct str body, const struct answer_page *page, int64_t now, struct arena *a,
		struct typed_all *out, struct err *e) MUST_USE;
bool typed_is_right(const struct typed_all *all); // as far as can be said before it is given
// The four letters were wrong: of whichever has some.
void typed_bad_code(struct typed_all *all);
