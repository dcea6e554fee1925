#include "os/pq.h"

#include <dlfcn.h>

static const char *const names[] = {
#define X(call) "PQ" #call,
	PQ_CALLS(X)
#undef X
};

bool pq_load(struct pq *out, struct err *e)
{
	struct pq pq = { .library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL) };
	void **at[] = {
#define X(call) (void **)&pq.call,
		PQ_CALLS(X)
#undef X
	};

	if (pq.library == NULL)
		return err_set(e, ERR_CONFIG,
			       "the store is a PostgreSQL server, and libpq is not installed: "
			       "install the package libpq5");
	for (size_t i = 0; i < COUNTOF(names); i++) {
		*at[i] = dlsym(pq.library, names[i]);
		if (*at[i] == NULL)
			return err_set(e, ERR_CONFIG,
				       "libpq has no %s: install libpq5 of version 14 or newer",
				       names[i]);
	}
	*out = pq;
	return true;
}
