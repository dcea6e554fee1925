// The fingerprint of the evidence: what of an event tells that it is the same thing as
// before (its certificate, its version). A false alarm holds for one fingerprint only
// (RULES 8: "broken by changed evidence").
#pragma once

#include "base/buf.h"
#include "model/feed/event.h"

enum { PRINT_TEXT = 256 }; // always enough

// Nothing where the event has none of it.
void print_write(struct buf *b, const struct event *event);
