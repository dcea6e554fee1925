#include "os/libexec.h"

#include <stdio.h>
#include <unistd.h>

#ifndef WAKER_LIBEXEC
#define WAKER_LIBEXEC "/usr/libexec/waker"
#endif

// `waker` starts some, and they each other: those lie beside it. Beside `waker` lie programs of
// others (watch(1)), so that only their own folder is looked at.
bool libexec_find(const char *name, char out[LIBEXEC_PATH], struct err *e)
{
	static const char *const below[] = { "src/waker/", "../libexec/waker/", "../waker/" };
	char self[LIBEXEC_PATH];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

	for (; n > 0 && self[n - 1] != '/'; n--)
		;
	self[n > 0 ? n : 0] = '\0';
	for (size_t i = 0; i < COUNTOF(below); i++)
		if (snprintf(out, LIBEXEC_PATH, "%s%s%s", self, below[i], name) < LIBEXEC_PATH &&
		    access(out, X_OK) == 0)
			return true;
	snprintf(out, LIBEXEC_PATH, "%s/%s", WAKER_LIBEXEC, name);
	return access(out, X_OK) == 0 ||
	       err_set(e, ERR_SYSTEM, "%s, a part of waker, is not there: install waker anew", out);
}
