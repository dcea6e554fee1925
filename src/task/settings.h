// The settings of a home's waker.conf: one table, by which the file is read, refused, written,
// checked, shown and described (doc/waker.conf.5.md, which a test compares with it). Nothing
// that is secret is a setting: secrets are files of credentials/, or the service manager's.
#pragma once

#include "base/list.h"
#include "task/home.h"

enum { SETTINGS_MOST = 40, SETTINGS_BYTES = 1 << 20 }; // rows; of a file

enum setting_kind {
	SETTING_TEXT,    // struct str, of least to most bytes
	SETTING_WORD,    // struct str, one of the words of `choice`
	SETTING_COUNT,   // unsigned, from least to most
	SETTING_SWITCH,  // bool: yes or no
	SETTING_STORE,   // struct str: HOME_STORE, or the URL of a server without a password
	SETTING_LISTEN,  // struct str: a word of `choice`, or a loopback address and port
	SETTING_ADDRESS, // struct str: a word of `choice`, or an address and port
	SETTING_RELAY,   // struct str: a word of `choice`, or smtp(s)://HOST:PORT
	SETTING_MAILBOX, // struct str: a word of `choice`, or imap(s)://HOST:PORT/FOLDER
	SETTING_MAIL,    // struct str: a word of `choice`, or a mail address
	SETTING_REPORTS, // struct str: a word of `choice`, or NAME:ADDRESS, … (model/mail/reports.h)
	SETTING_HOST,    // struct str: a word of `choice`, or a name
	SETTING_ASKED,    // struct str: a word of `choice`, or up to 4 addresses
	SETTING_NETWORKS, // struct str: a word of `choice`, or PREFIX, … (model/web/networks.h)
	SETTING_PATH,     // struct str: a word of `choice`, or the whole path of a file
};

struct setting {
	const char *section, *key;
	enum setting_kind kind;
	unsigned least, most;
	const char *choice;   // "nl|en"; NULL: the kind says what it may be
	const char *wants;    // what it may be, in words
	const char *standard; // where the file does not say it
	size_t at;            // in struct home
	bool settled;         // a service keeps the one that it began with
	const char *says;     // what it is for: a sentence, with line breaks for the file
};
extern const struct setting settings[];
extern const size_t settings_count;

struct setting_found {
	struct str value;
	unsigned line; // 0: the standard
};

// What a file says, one for each row; and all that is wrong with it, each ERR_CONFIG with its
// line, in their order. No sentence has what may be a secret in it. Points into the bytes.
struct settings {
	struct setting_found found[SETTINGS_MOST];
	LIST(struct err) wrong;
};
void settings_read(struct str bytes, struct arena *a, struct settings *out);
// The same of a file. False: it cannot be read; that it is wrong is no fault here.
bool settings_load(const char *path, struct arena *a, struct settings *out, struct err *e) MUST_USE;

// Into the fields of a home; nothing must be wrong.
void settings_give(const struct settings *s, struct home *h);

// The file, with its comments, of these values (.p NULL: the standard).
struct str settings_text(const struct str value[SETTINGS_MOST], struct arena *a);

// The row of a field: offsetof(struct home, …).
size_t settings_row(size_t field);
