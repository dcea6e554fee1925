// The programs `gpg`, `gpgsm` and `gpgconf` of libexec: those of GnuPG, which GPGME starts by them, ended by
// an alarm that outlives exec, so that one that hangs holds up nothing for ever. See os/gpg.h. Where
// WAKER_NOW sets the clock of an example home (task/home.c; a real one refuses it), gpg lives then, too,
// and takes keys that were made later by the machine's own clock.
#include "base/time.h"
#include "os/gpg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_WORDS = 256 }; // GPGME gives some twenty, and one for each addressee

static void become(char **argv)
{
	execv("/usr/bin/" GNUPG, argv);
	perror("/usr/bin/" GNUPG);
}

// gpgsm has no option that takes certificates from later: it lives now.
static bool takes_clock(const char *program)
{
	return strcmp(program, "gpg") == 0;
}

// Behind argv[0].
static bool played(char **argv, int argc, char *out[MOST_WORDS + 4], char clock[64])
{
	static char conflict[] = "--ignore-time-conflict", from[] = "--ignore-valid-from";
	const char *set = getenv("WAKER_NOW");
	int64_t moment;

	if (set == NULL || !takes_clock(GNUPG) || argc < 1 || argc > MOST_WORDS ||
	    !time_read(str_of(set), &moment) || moment < 0)
		return false;
	snprintf(clock, 64, "--faked-system-time=%lld", (long long)(moment / TIME_SECOND));
	out[0] = argv[0];
	out[1] = clock;
	out[2] = conflict;
	out[3] = from;
	memcpy(out + 4, argv + 1, (size_t)argc * sizeof *argv); // and the NULL
	return true;
}

int main(int argc, char **argv)
{
	char *with[MOST_WORDS + 4];
	char clock[64];

	alarm(GPG_SECONDS);
	become(played(argv, argc, with, clock) ? with : argv);
	return 127;
}
