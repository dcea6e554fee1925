// The role `hear`: fetches the mail that waits for us, and understands none of it. See
// task/service/role.h.
#include "store/statements.gen.h"
#include "task/service/do.h"

int main(int argc, char **argv)
{
	static const struct role_does does = {
		ROLE_HEAR, FOR_HEAR, role_work, { [JOB_COLLECT] = do_collect }
	};

	return role_main(&does, argc, argv);
}
