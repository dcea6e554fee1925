#include "task/watch/feed_find.h"

#include "base/buf.h"
#include "codec/text/ini.h"
#include "model/feed/name.h"
#include "os/file.h"
#include "task/watch/feed_switch.h"

struct feed_places feed_places(struct str home, struct arena *a)
{
	struct feed_places p = { .in = places_of(home, "feeds", "WAKER_FEEDS", a) };

	if (home.n > 0)
		p.own = p.in.at[0];
	return p;
}

static bool read_file(struct str path, struct str name, struct arena *a, struct feed *out,
		      struct err *e)
{
	struct str bytes;

	if (!file_read(path.p, FEED_MAX_FILE, a, &bytes, e))
		return false;
	return feed_read(name, bytes, a, out, e) || err_in(e, STR_FMT, STR_ARG(path));
}

static bool read_switch(const struct feed_places *p, struct arena *a, struct feed *f, struct err *e)
{
	enum feed_switch is;

	if (!feed_switch_of(p->own, f->name, a, &is, e))
		return false;
	if (is != SWITCH_UNSAID)
		f->enabled = is == SWITCH_ON;
	return true;
}

static bool not_there(const struct feed_places *p, struct str name, struct arena *a, struct err *e)
{
	struct feed_names all = { 0 };
	struct str near = { 0 };
	char text[160];
	struct buf b = BUF_ON(text);

	if (feed_names(p, a, &all, e))
		near = ini_nearest(name, all.names.at, all.names.count);
	for (unsigned i = 0; i < p->in.count; i++)
		buf_fmt(&b, i > 0 ? ", " STR_FMT : STR_FMT, STR_ARG(p->in.at[i]));
	if (near.n > 0)
		return err_set(e, ERR_ABSENT,
			       "no feed is called \"" STR_FMT "\"; did you mean \"" STR_FMT "\"?",
			       STR_ARG(name), STR_ARG(near));
	return err_set(e, ERR_ABSENT, "no feed is called \"" STR_FMT "\" in " STR_FMT,
		       STR_ARG(name), STR_ARG(buf_view(&b)));
}

bool feed_find(const struct feed_places *p, struct str name, struct arena *a, struct feed *out,
	       struct err *e)
{
	struct str path;

	if (!feed_name_is(name))
		return err_set(e, ERR_USAGE,
			       "\"" STR_FMT
			       "\" is no name of a feed: small letters, digits and minus",
			       STR_ARG(str_first(name, 60)));
	path = places_path(&p->in, name, S(".feed"), a);
	if (path.p == NULL)
		return not_there(p, name, a, e);
	return read_file(path, name, a, out, e) && read_switch(p, a, out, e);
}

bool feed_text(const struct feed_places *p, struct str name, struct arena *a, struct str *out,
	       struct err *e)
{
	struct str path = places_path(&p->in, name, S(".feed"), a);

	return path.p != NULL ? file_read(path.p, FEED_MAX_FILE, a, out, e)
			      : not_there(p, name, a, e);
}

bool feed_names(const struct feed_places *p, struct arena *a, struct feed_names *out, struct err *e)
{
	struct place_names all;

	if (!places_names(&p->in, S(".feed"), a, &all, e))
		return false;
	out->names.at = all.names.at;
	out->names.count = out->names.room = all.names.count;
	return true;
}
