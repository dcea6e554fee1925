// What `waker config` tells: whether a waker.conf is right, and what each setting is, where that
// comes from, and whether a running service works by it.
#pragma once

#include "base/list.h"
#include "task/settings.h"

enum config_force {
	CONFIG_ALONE,   // no service runs in the home
	CONFIG_FORCE,   // it works by this value
	CONFIG_RELOAD,  // it works by another, until it is told to look: SIGHUP
	CONFIG_RESTART, // likewise, until it is started again
};
struct str config_force_word(enum config_force force);

struct config_row {
	const struct setting *setting;
	struct str value;
	unsigned line; // of waker.conf; 0: the standard
	enum config_force force;
	struct str in_force; // what the service works by, where that is another
};

struct config_rows {
	LIST(struct config_row) rows;
};

struct config_problems {
	LIST(struct err) all; // each ERR_CONFIG, in the order of the file
};

// All that is wrong with a file, and with what its values name where `home` (may be empty) is
// the home whose it is or will be. Nothing is changed and no server is asked. False: the file
// cannot be read.
bool config_check(const char *file, struct str home, struct arena *a, struct config_problems *out,
		  struct err *e) MUST_USE;

// ERR_CONFIG: waker.conf is wrong.
bool config_show(const struct home *h, struct arena *a, struct config_rows *out, struct err *e)
	MUST_USE;
