// Whose is this record? From the assets that a record met to the members who each
// get one finding of it (RULES 2): the most specific asset owns it, joint owners each
// on their own; a hole is nobody's; an event outside the time in which an owner held
// the asset is not that owner's. Pure.
#pragma once

#include "model/feed/feed.h"
#include "model/match/index.h"

enum met_side { MET_ADDRESS, MET_ASN, MET_NAME, MET_MAIL, MET_BRAND };

struct met { // an asset that a record met, by one of its selectors
	enum met_side side;
	enum strength strength; // as the feed file says for that selector
	int32_t node;
};

// Why a match is as strong as it is. The numbers stand in the store: add at the end.
// clang-format off
#define CLAIM_RULES(X)                                                                          \
	X(RULE_PREFIX,    "prefix",    "the address lies in an asset of the member",            \
	                               "het adres ligt in een object van de deelnemer")         \
	X(RULE_BOTH,      "both",      "the address and the name of one record are both the member's", \
	                               "adres en naam van één regel zijn beide van de deelnemer") \
	X(RULE_NAME,      "name",      "the name itself is the member's",                       \
	                               "de naam zelf is van de deelnemer")                      \
	X(RULE_MAIL,      "mail",      "the account or mail domain is the member's",            \
	                               "het account of maildomein is van de deelnemer")         \
	X(RULE_ATTESTED,  "attested",  "the name stands in a certificate or header",            \
	                               "de naam staat in een certificaat of header")            \
	X(RULE_REVERSE,   "reverse",   "only a name that somebody else wrote: reverse DNS, or a leak site", \
	                               "alleen een naam die een ander schreef: reverse DNS, of een leksite") \
	X(RULE_ASN,       "asn",       "the AS number alone",                                   \
	                               "alleen het AS-nummer")                                  \
	X(RULE_TUNNEL,    "tunnel",    "the address goes through a tunnel (6to4, Teredo, NAT64)", \
	                               "het adres loopt door een tunnel (6to4, Teredo, NAT64)") \
	X(RULE_BRAND,     "organisation", "the whole name of the organisation, and nothing else", \
	                               "de hele naam van de organisatie, en verder niets")
// clang-format on
#define X(id, word, says, dutch) id,
enum claim_rule { CLAIM_RULES(X) CLAIM_RULE_COUNT };
#undef X

struct str claim_rule_word(enum claim_rule rule);
struct str claim_rule_says(enum claim_rule rule, bool dutch);

struct claim {
	int32_t member; // place in the roster's members
	int32_t asset;  // place in its assets: the strongest that was met, addresses first
	int32_t node;   // of that asset
	enum strength strength;
	enum claim_rule rule;
	bool by_name; // met by name, account or mail domain, and by no address or AS number
};

enum { CLAIM_MAX = 64 };

// One claim a member, in the order of the matches; past CLAIM_MAX members the rest
// is left out. `at` is the event's own time. Returns how many.
unsigned claim_make(const struct roster *r, const struct index *x, const struct met *met,
		    unsigned count, int64_t at, struct claim out[CLAIM_MAX]);
