// libopendkim, which only dkim_opendkim.c calls: what os/dkim.c does inside the cage.
#pragma once

#include "os/dkim.h"

// What it says of one signature: of a fixed size, as it goes through a pipe; each text ends in a NUL.
struct dkim_said {
	uint32_t end, bits;
	uint8_t from, subject, secure;
	char domain[DKIM_NAME], selector[DKIM_NAME], covers[DKIM_COVERS];
	char why[160];
};

enum dkim_answer {
	DKIM_KEY_FOUND,
	DKIM_KEY_SECURE,
	DKIM_KEY_ABSENT,
	DKIM_KEY_SEVERAL,
	DKIM_KEY_LATER
};
// The record for a domain's selector, NUL-terminated, into DKIM_RECORD bytes.
typedef enum dkim_answer (*dkim_ask)(const char *domain, const char *selector, char *record);

struct dkim_opendkim;
// Before the cage; has verified something once, so that nothing needs to be loaded. NULL: it cannot.
struct dkim_opendkim *dkim_opendkim_new(void);
void dkim_opendkim_free(struct dkim_opendkim *l);

// How many there are of them in out. The first DKIM_SIGNATURES are looked at.
size_t dkim_opendkim_verify(struct dkim_opendkim *l, struct str mail, dkim_ask ask,
			    struct dkim_said out[DKIM_SIGNATURES]);
