// A home of GnuPG for the time of one command: in the folder for temporary files, of nobody else,
// and gone behind it.
#pragma once

#include "model/key/key.h"
#include "os/gpg.h"

struct aside {
	enum key_kind kind;
	bool certified; // of OpenPGP: what others signed of a key is kept
	struct gpg *gpg;
	char folder[64];
	int held; // while it is open the folder is this process's
};
#define autoaside CLEANUP(aside_close) struct aside
// kind and certified are set; ERR_SYSTEM. What commands that were killed left of theirs goes, too.
bool aside_open(struct aside *s, struct err *e) MUST_USE;
void aside_close(struct aside *s);
