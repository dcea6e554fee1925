#include "task/home.h"

#include "base/time.h"
#include "codec/text/ini.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/seal_key.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>

enum { CONFIG_BYTES = 1 << 20, MOST_JOBS = 64, PRIVATE_FILE = 0600, PRIVATE_FOLDER = 0700 };

static bool read_team(struct home *h, struct str value)
{
	h->team = value;
	return value.n > 0 && value.n <= 80;
}

static bool read_language(struct home *h, struct str value)
{
	h->language = value;
	return str_eq(value, S("nl")) || str_eq(value, S("en"));
}

static bool read_jobs(struct home *h, struct str value)
{
	uint64_t n;

	if (!str_to_uint(value, MOST_JOBS, &n) || n == 0)
		return false;
	h->jobs = (unsigned)n;
	return true;
}

static bool read_example(struct home *h, struct str value)
{
	h->example = str_eq(value, S("yes"));
	return h->example || str_eq(value, S("no"));
}

static bool read_store(struct home *h, struct str value)
{
	h->store = value;
	return str_eq(value, S(HOME_STORE)) || db_is_url(value);
}

// Every setting is a row: waker.conf is written and read by it.
static const struct setting {
	const char *section, *key, *standard, *says;
	const char *wants; // how a value must look
	bool (*read)(struct home *h, struct str value);
} settings[] = {
	{ "team", "name", "CERT", "The team's name, as its members know it.", "1 to 80 bytes",
	  read_team },
	{ "team", "language", "en", "The language of labels: nl or en.", "nl or en",
	  read_language },
	{ "watch", "jobs", "1", "How many processes share the reading of a large file.", "1 to 64",
	  read_jobs },
	{ "home", "store", HOME_STORE,
	  "Where the store is: a file of this home, or a PostgreSQL server by its URL, without a\n"
	  "# password: credentials/postgresql has that, in a line password = ….",
	  HOME_STORE " or postgresql://…", read_store },
	{ "home", "example", "no",
	  "An example home also accepts documentation and private addresses, AS numbers and\n"
	  "# names, and lets WAKER_NOW set the clock. Never for a real roster.",
	  "yes or no", read_example },
};

static struct str value_of(const struct setting *s, const struct home_wish *w)
{
	if (s->read == read_example && w->example)
		return S("yes");
	if (s->read == read_store && w->store.n > 0)
		return w->store;
	return str_of(s->standard);
}

static struct str config_text(const struct home_wish *w, struct arena *a)
{
	enum { ROOM = 16384 };
	char *text = arena_new(a, char, ROOM);
	size_t n = 0;
	const char *section = "";

	n += (size_t)snprintf(text, ROOM,
			      "# The configuration of this home: key = value under [section].\n");
	for (size_t i = 0; i < COUNTOF(settings); i++) {
		const struct setting *s = &settings[i];

		if (strcmp(section, s->section) != 0)
			n += (size_t)snprintf(text + n, ROOM - n, "\n[%s]\n", s->section);
		section = s->section;
		n += (size_t)snprintf(text + n, ROOM - n, "\n# %s\n%s = " STR_FMT "\n", s->says,
				      s->key, STR_ARG(value_of(s, w)));
	}
	return (struct str){ text, n };
}

const char *home_path(const struct home *h, const char *name, struct arena *a)
{
	return arena_fmt(a, STR_FMT "/%s", STR_ARG(h->path), name).p;
}

// What 'waker init' makes: folders, the store and what SQLite keeps beside it, the
// officers' key, and last the configuration.
static const char *const folders[] = { "archive", "credentials", "feeds",       "inbox",
				       "run",     "spool",       "warninglists" };
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

static const struct setting *setting_of(const struct ini *in)
{
	for (size_t i = 0; i < COUNTOF(settings); i++)
		if (str_eq(in->section, str_of(settings[i].section)) &&
		    str_eq(in->key, str_of(settings[i].key)))
			return &settings[i];
	return NULL;
}

static bool unknown_setting(const struct ini *in, struct err *e)
{
	struct str words[COUNTOF(settings)];
	size_t n = 0;

	for (size_t i = 0; i < COUNTOF(settings); i++)
		if (str_eq(in->section, str_of(settings[i].section)))
			words[n++] = str_of(settings[i].key);
	return ini_unknown(in, words, n, e);
}

static bool read_settings(struct home *h, struct str bytes, struct err *e)
{
	struct ini in = ini_of(bytes);
	enum ini_kind kind;

	for (size_t i = 0; i < COUNTOF(settings); i++)
		if (!settings[i].read(h, str_of(settings[i].standard)))
			return err_set(e, ERR_CONFIG, "a standard value is wrong");
	while ((kind = ini_next(&in, e)) != INI_END) {
		const struct setting *s = kind == INI_PAIR ? setting_of(&in) : NULL;

		if (kind == INI_SECTION)
			continue;
		if (s == NULL)
			return unknown_setting(&in, e);
		if (!s->read(h, in.value))
			return err_set(e, ERR_CONFIG,
				       "line %u, column %u: %s is %s, not \"" STR_FMT "\"", in.line,
				       in.value_column, s->key, s->wants,
				       STR_ARG(str_first(in.value, 60)));
	}
	return e->kind == ERR_NONE;
}

// It has its configuration, and its store is there or elsewhere.
static bool is_home(struct home *h, struct arena *a)
{
	const char *config = home_path(h, "waker.conf", a);
	struct str bytes;
	struct err e;

	return file_exists(config) && (file_exists(home_path(h, HOME_STORE, a)) ||
				       (file_read(config, CONFIG_BYTES, a, &bytes, &e) &&
					read_settings(h, bytes, &e) && db_is_url(h->store)));
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
	struct str bytes;
	const char *config;

	if (path.n == 0)
		return err_set(
			e, ERR_USAGE,
			"which home? say -C DIR or set WAKER_HOME; `waker init DIR` makes one");
	h.path = arena_str(a, path);
	config = home_path(&h, file, a);
	if (!file_read(config, CONFIG_BYTES, a, &bytes, e))
		return e->kind == ERR_ABSENT
			       ? err_set(e, ERR_ABSENT,
					 STR_FMT " is no home; `waker init " STR_FMT "` makes one",
					 STR_ARG(path), STR_ARG(path))
			       : false;
	if (!read_settings(&h, bytes, e))
		return err_in(e, "%s", config);
	if (!set_clock(&h, e))
		return false;
	*out = h;
	return true;
}

bool home_read(struct str path, struct arena *a, struct home *out, struct err *e)
{
	return read_by(path, "waker.conf", a, out, e);
}

static bool open_by(struct str path, const char *file, struct arena *a, struct home *out,
		    struct err *e)
{
	struct home h;

	if (!read_by(path, file, a, &h, e) || !home_store_at(&h, h.store, STORE_OPEN, a, &h.db, e))
		return false;
	*out = h;
	return true;
}

bool home_open(struct str path, struct arena *a, struct home *out, struct err *e)
{
	return open_by(path, "waker.conf", a, out, e);
}

bool home_open_settled(struct str path, struct arena *a, struct home *out, struct err *e)
{
	return open_by(path, HOME_FORCE, a, out, e);
}

bool home_settle(const struct home *h, struct arena *a, struct err *e)
{
	const char *config = home_path(h, "waker.conf", a);
	struct home read = *h;
	struct str bytes;

	if (!file_read(config, CONFIG_BYTES, a, &bytes, e))
		return false;
	if (!read_settings(&read, bytes, e))
		return err_in(e, "%s", config);
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
