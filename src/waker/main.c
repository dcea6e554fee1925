#include "ui/commands.h"

int main(int argc, char **argv)
{
	return cli_main(commands, commands_count, argc, argv);
}
