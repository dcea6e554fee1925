#include "task/watch/inbox.h"

static bool look_at(struct str home, struct str feed, struct arena *a, struct inboxes *all,
		    struct err *e)
{
	struct str folder = arena_fmt(a, STR_FMT "/inbox/" STR_FMT, STR_ARG(home), STR_ARG(feed));
	struct inbox box = { .feed = feed };
	struct file_names files;

	if (!folder_names(folder.p, a, &files, e))
		return false;
	LIST_EACH (const struct str, f, &files.names)
		*list_add(&box.paths, a) =
			arena_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(*f));
	if (box.paths.count > 0)
		*list_add(&all->at, a) = box;
	return true;
}

// What somebody laid beside the folders, or shut, is in nobody's way.
static bool look_beside(struct str home, struct str name, struct arena *a, struct inboxes *all,
			struct err *e)
{
	if (look_at(home, name, a, all, e))
		return true;
	*list_add(&all->strays, a) = arena_str(a, str_of(e->text));
	e->kind = ERR_NONE;
	return true;
}

bool inbox_may_read(struct str path, struct err *e)
{
	return !file_is_link(path.p) ||
	       err_set(e, ERR_INPUT, STR_FMT " is a link: move the file itself into the inbox",
		       STR_ARG(path));
}

bool inbox_look(struct str home, struct str only, struct arena *a, struct inboxes *out,
		struct err *e)
{
	struct inboxes all = { 0 };
	struct file_names feeds;

	if (only.n > 0) {
		if (!look_at(home, only, a, &all, e))
			return false;
	} else {
		if (!folder_names(arena_fmt(a, STR_FMT "/inbox", STR_ARG(home)).p, a, &feeds, e))
			return false;
		LIST_EACH (const struct str, f, &feeds.names)
			if (!look_beside(home, *f, a, &all, e))
				return false;
	}
	*out = all;
	return true;
}

bool inbox_lock(struct str home, struct arena *a, struct err *e)
{
	return folder_lock(arena_fmt(a, STR_FMT "/inbox", STR_ARG(home)).p, e);
}

bool inbox_clear(struct str path, struct str stamp, struct arena *a, struct err *e)
{
	struct str now = { 0 };

	if (!file_stamp(path.p, a, &now, e))
		return e->kind == ERR_ABSENT; // somebody took it away already
	return !str_eq(now, stamp) || file_remove(path.p, e);
}
