// Things of the net in running text: the addresses, prefixes, names, URLs, mail addresses
// and AS numbers that stand in a line of a mail, a chat or a bulletin, broken ("hxxp",
// "[.]") or whole. What is looked for is said narrowly, since prose has many words with
// dots: an address, a prefix or a URL counts wherever it stands; a name, a mail address or
// an AS number only as the first word of its line (behind "-", "*", ">", "1)") or where all
// words of the line are such things. Pure.
#pragma once

#include "codec/table/cells.h"

enum { SPOT_MAX_LINE = 64 << 10, SPOT_MAX_WORD = 2048 };

// Cells "address" (also prefixes), "name", "url", "mail", "asn", in the order of the words;
// broken ones are given whole. Longer lines and words are passed over. Returns how many
// words look like an address and are none ("192.0.2.999").
unsigned spot_cells(struct str line, struct arena *a, struct cells *out);

// "[.]", "(dot)", "hxxp" … made whole (RFC 3986 as people break it). In s itself where
// nothing is broken.
struct str spot_whole(struct str s, struct arena *a);

// What a word is: "address", "name", "url", "mail", "asn"; empty: none of them.
struct str spot_kind(struct str word);
