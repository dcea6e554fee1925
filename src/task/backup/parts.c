// What is copied as it lies in the home.
#include "os/seal_key.h"
#include "task/backup/taking.h"

enum { MODE = 0600 };

const char *taking_from(const struct taking *t, struct str path)
{
	return arena_fmt(t->a, STR_FMT "/" STR_FMT, STR_ARG(t->home->path), STR_ARG(path)).p;
}

const char *taking_to(const struct taking *t, struct str path)
{
	return arena_fmt(t->a, "%s/" STR_FMT, t->folder, STR_ARG(path)).p;
}

static void add(struct taking *t, struct str path, int64_t changed, const struct file_sum *s)
{
	struct manifest_file *f = list_add(&t->is.files, t->a);

	*f = (struct manifest_file){ .path = path, .bytes = s->bytes, .changed = changed };
	memcpy(f->sum, s->sum, sizeof f->sum);
	t->made.files++;
	t->made.bytes += s->bytes;
}

bool taking_note(struct taking *t, struct str path, int64_t changed, struct err *e)
{
	struct file_sum s;

	if (!file_sum(taking_to(t, path), &s, e))
		return false;
	add(t, path, changed, &s);
	return true;
}

bool taking_file(struct taking *t, const struct taken *x, struct err *e)
{
	struct file_copy c = { taking_from(t, x->path), taking_to(t, x->path), x->mode,
			       x->changed };
	struct file_sum s;

	if (!manifest_path_good(x->path))
		return err_set(e, ERR_LIMIT, STR_FMT "…: the path is too long",
			       STR_ARG(str_first(x->path, 100)));
	if (!folder_make_to(t->folder, x->path, e))
		return false;
	if (!file_copy(&c, &s, e)) {
		if (e->kind != ERR_ABSENT || file_exists(c.from))
			return false;
		e->kind = ERR_NONE;
		return true;
	}
	add(t, x->path, x->changed, &s);
	return true;
}

static bool is_left(struct taking *t, const struct backup_part *p, struct str path)
{
	if (p->parts && str_has_prefix(file_base(path), S("~")))
		return true;
	if (!p->drops || !file_is_written(taking_from(t, path)))
		return false;
	*list_add(&t->made.left, t->a) = path;
	return true;
}

static bool take_folder(struct taking *t, const struct backup_part *p, struct err *e)
{
	struct folder_files all;

	if (!folder_walk(taking_from(t, str_of(p->name)), t->a, &all, e))
		return false;
	LIST_EACH (const struct folder_file, f, &all.at) {
		struct taken x = { arena_fmt(t->a, "%s/" STR_FMT, p->name, STR_ARG(f->path)),
				   f->changed, MODE };

		if (!is_left(t, p, x.path) && !taking_file(t, &x, e))
			return false;
	}
	return true;
}

// Who drops files finds the folder of each feed there, also where it was empty.
static bool take_inboxes(struct taking *t, struct err *e)
{
	struct file_names all;

	if (!folder_names(taking_from(t, S("inbox")), t->a, &all, e))
		return false;
	LIST_EACH (const struct str, n, &all.names) {
		struct str path = arena_fmt(t->a, "inbox/" STR_FMT, STR_ARG(*n));

		if (folder_is(taking_from(t, path)) && manifest_path_good(path))
			*list_add(&t->is.folders, t->a) = path;
	}
	return true;
}

static bool seal_one(struct taking *t, struct str name, struct err *e)
{
	struct str from = arena_fmt(t->a, "credentials/" STR_FMT, STR_ARG(name));
	struct str to = arena_fmt(t->a, STR_FMT BACKUP_SEALED, STR_ARG(from));

	return folder_make_to(t->folder, to, e) &&
	       file_seal(taking_from(t, from), taking_to(t, to), &t->seal, e) &&
	       taking_note(t, to, t->made.made, e);
}

static bool take_secrets(struct taking *t, struct err *e)
{
	struct file_names all;

	if (!folder_names(taking_from(t, S("credentials")), t->a, &all, e))
		return false;
	if (!t->wish->secrets) {
		t->made.credentials = (int64_t)all.names.count;
		return true;
	}
	LIST_EACH (const struct str, n, &all.names)
		if (!seal_one(t, *n, e))
			return false;
	return true;
}

bool taking_parts(struct taking *t, struct err *e)
{
	for (size_t i = 0; i < BACKUP_PARTS; i++) {
		const struct backup_part *p = &backup_parts[i];
		struct taken x = { str_of(p->name), t->made.made, MODE };

		if (!(p->folder ? take_folder(t, p, e) : taking_file(t, &x, e)))
			return false;
	}
	return take_inboxes(t, e) && take_secrets(t, e);
}

// ---- ahead

static bool plan_part(struct taking *t, const struct backup_part *p, struct err *e)
{
	struct folder_files all;
	struct file_sum s;

	if (p->folder) {
		if (!folder_walk(taking_from(t, str_of(p->name)), t->a, &all, e))
			return false;
		t->made.files += (int64_t)all.at.count;
		LIST_EACH (const struct folder_file, f, &all.at)
			t->made.bytes += f->bytes;
		return true;
	}
	if (!file_sum(taking_from(t, str_of(p->name)), &s, e)) {
		bool absent = e->kind == ERR_ABSENT;

		e->kind = absent ? ERR_NONE : e->kind;
		return absent;
	}
	t->made.files++;
	t->made.bytes += s.bytes;
	return true;
}

static bool plan_archive(struct taking *t, struct err *e)
{
	struct folder_files all;

	if (!folder_walk(taking_from(t, S("archive")), t->a, &all, e))
		return false;
	t->made.files += (int64_t)all.at.count;
	LIST_EACH (const struct folder_file, f, &all.at) {
		struct str path = arena_fmt(t->a, "archive/" STR_FMT, STR_ARG(f->path));

		t->made.bytes += f->bytes;
		if (manifest_find(&t->was, path) != NULL)
			t->made.linked += f->bytes;
	}
	return true;
}

bool taking_plan(struct taking *t, uint64_t *needs, struct err *e)
{
	const struct backup_made nothing = { .folder = t->made.folder, .made = t->made.made };
	struct file_names secrets;

	t->made = nothing;
	for (size_t i = 0; i < BACKUP_PARTS; i++)
		if (!plan_part(t, &backup_parts[i], e))
			return false;
	if (!plan_archive(t, e) ||
	    !folder_names(taking_from(t, S("credentials")), t->a, &secrets, e))
		return false;
	if (t->wish->secrets)
		t->made.files += (int64_t)secrets.names.count;
	else
		t->made.credentials = (int64_t)secrets.names.count;
	*needs = t->made.bytes - t->made.linked;
	return true;
}
