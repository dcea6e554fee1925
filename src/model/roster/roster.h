// The roster: who Waker looks after and what is theirs (RULES 1). Plain structs; all
// texts belong to the arena that the reader was given. Empty texts mean "not known".
#pragma once

#include "base/err.h"
#include "base/list.h"
#include "base/time.h"
#include "codec/net/address.h"

enum { ROSTER_NOBODY = -1 }; // the member of a hole

// clang-format off
// kind, word in files and on screens, meaning
#define ASSET_KINDS(X)                                                                   \
	X(ASSET_PREFIX,      "prefix",      "addresses that share their first bits")        \
	X(ASSET_RANGE,       "range",       "addresses from one to another")                \
	X(ASSET_ASN,         "asn",         "an autonomous system")                         \
	X(ASSET_DOMAIN,      "domain",      "a name and all names below it")                \
	X(ASSET_HOST,        "host",        "one name exactly")                             \
	X(ASSET_MAIL_DOMAIN, "mail-domain", "mail addresses at this name exactly")          \
	X(ASSET_ACCOUNT,     "account",     "one mail address or log-in name")              \
	X(ASSET_NAME,        "name",        "an organisation or brand name")
// clang-format on
#define X(id, word, says) id,
enum asset_kind { ASSET_KINDS(X) ASSET_KIND_COUNT };
#undef X

struct asset_more {         // what few assets say
	struct str care;    // care function: what stops if it stops
	struct str vouched; // who said that it is theirs
};

struct asset {                // kept small: there may be a million
	struct str value;     // as the roster wrote it: what screens and `tsv` show
	int64_t id;           // of its row in the store; 0: not stored
	int64_t since, until; // held from (inclusive), to (exclusive): TIME_EVER, TIME_NEVER
	const struct asset_more *more; // NULL: nothing more is said
	int32_t member;                // place in the roster's members, or ROSTER_NOBODY (a hole)
	unsigned line;                 // of the file it was read from; 0 otherwise
	uint8_t kind;                  // enum asset_kind
	bool proven;                   // `since` was proven, not just said
	bool dynamic;                  // addresses change hands inside it (DHCP, NAT)
	bool tell_enclosing;           // owners of enclosing assets may hear of it (a grant)
};

struct contact {
	int64_t id;
	int32_t member;
	struct str role, name, mail, phone, phone2, hours, language, expertise, key, wishes;
	int64_t phone_tested; // TIME_EVER: never
	unsigned order;       // whom first, from 1
	unsigned line;
};

struct member {
	int64_t id;
	struct str slug; // the short name: [a-z0-9][a-z0-9-]*, at most 40; what files use
	struct str name; // the first of its names
	LIST(struct str) names, umbrellas; // all names; slugs of its umbrellas
	struct str kind, size, nis2, service, language, agreement;
	int64_t since, until;
	unsigned line;
};

struct roster {
	LIST(struct member) members;
	LIST(struct contact) contacts;
	LIST(struct asset) assets;
};

struct str asset_kind_word(enum asset_kind kind);
bool asset_kind_read(struct str word, enum asset_kind *out)
	MUST_USE; // also "ipv4-prefix", "ipv6-prefix"

// ERR_ABSENT, and false: none of these n slugs is this one; it says which is meant, where one is near.
bool member_absent(struct str slug, const struct str *all, size_t n, struct err *e) MUST_USE;
