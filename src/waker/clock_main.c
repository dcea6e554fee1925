// The role `clock`: makes jobs of what is due. See task/service/role.h.
#include "task/service/role.h"

int main(int argc, char **argv)
{
	return role_main(ROLE_CLOCK, role_clock, argc, argv);
}
