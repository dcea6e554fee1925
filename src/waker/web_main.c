// The role `web`: the pages that anybody may ask for. See task/service/role.h.
#include "store/statements.gen.h"
#include "task/service/role.h"
#include "ui/web/serve.h"

int main(int argc, char **argv)
{
	static const struct role_does does = { ROLE_WEB, FOR_WEB, role_web, { NULL } };

	return role_main(&does, argc, argv);
}
