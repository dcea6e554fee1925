#include "os/libexec_run.h"

#include "base/buf.h"
#include "os/libexec.h"
#include "os/program.h"

bool libexec_run(const char *name, const char *const *args, unsigned seconds, struct arena *a,
		 struct str *out, struct err *e)
{
	struct buf b = { .p = arena_new(a, char, LIBEXEC_MOST_BYTES), .cap = LIBEXEC_MOST_BYTES };
	char path[LIBEXEC_PATH];
	const struct program p = { .path = path, .args = args, .seconds = seconds };

	if (!libexec_find(name, path, e))
		return false;
	if (!program_run(&p, &b, e))
		return err_in(e, "%s, a part of waker", name);
	*out = buf_view(&b);
	return true;
}
