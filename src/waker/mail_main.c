// The role `mail`: gives what is sealed to the other side. See task/service/role.h.
#include "store/statements.gen.h"
#include "task/service/do.h"

int main(int argc, char **argv)
{
	static const struct role_does does = {
		ROLE_MAIL, FOR_MAIL, role_work, { [JOB_SEND] = do_send, [JOB_SEND_FIRST] = do_send }
	};

	return role_main(&does, argc, argv);
}
