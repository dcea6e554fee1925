// A MISP: its REST search, page by page until a short one, and the directory of a MISP
// feed, whose manifest says which event files changed.
#include "base/buf.h"
#include "os/digest.h"
#include "os/file.h"
#include "task/fetch/fetching.h"
#include "task/fetch/look.h"

enum {
	PAGE_EVENTS = 50,
	MAX_PAGES = 2000,
	MAX_EVENTS = 50000, // of a manifest
	UUID_BYTES = 36,
	PAGE_BYTES = 256 << 20,
};

static struct str base_url(struct fetching *f) // with a slash at its end
{
	struct str url = f->how->from;

	if (f->how->how == FETCH_MISP_FEED)
		return str_first(url, url.n - S("manifest.json").n);
	return str_has_suffix(url, S("/")) ? url : arena_fmt(&f->a, STR_FMT "/", STR_ARG(url));
}

static bool page_body(struct fetching *f, unsigned page, struct str *out, struct err *e)
{
	int64_t since = f->with->day != TIME_EVER ? f->with->day : f->state.upto;
	struct str window = S("");

	if (since > 0)
		window = arena_fmt(&f->a, ",\"timestamp\":%lld", (long long)(since / TIME_SECOND));
	return fetching_body(f,
			     arena_fmt(&f->a,
				       "\"returnFormat\":\"json\",\"limit\":%d,\"page\":%u" STR_FMT,
				       PAGE_EVENTS, page, STR_ARG(window)),
			     out, e);
}

static bool sum_of(struct fetching *f, const char *path, unsigned char out[DIGEST_BYTES],
		   struct err *e)
{
	char *mark = arena_mark(&f->a);
	struct digest d;
	struct str bytes;

	if (!file_read(path, PAGE_BYTES, &f->a, &bytes, e))
		return false;
	digest_init(&d);
	digest_add(&d, bytes);
	digest_done(&d, out);
	arena_back(&f->a, mark);
	return true;
}

// What is no page of events must not be run as one by the next fetch.
static bool no_page(const char *path, struct err *e)
{
	struct err mine;

	if (!file_remove(path, &mine))
		*e = mine;
	return false;
}

// *count: the events in it.
static bool one_page(struct fetching *f, unsigned page, unsigned char sum[DIGEST_BYTES],
		     size_t *count, struct err *e)
{
	static const struct look what = { .path = { "response", 8 },
					  .field = { { "Event.uuid", 10 } },
					  .fields = 1 };
	struct get g = { .url = arena_fmt(&f->a, STR_FMT "events/restSearch", STR_ARG(base_url(f))),
			 .post = true,
			 .accept = "Accept: application/json",
			 .name = arena_fmt(&f->a, "events-%04u.json", page) };
	unsigned char before[DIGEST_BYTES];
	struct looked rows;
	struct got got;
	bool done;

	memcpy(before, sum, sizeof before);
	if (!page_body(f, page, &g.body, e) || !fetching_get(f, &g, &got, e))
		return false;
	if (!look_at_json(got.path, &what, &f->a, &rows, e) || !sum_of(f, got.path, sum, e))
		return no_page(got.path, e);
	*count = rows.rows.count;
	if (*count == 0)
		return file_remove(got.path, e);
	if (page > 1 && memcmp(before, sum, sizeof before) == 0) {
		err_set(e, ERR_REMOTE, "it gives the same page again and again (page %u)", page);
		return no_page(got.path, e); // what is in it is done
	}
	return fetching_run(
		f, &(struct fetched){ .path = got.path, .name = got.name, .ours = true }, &done, e);
}

bool fetch_misp(struct fetching *f, struct err *e)
{
	int64_t now = f->with->run->now;
	unsigned char sum[DIGEST_BYTES] = { 0 };
	size_t count = PAGE_EVENTS;

	for (unsigned page = 1; count >= PAGE_EVENTS; page++) {
		if (page > MAX_PAGES)
			return err_set(e, ERR_LIMIT, "over %d pages of %d events", MAX_PAGES,
				       PAGE_EVENTS);
		if (!one_page(f, page, sum, &count, e))
			return false;
	}
	if (f->with->day == TIME_EVER && f->held.count == 0)
		f->state.upto = now / TIME_SECOND * TIME_SECOND - FETCHING_OVERLAP;
	return true;
}

static bool is_uuid(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = ascii_lower(s.p[i]);

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-'))
			return false;
	}
	return s.n == UUID_BYTES;
}

static bool one_event(struct fetching *f, const struct look_row *r, struct err *e)
{
	struct str uuid = r->key;
	struct fetched file = { .item = uuid, .version = r->value[0], .ours = true };
	struct got got;
	bool done;

	if (!is_uuid(uuid) || file.version.n == 0)
		return err_set(e, ERR_REMOTE, "the manifest has an entry that is no event");
	if (!fetching_item_done(f, uuid, file.version, &done, e) || done)
		return e->kind == ERR_NONE;
	if (!fetching_get(f,
			  &(struct get){ .url = arena_fmt(&f->a, STR_FMT STR_FMT ".json",
							  STR_ARG(base_url(f)), STR_ARG(uuid)),
					 .name = arena_fmt(&f->a, STR_FMT ".json", STR_ARG(uuid)) },
			  &got, e))
		return err_in(e, STR_FMT, STR_ARG(uuid));
	file.path = got.path;
	file.name = got.name;
	return fetching_run(f, &file, &done, e);
}

// One event that fails leaves the others to be done; the manifest then counts as unread,
// and the next fetch looks at it again.
bool fetch_misp_feed(struct fetching *f, struct err *e)
{
	static const struct look what = { .by_key = true,
					  .field = { { "timestamp", 9 } },
					  .fields = 1 };
	struct err first = { 0 };
	struct looked rows;
	struct got got;

	if (!fetching_get(f,
			  &(struct get){ .url = f->how->from,
					 .etag = f->state.etag,
					 .modified = f->state.modified,
					 .name = S("manifest.json"),
					 .aside = true },
			  &got, e))
		return false;
	if (got.same)
		return true;
	if (!look_at_json(got.path, &what, &f->a, &rows, e))
		return false;
	if (rows.rows.count > MAX_EVENTS)
		return err_set(e, ERR_LIMIT, "the manifest has over %d events", MAX_EVENTS);
	LIST_EACH (const struct look_row, r, &rows.rows) {
		struct err mine = { 0 };

		if (!one_event(f, r, &mine) && first.kind == ERR_NONE)
			first = mine;
		if (f->retry > 0 || first.kind == ERR_SYSTEM || first.kind == ERR_CONFLICT)
			break;
	}
	if (first.kind != ERR_NONE) {
		*e = first;
		return false;
	}
	if (f->held.count == 0) {
		f->state.etag = got.etag;
		f->state.modified = got.modified;
	}
	return true;
}
