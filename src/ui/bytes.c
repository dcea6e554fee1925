#include "ui/bytes.h"

#include "os/archive.h"
#include "os/file.h"
#include "os/part.h"
#include "os/seal_key.h"
#include "task/watch/feed_choice.h"

#include <unistd.h>

static const struct column columns[] = {
	{ "file", "File", true },
	{ "sha256", "SHA-256", false },
	{ "bytes", "Bytes", false },
	{ "output", "Written to", true },
};

struct work {
	struct arena *a;
	struct str file;               // as given
	const struct seal_secret *key; // NULL: none was given
	struct archived got;
	int in;
};

// A file of the archive is called by its bytes; one with another name is not asked.
static bool fits_name(const struct work *w, struct err *e)
{
	struct str rest = file_base(w->file), stem = str_cut(&rest, '.');
	char hex[DIGEST_TEXT];

	digest_hex(w->got.sum, hex);
	if (stem.n != DIGEST_TEXT - 1 || str_eq(stem, str_of(hex)))
		return true;
	return err_set(e, ERR_INPUT, "its bytes are not those that its name promises: %s", hex);
}

// The file is looked through before a byte of it is written.
static bool write_out(struct work *w, const char *to, struct err *e)
{
	autopart part = { .fd = -1 };
	struct str path = str_of(to), name = file_base(path);
	const char *folder;

	if (!archive_open(w->in, w->key, -1, &w->got, e) || !fits_name(w, e))
		return false;
	if (strcmp(to, "-") == 0)
		return archive_open(w->in, w->key, STDOUT_FILENO, &w->got, e);
	if (name.n == 0)
		return err_set(e, ERR_USAGE, "-o: \"%s\" is no name of a file", to);
	folder = name.n < path.n ? arena_str(w->a, str_first(path, path.n - name.n)).p : ".";
	return part_open(folder, name, &part, e) &&
	       archive_open(w->in, w->key, part.fd, &w->got, e) && part_keep(&part, e);
}

static void show(struct app *app, const struct work *w, struct str to)
{
	char hex[DIGEST_TEXT];

	digest_hex(w->got.sum, hex);
	out_record(&app->out, columns, COUNTOF(columns));
	out_text(&app->out, w->file);
	out_text(&app->out, str_of(hex));
	out_int(&app->out, (int64_t)w->got.bytes);
	out_text(&app->out, to);
	out_end(&app->out);
}

static bool open_with(struct app *app, struct work *w, struct str to, struct err *e)
{
	bool plain, ok;

	if (!file_open(str_z(app->arena, w->file), &w->in, &plain, e))
		return false;
	ok = write_out(w, to.p != NULL ? str_z(app->arena, to) : "-", e);
	close(w->in);
	if (!ok)
		return err_in(e, STR_FMT, STR_ARG(str_first(w->file, 100)));
	if (to.p != NULL && !str_eq(to, S("-")))
		show(app, w, to);
	return true;
}

bool bytes_give(struct app *app, const struct call *call, struct str file, struct err *e)
{
	struct str key = call_option(call, "key"), to = call_option(call, "output");
	struct work w = { .a = app->arena, .file = file };
	struct seal_secret secret;
	bool ok;

	if (app->out.form == OUT_JSON && (to.p == NULL || str_eq(to, S("-"))))
		return err_set(e, ERR_USAGE,
			       "--json describes what was written: say -o FILE for the bytes");
	if (key.p != NULL && !seal_secret_read(str_z(app->arena, key), &secret, e))
		return false;
	w.key = key.p != NULL ? &secret : NULL;
	ok = open_with(app, &w, to, e);
	explicit_bzero(&secret, sizeof secret);
	return ok;
}
