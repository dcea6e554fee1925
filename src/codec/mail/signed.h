// What somebody signed or sealed by OpenPGP, cut out of a mail byte by byte (RFC 3156): the entity that
// a signature is over, from behind its boundary line up to the line end before the next, its lines
// ended by CRLF; the signature; or the armored message. Pure; an entity that is not as it was sent (lines
// of LF alone) is written anew into the arena. One look at the mail.
#pragma once

#include "base/arena.h"

enum signed_kind {
	SIGNED_NOT,
	SIGNED_PGP, // multipart/signed, application/pgp-signature
	SEALED_PGP, // multipart/encrypted, or an armored message as its whole text
};
struct signed_cut {
	enum signed_kind kind;
	struct str entity;    // of SIGNED_PGP
	struct str signature; // of SIGNED_PGP: armored
	struct str armored;   // of SEALED_PGP
};
void signed_cut(struct str mail, struct arena *a, struct signed_cut *out);
