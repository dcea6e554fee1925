// The role `gather`: asks publishers, and reads what they have new. See task/service/role.h.
#include "store/statements.gen.h"
#include "task/service/do.h"

int main(int argc, char **argv)
{
	static const struct role_does does = {
		ROLE_GATHER, FOR_GATHER, role_work, { [JOB_FETCH] = do_fetch }
	};

	return role_main(&does, argc, argv);
}
