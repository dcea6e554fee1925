// What of a mail was signed or sealed, and by what, cut from its bytes as they came: OpenPGP by MIME
// (RFC 3156, 4 and 5) and in its text (RFC 4880, 7; 9580, 7), S/MIME (RFC 8551, 3.3 and 3.5). Nothing is
// checked or opened here. Pure; results point into the mail or live in the arena, of which it takes up
// to six times the mail.
//
// The signed bytes of multipart/signed are the whole entity between two boundary lines, its head too,
// without the end of line before the second (which is the boundary's: RFC 2046, 5.1.1), each line ended by
// CRLF. A mail that a local pipe gave on has LF instead, and gets its CRLF back; one that has CRLF in its
// first line is taken byte by byte.
//
// Of a mail that has several such entities the first is cut. `whole` says that all that a reader shows
// is in it: it is the mail's own entity, and not one part beside others (a list's footer, a
// text above a clear-signed block). A mail inside a mail (message/rfc822) is another's, and is not looked
// at. What is cut can hold the next one: an entity again, to be cut by signed_cut.
#pragma once

#include "base/arena.h"

enum {
	SIGNED_MOST = 16 << 20, // bytes of a mail; in a longer one nothing is looked for
	SIGNED_DEPTH = 8,       // of parts in parts that are looked into
	SIGNED_PARTS = 100,     // of one entity, likewise
	SIGNED_BOUNDARY = 200,  // bytes; RFC 2046 allows 70
};

// clang-format off
#define SIGNED_FORMS(X) /* id, word, what it is */                                          \
	X(SIGNED_NOT,        "none",        "neither signed nor sealed")                         \
	X(SIGNED_PGP,        "pgp-mime",    "signed by OpenPGP, as MIME")                        \
	X(SIGNED_PGP_TEXT,   "pgp-inline",  "signed by OpenPGP, within its text")                \
	X(SIGNED_SMIME,      "smime",       "signed by S/MIME")                                  \
	X(SIGNED_CMS,        "smime-opaque", "signed by S/MIME, in one piece")                   \
	X(SEALED_PGP,        "pgp-mime-sealed",   "sealed by OpenPGP, as MIME")                  \
	X(SEALED_PGP_TEXT,   "pgp-inline-sealed", "sealed by OpenPGP, within its text")          \
	X(SEALED_CMS,        "smime-sealed", "sealed by S/MIME")
// clang-format on
#define X(id, word, says) id,
enum signed_form { SIGNED_FORMS(X) SIGNED_FORM_COUNT };
#undef X
struct str signed_form_word(enum signed_form form);
struct str signed_form_says(enum signed_form form);

static inline bool signed_is_sealed(enum signed_form form)
{
	return form >= SEALED_PGP;
}
static inline bool signed_is_smime(enum signed_form form)
{
	return form == SIGNED_SMIME || form == SIGNED_CMS || form == SEALED_CMS;
}

struct signed_cut {
	enum signed_form form;
	bool whole;
	// SIGNED_PGP, SIGNED_SMIME: the signed entity. Else what has all in itself: armored, or DER.
	struct str bytes;
	struct str signature; // of SIGNED_PGP (armored) and SIGNED_SMIME (DER)
	struct str type;      // of the *_TEXT: Content-Type of the text; empty: it has none
	const char *broken;   // why something that says it is signed is not; NULL
};
// False: the mail is over SIGNED_MOST.
bool signed_cut(struct str mail, struct arena *a, struct signed_cut *out) MUST_USE;
