// The role `watch`: reads files, and ends what is over. See task/service/role.h.
#include "task/service/role.h"

int main(int argc, char **argv)
{
	return role_main(ROLE_WATCH, role_work, argc, argv);
}
