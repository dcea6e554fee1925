// The role `watch`: reads files, also of the past, and ends what is over. See task/service/role.h.
#include "store/statements.gen.h"
#include "task/service/do.h"

int main(int argc, char **argv)
{
	static const struct role_does does = {
		ROLE_WATCH,
		FOR_WATCH,
		role_work,
		{ [JOB_DROP] = do_drop, [JOB_SETTLE] = do_settle, [JOB_RETRO] = do_retro },
	};

	return role_main(&does, argc, argv);
}
