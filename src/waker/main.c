#include "ui/commands.h"

#include <signal.h>
#include <sys/stat.h>

int main(int argc, char **argv)
{
	umask(077); // what Waker writes tells of its members: nobody else may read it
	// A file over the shell's limit is then a write that fails, with a sentence.
	sigaction(SIGXFSZ, &(struct sigaction){ .sa_handler = SIG_IGN }, NULL);
	return cli_main(commands, commands_count, argc, argv);
}
