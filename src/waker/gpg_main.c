// The programs `gpg` and `gpgsm` of libexec: those of GnuPG, which GPGME starts by them, ended by
// an alarm that outlives exec, so that one that hangs holds up nothing for ever. See os/gpg.h.
#include "os/gpg.h"

#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	(void)argc;
	alarm(GPG_SECONDS);
	execv("/usr/bin/" GNUPG, argv);
	perror("/usr/bin/" GNUPG);
	return 127;
}
