// The link of one mail: "https://PORTAL/a/TOKEN". Who has it may answer what that mail told, for
// ANSWER_LINK_DAYS; it is no session, and opens nothing else.
#pragma once

#include "os/digest.h"

enum {
	ANSWER_TOKEN = 26, // letters of it: 130 bits, in the 32 of base32 (RFC 4648), lower case
	ANSWER_CODE = 4,   // letters that stand in the mail beside it
};

// The token and code of a new one. What the store keeps of the token is its digest, so that who reads
// the store can answer for nobody.
void answer_token(char token[ANSWER_TOKEN], char code[ANSWER_CODE]);
void answer_digest(struct str token, unsigned char out[DIGEST_BYTES]);
