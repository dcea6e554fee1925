#include "task/service/supervise.h"

#include "base/time.h"
#include "os/child.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/machine.h"
#include "os/part.h"
#include "os/random.h"
#include "os/service.h"
#include "store/job.h"
#include "task/service/role.h"

#include <signal.h>
#include <stdio.h>

enum { ARENA_BYTES = 4 << 20, SAID = 64, WORKER = 128, FOLDER_MODE = 0700, NODE_GONE_MINUTES = 60 };

struct post { // a role, and who fills it
	enum role role;
	pid_t pid;            // 0: nobody
	char worker[WORKER];  // the process's name in the store: another one each time
	int64_t since;        // by the home's clock
	int64_t begun, again; // by clock_since: started; to be started again
	int64_t deaths;       // in a row
	int64_t restarts;
	int64_t starts;
	bool relieved; // it was told to end, and another follows at once
	char said[SAID];
};

struct watch {
	struct arena a;      // for its life
	struct arena short_; // of one turn
	struct home home;
	struct db *db; // NULL: the store is away
	struct str node;
	struct log_by log;
	struct ears *ears;
	struct post posts[ROLE_COUNT];
	int64_t beat;  // by clock_since, likewise
	int64_t drain; // TIME_NEVER: it does not stop
	int64_t watchdog;
};

static void watch_done(struct watch *w)
{
	ears_close(w->ears);
	db_close(w->db);
	arena_done(&w->short_);
	arena_done(&w->a);
}

// ---- the store, as far as it is there

static bool have_store(struct watch *w)
{
	struct err e = { 0 };

	if (w->db != NULL)
		return true;
	if (home_store_at(&w->home, w->home.store, STORE_OPEN, &w->short_, &w->db, &e))
		return true;
	log_err(&w->log, LOG_WARNING, "the store is away; the roles are watched on", &e);
	return false;
}

typedef bool (*telling)(struct watch *w, const void *what, struct err *e);

// What could not be told is told with the next beat, or found out by the leases.
static void tell_store(struct watch *w, telling tell, const void *what)
{
	struct err e = { 0 };

	if (!have_store(w))
		return;
	if (db_begin(w->db, &e) && tell(w, what, &e) && db_commit(w->db, &e))
		return;
	db_abort(w->db);
	if (e.kind == ERR_CONFLICT)
		return;
	log_err(&w->log, LOG_WARNING, "the store could not be told", &e);
	db_close(TAKE(w->db, NULL));
}

static bool put_post(struct watch *w, const struct post *p, struct err *e)
{
	struct worker_row row = {
		.node = w->node,
		.role = str_of(roles[p->role].name),
		.pid = p->pid,
		.since = p->since,
		.restarts = p->restarts,
		.beat = home_moment(&w->home),
		.said = str_of(p->said),
	};

	return worker_put(w->db, &row, e);
}

static bool tell_began(struct watch *w, const void *post, struct err *e)
{
	return put_post(w, post, e);
}

// What it had at hand is anybody's.
static bool tell_ended(struct watch *w, const void *post, struct err *e)
{
	const struct post *p = post;

	return job_leave(w->db, str_of(p->worker), e) && put_post(w, p, e);
}

static bool tell_beat(struct watch *w, const void *nothing, struct err *e)
{
	int64_t now = home_moment(&w->home), lapsed;

	(void)nothing;
	for (unsigned i = 0; i < ROLE_COUNT; i++) {
		const struct post *p = &w->posts[i];

		if (p->pid == 0 && !role_wanted(&w->home, p->role))
			continue;
		if ((p->pid != 0 && !job_renew(w->db, str_of(p->worker),
					       now + JOB_LEASE_SECONDS * TIME_SECOND, e)) ||
		    !put_post(w, p, e))
			return false;
	}
	if (!job_lapse(w->db, now, &lapsed, e))
		return false;
	if (lapsed > 0)
		log_say(&w->log, LOG_WARNING, "jobs were left by who had them", NULL, 0);
	return true;
}

// A file is this node's alone: nobody can have a job at the beginning.
static bool tell_first(struct watch *w, const void *nothing, struct err *e)
{
	int64_t gone = home_moment(&w->home) - NODE_GONE_MINUTES * TIME_MINUTE;

	(void)nothing;
	if (db_kind(w->db) == DB_SQLITE)
		return job_leave_all(w->db, e) && worker_forget(w->db, w->node, TIME_NEVER, e);
	return worker_forget(w->db, w->node, gone, e);
}

static bool tell_last(struct watch *w, const void *nothing, struct err *e)
{
	(void)nothing;
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		if (!job_leave(w->db, str_of(w->posts[i].worker), e))
			return false;
	return worker_forget(w->db, w->node, TIME_EVER, e);
}

// ---- the posts

static int64_t pause_after(int64_t deaths)
{
	int64_t wait = 1;

	for (int64_t i = 1; i < deaths && wait < SUPERVISE_LONGEST_SECONDS; i++)
		wait *= 2;
	return (wait < SUPERVISE_LONGEST_SECONDS ? wait : SUPERVISE_LONGEST_SECONDS) * TIME_SECOND;
}

static void vacant(struct watch *w, struct post *p)
{
	int64_t now = clock_since();
	const struct log_said said[] = {
		{ "which", str_of(roles[p->role].name) },
		{ "how", str_of(p->said) },
	};

	p->pid = 0;
	if (p->relieved || w->drain != TIME_NEVER) {
		p->relieved = false;
		p->again = now;
		p->deaths = 0;
	} else {
		p->deaths =
			now - p->begun > SUPERVISE_WELL_SECONDS * TIME_SECOND ? 1 : p->deaths + 1;
		p->restarts++;
		p->again = now + pause_after(p->deaths);
		log_say(&w->log, LOG_WARNING, "a role ended, and is started again", said,
			COUNTOF(said));
	}
	tell_store(w, tell_ended, p);
}

static void fill(struct watch *w, struct post *p)
{
	const struct role_row *row = &roles[p->role];
	const char *args[] = { w->home.path.p, w->node.p, p->worker, NULL };
	struct err e = { 0 };

	snprintf(p->worker, sizeof p->worker, "%s/%s.%lld", w->node.p, row->name,
		 (long long)++p->starts);
	p->begun = clock_since();
	p->since = home_moment(&w->home);
	if (child_start(row->name, args, &p->pid, &e)) {
		tell_store(w, tell_began, p);
		return;
	}
	log_err(&w->log, LOG_ERROR, "a role cannot be started", &e);
	snprintf(p->said, sizeof p->said, "%.60s", e.text);
	vacant(w, p);
}

static bool may_fill(const struct watch *w, const struct post *p)
{
	return p->pid == 0 && w->drain == TIME_NEVER && role_wanted(&w->home, p->role);
}

static void fill_all(struct watch *w)
{
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		if (may_fill(w, &w->posts[i]) && clock_since() >= w->posts[i].again)
			fill(w, &w->posts[i]);
}

static void reap(struct watch *w)
{
	char says[SAID];
	pid_t pid;

	while ((pid = child_ended(says, sizeof says)) != 0)
		for (unsigned i = 0; i < ROLE_COUNT; i++)
			if (w->posts[i].pid == pid) {
				memcpy(w->posts[i].said, says, sizeof says);
				vacant(w, &w->posts[i]);
			}
}

static void signal_all(struct watch *w, int signal)
{
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		child_signal(w->posts[i].pid, signal);
}

static bool all_vacant(const struct watch *w)
{
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		if (w->posts[i].pid != 0)
			return false;
	return true;
}

// ---- turns

// Another takes its place and begins by the new configuration. Who may be off listens for others,
// and takes it over while it serves.
static void relieve(const struct home *h, struct post *p)
{
	bool stays = roles[p->role].off != 0 && role_wanted(h, p->role);

	p->relieved = p->pid != 0 && !stays;
	child_signal(p->pid, stays ? SIGHUP : SIGTERM);
}

static void reload(struct watch *w)
{
	struct err e = { 0 };

	service_tell("RELOADING=1");
	if (!home_settle(&w->home, &w->short_, &e)) {
		log_err(&w->log, LOG_WARNING, "the configuration is wrong: the last one stays", &e);
		service_tell("READY=1\nSTATUS=the configuration is wrong: the last one stays");
		return;
	}
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		relieve(&w->home, &w->posts[i]);
	log_say(&w->log, LOG_INFO, "the configuration is taken over", NULL, 0);
	service_tell("READY=1\nSTATUS=");
}

static void stop(struct watch *w)
{
	if (w->drain != TIME_NEVER)
		return;
	log_say(&w->log, LOG_INFO, "stops: jobs at hand are ended", NULL, 0);
	service_tell("STOPPING=1");
	w->drain = clock_since() + SUPERVISE_DRAIN_SECONDS * TIME_SECOND;
	signal_all(w, SIGTERM);
}

static void beat(struct watch *w)
{
	int64_t now = clock_since();

	if (w->drain <= now) {
		log_say(&w->log, LOG_WARNING, "a job takes too long: it is done again later", NULL,
			0);
		signal_all(w, SIGKILL);
		w->drain = now + TIME_SECOND;
	}
	if (now < w->beat)
		return;
	tell_store(w, tell_beat, NULL);
	service_tell("WATCHDOG=1");
	w->beat = now + SUPERVISE_BEAT_SECONDS * TIME_SECOND;
	if (w->watchdog > 0 && w->beat > now + w->watchdog / 2)
		w->beat = now + w->watchdog / 2;
}

static int wait_for(const struct watch *w)
{
	int64_t now = clock_since(), next = w->beat < w->drain ? w->beat : w->drain;

	for (unsigned i = 0; i < ROLE_COUNT; i++)
		if (may_fill(w, &w->posts[i]) && w->posts[i].again < next)
			next = w->posts[i].again;
	return next <= now ? 0 : (int)((next - now) / 1000) + 1;
}

static void turn(struct watch *w)
{
	unsigned heard;

	arena_empty(&w->short_);
	fill_all(w);
	heard = ears_wait(w->ears, wait_for(w));
	if ((heard & HEARD_CHILD) != 0)
		reap(w);
	if ((heard & HEARD_STOP) != 0)
		stop(w);
	else if ((heard & HEARD_RELOAD) != 0 && w->drain == TIME_NEVER)
		reload(w);
	beat(w);
}

// Two of one machine's name, also in containers, are told apart.
static struct str node_name(struct arena *a)
{
	char name[MACHINE_CALLED];
	unsigned char some[4];

	machine_called(name);
	random_fill(some, sizeof some);
	return arena_fmt(a, "%s-%02x%02x%02x%02x", name, some[0], some[1], some[2], some[3]);
}

static bool begin(struct watch *w, struct err *e)
{
	if (!home_settle(&w->home, &w->a, e) || !ears_open(&w->ears, e) ||
	    !home_store_at(&w->home, w->home.store, STORE_OPEN, &w->a, &w->db, e))
		return false;
	w->node = node_name(&w->a);
	w->log = (struct log_by){ "run", w->node.p };
	w->drain = TIME_NEVER;
	w->watchdog = service_watchdog();
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		w->posts[i].role = (enum role)i;
	tell_store(w, tell_first, NULL);
	log_say(&w->log, LOG_INFO, "begins", NULL, 0);
	return true;
}

bool supervise(const struct home *h, struct err *e)
{
	CLEANUP(watch_done) struct watch w = { .home = *h };
	autolock lock = -1;

	arena_init(&w.a, ARENA_BYTES);
	arena_init(&w.short_, ARENA_BYTES);
	if (!folder_make(home_path(h, ROLE_FOLDER, &w.a), FOLDER_MODE, e))
		return false;
	if (!lock_take(home_path(h, ROLE_FOLDER "/lock", &w.a), &lock, e))
		return e->kind == ERR_CONFLICT ? err_set(e, ERR_CONFLICT,
							 "another `waker run` has this home: "
							 "`waker status` shows it")
					       : false;
	if (!begin(&w, e))
		return false;
	fill_all(&w);
	service_tell("READY=1");
	while (w.drain == TIME_NEVER || !all_vacant(&w))
		turn(&w);
	tell_store(&w, tell_last, NULL);
	log_say(&w.log, LOG_INFO, "ends", NULL, 0);
	return true;
}
