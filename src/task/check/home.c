// What stands in the home: its configuration, who may read it, and the officers' key.
#include "os/file.h"
#include "os/machine.h"
#include "os/seal_key.h"
#include "task/check/checking.h"

enum { OTHERS = 077 };

void checking_settings(struct checking *c)
{
	if (c->unread.kind == ERR_NONE)
		checking_ok(c, arena_fmt(c->a, STR_FMT "/waker.conf is read, without a mistake",
					 STR_ARG(c->home.path)));
	else
		checking_failed(c, &c->unread,
				S("put waker.conf right where that says; the store is "
				  "looked at when it can be read"));
}

// Ours, and nobody else may do anything with it.
static bool is_private(struct checking *c, const char *path, const char *mode)
{
	struct machine_owner o;
	struct err e = { 0 };

	if (!machine_owner(path, &o, &e)) {
		checking_failed(c, &e, S("put it back, or run waker as who may look there"));
		return false;
	}
	if (o.owner != o.caller)
		checking_tell(c, CHECK_WRONG,
			      arena_fmt(c->a, "%s belongs to user %u, and this is user %u", path,
					o.owner, o.caller),
			      arena_fmt(c->a, "run waker as its owner, or `chown %u %s`", o.caller,
					path));
	if ((o.mode & OTHERS) != 0)
		checking_tell(c, CHECK_WRONG,
			      arena_fmt(c->a, "%s has mode %04o: others than its owner may use it",
					path, o.mode),
			      arena_fmt(c->a, "chmod %s %s", mode, path));
	return o.owner == o.caller && (o.mode & OTHERS) == 0;
}

static bool are_private(struct checking *c)
{
	const char *folder = home_path(&c->home, "credentials", c->a);
	const char *secret = home_path(&c->home, HOME_SECRET, c->a);
	bool good = is_private(c, arena_str(c->a, c->home.path).p, "700");
	struct file_names in;
	struct err e = { 0 };

	good = is_private(c, home_path(&c->home, "waker.conf", c->a), "600") && good;
	if (file_exists(secret))
		good = is_private(c, secret, "600") && good;
	if (!file_exists(folder)) // nothing has credentials
		return good;
	good = is_private(c, folder, "700") && good;
	if (!folder_names(folder, c->a, &in, &e)) {
		checking_failed(c, &e, S("run waker as the owner of the home"));
		return false;
	}
	LIST_EACH (const struct str, name, &in.names)
		good = is_private(c, arena_fmt(c->a, "%s/" STR_FMT, folder, STR_ARG(*name)).p,
				  "600") &&
		       good;
	return good;
}

static bool are_writable(struct checking *c)
{
	static const char *const folders[] = { "archive", "spool", "inbox" };
	bool good = true;

	for (size_t i = 0; i < COUNTOF(folders); i++) {
		const char *path = home_path(&c->home, folders[i], c->a);

		if (machine_may_fill(path))
			continue;
		good = false;
		checking_tell(c, CHECK_WRONG,
			      arena_fmt(c->a,
					file_exists(path)
						? "%s: no file can be made in it"
						: "%s is not there, and nothing can be kept in it",
					path),
			      arena_fmt(c->a,
					file_exists(path)
						? "run waker as its owner, or `chmod u+rwx %s`; is "
						  "its file system mounted for writing?"
						: "mkdir -m 700 %s",
					path));
	}
	return good;
}

void checking_permissions(struct checking *c)
{
	bool private = are_private(c);

	if (are_writable(c) && private)
		checking_ok(c, S("the home and its secrets are this user's alone; archive, spool "
				 "and inbox can be written to"));
}

static struct str to_get_public_back(const struct checking *c)
{
	if (file_exists(home_path(&c->home, HOME_SECRET, c->a)))
		return arena_fmt(c->a,
				 "`waker init " STR_FMT "` makes it of archive.key, which is there",
				 STR_ARG(c->home.path));
	return arena_fmt(c->a,
			 "put it back from a backup; where there is none, `waker init " STR_FMT
			 "` makes a new pair, and the old archive.key still opens what was sealed "
			 "before",
			 STR_ARG(c->home.path));
}

void checking_key(struct checking *c)
{
	const char *secret = home_path(&c->home, HOME_SECRET, c->a);
	const char *public = home_path(&c->home, HOME_PUBLIC, c->a);
	struct seal_public key;
	struct err e = { 0 };
	bool good = seal_public_read(public, &key, &e);

	if (!good && e.kind == ERR_ABSENT)
		checking_tell(c, CHECK_WRONG,
			      arena_fmt(c->a,
					"%s is not there: what feeds with secrets bring cannot be "
					"sealed",
					public),
			      to_get_public_back(c));
	else if (!good)
		checking_failed(c, &e, S("put archive.pub back from a backup"));
	if (file_exists(secret))
		checking_tell(c, CHECK_WARNING,
			      arena_fmt(c->a,
					"%s still lies in the home: who gets the home can open all "
					"of the archive",
					secret),
			      S("move it off this machine, to where officers keep secrets: Waker "
				"runs without it"));
	else if (good)
		checking_ok(c, S("archive.pub is there, and archive.key is kept elsewhere"));
}
