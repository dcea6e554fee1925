// The role `keys`: writes what leaves, and signs and encrypts it. See task/service/role.h.
#include "store/statements.gen.h"
#include "task/service/do.h"

int main(int argc, char **argv)
{
	static const struct role_does does = {
		ROLE_KEYS,
		FOR_KEYS,
		role_work,
		{ [JOB_SEAL] = do_seal, [JOB_SEAL_FIRST] = do_seal, [JOB_HEAR] = do_hear }
	};

	return role_main(&does, argc, argv);
}
