// The role `metrics`: tells a Prometheus how it is. See task/service/role.h.
#include "task/service/role.h"

int main(int argc, char **argv)
{
	return role_main(ROLE_METRICS, role_metrics, argc, argv);
}
