// What the rows of web_routes do (ui/web/web.h says how each is called). Private to ui/web.
#pragma once

#include "ui/web/web.h"

bool web_health(struct web_call *c, struct err *e) MUST_USE; // the process lives
bool web_ready(struct web_call *c, struct err *e)
	MUST_USE; // the store answers, and what is to leave leaves
bool web_style(struct web_call *c, struct err *e) MUST_USE;

// "Is this message from you?" Yes only where one of that number went to an address of that domain.
bool web_check(struct web_call *c, struct err *e) MUST_USE;
bool web_checked(struct web_call *c, struct err *e) MUST_USE;

// What a member answers to a mail, by its link (SCREENS 5).
bool web_answer_page(struct web_call *c, struct err *e) MUST_USE;
bool web_answered(struct web_call *c, struct err *e) MUST_USE;

// A contact test, by its link: who presses the button says that our mail reaches them.
bool web_reach(struct web_call *c, struct err *e) MUST_USE;
bool web_reached(struct web_call *c, struct err *e) MUST_USE;

// A page that woke an officer, by its link (task/duty): what they take is theirs on the desk.
bool web_page(struct web_call *c, struct err *e) MUST_USE;
bool web_page_taken(struct web_call *c, struct err *e) MUST_USE;

// A publisher's callback: written whole into the inbox of its feed.
bool web_intake(struct web_call *c, struct err *e) MUST_USE;
