#include "task/hear/report.h"

#include "model/key/key.h"
#include "model/mail/reports.h"
#include "os/file.h"
#include "os/file_copy.h"
#include "task/hear/keep.h"
#include "task/watch/feed_choice.h"
#include "task/watch/feed_find.h"

enum { FOLDER_MODE = 0700 };

// ---- its files

// What stands for a part and is no report: signatures, keys, pictures, and what holds others.
static bool is_file(const struct heard_part *p)
{
	static const struct str not_these[] = { { "multipart/", 10 },
						{ "message/", 8 },
						{ "image/", 6 },
						{ "application/pgp-", 16 },
						{ "application/pkcs7-", 18 },
						{ "application/x-pkcs7-", 20 } };

	for (size_t i = 0; i < COUNTOF(not_these); i++)
		if (str_has_prefix(p->type, not_these[i]))
			return false;
	return p->name.n > 0 || p->attached;
}

static bool is_letter(char c)
{
	c = ascii_lower(c);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Without folders, and without any letter by which it could be more than a name.
static struct str plain_name(struct str name, struct arena *a)
{
	char *to = arena_new(a, char, REPORT_NAME + 1);
	size_t n = 0;

	name = file_base(name);
	for (size_t i = 0; i < name.n && n < REPORT_NAME; i++) {
		const char c = name.p[i];
		const bool plain = is_letter(c) || c == '.' || c == '_' || c == '-';

		if (n > 0 || is_letter(c))
			to[n++] = plain ? c : '_';
	}
	return n > 0 ? (struct str){ to, n } : S("report");
}

static bool fits(const struct feed *f, struct str name)
{
	struct str type;
	int64_t day;

	return f->file.n == 0 || feed_file_name(f, name, &type, &day);
}

static void find_files(const struct feed *f, const struct heard_whole *m, struct arena *a,
		       struct report *out)
{
	size_t there = 0;

	for (size_t i = 0; i < m->parts.count; i++) {
		const struct heard_part *p = &m->parts.at[i];
		struct report_file file = { .part = (uint32_t)i };

		if (!is_file(p))
			continue;
		there++;
		file.name = plain_name(p->name, a);
		if (fits(f, file.name) && out->files.count < REPORT_FILES)
			*list_add(&out->files, a) = file;
	}
	if (there > REPORT_FILES)
		out->why = S("it has more files than a report may have");
	else if (there == 0)
		out->why = S("it has no file");
	else if (out->files.count == 0)
		out->why = arena_fmt(a, "no file of it is called as the feed's are (" STR_FMT ")",
				     STR_ARG(f->file));
}

// ---- whose

bool report_for(const struct home *h, struct str feed, const struct heard_whole *m, struct arena *a,
		struct report *out, struct err *e)
{
	struct feed_places places = feed_places(h->path.n > 0 ? h->path : S(""), a);
	struct feed f;

	*out = (struct report){ 0 };
	if (!feed_find(&places, feed, a, &f, e))
		return false;
	out->feed = arena_str(a, feed);
	find_files(&f, m, a, out);
	return true;
}

bool report_of(const struct home *h, struct str sender, const struct heard_whole *m,
	       struct arena *a, struct report *out, struct err *e)
{
	struct str rest = h->mail.reports;
	struct reports_row row;
	char lower[KEY_ADDRESS];
	bool well;

	*out = (struct report){ 0 };
	if (sender.n == 0 || str_eq(rest, S("none")))
		return true;
	while (reports_next(&rest, &row, &well)) {
		struct report one;

		if (!str_eq(key_address(row.address, lower), sender))
			continue;
		if (!report_for(h, row.feed, m, a, &one, e))
			return false;
		if (out->feed.n == 0 || (out->why.n > 0 && one.why.n == 0))
			*out = one;
	}
	return true;
}

// ---- into the inbox

static struct str folder_of(const struct home *h, struct str feed, struct arena *a)
{
	return arena_fmt(a, "%s/" STR_FMT, home_path(h, "inbox", a), STR_ARG(feed));
}

// What begins with a dot is nobody's yet (task/watch/inbox.h).
static const char *hidden_path(struct str folder, int64_t mail, const struct report_file *f,
			       struct arena *a)
{
	return arena_fmt(a, STR_FMT "/.mail-%lld-%u", STR_ARG(folder), (long long)mail, f->part).p;
}

static bool stage_one(const struct report_mail *m, const char *path, uint32_t part, struct err *e)
{
	autofd fd = -1;

	return file_create(path, &fd, e) &&
	       mime_reader_part_to(m->reader, m->bytes, part, HEAR_BYTES, fd, e);
}

bool report_stage(const struct report_mail *m, const struct report *r, struct arena *a,
		  struct err *e)
{
	struct str folder = folder_of(m->home, r->feed, a);

	if (!folder_make(folder.p, FOLDER_MODE, e))
		return false;
	LIST_EACH (const struct report_file, f, &r->files)
		if (!stage_one(m, hidden_path(folder, m->mail, f, a), f->part, e))
			return false;
	return true;
}

// "2026-03-02-scan_rdp.csv" where that is taken: "2026-03-02-scan_rdp-mail12.csv".
static const char *shown_path(struct str folder, struct str name, int64_t mail, struct arena *a)
{
	struct str rest = name, stem = str_cut(&rest, '.');
	const char *path = arena_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name)).p;

	if (!file_exists(path))
		return path;
	return arena_fmt(a, STR_FMT "/" STR_FMT "-mail%lld%s" STR_FMT, STR_ARG(folder),
			 STR_ARG(stem), (long long)mail, rest.n > 0 ? "." : "", STR_ARG(rest))
		.p;
}

bool report_lay(const struct home *h, int64_t mail, const struct report *r, struct arena *a,
		struct err *e)
{
	struct str folder = folder_of(h, r->feed, a);

	LIST_EACH (const struct report_file, f, &r->files)
		if (!file_rename(hidden_path(folder, mail, f, a),
				 shown_path(folder, f->name, mail, a), e))
			return false;
	return true;
}
