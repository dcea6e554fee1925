#include "task/watch/ready.h"

#include "os/idn.h"
#include "store/roster.h"

bool ready_load(const struct home *h, struct arena *a, struct ready *out, struct err *e)
{
	struct places places = warning_places(h->path, a);
	struct warnings_how how = { .example = h->example };

	if (!roster_load(h->db, a, &out->roster, e) ||
	    !index_build(&out->roster, idn_to_ascii, a, &out->index, e) ||
	    !warnings_load(&places, &how, a, &out->warnings, e))
		return false;
	out->run = (struct run){
		.db = h->db,
		.roster = &out->roster,
		.index = out->index,
		.warnings = out->warnings.set,
		.archive = home_path(h, "archive", a),
		.public = home_path(h, HOME_PUBLIC, a),
		.now = h->now,
		.jobs = h->jobs,
	};
	return true;
}
