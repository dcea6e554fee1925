#include "ui/commands.h"

#include <sys/stat.h>

int main(int argc, char **argv)
{
	umask(077); // what Waker writes tells of its members: nobody else may read it
	return cli_main(commands, commands_count, argc, argv);
}
