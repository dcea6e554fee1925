// Where the key of a mail address lies in the Web Key Directory of its domain
// (draft-koch-openpgp-webkey-service, 3.1). Pure.
#pragma once

#include "base/buf.h"

enum {
	WKD_HASH = 20, // bytes of the SHA-1 of the local part, in lower case
	WKD_NAME = 32, // letters of it in z-base-32
	WKD_URL = 1024,
};

enum wkd_method {
	WKD_ADVANCED, // https://openpgpkey.DOMAIN/.well-known/openpgpkey/DOMAIN/hu/…
	WKD_DIRECT,   // https://DOMAIN/.well-known/openpgpkey/hu/…: where the other is no name
};

void wkd_name(const unsigned char hash[WKD_HASH], char out[WKD_NAME + 1]);
// The folder of a web site in which hu/ and policy lie: ".well-known/openpgpkey/", with the domain behind it
// where a site serves several. Likewise.
bool wkd_folder(struct buf *b, enum wkd_method method, struct str address) MUST_USE;
// Of an address as header_address_good has it. False: it does not fit into b.
bool wkd_url(struct buf *b, enum wkd_method method, struct str address,
	     const unsigned char hash[WKD_HASH]) MUST_USE;
