// One URL, one file, one folder; and n6, which is one URL with a window of time.
#include "base/buf.h"
#include "base/time.h"
#include "os/file.h"
#include "task/fetch/fetching.h"

// What a file of this URL would be called.
static struct str last_part(struct str url)
{
	struct str rest = url, path = str_cut(&rest, '?');
	size_t at = 0;

	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] == '/')
			at = i + 1;
	return str_from(path, at);
}

static int64_t day_of(const struct fetching *f)
{
	return f->with->day == TIME_EVER ? time_day(f->with->run->now) : f->with->day;
}

// The name in the spool: each address has its own, so that what one brought and cannot be
// read is not lost to the next.
static struct str name_of(struct fetching *f, struct str url, struct str from, size_t which)
{
	struct str name = last_part(from);
	bool taken = which > 0 && str_eq(name, last_part(f->how->from));

	for (size_t i = 0; i + 1 < which && !taken; i++)
		taken = str_eq(name, last_part(f->how->more.at[i]));
	name = last_part(url);
	return taken ? arena_fmt(&f->a, STR_FMT "-%zu", STR_ARG(name), which + 1) : name;
}

// What is known of an address is its last answer's ETag and Last-Modified, in one line,
// noted with the batch that it was.
static bool get_and_run(struct fetching *f, struct get *g, struct str item, struct err *e)
{
	struct fetched file = { .ours = true, .item = item };
	struct str known = { 0 };
	struct got got;
	bool done;

	if (item.n > 0 &&
	    !fetch_item_version(f->with->run->db, f->feed->name, item, &f->a, &known, e))
		return false;
	g->etag = str_cut(&known, '\t');
	g->modified = known;
	if (!fetching_get(f, g, &got, e))
		return false;
	if (got.same)
		return true;
	file.path = got.path;
	file.name = got.name;
	file.version =
		arena_fmt(&f->a, STR_FMT "\t" STR_FMT, STR_ARG(got.etag), STR_ARG(got.modified));
	return fetching_run(f, &file, &done, e);
}

static bool one_address(struct fetching *f, size_t which, struct err *e)
{
	struct str from = which > 0 ? f->how->more.at[which - 1] : f->how->from, item = { 0 };
	int64_t day = day_of(f);
	struct get g = {
		.url = feed_fetch_dated(from, day, &f->a),
		.body = feed_fetch_dated(f->how->body, day, &f->a),
		.post = f->how->post,
	};

	g.name = name_of(f, g.url, from, which);
	if (!f->how->post && f->with->day == TIME_EVER)
		item = from;
	if (get_and_run(f, &g, item, e))
		return true;
	return f->how->more.count > 0 ? err_in(e, STR_FMT, STR_ARG(g.name)) : false;
}

// A list that does not come leaves the others to be done; those are asked for again only
// when they changed.
bool fetch_url(struct fetching *f, struct err *e)
{
	struct err first = { 0 };

	for (size_t i = 0; i <= f->how->more.count; i++) {
		struct err mine = { 0 };

		if (!one_address(f, i, &mine) && first.kind == ERR_NONE)
			first = mine;
		if (f->retry > 0 || first.kind == ERR_SYSTEM || first.kind == ERR_CONFLICT)
			break;
	}
	if (first.kind == ERR_NONE)
		return true;
	*e = first;
	return false;
}

// n6 wants time.min always; modified.min gives what came or changed since.
bool fetch_n6(struct fetching *f, struct err *e)
{
	char since[TIME_TEXT], changed[TIME_TEXT];
	int64_t now = f->with->run->now, news = f->feed->news, day = f->with->day;
	struct str url = f->how->from, window;

	time_write(day != TIME_EVER ? day : time_day(now - news), since);
	window = arena_fmt(&f->a, "%ctime.min=%s", str_has(url, '?') ? '&' : '?', since);
	if (day != TIME_EVER) {
		time_write(day + TIME_DAY, changed);
		window = arena_fmt(&f->a, STR_FMT "&time.until=%s", STR_ARG(window), changed);
	} else if (f->state.upto > 0) {
		time_write(f->state.upto, changed);
		window = arena_fmt(&f->a, STR_FMT "&modified.min=%s", STR_ARG(window), changed);
	}
	if (!get_and_run(f,
			 &(struct get){ .url = arena_fmt(&f->a, STR_FMT STR_FMT, STR_ARG(url),
							 STR_ARG(window)),
					.name = S("events.json"),
					.accept = "Accept: application/json" },
			 (struct str){ 0 }, e))
		return false;
	if (day == TIME_EVER && f->held.count == 0)
		f->state.upto = now / TIME_SECOND * TIME_SECOND - FETCHING_OVERLAP;
	return true;
}

static bool run_foreign(struct fetching *f, const char *path, struct str name, struct err *e)
{
	struct fetched file = { .path = path, .name = name, .item = name };
	bool done;

	if (!file_stamp(path, &f->a, &file.version, e) ||
	    !fetching_item_done(f, file.item, file.version, &done, e))
		return false;
	return done || fetching_run(f, &file, &done, e);
}

// Relative paths are the home's.
static struct str placed(struct fetching *f)
{
	struct str path = feed_fetch_dated(f->how->from, day_of(f), &f->a);

	if (str_starts(path, '/'))
		return arena_str(&f->a, path);
	return arena_fmt(&f->a, STR_FMT "/" STR_FMT, STR_ARG(f->with->home), STR_ARG(path));
}

bool fetch_file(struct fetching *f, struct err *e)
{
	struct str path = placed(f);

	return run_foreign(f, path.p, file_base(path), e);
}

bool fetch_folder(struct fetching *f, struct err *e)
{
	struct str folder = placed(f);
	struct file_names names;

	if (!file_exists(folder.p))
		return err_set(e, ERR_CONFIG, "%s: there is no such folder", folder.p);
	if (!folder_names(folder.p, &f->a, &names, e))
		return false;
	LIST_EACH (const struct str, n, &names.names)
		if (!run_foreign(
			    f,
			    arena_fmt(&f->a, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(*n)).p,
			    *n, e))
			return false;
	return true;
}
