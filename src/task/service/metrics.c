#include "task/service/metrics.h"

#include "base/time.h"
#include "os/clock.h"
#include "os/machine.h"
#include "store/metric.h"
#include "task/service/status.h"

enum { SAMPLE_ROOM = 512, HEAD_ROOM = 512 }; // bytes of a line, names of feeds are short

#define GAUGE                                      EXPOSITION_GAUGE
#define COUNTER                                    EXPOSITION_COUNTER
#define X(id, name, kind, seconds, one, two, says) { name, kind, seconds, { one, two }, says },
const struct metric_row metric_rows[METRIC_COUNT] = { METRICS(X) };
#undef X

struct looking {
	struct arena *a;
	struct metrics m;
	int64_t now;
};

// one, two: of the metric's labels, .p NULL where it has none.
static void put(struct looking *l, enum metric metric, struct str one, struct str two,
		int64_t value)
{
	*list_add(&l->m.all, l->a) = (struct metric_sample){ metric, { one, two }, value };
}

static void put_one(struct looking *l, enum metric metric, int64_t value)
{
	put(l, metric, (struct str){ 0 }, (struct str){ 0 }, value);
}

// Since a moment; 0: there is none.
static int64_t age(const struct looking *l, int64_t since)
{
	return since == 0 || since > l->now ? 0 : l->now - since;
}

static void put_age(struct looking *l, enum metric metric, struct str label, int64_t since)
{
	if (since != 0)
		put(l, metric, label, (struct str){ 0 }, age(l, since));
}

static bool look_feeds(struct looking *l, struct db *d, struct err *e)
{
	autorows r = NULL;
	struct metric_feed f;

	if (!metric_feeds(d, &r, e))
		return false;
	while (metric_next_feed(r, &f, e)) {
		const struct {
			enum metric metric;
			int64_t value;
		} of[] = {
			{ METRIC_BATCHES, f.batches },   { METRIC_RECORDS, f.records },
			{ METRIC_HITS, f.hits },         { METRIC_BATCH_HELD, f.held },
			{ METRIC_FAILURES, f.failures },
		};
		struct str name = arena_str(l->a, f.name);

		for (size_t i = 0; i < COUNTOF(of); i++)
			put(l, of[i].metric, name, (struct str){ 0 }, of[i].value);
		put_age(l, METRIC_SILENCE, name, f.good);
		if (f.last_arrived == 0)
			continue;
		put(l, METRIC_LAST_RECORDS, name, (struct str){ 0 }, f.last_records);
		put(l, METRIC_LAST_JUNK, name, (struct str){ 0 }, f.last_junk);
		put_age(l, METRIC_LAST_AGE, name, f.last_arrived);
	}
	return e->kind == ERR_NONE;
}

// Each kind, also where there is nothing of it: what is absent cannot be watched.
static bool look_jobs(struct looking *l, struct db *d, struct err *e)
{
	struct metric_job of[JOB_KIND_COUNT] = { 0 }, j;
	autorows r = NULL;

	if (!metric_jobs(d, l->now, &r, e))
		return false;
	while (metric_next_job(r, &j, e))
		if (j.kind >= 0 && j.kind < JOB_KIND_COUNT)
			of[j.kind] = j;
	for (unsigned k = 0; k < JOB_KIND_COUNT; k++) {
		struct str kind = job_kind_word((enum job_kind)k);

		put(l, METRIC_JOBS, kind, S("due"), of[k].due);
		put(l, METRIC_JOBS, kind, S("running"), of[k].running);
		put(l, METRIC_JOBS, kind, S("parked"), of[k].parked);
		put(l, METRIC_JOBS, kind, S("later"), of[k].later);
		put(l, METRIC_JOB_OLDEST, kind, (struct str){ 0 }, age(l, of[k].oldest));
	}
	return e->kind == ERR_NONE;
}

bool metrics_count(const struct home *h, struct metrics_counted *out, struct err *e)
{
	struct metrics_counted c = { .at = clock_since() };

	for (unsigned state = 0; state < FINDING_CLOSED; state++)
		for (unsigned s = SEVERITY_CRITICAL; s < SEVERITY_COUNT; s++)
			if (!metric_findings(h->db, (enum finding_state)state, (enum severity)s,
					     &c.of[state][s], e))
				return false;
	*out = c;
	return true;
}

static void put_counted(struct looking *l, const struct metrics_counted *c)
{
	for (unsigned state = 0; state < FINDING_CLOSED; state++)
		for (unsigned s = SEVERITY_CRITICAL; s < SEVERITY_COUNT; s++)
			put(l, METRIC_FINDINGS,
			    finding_state_word((enum finding_state)state, false),
			    severity_word((enum severity)s, false), c->of[state][s]);
	put_one(l, METRIC_COUNTED, clock_since() - c->at);
}

static bool look_unanswered(struct looking *l, struct db *d, struct err *e)
{
	int64_t since;

	for (unsigned s = SEVERITY_CRITICAL; s < SEVERITY_COUNT; s++) {
		if (!metric_unanswered(d, (enum severity)s, &since, e))
			return false;
		put(l, METRIC_UNANSWERED, severity_word((enum severity)s, false), (struct str){ 0 },
		    age(l, since));
	}
	return true;
}

static bool look_numbers(struct looking *l, struct db *d, struct err *e)
{
	struct metric_numbers n;

	if (!metric_numbers(d, l->now, &n, e))
		return false;
	put_one(l, METRIC_FINDINGS_EVER, n.findings);
	put_one(l, METRIC_NOTICES_EVER, n.notices);
	put_one(l, METRIC_NOTICE_OLDEST, age(l, n.due));
	return true;
}

static bool look_conditions(struct looking *l, struct db *d, struct err *e)
{
	int64_t counts[CONDITION_COUNT] = { 0 }, first = 0;
	struct metric_condition c;
	autorows r = NULL;

	if (!metric_conditions(d, &r, e))
		return false;
	while (metric_next_condition(r, &c, e)) {
		if (c.kind >= 0 && c.kind < CONDITION_COUNT)
			counts[c.kind] = c.count;
		first = first == 0 || c.opened < first ? c.opened : first;
	}
	for (unsigned k = 0; k < CONDITION_COUNT; k++)
		put(l, METRIC_CONDITIONS, condition_word((enum condition_kind)k), (struct str){ 0 },
		    counts[k]);
	put_one(l, METRIC_CONDITION_OLDEST, age(l, first));
	return e->kind == ERR_NONE;
}

// What `waker status` says, in numbers.
static bool look_status(struct looking *l, const struct home *h, struct err *e)
{
	struct status s;

	if (!status_look(h, l->a, &s, e))
		return false;
	put_one(l, METRIC_RUNNING, s.running);
	LIST_EACH (const struct status_worker, w, &s.workers) {
		put(l, METRIC_ROLE_UP, w->row.node, w->row.role, !w->gone);
		put(l, METRIC_RESTARTS, w->row.node, w->row.role, w->row.restarts);
	}
	LIST_EACH (const struct status_feed, f, &s.all) {
		put(l, METRIC_ENABLED, f->name, (struct str){ 0 }, f->enabled);
		put(l, METRIC_LATE, f->name, (struct str){ 0 }, f->late);
	}
	put_one(l, METRIC_UNSEEN, s.unseen);
	put_one(l, METRIC_ISSUES_HELD, s.last.breakers);
	put_age(l, METRIC_BATCH_AGE, (struct str){ 0 }, s.last.batch);
	put_age(l, METRIC_HIT_AGE, (struct str){ 0 }, s.last.hit);
	put_age(l, METRIC_FINDING_AGE, (struct str){ 0 }, s.last.finding);
	return true;
}

static void look_disk(struct looking *l, const struct home *h)
{
	struct machine_room room;
	struct err e = { 0 };

	if (!machine_room(h->path.p, &room, &e))
		return;
	put_one(l, METRIC_DISK_FREE, (int64_t)room.bytes_free);
	put_one(l, METRIC_DISK, (int64_t)room.bytes);
}

bool metrics_look(const struct home *h, const struct metrics_counted *c, struct arena *a,
		  struct metrics *out, struct err *e)
{
	struct looking l = { .a = a, .now = home_moment(h) };
	int64_t begun = clock_since();

	put(&l, METRIC_BUILD, S(WAKER_VERSION), (struct str){ 0 }, 1);
	if (!look_status(&l, h, e) || !look_jobs(&l, h->db, e) || !look_feeds(&l, h->db, e) ||
	    !look_unanswered(&l, h->db, e) || !look_numbers(&l, h->db, e) ||
	    !look_conditions(&l, h->db, e))
		return false;
	put_counted(&l, c);
	look_disk(&l, h);
	put_one(&l, METRIC_LOOK, clock_since() - begun);
	*out = l.m;
	return true;
}

static void write_sample(struct buf *b, const struct metric_sample *s)
{
	const struct metric_row *row = &metric_rows[s->metric];
	const struct exposition_label labels[METRIC_LABELS] = {
		{ row->label[0], s->label[0] },
		{ row->label[1], s->label[1] },
	};

	(row->seconds ? exposition_seconds : exposition_int)(b, row->name, labels, METRIC_LABELS,
							     s->value);
}

struct str metrics_text(const struct metrics *m, struct arena *a)
{
	size_t room = m->all.count * SAMPLE_ROOM + METRIC_COUNT * HEAD_ROOM;
	struct buf b = { .p = arena_new(a, char, room), .cap = room };

	for (unsigned i = 0; i < METRIC_COUNT; i++) {
		const struct metric_row *row = &metric_rows[i];
		size_t n = 0;

		LIST_EACH (const struct metric_sample, s, &m->all)
			n += s->metric == i;
		if (n == 0)
			continue;
		exposition_head(&b, row->name, row->kind, row->says);
		LIST_EACH (const struct metric_sample, s, &m->all)
			if (s->metric == i)
				write_sample(&b, s);
	}
	return buf_view(&b);
}
