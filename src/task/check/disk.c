#include "task/check/disk.h"

#include "os/machine.h"
#include "task/check/checking.h"

// The least number that is not less than so many percent of all.
static uint64_t share(uint64_t all, unsigned percent)
{
	return all / 100 * percent + (all % 100 * percent + 99) / 100;
}

enum check_state disk_inodes_state(uint64_t free, uint64_t all)
{
	if (free < share(all, DISK_WRONG_PERCENT))
		return CHECK_WRONG;
	return free < share(all, DISK_WARNING_PERCENT) ? CHECK_WARNING : CHECK_OK;
}

enum check_state disk_bytes_state(uint64_t free, uint64_t all)
{
	enum check_state by_share = disk_inodes_state(free, all);

	if (free >= DISK_ENOUGH_BYTES)
		return CHECK_OK;
	if (by_share == CHECK_WRONG || free < DISK_WRONG_BYTES)
		return CHECK_WRONG;
	return free < DISK_WARNING_BYTES ? CHECK_WARNING : by_share;
}

static unsigned percent(uint64_t free, uint64_t all)
{
	if (free >= all)
		return all > 0 ? 100 : 0;
	return (unsigned)((double)free / (double)all * 100);
}

static struct str size_text(uint64_t bytes, struct arena *a)
{
	if (bytes < UINT64_C(10) << 30)
		return arena_fmt(a, "%llu MiB", (unsigned long long)(bytes >> 20));
	return arena_fmt(a, "%llu GiB", (unsigned long long)(bytes >> 30));
}

struct str disk_bytes_text(const struct machine_room *r, struct arena *a)
{
	return arena_fmt(a, STR_FMT " of " STR_FMT " are free (%u %%)",
			 STR_ARG(size_text(r->bytes_free, a)), STR_ARG(size_text(r->bytes, a)),
			 percent(r->bytes_free, r->bytes));
}

static struct str inodes_text(const struct machine_room *r, struct arena *a)
{
	if (r->inodes == 0)
		return S("its inodes have no bound");
	return arena_fmt(a, "%llu of %llu inodes are free (%u %%)",
			 (unsigned long long)r->inodes_free, (unsigned long long)r->inodes,
			 percent(r->inodes_free, r->inodes));
}

void checking_disk(struct checking *c)
{
	const char *path = arena_str(c->a, c->home.path).p;
	enum check_state bytes, inodes;
	struct machine_room r;
	struct err e = { 0 };

	if (!machine_room(path, &r, &e)) {
		checking_failed(c, &e, S("run waker as who may look there"));
		return;
	}
	bytes = disk_bytes_state(r.bytes_free, r.bytes);
	inodes = disk_inodes_state(r.inodes_free, r.inodes);
	if (bytes != CHECK_OK)
		checking_tell(c, bytes,
			      arena_fmt(c->a, "where the home is, only " STR_FMT,
					STR_ARG(disk_bytes_text(&r, c->a))),
			      arena_fmt(c->a,
					"remove or move what is not Waker's (see `df -h %s`), or "
					"give its file system more room",
					path));
	if (inodes != CHECK_OK)
		checking_tell(c, inodes,
			      arena_fmt(c->a, "where the home is, only " STR_FMT,
					STR_ARG(inodes_text(&r, c->a))),
			      arena_fmt(c->a,
					"remove or move folders of many small files (see `df -i "
					"%s`), or move the home to a file system with more",
					path));
	if (bytes == CHECK_OK && inodes == CHECK_OK)
		checking_ok(c, arena_fmt(c->a, STR_FMT ", " STR_FMT,
					 STR_ARG(disk_bytes_text(&r, c->a)),
					 STR_ARG(inodes_text(&r, c->a))));
}
