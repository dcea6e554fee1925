// An event as one JSON object, as IntelMQ writes it (docs/dev/data-format): flat keys, a
// key that stands several times as an array.
#pragma once

#include "base/buf.h"
#include "model/feed/event.h"

// Its fields, without braces; `comma`: something stands before them.
void event_json(struct buf *b, const struct event *ev, bool comma);
void event_json_field(struct buf *b, const struct event_field *f); // "key":value
