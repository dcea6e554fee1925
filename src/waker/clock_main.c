// The role `clock`: makes jobs of what is due. See task/service/role.h.
#include "store/statements.gen.h"
#include "task/service/role.h"

int main(int argc, char **argv)
{
	static const struct role_does does = { ROLE_CLOCK, FOR_CLOCK, role_clock, { NULL } };

	return role_main(&does, argc, argv);
}
