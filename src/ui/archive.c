#include "task/past/verify.h"
#include "task/watch/feed_choice.h"
#include "ui/audited.h"
#include "ui/bytes.h"
#include "ui/nouns.h"
#include "ui/progress.h"

static bool archive_open_file(struct app *app, const struct call *call, struct err *e)
{
	return bytes_give(app, call, call->arg[0], e);
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
	BYTES_OPTIONS,
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
