// The entity around one that was signed or encrypted: OpenPGP as RFC 3156 has it, S/MIME as
// RFC 8551, 3.3. What is inside was written by codec/mail/mime.h, and stands there byte by byte
// as it was signed. Pure; it writes into memory of the caller.
#pragma once

#include "base/buf.h"

// Bytes that are enough for one around so many.
size_t protected_room(size_t inside, size_t other);

// multipart/signed: `entity` ends in CRLF; the signature is armored; micalg: "pgp-sha512". The
// boundary is mime_boundary's of the letter 's'.
void protected_signed(struct buf *b, struct str entity, struct str signature, struct str micalg,
		      uint64_t seed);

// multipart/encrypted, of an armored message; the letter is 'e'.
void protected_sealed(struct buf *b, struct str armored, uint64_t seed);

// application/pkcs7-mime of enveloped data, DER.
void protected_enveloped(struct buf *b, struct str der);
