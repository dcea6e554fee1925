// The keys of the IntelMQ event vocabulary (IntelMQ's harmonization.conf, with `severity`
// and `product.*` of its newer releases) and how a publisher's text becomes a value
// of each: lower case where it has none, addresses and names in one form, times in UTC.
#pragma once

#include "model/feed/event.h"

enum vocabulary_type {
	TYPE_TEXT,
	TYPE_LOWER,
	TYPE_UPPER,
	TYPE_ADDRESS,
	TYPE_NETWORK,
	TYPE_NAME,
	TYPE_URL,
	TYPE_ASN,
	TYPE_PORT,
	TYPE_NUMBER,
	TYPE_FLOAT,
	TYPE_BOOLEAN,
	TYPE_TIME,
	TYPE_COUNTRY, // two letters
	TYPE_HASH,    // hexadecimal, of `length` digits
	TYPE_KNOWN,   // a word of the list `length`
};

struct vocabulary {
	struct str key; // without "source." or "destination." where both have it
	enum vocabulary_type type;
	bool sided;      // stands under source. and destination.
	unsigned length; // most bytes, or a hash's digits; 0: none stated
};

// NULL: no such key.
const struct vocabulary *vocabulary_find(struct str key);

// The text as a value of the key into out->value and out->kind, in a where it changes.
// False where it does not fit; out->value is then of no worth.
bool vocabulary_read(const struct vocabulary *v, struct str text, name_idn idn, struct arena *a,
		     struct event_field *out) MUST_USE;
