#include "task/service/faults.h"

#include "base/time.h"
#include "model/feed/fetch.h"
#include "store/fetch.h"
#include "task/credentials.h"
#include "task/watch/feed_find.h"
#include "task/watch/feed_switch.h"

#define LOOK "waker feed health %s"

static const struct {
	enum condition_kind kind;
	const char *remedy; // with the feed's name
} about[FAULT_COUNT] = {
	[FAULT_SILENT] = { CONDITION_SILENT, "ask its publisher; where it is over for good: waker "
					     "feed disable %s" },
	[FAULT_MISSING] = { CONDITION_MISSING, LOOK },
	[FAULT_CHANGED] = { CONDITION_CHANGED, LOOK },
	[FAULT_LARGE] = { CONDITION_LARGE, LOOK },
	[FAULT_SMALL] = { CONDITION_SMALL, LOOK },
	[FAULT_JUNK] = { CONDITION_JUNK, LOOK },
	[FAULT_HITS] = { CONDITION_HITS, LOOK },
	[FAULT_COVERAGE] = { CONDITION_COVERAGE, "waker feed coverage %s --missing" },
	[FAULT_CREDENTIAL] = { CONDITION_CREDENTIAL,
			       "ask the publisher of %s for new ones, and write them and their "
			       "last day into the file" },
	[FAULT_CERTIFICATE] = { CONDITION_CERTIFICATE,
				"tell the publisher of %s: nothing is fetched once it is over" },
};

static void add(struct faults *out, enum fault_kind kind, struct str says)
{
	if (out->count < FAULT_COUNT)
		out->at[out->count++] = (struct fault){ kind, false, says };
}

static bool silent(const struct home *h, const struct feed *f, struct arena *a, struct faults *out,
		   struct err *e)
{
	int64_t now = home_moment(h);
	struct pulse p;

	if (!pulse_of(h->db, f->name, &p, e))
		return false;
	if (f->silent > 0)
		p.patience = f->silent;
	if (p.last == 0 && f->enabled && f->silent > 0 && !fetch_store_made(h->db, &p.last, e))
		return false;
	if (p.last > 0 && p.patience > 0 && now > p.last + p.patience)
		add(out, FAULT_SILENT,
		    arena_fmt(a, "nothing new for %lld hours, where it is %lld at most",
			      (long long)((now - p.last) / TIME_HOUR),
			      (long long)(p.patience / TIME_HOUR)));
	return true;
}

static struct str end_says(const char *what, int64_t until, int64_t now, struct arena *a)
{
	char day[TIME_TEXT];
	long long days = (until - now) / TIME_DAY;

	time_write(until, day);
	if (until <= now)
		return arena_fmt(a, "%s is over since %.10s", what, day);
	return arena_fmt(a, "%s ends on %.10s, in %lld %s", what, day, days,
			 days == 1 ? "day" : "days");
}

// Credentials that cannot be read are told by the fetch.
static void credential(const struct home *h, const struct feed *f, struct arena *a,
		       struct faults *out)
{
	int64_t now = home_moment(h);
	autocredentials c = { 0 };
	struct err e = { 0 };

	if (f->fetch == NULL || f->fetch->credentials.n == 0 ||
	    !credentials_read(h->path, f->fetch->credentials, &c, &e))
		return;
	if (c.expires != TIME_NEVER && c.expires - now < FAULTS_CREDENTIAL_DAYS * TIME_DAY)
		add(out, FAULT_CREDENTIAL,
		    end_says("what we show to its publisher", c.expires, now, a));
}

static bool certificate(const struct home *h, const struct feed *f, struct arena *a,
			struct faults *out, struct err *e)
{
	int64_t now = home_moment(h), before = FAULTS_CERTIFICATE_DAYS * TIME_DAY;
	struct certificate c;

	if (!certificate_of(h->db, f->name, &c, e))
		return false;
	if (c.until == 0)
		return true;
	if (before > (c.until - c.since) / FAULTS_CERTIFICATE_PART)
		before = (c.until - c.since) / FAULTS_CERTIFICATE_PART;
	if (c.until - now < before)
		add(out, FAULT_CERTIFICATE,
		    end_says("its publisher's certificate", c.until, now, a));
	return true;
}

bool faults_off(const struct home *h, const struct feed *f, struct arena *a, bool *off,
		struct err *e)
{
	struct feed_places places = feed_places(h->path, a);
	enum feed_switch is;

	if (!feed_switch_of(places.own, f->name, a, &is, e))
		return false;
	*off = is == SWITCH_OFF;
	return true;
}

bool faults_of_time(const struct home *h, const struct feed *f, bool late, struct arena *a,
		    struct faults *out, struct err *e)
{
	bool off;

	if (!faults_off(h, f, a, &off, e))
		return false;
	if (off)
		return true;
	if (f->enabled)
		credential(h, f, a, out);
	return (late || silent(h, f, a, out, e)) && (!f->enabled || certificate(h, f, a, out, e));
}

static struct str remedy_of(struct str feed, enum fault_kind kind, struct arena *a)
{
	struct str rest = str_of(about[kind].remedy), before = str_cut(&rest, '%');

	return arena_fmt(a, STR_FMT STR_FMT STR_FMT, STR_ARG(before), STR_ARG(feed),
			 STR_ARG(str_from(rest, 1)));
}

static void need(struct status *s, struct arena *a, struct str feed, enum fault_kind kind,
		 struct str says, struct str remedy)
{
	*list_add(&s->needs, a) = (struct status_need){ about[kind].kind, feed, says, remedy };
}

void faults_need_time(const struct feed *f, const struct faults *x, struct arena *a,
		      struct status *s)
{
	for (unsigned i = 0; i < x->count; i++) {
		const struct fault *is = &x->at[i];
		struct str feed = arena_str(a, f->name);

		need(s, a, feed, is->kind,
		     arena_fmt(a, "feed " STR_FMT ": " STR_FMT, STR_ARG(feed), STR_ARG(is->says)),
		     remedy_of(feed, is->kind, a));
	}
}

struct folded { // the faults of one kind and feed
	struct str feed, type, says;
	enum fault_kind kind;
	int64_t batch; // that is held; 0: none
	unsigned count;
};

static void need_folded(struct status *s, const struct folded *f, struct arena *a)
{
	struct str more =
		f->count > 1 ? arena_fmt(a, " (and %u more of its types)", f->count - 1) : S("");
	struct str remedy = remedy_of(f->feed, f->kind, a);

	if (f->count == 0)
		return;
	if (f->batch > 0 && f->count == 1)
		remedy = arena_fmt(a, "look at it, then waker batch release %lld, or discard %lld",
				   (long long)f->batch, (long long)f->batch);
	need(s, a, f->feed, f->kind,
	     arena_fmt(a, "feed " STR_FMT "%s" STR_FMT ": %s" STR_FMT STR_FMT, STR_ARG(f->feed),
		       f->type.n > 0 ? ", type " : "", STR_ARG(f->type),
		       f->batch > 0 ? "a batch is held: " : "", STR_ARG(f->says), STR_ARG(more)),
	     remedy);
}

// Rows of a feed whose file is gone, or that its operator switched off, and of one that brought
// nothing for long, tell of what is over; what is held waits all the same.
static bool is_over(const struct status *s, const struct fault_row *row)
{
	if (row->fault.holds)
		return false;
	LIST_EACH (const struct status_feed, f, &s->all)
		if (str_eq(f->name, row->feed))
			return f->off || row->seen < s->now - GUARDIAN_DAYS * TIME_DAY;
	return true;
}

static void fold(struct folded *to, const struct fault_row *row, struct arena *a)
{
	to->count++;
	if (to->count > 1 && (to->batch > 0 || !row->fault.holds)) // what is held is shown first
		return;
	to->feed = arena_str(a, row->feed);
	to->type = arena_str(a, row->type);
	to->says = arena_str(a, row->fault.says);
	to->kind = row->fault.kind;
	to->batch = row->fault.holds ? row->batch : 0;
}

bool faults_need(struct db *d, struct arena *a, struct status *s, struct err *e)
{
	struct folded last = { 0 };
	struct fault_row row;
	autorows r = NULL;

	if (!fault_all(d, &r, e))
		return false;
	while (fault_next_row(r, &row, e)) {
		if (is_over(s, &row))
			continue;
		if (!str_eq(last.feed, row.feed) || last.kind != row.fault.kind) {
			need_folded(s, &last, a);
			last = (struct folded){ 0 };
		}
		fold(&last, &row, a);
	}
	need_folded(s, &last, a);
	return e->kind == ERR_NONE;
}
