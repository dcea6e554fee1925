// How well the connection to a mail server must be kept, and by what it is enforced: for RULES
// 7 "enforced TLS" is where a thing that the way itself cannot change says that it must be (DANE,
// MTA-STS, a pinned key, or our own relay that is set to enforce it). Pure values.
#pragma once

#include "base/buf.h"
#include "base/str.h"

enum tls_level {
	TLS_NONE, // plain
	TLS_TRY,  // encrypted where it can be, with whoever it is
	TLS_MUST, // encrypted, or not at all
};

enum tls_by { TLS_BY_NOTHING, TLS_BY_RELAY, TLS_BY_STS, TLS_BY_DANE, TLS_BY_PIN };
struct str tls_by_word(enum tls_by by); // "nothing", "relay", "mta-sts", "dane", "pin"

enum { TLS_MAX_KEYS = 8, TLS_KEY_BYTES = 32 };
struct tls_key {
	unsigned char sha256[TLS_KEY_BYTES]; // of a SubjectPublicKeyInfo
};

struct tls_want {
	enum tls_level level;
	bool implicit; // from the first byte, not by STARTTLS
	bool by_name;  // the certificate must hold for the host's name, by an authority
	unsigned keys; // where some are said, the server must show one of them
	struct tls_key key[TLS_MAX_KEYS];
	enum tls_by by; // what enforces it, as far as the recipient's server
};

// A key as curl and openssl users write it: "sha256//" and base64. Room for TLS_KEY_TEXT.
enum { TLS_KEY_TEXT = 8 + 44 };
bool tls_key_read(struct str s, struct tls_key *out) MUST_USE;
void tls_key_write(struct buf *b, const struct tls_key *k);

// A TLSA record (RFC 6698, 2.1), of a zone whose signatures hold. Points into its bytes.
struct tlsa {
	unsigned usage, selector, matching;
	struct str data;
};
bool tlsa_read(struct str rdata, struct tlsa *out) MUST_USE;

// What the records of a mail server ask for (RFC 7672, 2.2 and 3.1). Usable are those that say
// a server's own key by its SHA-256 ("3 1 1"), which section 3.1.3 recommends; where there are
// others only, it must be encrypted, and nothing enforces with whom. At most TLS_MAX_KEYS are
// looked at. n > 0.
struct tls_want tls_by_dane(const struct tlsa *records, size_t n);

// Of two that hold for one server, the one that is obeyed: the stronger by enum tls_by.
struct tls_want tls_stricter(struct tls_want a, struct tls_want b);
