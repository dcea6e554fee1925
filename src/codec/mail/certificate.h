// The public key within a certificate (RFC 5280, 4.1), for who pins it or compares it with a
// TLSA record. Nothing is verified here, and no more of DER is read than leads there. Pure.
#pragma once

#include "base/str.h"

enum { CERTIFICATE_MAX_BYTES = 64 << 10 };

// The SubjectPublicKeyInfo, with its head, as the hashes of pins are made of it; points into
// der. False: it is no certificate, or longer than CERTIFICATE_MAX_BYTES.
bool certificate_key(struct str der, struct str *out) MUST_USE;
