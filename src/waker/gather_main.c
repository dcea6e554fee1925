// The role `gather`: asks publishers, and reads what they have new. See task/service/role.h.
#include "task/service/role.h"

int main(int argc, char **argv)
{
	return role_main(ROLE_GATHER, role_work, argc, argv);
}
