#include "task/service/drop.h"

#include "os/file.h"
#include "os/folder.h"
#include "os/machine.h"
#include "task/watch/feed_choice.h"
#include "task/watch/inbox.h"

struct str drop_place(const struct home *h, struct arena *a)
{
	char machine[MACHINE_CALLED];
	struct str path = h->path;
	struct err none;

	machine_called(machine);
	if (!folder_real(h->path.p, a, &path, &none)) // as it was typed, then
		path = h->path;
	return arena_fmt(a, "%s:" STR_FMT, machine, STR_ARG(path));
}

bool drop_key(struct str feed, struct str path, struct arena *a, struct str *key, struct err *e)
{
	struct str stamp, name = file_base(path);

	*key = S("");
	if (!file_stamp(path.p, a, &stamp, e)) {
		if (e->kind != ERR_ABSENT)
			return false;
		e->kind = ERR_NONE;
		return true;
	}
	if (feed.n + name.n + stamp.n + 2 > JOB_KEY_MOST)
		return err_set(e, ERR_LIMIT, "inbox/" STR_FMT ": the name of a file is too long",
			       STR_ARG(str_first(feed, 60)));
	*key = arena_fmt(a, STR_FMT "/" STR_FMT " " STR_FMT, STR_ARG(feed), STR_ARG(name),
			 STR_ARG(stamp));
	return true;
}

bool drop_read(struct str key, struct str *feed, struct str *file, struct str *stamp)
{
	size_t n = key.n;

	while (n > 0 && key.p[n - 1] != ' ')
		n--;
	*stamp = str_from(key, n);
	*file = str_first(key, n > 0 ? n - 1 : 0);
	*feed = str_cut(file, '/');
	return feed->n > 0 && file->n > 0 && stamp->n > 0;
}

bool drop_given_up(struct db *d, const struct job_row *j, bool *is, struct err *e)
{
	enum job_state last;

	if (!job_last(d, j, &last, e))
		return false;
	*is = last == JOB_CANCELLED;
	return true;
}

static bool unseen(const struct home *h, const struct inbox *box, struct arena *a, int64_t *count,
		   struct err *e)
{
	struct job_row j = { .kind = JOB_DROP, .place = drop_place(h, a) };

	LIST_EACH (const struct str, path, &box->paths) {
		enum job_state last;

		if (!drop_key(box->feed, *path, a, &j.key, e) && e->kind != ERR_LIMIT)
			return false;
		e->kind = ERR_NONE;
		if (j.key.n == 0)
			continue;
		if (!job_last(h->db, &j, &last, e))
			return false;
		*count += last == JOB_DONE || last == JOB_STATE_COUNT;
	}
	return true;
}

bool drop_unseen(const struct home *h, struct arena *a, int64_t *count, struct err *e)
{
	struct inboxes boxes;

	*count = 0;
	if (!inbox_look(h->path, S(""), a, &boxes, e))
		return false;
	LIST_EACH (const struct inbox, box, &boxes.at)
		if (!unseen(h, box, a, count, e))
			return false;
	return true;
}
