#include "task/tell/act.h"

#include "base/list.h"
#include "base/time.h"
#include "codec/text/id.h"
#include "store/job.h"

#include <stdio.h>

enum { LIMIT = 1 << 20, RESEALED = 64 << 20, NUMBER = 24 };

static const enum job_kind telling_jobs[] = { JOB_SEAL, JOB_SEND, JOB_SEAL_FIRST, JOB_SEND_FIRST };

static struct str key_of(int64_t delivery, char room[NUMBER])
{
	return (struct str){ room, (size_t)snprintf(room, NUMBER, "%lld", (long long)delivery) };
}

static enum job_kind kind_of(const struct delivery_row *x, enum urgency urgency)
{
	static const enum job_kind kinds[2][2] = { { JOB_SEAL, JOB_SEND },
						   { JOB_SEAL_FIRST, JOB_SEND_FIRST } };

	return kinds[urgency == URGENCY_AT_ONCE][x->state == DELIVERY_SEALED];
}

bool tell_ask(struct db *d, const struct delivery_row *x, const struct tell_moment *when,
	      struct err *e)
{
	autoarena a = { 0 };
	char room[NUMBER];
	struct job_row j = {
		.kind = kind_of(x, when->urgency),
		.key = key_of(x->id, room),
		.due = when->due,
		.made = when->now,
	};
	struct telling t;
	bool added;

	arena_init(&a, LIMIT);
	if (!telling(d, &a, &t, e))
		return false;
	if (t.stopped != 0)
		j.due = TIME_NEVER;
	return job_add(d, &j, &added, e);
}

bool tell_key_read(struct str key, int64_t *delivery, struct err *e)
{
	uint64_t n;

	if (!str_to_uint(key, INT64_MAX, &n))
		return err_set(e, ERR_INPUT, "a key of this job is the number of a delivery");
	*delivery = (int64_t)n;
	return true;
}

// *m may have been read before somebody else decided on it.
static bool held_now(struct db *d, int64_t message, bool *held, struct err *e)
{
	autoarena a = { 0 };
	struct message_row now;

	arena_init(&a, LIMIT);
	if (!message_by_id(d, message, &a, &now, e))
		return false;
	*held = now.state == MESSAGE_HELD;
	return true;
}

bool tell_counted(struct db *d, struct message_row *m, struct err *e)
{
	struct message_counts c;
	bool held;

	if (!message_counts(d, m->id, &c, e) || !held_now(d, m->id, &held, e))
		return false;
	m->state = held && c.live > 0 ? MESSAGE_HELD : message_after(&c);
	return message_become(d, m, e);
}

struct deliveries {
	LIST(struct delivery_row) at;
};

static bool deliveries_of(struct db *d, int64_t message, struct arena *a, struct deliveries *out,
			  struct err *e)
{
	autorows r = NULL;
	struct delivery_row x;

	if (!delivery_of(d, message, &r, e))
		return false;
	while (delivery_next_row(r, &x, e)) {
		x.address = x.tag = (struct str){ 0 }; // not needed, and they go with the row
		x.said = arena_str(a, x.said);
		*list_add(&out->at, a) = x;
	}
	return e->kind == ERR_NONE;
}

static bool forget_jobs(struct db *d, int64_t delivery, int64_t now, struct err *e)
{
	char room[NUMBER];
	struct str key = key_of(delivery, room);

	for (size_t i = 0; i < COUNTOF(telling_jobs); i++)
		if (!job_cancel_key(d, telling_jobs[i], key, now, e))
			return false;
	return true;
}

// What did not go by mail is tried again from the beginning.
static bool send(struct db *d, const struct message_row *m, struct delivery_row *x, int64_t now,
		 struct err *e)
{
	struct tell_moment at_once = { m->urgency, now, now };

	if (x->state == DELIVERY_REFUSED && x->channel != CHANNEL_PHONE) {
		x->state = DELIVERY_WAITS;
		x->changed = now;
		if (!delivery_become(d, x, e))
			return false;
	}
	return (x->state != DELIVERY_WAITS && x->state != DELIVERY_SEALED) ||
	       tell_ask(d, x, &at_once, e);
}

static bool each(struct db *d, const struct message_row *m, enum message_act act, int64_t now,
		 struct err *e)
{
	autoarena a = { 0 };
	struct deliveries all = { 0 };

	arena_init(&a, LIMIT);
	if (!deliveries_of(d, m->id, &a, &all, e))
		return false;
	LIST_EACH (struct delivery_row, x, &all.at)
		if (!forget_jobs(d, x->id, now, e) ||
		    (act == MESSAGE_SEND && !send(d, m, x, now, e)) ||
		    ((act == MESSAGE_CANCEL || act == MESSAGE_SPOKE) &&
		     !delivery_unseal(d, x->id, e)))
			return false;
	return true;
}

// An officer told it: what has not left is needed no more.
static bool spoke(struct db *d, struct message_row *m, const struct told_by *by, struct err *e)
{
	struct delivery_row x = {
		.message = m->id,
		.channel = CHANNEL_PHONE,
		.why = TO_SPOKEN,
		.form = FORM_NONE,
		.state = DELIVERY_ARRIVED,
		.made = by->now,
	};
	struct message_told how = { by->now, by->reason };
	int64_t count;

	return delivery_cancel(d, m->id, by->now, &count, e) && delivery_add(d, &x, e) &&
	       message_tell(d, m, SEVERITY_LOW, &how, e) && tell_counted(d, m, e);
}

static bool become(struct db *d, struct message_row *m, enum message_act act,
		   const struct told_by *by, struct err *e)
{
	int64_t count;

	switch (act) {
	case MESSAGE_HOLD:
		m->state = MESSAGE_HELD;
		return message_become(d, m, e);
	case MESSAGE_SEND:
		m->due = by->now;
		m->state = MESSAGE_WAITS;
		return message_become(d, m, e) && tell_counted(d, m, e);
	case MESSAGE_CANCEL:
		return delivery_cancel(d, m->id, by->now, &count, e) && tell_counted(d, m, e);
	case MESSAGE_SPOKE:
		return spoke(d, m, by, e);
	case MESSAGE_ACT_COUNT:
		break;
	}
	return true;
}

bool tell_act(struct db *d, struct message_row *m, enum message_act act, const struct told_by *by,
	      struct err *e)
{
	char id[ID_TEXT];

	id_write('N', m->number, id);
	if (!message_may(m->state, act))
		return err_set(e, ERR_CONFLICT,
			       "%s is " STR_FMT ": that cannot be done to it any more", id,
			       STR_ARG(message_state_word(m->state)));
	return each(d, m, act, by->now, e) && become(d, m, act, by, e);
}

bool tell_switch(struct db *d, const struct telling *t, int64_t now, struct err *e)
{
	if (!telling_set(d, t, e) || (t->mode == TELL_ON && !telling_begins(d, e)))
		return false;
	for (size_t i = 0; i < COUNTOF(telling_jobs); i++)
		if (!(t->stopped != 0 ? job_pause(d, telling_jobs[i], e)
				      : job_resume(d, telling_jobs[i], now, e)))
			return false;
	return true;
}

// ---- a key is not used any more

static bool reseal(struct db *d, int64_t id, const struct tell_moment *when, struct arena *a,
		   struct err *e)
{
	struct delivery_row x;

	if (!delivery_by_id(d, id, a, &x, e))
		return e->kind == ERR_NONE;
	x.state = DELIVERY_WAITS;
	x.form = FORM_UNDECIDED;
	x.changed = when->now;
	return delivery_unseal(d, id, e) && delivery_become(d, &x, e) && tell_ask(d, &x, when, e);
}

struct sealed_all {
	LIST(struct sealed_one {
		int64_t id;
		enum urgency urgency;
	})
	at;
};

// Whole, for what follows writes to what is read.
static bool reseal_all(struct db *d, struct db_rows **rows, int64_t now, int64_t *count,
		       struct err *e)
{
	struct sealed_all all = { 0 };
	struct sealed_one one;
	autoarena a = { 0 };

	arena_init(&a, RESEALED);
	while (delivery_next_sealed(*rows, &one.id, &one.urgency, e))
		*list_add(&all.at, &a) = one;
	db_end(TAKE(*rows, NULL));
	*count = (int64_t)all.at.count;
	for (size_t i = 0; i < all.at.count && e->kind == ERR_NONE; i++) {
		struct tell_moment when = { all.at.at[i].urgency, now, now };
		char *mark = arena_mark(&a);

		if (!reseal(d, all.at.at[i].id, &when, &a, e))
			return false;
		arena_back(&a, mark);
	}
	return e->kind == ERR_NONE;
}

bool tell_reseal(struct db *d, struct str address, int64_t now, struct err *e)
{
	autorows r = NULL;
	int64_t count;

	return delivery_sealed_to(d, address, &r, e) && reseal_all(d, &r, now, &count, e);
}

bool tell_sign_anew(struct db *d, int64_t now, int64_t *count, struct err *e)
{
	autorows r = NULL;

	return delivery_signed(d, &r, e) && reseal_all(d, &r, now, count, e);
}
