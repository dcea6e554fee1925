// `waker feed new`: a first draft of a feed file, from a sample.
#include "os/file.h"
#include "task/home.h"
#include "task/watch/draft.h"
#include "ui/feed_rows.h"

#include <unistd.h>

static struct str whole(const struct call *call, struct str draft, struct arena *a)
{
	struct str name = call->arg[1];

	return arena_fmt(a,
			 "# A draft made from a sample: look at every line (waker-feed(5)), then\n"
			 "# `waker feed test " STR_FMT " FILE`.\n\n"
			 "[feed]\nname = " STR_FMT "\nprovider = who publishes it\n"
			 "documentation = where it is described\nrole = victims\n"
			 "presence = report\ntlp = AMBER+STRICT\n\n" STR_FMT
			 "\n[set]\nclassification.taxonomy = other\n"
			 "classification.type = undetermined\n\n"
			 "[issue]\nlisted = always\n",
			 STR_ARG(name), STR_ARG(name), STR_ARG(draft));
}

static bool write_it(struct app *app, struct str name, struct str text, struct err *e)
{
	autohome h = { 0 };
	struct str path;

	if (!home_open(app->home, app->arena, &h, e))
		return false;
	path = arena_fmt(app->arena, STR_FMT "/feeds/" STR_FMT ".feed", STR_ARG(h.path),
			 STR_ARG(name));
	if (file_exists(path.p))
		return err_set(e, ERR_CONFLICT,
			       STR_FMT " is there: remove it first, or name another",
			       STR_ARG(path));
	if (app->dry_run)
		return true;
	if (!file_write(path.p, text, 0600, e))
		return false;
	app_say(app, "wrote " STR_FMT ": look at every line, then waker feed test " STR_FMT " FILE",
		STR_ARG(path), STR_ARG(name));
	return true;
}

bool feed_new(struct app *app, const struct call *call, struct err *e)
{
	static const struct column columns[] = { { "name", "Name", false },
						 { "file", "File", false } };
	bool input = str_eq(call->arg[0], S("-")), plain, ok;
	struct str draft;
	int fd = STDIN_FILENO;

	if (!input && !file_open(str_z(app->arena, call->arg[0]), &fd, &plain, e))
		return false;
	ok = draft_guess(fd, call_option(call, "columns"), app->arena, &draft, e) ||
	     err_in(e, STR_FMT, STR_ARG(call->arg[0]));
	if (!input)
		close(fd);
	if (!ok)
		return false;
	draft = whole(call, draft, app->arena);
	if (call_has(call, "write") && !write_it(app, call->arg[1], draft, e))
		return false;
	if (app->out.form == OUT_JSON) {
		out_record(&app->out, columns, COUNTOF(columns));
		out_text(&app->out, call->arg[1]);
		out_text(&app->out, draft);
		out_end(&app->out);
	} else if (!call_has(call, "write")) {
		fwrite(draft.p, 1, draft.n, app->out.to);
	}
	return true;
}
