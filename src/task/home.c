#include "task/home.h"

#include "base/time.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/seal_key.h"
#include "store/store.h"
#include "task/settings.h"

#include <stddef.h>
#include <stdlib.h>

enum { PRIVATE_FILE = 0600, PRIVATE_FOLDER = 0700 };

// What a wish says otherwise than the rows do.
static struct str config_text(const struct home_wish *w, struct arena *a)
{
	struct str value[SETTINGS_MOST] = { 0 };

	if (w->example)
		value[settings_row(offsetof(struct home, example))] = S("yes");
	if (w->store.n > 0)
		value[settings_row(offsetof(struct home, store))] = w->store;
	return settings_text(value, a);
}

const char *home_path(const struct home *h, const char *name, struct arena *a)
{
	return arena_fmt(a, STR_FMT "/%s", STR_ARG(h->path), name).p;
}

// What 'waker init' makes: folders, the store and what SQLite keeps beside it, the
// officers' key, and last the configuration.
static const char *const folders[] = { "advice", "archive", "credentials", "feeds",
				       "inbox",  "run",     "spool",       "warninglists" };
static const char *const files[] = { "waker.db",         "waker.db-shm",   "waker.db-wal",
				     "waker.db-journal", "waker.conf.new", HOME_PUBLIC,
				     HOME_PUBLIC ".new", HOME_SECRET,      HOME_SECRET ".new" };

bool home_folders(struct str path, struct arena *a, struct err *e)
{
	if (!folder_make(arena_str(a, path).p, PRIVATE_FOLDER, e))
		return false;
	for (size_t i = 0; i < COUNTOF(folders); i++)
		if (!folder_make(arena_fmt(a, STR_FMT "/%s", STR_ARG(path), folders[i]).p,
				 PRIVATE_FOLDER, e))
			return false;
	return true;
}

static bool is_ours(struct str name)
{
	for (size_t i = 0; i < COUNTOF(folders); i++)
		if (str_eq(name, str_of(folders[i])))
			return true;
	for (size_t i = 0; i < COUNTOF(files); i++)
		if (str_eq(name, str_of(files[i])))
			return true;
	return false;
}

// Where waker.conf is not there, and nothing that is not ours, a 'waker init' was
// interrupted, and the next one goes on.
static bool may_make(const struct file_names *there)
{
	LIST_EACH (const struct str, name, &there->names)
		if (!is_ours(*name))
			return false;
	return true;
}

// The bytes of the file at `path`, which names it in errors.
static bool take_settings(const char *path, struct str bytes, struct arena *a, struct home *h,
			  struct err *e)
{
	struct settings s;

	settings_read(bytes, a, &s);
	if (s.wrong.count > 0) {
		*e = s.wrong.at[0];
		return err_in(e, "%s", path);
	}
	settings_give(&s, h);
	return true;
}

static bool read_settings(const char *path, struct arena *a, struct home *h, struct err *e)
{
	struct str bytes;

	return file_read(path, SETTINGS_BYTES, a, &bytes, e) && take_settings(path, bytes, a, h, e);
}

// It has its configuration, and its store is there or elsewhere.
static bool is_home(struct home *h, struct arena *a)
{
	const char *config = home_path(h, "waker.conf", a);
	struct err e;

	return file_exists(config) && (file_exists(home_path(h, HOME_STORE, a)) ||
				       (read_settings(config, a, h, &e) && db_is_url(h->store)));
}

bool home_may_make(struct str path, struct arena *a, enum home_made *would, struct err *e)
{
	struct home h = { .path = arena_str(a, path) };
	struct file_names there;
	bool home, key;

	if (str_z(a, path) == NULL || path.n == 0)
		return err_set(e, ERR_USAGE, "a home needs the name of a folder");
	if (!folder_names(h.path.p, a, &there, e))
		return false;
	home = is_home(&h, a);
	key = file_exists(home_path(&h, HOME_PUBLIC, a));
	*would = home ? HOME_KEY_ADDED : HOME_NEW;
	if (home && key)
		return err_set(e, ERR_CONFLICT,
			       STR_FMT " is there and not empty: it is a home that lacks nothing",
			       STR_ARG(path));
	if (!home && !may_make(&there))
		return err_set(e, ERR_CONFLICT,
			       STR_FMT " is there and not empty: name a new folder", STR_ARG(path));
	return true;
}

static bool make_all(struct home *h, struct arena *a, struct err *e)
{
	h->now = clock_now();
	if (!home_folders(h->path, a, e) || !home_store_at(h, h->store, STORE_MAKE, a, &h->db, e))
		return false;
	if (store_used(h->db, e))
		err_set(e, ERR_CONFLICT,
			STR_FMT ": there is a store in it already, which another home uses",
			STR_ARG(h->store));
	home_close(h);
	return e->kind == ERR_NONE;
}

bool home_make(const struct home_wish *w, struct arena *a, enum home_made *made, struct err *e)
{
	struct home h = { .path = arena_str(a, w->path), .store = w->store };

	if (w->store.n > 0 && !db_is_url(w->store))
		return err_set(e, ERR_USAGE, "a store is at postgresql://…, not at \"" STR_FMT "\"",
			       STR_ARG(str_first(w->store, 60)));
	if (!home_may_make(w->path, a, made, e) || (*made == HOME_NEW && !make_all(&h, a, e)) ||
	    !seal_pair_make(home_path(&h, HOME_PUBLIC, a), home_path(&h, HOME_SECRET, a), e))
		return false;
	return *made != HOME_NEW ||
	       file_write(home_path(&h, "waker.conf", a), config_text(w, a), PRIVATE_FILE, e);
}

// An example home may be played at any moment; a real one lives now.
static bool set_clock(struct home *h, struct err *e)
{
	const char *played = getenv("WAKER_NOW");

	h->now = clock_now();
	h->played = 0;
	if (played == NULL)
		return true;
	if (!h->example)
		return err_set(e, ERR_USAGE,
			       "WAKER_NOW is for homes made with `waker init --example`: unset it");
	if (!time_read(str_of(played), &h->now))
		return err_set(e, ERR_USAGE,
			       "WAKER_NOW: \"%s\" is no moment such as 2026-03-02T06:00:00Z",
			       played);
	h->played = h->now - clock_since();
	return true;
}

int64_t home_moment(const struct home *h)
{
	return h->played == 0 ? clock_now() : clock_since() + h->played;
}

static bool read_by(struct str path, const char *file, struct arena *a, struct home *out,
		    struct err *e)
{
	struct home h = { .path = path };
	const char *config;

	if (path.n == 0)
		return err_set(
			e, ERR_USAGE,
			"which home? say -C DIR or set WAKER_HOME; `waker init DIR` makes one");
	h.path = arena_str(a, path);
	config = home_path(&h, file, a);
	if (!read_settings(config, a, &h, e))
		return e->kind == ERR_ABSENT
			       ? err_set(e, ERR_ABSENT,
					 STR_FMT " is no home; `waker init " STR_FMT "` makes one",
					 STR_ARG(path), STR_ARG(path))
			       : false;
	if (!set_clock(&h, e))
		return false;
	*out = h;
	return true;
}

bool home_read(struct str path, struct arena *a, struct home *out, struct err *e)
{
	return read_by(path, "waker.conf", a, out, e);
}

bool home_open(struct str path, struct arena *a, struct home *out, struct err *e)
{
	struct home h;

	if (!home_read(path, a, &h, e) || !home_store_at(&h, h.store, STORE_OPEN, a, &h.db, e))
		return false;
	*out = h;
	return true;
}

bool home_open_looking(struct str path, struct arena *a, struct home *out, struct err *e)
{
	struct err none = { 0 };
	struct home h;

	if (home_read(path, a, &h, e)) {
		if (!home_store_at(&h, h.store, STORE_OPEN, a, &h.db, e))
			return false;
	} else if (e->kind != ERR_CONFIG || !read_by(path, HOME_FORCE, a, &h, &none) ||
		   !home_store_at(&h, h.store, STORE_OPEN, a, &h.db, &none)) {
		return false;
	}
	e->kind = ERR_NONE;
	*out = h;
	return true;
}

bool home_open_settled(struct str path, unsigned role, struct arena *a, struct home *out,
		       struct err *e)
{
	struct home h;

	if (!read_by(path, HOME_FORCE, a, &h, e) || !home_store_as(&h, role, a, &h.db, e))
		return false;
	*out = h;
	return true;
}

bool home_settle(const struct home *h, struct arena *a, struct err *e)
{
	const char *config = home_path(h, "waker.conf", a);
	struct home read = *h;
	struct str bytes;

	if (!file_read(config, SETTINGS_BYTES, a, &bytes, e) ||
	    !take_settings(config, bytes, a, &read, e))
		return false;
	if (!str_eq(read.store, h->store))
		return err_set(e, ERR_CONFIG,
			       "%s: the store is another: stop `waker run` and start it again",
			       config);
	return file_write(home_path(h, HOME_FORCE, a), bytes, PRIVATE_FILE, e);
}

void home_close(struct home *h)
{
	db_close(h->db);
	h->db = NULL;
}
