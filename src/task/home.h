// A home: the folder in which one installation lives. waker.conf (settings), waker.db
// (the store, unless a server has it), archive/ (bytes of batches), feeds/ (feed files of its
// own, found before the installed ones), warninglists/ (likewise, with policy.conf), advice/
// (likewise: texts of advice), inbox/NAME/
// (files for feed NAME), spool/NAME/ (files on their way from its publisher), run/ (of `waker run`:
// its lock, its sockets, the configuration in force), credentials/ (a file for each publisher that
// wants some, and for each webhook), drop/NAME/ (what a member's machine is told by file),
// gnupg/ (of the role keys: made of the store and of credentials/openpgp.key, the team's secret keys of all
// years; beside that lies what revokes each, credentials/openpgp-revocation-FINGERPRINT.asc),
// archive.pub (the officers' key, to which the archive of feeds with secrets is sealed; its secret
// half, archive.key, is made beside it and does not belong here), audit.head (the newest row of the
// audit), mail.pins (keys that mail servers must show), mail.anchors (of zones whose signatures the
// root does not vouch for). Nobody but its owner may read it.
#pragma once

#include "base/arena.h"
#include "store/store.h"

#define HOME_STORE  "waker.db"
#define HOME_SOCKET "socket"
#define HOME_WEB    "run/web"
#define HOME_HEARD  "run/inbox" // of a mailbox that keeps no marks (task/hear/noted.h)
#define HOME_PUBLIC "archive.pub"
#define HOME_SECRET "archive.key"

#define HOME_PINS    "mail.pins"
#define HOME_ANCHORS "mail.anchors"

struct home_mail {              // [mail]
	struct str send;        // "off", "direct" or "relay"
	struct str relay;       // smtp://HOST:PORT or smtps://HOST:PORT; "none"
	bool relay_enforces;    // TLS to whom it sends on
	struct str from;        // who sends, by address; "none"
	struct str reply_to;    // where answers go; "none": from
	struct str helo;        // our name for other servers; "machine": this machine's
	struct str resolver;    // "system", "self", or addresses
	struct str authorities; // a file; "system"
	struct str trusted;     // whose Authentication-Results are believed; "none"
	struct str inbox;   // imap:// or imaps://HOST:PORT/FOLDER, where mail for us waits; "none"
	struct str reports; // whose mails are reports of which feed (model/mail/reports.h); "none"
	unsigned rate;      // mails a minute, to one domain
};

struct home_duty {          // [duty]
	struct str gateway; // a program, for sms and voice; "none"
	unsigned turn;      // minutes until the next officer is asked
	bool test;          // a test page at the beginning of each time on duty
};

struct home_web {               // [web]
	struct str listen;      // "off", HOME_WEB, or an address and port
	struct str certificate; // a file; "none"
	struct str key;         // likewise
	bool proxy;             // who asks is whom a proxy of ours names
	struct str scanners;    // networks of them (model/web/networks.h); "none"
};

struct home {
	struct str path;     // of the folder
	struct str team;     // the team's name, for what it prints
	struct str language; // "nl" or "en": of labels
	struct str phone;    // where members call; "none"
	struct str portal;   // where they answer; "none"
	struct str store;    // HOME_STORE, or the URL of a server
	struct str metrics;  // HOME_SOCKET, "off", or a loopback address and port
	bool statement;      // members get a weekly one
	bool contact_test;   // contacts are asked each quarter whether mail reaches them
	unsigned jobs;       // children that share the reading of a file
	struct home_mail mail;
	struct home_duty duty;
	struct home_web web;
	bool example;   // documentation and private space are allowed; WAKER_NOW sets the clock
	int64_t now;    // the moment of this command
	int64_t played; // from clock_since to a clock that WAKER_NOW set; 0: this home lives now
	struct db *db;
};
#define autohome CLEANUP(home_close) struct home

// The authorities by which servers of the Internet are checked: a file, or "" for the system's. Those of
// [mail] authorities are our relay's alone; an example has no Internet, and takes them for all.
static inline struct str home_authorities(const struct home *h)
{
	return h->example && !str_eq(h->mail.authorities, S("system")) ? h->mail.authorities
								       : S("");
}

// Makes the folder and all that belongs in it; in a home that was made before, what it has
// not got yet: the officers' key. ERR_CONFLICT: it is there and not empty, and it is no home
// or lacks nothing; or the server's database has a store in it already.
enum home_made { HOME_NEW, HOME_KEY_ADDED };
struct home_wish {
	struct str path;
	bool example;
	struct str store; // as in waker.conf; empty: HOME_STORE
};
bool home_make(const struct home_wish *w, struct arena *a, enum home_made *made, struct err *e)
	MUST_USE;
bool home_folders(struct str path, struct arena *a, struct err *e)
	MUST_USE; // those that a home has
// What home_make would do; changes nothing.
bool home_may_make(struct str path, struct arena *a, enum home_made *would, struct err *e) MUST_USE;

// Opens a home; texts live in a. ERR_USAGE: `path` is empty (no -C, no WAKER_HOME);
// ERR_ABSENT: it is no home; ERR_CONFIG: waker.conf, with its line.
bool home_open(struct str path, struct arena *a, struct home *out, struct err *e) MUST_USE;
// The same for who only looks: where waker.conf is wrong, by the one that is in force.
bool home_open_looking(struct str path, struct arena *a, struct home *out, struct err *e) MUST_USE;
// The same without the store: h->db is NULL.
bool home_read(struct str path, struct arena *a, struct home *out, struct err *e) MUST_USE;
// The store of this home, or one at another place (as in waker.conf) with its passwords.
bool home_store_at(const struct home *h, struct str at, enum store_how how, struct arena *a,
		   struct db **out, struct err *e) MUST_USE;
// The home's store for a part of the service, by the statements of one role (store_serve).
bool home_store_as(const struct home *h, unsigned role, struct arena *a, struct db **out,
		   struct err *e) MUST_USE;
// Is what waker.conf says of the store a place that could be one, and is its password where it
// belongs? Nobody is asked. ERR_CONFIG.
bool home_store_names(const struct home *h, struct arena *a, struct err *e) MUST_USE;
void home_close(struct home *h); // an unopened one is a no-op

// The moment, for who lives on: a played clock goes on from where it was set.
int64_t home_moment(const struct home *h);

// The home's waker.conf as it was last found good, at HOME_FORCE: what a running service
// works by. home_settle checks the present one and takes it over (ERR_CONFIG: it is wrong, and
// the last one stays); home_open_settled opens the home by it, for a part of the service
// (home_store_as).
#define HOME_FORCE "run/waker.conf"
bool home_settle(const struct home *h, struct arena *a, struct err *e) MUST_USE;
bool home_open_settled(struct str path, unsigned role, struct arena *a, struct home *out,
		       struct err *e) MUST_USE;

// A path below the home, NUL-terminated.
const char *home_path(const struct home *h, const char *name, struct arena *a);
