#include "task/service/status.h"

#include "base/time.h"
#include "model/feed/schedule.h"
#include "os/machine.h"
#include "store/archive.h"
#include "store/condition.h"
#include "store/fetch.h"
#include "task/check/disk.h"
#include "task/fetch/fetch.h"
#include "task/service/drop.h"
#include "task/service/faults.h"
#include "task/service/heard_need.h"
#include "task/service/keys_need.h"
#include "task/service/role.h"
#include "task/service/untold.h"
#include "task/watch/feed_find.h"
#include "task/watch/inbox.h"

enum {
	CONDITION_DAYS = 400, // that one is kept when it is over
	SHARED_SECONDS = 150, // two looks of another node, and a half
	NOTED_MOST = 1000,    // open conditions that are looked at
	NEVER_FAILURES = 5,   // of a feed that never came: some two hours
	FAILING_MANY = 5,     // so many feeds fail at once …
	FAILING_PART = 5,     // … and four of five: the trouble is not theirs
};

static void need(struct status *s, struct arena *a, const struct status_need *n)
{
	*list_add(&s->needs, a) = *n;
}

static size_t roles_wanted(const struct home *h)
{
	size_t n = 0;

	for (unsigned i = 0; i < ROLE_COUNT; i++)
		n += role_wanted(h, (enum role)i);
	return n;
}

// Of one that was taken out of the configuration a row may be left.
static bool is_wanted(const struct home *h, struct str role)
{
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		if (str_eq(role, str_of(roles[i].name)))
			return role_wanted(h, (enum role)i);
	return true;
}

static bool has_whole_node(const struct home *h, const struct status *s)
{
	size_t wanted = roles_wanted(h);

	LIST_EACH (const struct status_worker, one, &s->workers) {
		size_t lives = 0;

		LIST_EACH (const struct status_worker, w, &s->workers)
			lives += !w->gone && str_eq(w->row.node, one->row.node);
		if (lives >= wanted)
			return true;
	}
	return false;
}

static bool look_workers(const struct home *h, struct arena *a, struct status *s, struct err *e)
{
	autorows r = NULL;
	struct worker_row w;
	struct str dead = { 0 };
	bool any = false;

	if (!worker_all(h->db, &r, e))
		return false;
	while (worker_next_row(r, &w, e)) {
		bool gone = w.pid == 0 || w.beat < s->now - STATUS_SILENT_SECONDS * TIME_SECOND;

		if (!is_wanted(h, w.role))
			continue;
		w.node = arena_str(a, w.node);
		w.role = arena_str(a, w.role);
		w.said = arena_str(a, w.said);
		*list_add(&s->workers, a) = (struct status_worker){ w, gone };
		any = any || !gone;
		if (gone && dead.p == NULL)
			dead = arena_fmt(a, "%s" STR_FMT "%s" STR_FMT, "the part `",
					 STR_ARG(w.role),
					 w.said.n > 0 ? "` of the service does not live: it "
						      : "` of the service does not live",
					 STR_ARG(w.said));
	}
	s->running = has_whole_node(h, s);
	if (!any)
		need(s, a,
		     &(struct status_need){ CONDITION_PART, S(""), S("the service is not running"),
					    S("waker run (or: systemctl start waker)") });
	else if (!s->running || dead.p != NULL)
		need(s, a,
		     &(struct status_need){
			     CONDITION_PART, S(""),
			     dead.p != NULL ? dead : S("a part of the service does not live"),
			     S("see its log") });
	return e->kind == ERR_NONE;
}

// One trouble of a feed at a time: that it fails, until it is late.
static void need_feed(struct status *s, struct arena *a, const struct status_feed *f,
		      const struct fetch_state *state)
{
	// Of a failure from before kinds were kept nothing is known: it is tried again.
	const bool again = state->failed == ERR_NONE || err_meaning(state->failed)->retry;
	struct status_need n = {
		.kind = f->late ? CONDITION_FEED_LATE : CONDITION_FEED_FAILS,
		.subject = f->name,
		.says = arena_fmt(a, "feed " STR_FMT " %s%s" STR_FMT, STR_ARG(f->name),
				  f->late ? "is late" : "could not be fetched",
				  f->reason.n > 0 ? ": " : "", STR_ARG(f->reason)),
		.remedy = arena_fmt(
			a,
			again ? "it is tried again by itself; at once: waker feed fetch " STR_FMT
			      : "put it right, then: waker feed fetch " STR_FMT,
			STR_ARG(f->name)),
	};

	need(s, a, &n);
}

// Hours in which a publisher is left alone make nobody late, nor does the time that the next
// ask behind them may take.
static int64_t late_after(const struct feed_fetch *f, int64_t good)
{
	int64_t t = good + 2 * f->every + TIME_HOUR, free = schedule_free(f, 0, t);

	return free == t ? t : free + f->every + TIME_HOUR;
}

static bool look_fetch(const struct home *h, const struct feed *feed, struct arena *a,
		       struct status *s, struct status_feed *f, struct err *e)
{
	struct fetch_state state;

	if (!fetch_state_of(h->db, feed->name, a, &state, e))
		return false;
	s->fetched++;
	f->good = state.good;
	f->next = state.next;
	f->reason = state.reason;
	f->fails = state.failures > 0;
	f->late = state.good > 0 ? s->now > late_after(feed->fetch, state.good)
				 : state.failures >= NEVER_FAILURES;
	if (f->late || f->fails || f->reason.n > 0)
		*list_add(&s->feeds, a) = *f;
	if (f->late || f->fails)
		need_feed(s, a, f, &state);
	return true;
}

static bool look_feed(const struct home *h, const struct feed *feed, struct arena *a,
		      struct status *s, struct err *e)
{
	bool fetched = feed->enabled && fetch_lacks(feed, h->path, a) == FETCH_LACKS_NOTHING;
	struct status_feed f = { .name = arena_str(a, feed->name), .enabled = feed->enabled };
	struct faults found = { 0 };

	if (!faults_off(h, feed, a, &f.off, e) || (fetched && !look_fetch(h, feed, a, s, &f, e)) ||
	    !faults_of_time(h, feed, f.late || f.fails, a, &found, e))
		return false;
	*list_add(&s->all, a) = f;
	faults_need_time(feed, &found, a, s);
	return true;
}

static bool is_of_fetch(const struct status_need *n)
{
	return n->kind == CONDITION_FEED_FAILS || n->kind == CONDITION_FEED_LATE;
}

// Where nearly all feeds fail at once it is one trouble, and not theirs.
static void fold_failing(struct status *s, struct arena *a)
{
	struct status_need one = { .kind = CONDITION_FEED_FAILS, .subject = S("") };
	size_t kept = 0;
	int64_t n = 0;

	LIST_EACH (const struct status_need, x, &s->needs)
		n += is_of_fetch(x);
	if (n < FAILING_MANY || FAILING_PART * n < (FAILING_PART - 1) * s->fetched)
		return;
	for (size_t i = 0; i < s->needs.count; i++)
		if (!is_of_fetch(&s->needs.at[i]))
			s->needs.at[kept++] = s->needs.at[i];
	s->needs.count = kept;
	one.says = arena_fmt(a,
			     "%lld of %lld feeds could not be fetched: is the network there? "
			     "(" STR_FMT ")",
			     (long long)n, (long long)s->fetched,
			     STR_ARG(s->feeds.count > 0 ? s->feeds.at[0].reason : S("")));
	one.remedy = S("waker check");
	need(s, a, &one);
}

static bool look_feeds(const struct home *h, struct arena *a, struct status *s, struct err *e)
{
	struct feed_places places = feed_places(h->path, a);
	struct feed_names all;

	if (!feed_names(&places, a, &all, e))
		return false;
	LIST_EACH (const struct str, name, &all.names) {
		struct err wrong = { 0 };
		struct feed feed;

		if (!feed_find(&places, *name, a, &feed, &wrong))
			need(s, a,
			     &(struct status_need){ CONDITION_FEED_WRONG, arena_str(a, *name),
						    arena_str(a, str_of(wrong.text)),
						    S("put the feed file right") });
		else if (!look_feed(h, &feed, a, s, e))
			return false;
	}
	fold_failing(s, a);
	return true;
}

static void look_disk(const struct home *h, struct arena *a, struct status *s)
{
	struct machine_room r;
	struct err e = { 0 };

	if (!machine_room(h->path.p, &r, &e)) {
		s->disk = arena_str(a, str_of(e.text));
		return;
	}
	s->disk = disk_bytes_text(&r, a);
	if (disk_bytes_state(r.bytes_free, r.bytes) != CHECK_OK)
		need(s, a,
		     &(struct status_need){
			     CONDITION_DISK, S(""),
			     arena_fmt(a, "the disk is filling: " STR_FMT, STR_ARG(s->disk)),
			     S("waker check") });
}

// A first backup has the time of one to be proven in.
static bool look_backup(const struct home *h, struct arena *a, struct status *s, struct err *e)
{
	struct backup_last *b = &s->backup;
	int64_t late = s->now - STATUS_BACKUP_DAYS * TIME_DAY;

	if (!backup_last(h->db, a, b, e))
		return false;
	if (b->count > 0 && b->made < late)
		need(s, a,
		     &(struct status_need){
			     CONDITION_BACKUP, S("made"),
			     arena_fmt(a, "no backup was made for %lld days",
				       (long long)((s->now - b->made) / TIME_DAY)),
			     arena_fmt(a, "waker backup " STR_FMT, STR_ARG(b->place)) });
	if (b->count > 0 && (b->proven > 0 ? b->proven : b->first) < late)
		need(s, a,
		     &(struct status_need){
			     CONDITION_BACKUP, S("proven"),
			     b->proven > 0 ? arena_fmt(a, "no backup was proven for %lld days",
						       (long long)((s->now - b->proven) / TIME_DAY))
					   : S("no backup was ever proven"),
			     arena_fmt(a, "waker restore --verify " STR_FMT, STR_ARG(b->place)) });
	return true;
}

// As `archive verify` found it last.
static bool look_archive(const struct home *h, struct arena *a, struct status *s, struct err *e)
{
	struct archive_marked m;

	if (!archive_marked(h->db, a, &m, e))
		return false;
	if (m.all > 0)
		need(s, a,
		     &(struct status_need){
			     CONDITION_ARCHIVE, S(""),
			     arena_fmt(a,
				       "files of the archive: %lld damaged, %lld missing, %lld of "
				       "nobody; one is " STR_FMT,
				       (long long)m.count[ARCHIVE_DAMAGED],
				       (long long)m.count[ARCHIVE_MISSING],
				       (long long)m.count[ARCHIVE_FOREIGN], STR_ARG(m.first)),
			     S("put it back from a backup, then: waker archive verify") });
	return true;
}

static void look_needs(struct status *s, struct arena *a)
{
	const struct {
		int64_t n;
		enum condition_kind kind;
		const char *one, *more, *remedy;
	} held[] = {
		{ s->last.stuck, CONDITION_JOB_PARKED, "job is parked", "jobs are parked",
		  "waker job list --state parked" },
		{ s->last.unread, CONDITION_BATCH_HELD, "batch is held", "batches are held",
		  "waker batch list --state held" },
		{ s->last.breakers, CONDITION_BREAKER,
		  "issue would tell too many at once, and waits",
		  "issues would tell too many at once, and wait", "waker notice plan" },
	};

	for (size_t i = 0; i < COUNTOF(held); i++)
		if (held[i].n > 0)
			need(s, a,
			     &(struct status_need){
				     held[i].kind, S(""),
				     arena_fmt(a, "%lld %s", (long long)held[i].n,
					       held[i].n == 1 ? held[i].one : held[i].more),
				     str_of(held[i].remedy) });
}

static bool look_inbox(const struct home *h, struct arena *a, struct status *s, struct err *e)
{
	struct inboxes boxes;

	if (!inbox_look(h->path, S(""), a, &boxes, e))
		return false;
	if (boxes.strays.count > 0)
		need(s, a,
		     &(struct status_need){
			     CONDITION_INBOX, S(""),
			     arena_fmt(a,
				       "the inbox has %zu that %s no feed's folder: the "
				       "first: " STR_FMT,
				       boxes.strays.count, boxes.strays.count == 1 ? "is" : "are",
				       STR_ARG(boxes.strays.at[0])),
			     S("a feed's files lie in inbox/NAME/: move it there, or away") });
	return true;
}

const struct status_noted *status_noted(const struct status *s, const struct status_need *n)
{
	LIST_EACH (const struct status_noted, c, &s->noted)
		if (c->kind == n->kind && str_eq(c->subject, n->subject))
			return c;
	return NULL;
}

static bool look_noted(const struct home *h, struct arena *a, struct status *s, struct err *e)
{
	struct condition_row c;
	autorows r = NULL;

	if (!condition_list(h->db, false, NOTED_MOST, &r, e))
		return false;
	while (condition_next_row(r, &c, e))
		*list_add(&s->noted, a) =
			(struct status_noted){ c.kind, arena_str(a, c.subject), c.id,
					       c.acknowledged > 0 ? arena_str(a, c.who) : S("") };
	return e->kind == ERR_NONE;
}

static void look_config(const struct home *h, struct arena *a, struct status *s)
{
	struct home now;
	struct err e = { 0 };

	if (!home_read(h->path, a, &now, &e))
		need(s, a,
		     &(struct status_need){
			     CONDITION_CONFIG, S(""),
			     arena_fmt(a, "%s: the last one that was right is in force", e.text),
			     S("waker config check") });
}

bool status_look(const struct home *h, struct arena *a, struct status *out, struct err *e)
{
	struct status s = { .store = h->store };

	// Files first: one that becomes a job meanwhile is counted twice, and not left out.
	if (!drop_unseen(h, a, &s.unseen, e))
		return false;
	s.now = home_moment(h);
	if (!look_workers(h, a, &s, e) || !job_depth(h->db, s.now, &s.depth, e) ||
	    !status_last(h->db, &s.last, e) ||
	    (!job_next(h->db, s.now, a, &s.next, e) && e->kind != ERR_NONE) ||
	    !look_inbox(h, a, &s, e) || !look_feeds(h, a, &s, e) || !faults_need(h->db, a, &s, e) ||
	    !look_backup(h, a, &s, e) || !look_archive(h, a, &s, e) ||
	    !untold_need(h->db, a, &s, e) || !keys_need(h->db, a, &s, e) ||
	    !heard_need(h->db, s.now, a, &s, e))
		return false;
	look_config(h, a, &s);
	look_disk(h, a, &s);
	look_needs(&s, a);
	if (!look_noted(h, a, &s, e))
		return false;
	*out = s;
	return true;
}

// Another node looks at its own home: what it found is not over because this one did not.
static bool shares(const struct status *s)
{
	LIST_EACH (const struct status_worker, w, &s->workers)
		if (!w->gone && !str_eq(w->row.node, s->workers.at[0].row.node))
			return true;
	return false;
}

static bool note(const struct home *h, const struct status *s, struct err *e)
{
	int64_t cleared;

	LIST_EACH (const struct status_need, n, &s->needs) {
		struct condition_row c = {
			.kind = n->kind, .subject = n->subject, .says = n->says, .remedy = n->remedy
		};

		if (!condition_put(h->db, &c, s->now, e))
			return false;
	}
	return condition_clear(h->db, s->now,
			       s->now - (shares(s) ? SHARED_SECONDS * TIME_SECOND : 0), &cleared,
			       e) &&
	       condition_forget(h->db, s->now - CONDITION_DAYS * TIME_DAY, e);
}

bool status_note(const struct home *h, struct arena *a, struct err *e)
{
	struct status s;

	if (!status_look(h, a, &s, e) || !db_begin(h->db, e))
		return false;
	if (note(h, &s, e))
		return db_commit(h->db, e);
	db_abort(h->db);
	return false;
}
