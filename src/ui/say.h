// What the pages that tell of one thing share: both languages, moments, and members of a
// JSON object.
#pragma once

#include "base/buf.h"
#include "base/time.h"
#include "model/finding/issue.h"
#include "ui/out.h"

// A literal in both languages, so that the compiler checks both as formats.
#define SAY(dutch, english, nederlands) ((dutch) ? nederlands : english)

const char *say_time(int64_t t, char text[TIME_TEXT]);             // text, ended by a NUL
void say_member(struct buf *b, const char *key, struct str value); // ,"key":"value"
void say_member_time(struct buf *b, const char *key, int64_t t);   // null for ever and never

// "1■ critical" for people, never by colour alone (SCREENS 0.8), else its word; 0: nothing.
void say_severity(struct out *o, enum severity severity, bool dutch);
