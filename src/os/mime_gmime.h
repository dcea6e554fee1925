// GMime, which only mime_gmime.c calls: what os/mime.c does inside the cage. Nothing here may be
// called on foreign bytes outside of one: 27,000 mails a second, but its tree costs 200 times what
// some bytes do, and its readers of addresses call themselves.
#pragma once

#include "codec/mail/heard.h"

struct mime_gmime;
struct mime_gmime *mime_gmime_new(void); // never NULL; before the cage: it opens files
void mime_gmime_free(struct mime_gmime *g);
void mime_gmime_alone(void); // once, in the child: what the library warns of goes nowhere

// The fields alone, by bounded work: broken, with a part left out. In a.
void mime_gmime_fields(const struct mime_gmime *g, struct str mail, struct arena *a,
		       struct heard_whole *out);
// All of it. Ends the process with status 65 where memory is at its end.
void mime_gmime_read(const struct mime_gmime *g, struct str mail, struct arena *a,
		     struct heard_whole *out);

// The decoded bytes of a part, by its place in heard.parts, in pieces. False: it is none, or holds
// others, or `put` gave false.
struct mime_sink {
	bool (*put)(void *context, struct str piece);
	void *context;
};
bool mime_gmime_part(const struct mime_gmime *g, struct str mail, uint32_t part, struct arena *a,
		     const struct mime_sink *to) MUST_USE;

// A list of addresses as heard.h says; the value as it stands where it is none.
struct str mime_gmime_addresses(const struct mime_gmime *g, struct str value, struct arena *a);
