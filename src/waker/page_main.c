// The role `page`: wakes who is on duty, by mail, a webhook, or the gateway of waker.conf. See
// task/service/role.h.
#include "store/statements.gen.h"
#include "task/service/do.h"

int main(int argc, char **argv)
{
	static const struct role_does does = {
		ROLE_PAGE, FOR_PAGE, role_work, { [JOB_PAGE] = do_page }
	};

	return role_main(&does, argc, argv);
}
