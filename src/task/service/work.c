#include "base/time.h"
#include "os/clock.h"
#include "task/service/do.h"
#include "task/watch/ready.h"

#include <stdio.h>

enum {
	LOOK_MILLISECONDS = 1000, // where another node's clock made the job, no word comes
	NOTE_TRIES = 30,          // at writing down how a job went, DB_BUSY_SECONDS each
	KEY_BYTES = 1 << 20,
	TOGETHER = 64,        // of a kind that is quick, so that one commit is for several
	LONGEST = 250 * 1000, // microseconds that what is done waits to be written down
};

struct worked {
	struct job_row j;
	struct done done;
	struct err why;
};
struct claimed { // of one kind, that were claimed together
	struct worked of[TOGETHER];
	size_t count;
	size_t from, to; // that are done, and not written down yet
};

// As many as fit into LONGEST by what the last ones took, so that what goes first never waits for
// more than that.
static int64_t together(const struct service *s, enum job_kind kind)
{
	const int64_t most = s->took > 0 ? LONGEST / s->took : 1;

	if (kind != JOB_SEAL)
		return 1;
	return most < 1 ? 1 : most > TOGETHER ? TOGETHER : most;
}

static struct str place_of(const struct service *s, enum job_kind kind)
{
	return job_kind_here(kind) ? s->place : S("");
}

static bool claim(struct service *s, enum job_kind kind, struct arena *a, struct claimed *b,
		  struct err *e)
{
	struct db *d = s->home.db;
	int64_t now = home_moment(&s->home);
	struct job_claim c = {
		.kind = kind,
		.place = place_of(s, kind),
		.worker = s->worker,
		.now = now,
		.lease = now + JOB_LEASE_SECONDS * TIME_SECOND,
		.most = together(s, kind),
	};
	autorows r = NULL;
	struct job_row j;

	if (!db_begin(d, e))
		return false;
	if (job_claim(d, &c, &r, e))
		while (b->count < TOGETHER && job_next_row(r, &j, e)) {
			j.key = arena_str(a, j.key);
			j.place = place_of(s, kind);
			j.worker = s->worker;
			b->of[b->count++].j = j;
		}
	db_end(TAKE(r, NULL));
	if (e->kind == ERR_NONE)
		return db_commit(d, e);
	db_abort(d);
	return false;
}

// A file is often named after whom it is about: where all went well its feed is said, and the
// number by which `waker job show` tells the rest.
static void say_end(const struct service *s, const struct job_row *j, const struct err *why)
{
	char number[24];
	const int digits = snprintf(number, sizeof number, "%lld", (long long)j->id);
	struct str key = j->key;
	const bool whole = why->kind != ERR_NONE || j->kind != JOB_DROP;
	const struct log_said said[] = {
		{ "job", job_kind_word(j->kind) },
		{ "number", { number, (size_t)digits } },
		{ "key", whole ? j->key : str_cut(&key, '/') },
		{ "state", job_state_word(j->state) },
		{ "result", j->result },
		{ "error", why->kind == ERR_NONE ? (struct str){ 0 } : str_of(why->text) },
	};

	log_say(&s->log, why->kind == ERR_NONE ? LOG_INFO : LOG_WARNING, "a job is over", said,
		COUNTOF(said));
}

// What becomes of it, by how it went.
static void judge(struct job_row *j, const struct done *done, const struct err *why, int64_t now)
{
	j->result = done->result;
	j->failed = why->kind;
	j->error = why->kind == ERR_NONE ? S("") : str_of(why->text);
	j->ended = now;
	j->state = JOB_DONE;
	if (why->kind == ERR_NONE)
		return;
	j->due = done->again > now ? done->again : job_again(why->kind, j->tries, now);
	j->state = j->due == TIME_NEVER ? JOB_PARKED : JOB_WAITS;
	if (j->state == JOB_WAITS)
		j->ended = 0;
}

static bool write_one(struct service *s, const struct worked *w, struct err *e)
{
	const struct job_row *j = &w->j;
	const struct done *done = &w->done;
	struct db *d = s->home.db;
	struct job_row again = { .kind = j->kind,
				 .place = j->place,
				 .key = j->key,
				 .due = done->next,
				 .made = s->home.now };
	bool added;

	return job_over(d, j, e) && (done->keep == NULL || done->keep(s, j, done->kept, e)) &&
	       (j->state != JOB_DONE || done->next == 0 || job_add(d, &again, &added, e));
}

static bool write_down(struct service *s, const struct claimed *b, struct err *e)
{
	struct db *d = s->home.db;
	bool ok = true;

	if (!db_begin(d, e))
		return false;
	for (size_t i = b->from; i < b->to && ok; i++)
		ok = write_one(s, &b->of[i], e);
	if (!ok || !db_commit(d, e)) {
		db_abort(d);
		return false;
	}
	for (size_t i = b->from; i < b->to; i++)
		if (b->of[i].done.after != NULL)
			b->of[i].done.after(s, b->of[i].done.kept);
	return true;
}

// Where it cannot be written down the jobs are done again, and find that they were done.
static bool note(struct service *s, struct claimed *b, struct err *e)
{
	bool ok = false;

	for (unsigned i = 0; i < NOTE_TRIES && !ok; i++) {
		e->kind = ERR_NONE;
		ok = write_down(s, b, e);
		if (!ok && e->kind != ERR_CONFLICT)
			return false;
	}
	if (!ok)
		return false;
	b->from = b->to;
	if (roles[s->role].tells != ROLE_COUNT)
		role_tell(&s->home, roles[s->role].tells);
	return true;
}

static void work(struct service *s, struct worked *w, struct arena *a)
{
	s->home.now = home_moment(&s->home);
	if (s->job[w->j.kind](s, w->j.key, a, &w->done, &w->why))
		w->why = (struct err){ 0 };
	else if (w->why.kind == ERR_NONE)
		err_set(&w->why, ERR_SYSTEM, "it failed, and said no reason");
	judge(&w->j, &w->done, &w->why, home_moment(&s->home));
	say_end(s, &w->j, &w->why);
}

// What was claimed, and not begun, is for who has time.
static bool give_back(struct service *s, struct err *e)
{
	if (!db_begin(s->home.db, e))
		return false;
	if (job_untouched(s->home.db, s->worker, e))
		return db_commit(s->home.db, e);
	db_abort(s->home.db);
	return false;
}

// Until they have taken LONGEST; what fails, and may have waited long, is written down at once.
static bool work_all(struct service *s, struct claimed *b, struct err *e)
{
	const int64_t first = clock_since();
	bool over = false;
	autoarena a = { 0 };

	arena_init(&a, READY_ARENA);
	if (s->role == ROLE_KEYS)
		arena_alone(&a); // GnuPG is started for each: its fork needs none of it
	while (b->to < b->count && !over) {
		struct worked *w = &b->of[b->to++];

		work(s, w, &a);
		over = clock_since() - first >= LONGEST;
		if ((over || b->to == b->count || w->why.kind != ERR_NONE) && !note(s, b, e))
			return false;
	}
	if (b->to > 0)
		s->took = (clock_since() - first) / (int64_t)b->to;
	return b->to == b->count || give_back(s, e);
}

static bool one(struct service *s, enum job_kind kind, bool *any, struct err *e)
{
	autoarena keys = { 0 };
	struct claimed *b;

	arena_init(&keys, KEY_BYTES);
	b = arena_new(&keys, struct claimed, 1);
	if (!claim(s, kind, &keys, b, e))
		return false;
	*any = b->count > 0;
	if (work_all(s, b, e))
		return true;
	if (e->kind == ERR_CONFLICT) // else what was claimed would be held by who lives on
		e->kind = ERR_SYSTEM;
	return false;
}

// One of each kind; of those that go first alone, or of the others.
static bool round_of(struct service *s, bool first, bool *any, int64_t *soonest, struct err *e)
{
	*any = false;
	for (unsigned k = 0; k < JOB_KIND_COUNT && !s->stop; k++) {
		int64_t due;
		bool did = false;

		if (s->job[k] == NULL || job_kind_first((enum job_kind)k) != first)
			continue;
		if (!job_soonest(s->home.db, (enum job_kind)k, place_of(s, (enum job_kind)k), &due,
				 e))
			return false;
		if (due <= home_moment(&s->home) && !one(s, (enum job_kind)k, &did, e))
			return false;
		*any = *any || did;
		*soonest = due < *soonest ? due : *soonest;
	}
	return true;
}

// *any: something was done, so that there may be more. *soonest: when the next is due. While there
// is one that goes first no other is begun.
static bool look(struct service *s, bool *any, int64_t *soonest, struct err *e)
{
	*soonest = TIME_NEVER;
	return round_of(s, true, any, soonest, e) && (*any || round_of(s, false, any, soonest, e));
}

static int wait_for(const struct service *s, bool any, int64_t soonest)
{
	int64_t wait = (soonest - home_moment(&s->home)) / 1000 + 1;

	if (any)
		return 0;
	return wait > LOOK_MILLISECONDS ? LOOK_MILLISECONDS : wait < 1 ? 1 : (int)wait;
}

bool role_work(struct service *s, struct err *e)
{
	unsigned heard = HEARD_NOTHING;
	int64_t soonest;
	bool any;

	while (!s->stop) {
		if (!look(s, &any, &soonest, e)) {
			if (e->kind != ERR_CONFLICT) // somebody writes for long
				return false;
			any = false;
			soonest = TIME_NEVER;
			e->kind = ERR_NONE;
		}
		heard = ears_wait(s->ears, wait_for(s, any, soonest));
		s->stop = (heard & HEARD_STOP) != 0;
	}
	return true;
}
