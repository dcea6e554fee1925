#include "ui/rehearsed.h"

#include "os/file.h"

enum { FILE_BYTES = ROSTER_MAX_BYTES };

bool rehearsed_read(struct str path, struct arena *a, struct str *bytes, enum rehearse_kind *kind,
		    struct err *e)
{
	const char *z = str_z(a, path);

	if (z == NULL)
		return err_set(e, ERR_USAGE, "a file's name has no NUL byte");
	if (!file_read(z, FILE_BYTES, a, bytes, e))
		return false;
	return (rehearse_kind_of(path, *bytes, kind) && rehearse_name(*kind, path).n > 0) ||
	       err_set(e, ERR_INPUT,
		       "%s is none of what can be rehearsed: a roster, NAME.feed, a warninglist "
		       "NAME.json, its policy.conf, or what `waker issue list` prints, edited",
		       z);
}

bool rehearsed_ask(const struct app *app, size_t things, const char *what, struct str path,
		   struct err *e)
{
	return app_confirm(
		app, things,
		arena_fmt(app->arena,
			  "would change what concerns %zu %s, and that was not rehearsed "
			  "(`waker rehearse " STR_FMT "` shows what would be different)",
			  things, what, STR_ARG(path))
			.p,
		e);
}
