#include "task/watch/feed_choice.h"

#include "task/watch/scan.h"

bool feed_choice(const struct feed *f, struct str given, struct str file,
		 const struct feed_type **type, int64_t *day, struct err *e)
{
	struct str name = file_base(file), told = { 0 };
	bool tells = f->file.n > 0 && feed_file_name(f, name, &told, day);

	if (!tells)
		*day = TIME_EVER;
	if (given.p == NULL && f->types.count == 1) {
		*type = &f->types.at[0];
		return true;
	}
	if (given.p == NULL && !tells)
		return err_set(e, ERR_USAGE,
			       "the name \"" STR_FMT "\" does not tell which report it is (" STR_FMT
			       "): say --type",
			       STR_ARG(str_first(name, 60)), STR_ARG(f->file));
	*type = feed_type(f, given.p != NULL ? given : told);
	return *type != NULL ||
	       err_set(e, ERR_ABSENT,
		       "feed " STR_FMT " has no type \"" STR_FMT "\"; `waker feed show " STR_FMT
		       "` lists them",
		       STR_ARG(f->name), STR_ARG(given.p != NULL ? given : told), STR_ARG(f->name));
}

bool jobs_choice(struct str given, unsigned standard, unsigned *out, struct err *e)
{
	uint64_t n = standard;

	if (given.p != NULL && (!str_to_uint(given, SCAN_MAX_JOBS, &n) || n == 0))
		return err_set(e, ERR_USAGE, "--jobs: 1 to %d, not \"" STR_FMT "\"", SCAN_MAX_JOBS,
			       STR_ARG(str_first(given, 30)));
	*out = (unsigned)n;
	return true;
}
