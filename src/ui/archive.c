#include "os/archive.h"

#include "os/file.h"
#include "os/part.h"
#include "os/seal_key.h"
#include "task/past/verify.h"
#include "task/watch/feed_choice.h"
#include "ui/audited.h"
#include "ui/nouns.h"
#include "ui/progress.h"

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

static bool archive_open_file(struct app *app, const struct call *call, struct err *e)
{
	struct str key = call_option(call, "key"), to = call_option(call, "output");
	struct work w = { .a = app->arena, .file = call->arg[0] };
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

// ---- are they those that came?

static const struct column verify_columns[] = {
	{ "fault", "Fault", false }, { "batch", "Batch", false },    { "mail", NULL, false },
	{ "feed", "Feed", true },    { "came_as", "Came as", true }, { "file", "File", true },
	{ "says", "Says", true },
};

struct verify_view {
	struct app *app;
	struct progress progress;
};

static void verify_progress(void *context, uint64_t done, uint64_t all)
{
	struct verify_view *view = context;

	progress_at(&view->progress, done, all);
}

static void show_fault(void *context, const struct archive_row *f, enum archive_fault fault,
		       struct str why)
{
	struct app *app = ((struct verify_view *)context)->app;

	out_text(&app->out, archive_fault_word(fault));
	if (f->id > 0)
		out_int(&app->out, f->id);
	else
		out_none(&app->out);
	if (f->id < 0)
		out_int(&app->out, -f->id);
	else
		out_none(&app->out);
	out_text(&app->out, f->feed);
	out_text(&app->out, f->file);
	out_text(&app->out, f->path);
	out_text(&app->out, why);
}

static bool tell_verified(struct app *app, const struct call *call, const struct home *h,
			  const struct verified *v, struct err *e)
{
	struct str number[ARCHIVE_FAULT_COUNT];
	struct audit_said said[ARCHIVE_FAULT_COUNT + 2];
	struct audit_entry x = { .by = audited_by(call, h->now),
				 .subject = S("archive"),
				 .said = said,
				 .count = COUNTOF(said) };

	for (unsigned i = 0; i < ARCHIVE_FAULT_COUNT; i++) {
		uint64_t n = i == ARCHIVE_WHOLE ? v->files : v->count[i];

		number[i] = arena_fmt(app->arena, "%llu", (unsigned long long)n);
		said[i] = (struct audit_said){
			i == ARCHIVE_WHOLE ? "files" : archive_fault_word((enum archive_fault)i).p,
			number[i]
		};
	}
	said[ARCHIVE_FAULT_COUNT] = (struct audit_said){ "feed", call_option(call, "feed") };
	said[ARCHIVE_FAULT_COUNT + 1] = (struct audit_said){ "since", call_option(call, "since") };
	return audit_write(h->db, &x, app->arena, e);
}

static void say_verified(const struct app *app, const struct verified *v)
{
	app_say(app,
		"files: %llu, of which %llu are sealed; damaged: %llu, missing: %llu, foreign: "
		"%llu",
		(unsigned long long)v->files, (unsigned long long)v->sealed,
		(unsigned long long)v->count[ARCHIVE_DAMAGED],
		(unsigned long long)v->count[ARCHIVE_MISSING],
		(unsigned long long)v->count[ARCHIVE_FOREIGN]);
	if (v->noted > 0)
		app_say(app,
			"%llu sealed: their digests were not known, and are noted now; what they "
			"were "
			"before only the officers' key can say",
			(unsigned long long)v->noted);
	if (v->mended > 0)
		app_say(app, "%llu marked before: well again", (unsigned long long)v->mended);
}

static bool verify_all(struct app *app, struct verifying *v, struct verified *out, struct err *e)
{
	struct verify_view view = { app, progress_begin(app, "verifying") };
	bool ok;

	v->progress = verify_progress;
	v->context = &view;
	ok = past_verify(v, app->arena, out, e);
	progress_end(&view.progress);
	return ok;
}

static bool archive_verify(struct app *app, const struct call *call, struct err *e)
{
	struct str since = call_option(call, "since");
	struct verified out;
	autohome h = { 0 };
	struct verifying v = { .home = &h,
			       .feed = call_option(call, "feed"),
			       .since = TIME_EVER,
			       .dry = app->dry_run,
			       .found = show_fault };

	if (since.p != NULL && !time_read(since, &v.since))
		return err_set(e, ERR_USAGE,
			       "--since: \"" STR_FMT "\" is no day such as 2026-03-02",
			       STR_ARG(str_first(since, 40)));
	if (!home_open(app->home, app->arena, &h, e) ||
	    !jobs_choice(call_option(call, "jobs"), h.jobs, &v.hands, e))
		return false;
	out_table(&app->out, verify_columns, COUNTOF(verify_columns));
	if (!verify_all(app, &v, &out, e))
		return false;
	out_end(&app->out);
	say_verified(app, &out);
	for (unsigned i = ARCHIVE_WHOLE + 1; i < ARCHIVE_FAULT_COUNT; i++)
		if (out.count[i] > 0)
			app->ended = EXIT_FOUND;
	if (app->dry_run) {
		app_say(app, "This was a dry run: nothing was changed.");
		return true;
	}
	return audited_keep(app, &h, tell_verified(app, call, &h, &out, e), e);
}

static const struct option verify_options[] = {
	{ "feed", "NAME", NULL, "only what this feed brought" },
	{ "since", "DATE", NULL, "only what came from this day on" },
	{ "jobs", "N", NULL, "read by N children; else as waker.conf says" },
	AUDITED_BY,
	{ 0 },
};
static const struct option open_options[] = {
	{ "key", "KEYFILE", NULL, "the officers' archive.key; mode 0600" },
	{ "output", "FILE", NULL,
	  "where the bytes go, mode 0600; also -o; else to standard output" },
	AUDITED_BY,
	{ 0 },
};

// clang-format off
static const struct command rows[] = {
	{ "archive open", "FILE", "Give the bytes of an archive's file as they came", READS | AUDITS_LOOK, 1, 1, open_options,
	  { "waker archive open 3c8a….zst.sealed --key /media/officer/archive.key -o report.csv",
	    "waker archive open /var/lib/waker/archive/2026/03/02/9f2e….zst | head" },
	  "A batch of a feed with secrets is kept sealed (.zst.sealed), and only the secret half of the "
	  "officers' key, which does not belong on this machine, opens it. The file is read through before "
	  "a byte is written: what was changed, or is cut off, gives nothing but a sentence and status 65. "
	  "What comes out has the secrets in it, and that somebody looked is a row of the audit, where a home is named.",
	  archive_open_file },
	{ "archive verify", "", "Read the whole archive, and name what is not what came", CHANGES, 0, 0, verify_options,
	  { "waker archive verify", "waker archive verify --feed shadowserver --since 2026-03-01 --json" },
	  "Each file is read and compared with the digest of its batch (what is sealed: with that of the bytes as they "
	  "lay when it was sealed), and what lies in the archive and belongs to no batch and no mail is named, unless it "
	  "is younger than an hour. Damaged and missing files are marked: a question to the past says that they could not be asked, "
	  "and a condition stays open until a later run finds them well. What their batches said when they came stands. "
	  "Put a file back from a backup. Status 7: something was found.", archive_verify },
};
// clang-format on

const struct noun noun_archive = { "archive", "the bytes of batches, as they came", rows,
				   COUNTOF(rows) };
