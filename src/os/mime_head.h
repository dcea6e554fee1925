// The fields of a mail's head, for os/mime_gmime.c. Bounded by the bytes of the head; of a field
// MIME_HEAD_VALUE bytes are looked at.
#pragma once

#include "codec/mail/heard.h"

enum { MIME_HEAD_VALUE = 16 << 10 };

struct mime_gmime;

// The fields into h->field, in a; h->broken where there is none at all, or more than one From.
void mime_head(const struct mime_gmime *g, struct str head, struct arena *a, struct heard_whole *h);
