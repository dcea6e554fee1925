// The role `metrics`: tells a Prometheus how it is. See task/service/role.h.
#include "store/statements.gen.h"
#include "task/service/role.h"

int main(int argc, char **argv)
{
	static const struct role_does does = { ROLE_METRICS, FOR_METRICS, role_metrics, { NULL } };

	return role_main(&does, argc, argv);
}
