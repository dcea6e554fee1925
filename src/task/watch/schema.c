#include "task/watch/schema.h"

#include "os/file.h"
#include "task/home.h"
#include "task/watch/feed_find.h"

#define FEED S("shadowserver")

// What was made must itself be a feed file, or nothing is written.
static bool check(struct str made, struct arena *a, struct err *e)
{
	struct feed feed;

	if (made.n == 0)
		return err_set(e, ERR_LIMIT, "its feed file would have over %d bytes",
			       FEED_MAX_FILE);
	return feed_read(FEED, made, a, &feed, e) || err_in(e, "what it makes is no feed file");
}

static bool write_feed(const struct home *home, struct str path, struct str made, struct arena *a,
		       struct err *e)
{
	return folder_make(home_path(home, "feeds", a), 0700, e) &&
	       file_write(path.p, made, 0600, e);
}

bool schema_update(const struct home *home, const char *table, bool dry, struct arena *a,
		   struct schema_report *out, struct err *e)
{
	struct feed_places places = feed_places(home->path, a);
	struct schema_report r = { .path = str_of(home_path(home, "feeds/shadowserver.feed", a)) };
	struct str bytes, present, made;
	struct feed feed;

	if (!file_read(table, SCHEMA_MAX_FILE, a, &bytes, e) ||
	    !feed_find(&places, FEED, a, &feed, e) || !feed_text(&places, FEED, a, &present, e))
		return false;
	if (!schema_read(bytes, a, &r.schema, e))
		return err_in(e, "%s", table);
	made = schema_feed(&r.schema, present, a);
	if (!check(made, a, e))
		return err_in(e, "%s", table);
	schema_compare(&r.schema, present, made, a, &r.differences);
	r.same = str_eq(present, made);
	r.bytes = made.n;
	if (!r.same && !dry && !write_feed(home, r.path, made, a, e))
		return false;
	*out = r;
	return true;
}
