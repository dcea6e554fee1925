#include "task/backup/place.h"

#include "base/time.h"
#include "os/digest.h"
#include "os/folder.h"
#include "task/audit/write.h"
#include "task/home.h"
#include "task/watch/feed_choice.h"

#include <stdio.h>

#define MANIFEST_BYTES ((size_t)1 << 30)

const struct backup_part backup_parts[BACKUP_PARTS] = {
	{ "waker.conf", false, false, false }, { HOME_PUBLIC, false, false, false },
	{ AUDIT_HEAD, false, false, false },   { HOME_PINS, false, false, false },
	{ HOME_ANCHORS, false, false, false }, { "advice", true, false, false },
	{ "feeds", true, false, false },       { "warninglists", true, false, false },
	{ "inbox", true, true, false },        { "spool", true, false, true },
};

void backup_name(int64_t made, char out[BACKUP_NAME])
{
	char text[TIME_TEXT];

	time_write(made / TIME_SECOND * TIME_SECOND, text);
	snprintf(out, BACKUP_NAME, "%.4s%.2s%.2sT%.2s%.2s%.2sZ", text, text + 5, text + 8,
		 text + 11, text + 14, text + 17);
}

bool backup_name_read(struct str name, int64_t *made)
{
	char text[TIME_TEXT], again[BACKUP_NAME];
	const char *p = name.p;

	if (name.n != BACKUP_NAME - 1)
		return false;
	snprintf(text, sizeof text, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", p, p + 4, p + 6, p + 9,
		 p + 11, p + 13);
	if (!time_read(str_of(text), made))
		return false;
	backup_name(*made, again);
	return str_eq(name, str_of(again));
}

static bool is_part(struct str name)
{
	int64_t made;

	return str_has_suffix(name, S(BACKUP_PART)) &&
	       backup_name_read(str_first(name, name.n - (sizeof BACKUP_PART - 1)), &made);
}

bool backup_names(const char *place, struct arena *a, struct file_names *whole, struct str *others,
		  struct err *e)
{
	struct file_names all;
	int64_t made;

	*whole = (struct file_names){ 0 };
	if (others != NULL)
		*others = S("");
	if (!folder_names(place, a, &all, e))
		return false;
	LIST_EACH (const struct str, n, &all.names) {
		if (backup_name_read(*n, &made)) {
			if (file_exists(arena_fmt(a, "%s/" STR_FMT "/" BACKUP_MANIFEST, place,
						  STR_ARG(*n))
						.p))
				*list_add(&whole->names, a) = *n;
		} else if (others != NULL && others->n == 0 && !is_part(*n) &&
			   !str_eq(*n, S("lost+found"))) {
			*others = *n;
		}
	}
	return true;
}

// Its own folder: the last step of a path says when it was made, whatever it is called now.
static bool by_itself(struct str path, struct arena *a, struct backup_at *out, struct err *e)
{
	struct str real, name;

	if (!folder_real(path.p, a, &real, e))
		return false;
	name = file_base(real);
	if (is_part(name))
		return err_set(e, ERR_INPUT,
			       STR_FMT ": this backup was interrupted, and is not whole: name "
				       "another, or the folder that it lies in",
			       STR_ARG(path));
	if (!backup_name_read(name, &out->made))
		out->made = 0;
	out->folder = real;
	out->place = arena_str(a, str_first(real, real.n - name.n - (real.n > name.n + 1)));
	return true;
}

bool backup_find(struct str path, struct arena *a, struct backup_at *out, struct err *e)
{
	struct file_names whole;
	struct backup_at b;

	path = arena_str(a, path);
	if (path.n == 0)
		return err_set(e, ERR_USAGE, "which backup? name its folder");
	if (!folder_is(path.p))
		return err_set(e, ERR_ABSENT, STR_FMT ": there is no such folder", STR_ARG(path));
	if (!by_itself(path, a, &b, e))
		return false;
	if (file_exists(arena_fmt(a, STR_FMT "/" BACKUP_MANIFEST, STR_ARG(b.folder)).p)) {
		*out = b;
		return true;
	}
	if (b.made != 0)
		return err_set(e, ERR_INPUT,
			       STR_FMT ": it has no " BACKUP_MANIFEST
				       ", so it is not a whole backup: name another",
			       STR_ARG(path));
	if (!backup_names(b.folder.p, a, &whole, NULL, e))
		return false;
	if (whole.names.count == 0)
		return err_set(e, ERR_ABSENT,
			       STR_FMT ": there is no whole backup in it, and it is none itself",
			       STR_ARG(path));
	b.place = b.folder;
	b.folder = arena_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(b.place),
			     STR_ARG(whole.names.at[whole.names.count - 1]));
	*out = b;
	return backup_name_read(file_base(b.folder), &out->made);
}

bool backup_manifest(const struct backup_at *b, struct arena *a, struct manifest *out,
		     struct err *e)
{
	const char *path = arena_fmt(a, STR_FMT "/" BACKUP_MANIFEST, STR_ARG(b->folder)).p;
	unsigned char sum[DIGEST_BYTES];
	struct digest d;
	struct str bytes;

	_Static_assert((int)DIGEST_BYTES == (int)MANIFEST_SUM, "one digest");
	if (!file_read(path, MANIFEST_BYTES, a, &bytes, e))
		return false;
	if (!manifest_read(bytes, a, out, e))
		return err_in(e, "%s", path);
	digest_init(&d);
	digest_add(&d, out->summed);
	digest_done(&d, sum);
	return memcmp(sum, out->sum, sizeof sum) == 0 ||
	       err_set(e, ERR_INPUT,
		       "%s: it was changed since it was written: its own digest does not fit",
		       path);
}
