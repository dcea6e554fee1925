#include "store/web.h"

#include "model/notice/message.h"
#include "store/job.h"
#include "store/message.h"
#include "store/metric.h"
#include "store/statements.gen.h"

static int64_t first(int64_t a, int64_t b)
{
	return a == 0 || (b != 0 && b < a) ? b : a;
}

static bool leaves(int64_t kind)
{
	return kind == JOB_SEAL || kind == JOB_SEAL_FIRST || kind == JOB_SEND ||
	       kind == JOB_SEND_FIRST;
}

bool web_stuck_since(struct db *d, int64_t now, struct arena *a, int64_t *out, struct err *e)
{
	struct metric_numbers n;
	struct metric_job j;
	struct telling t;
	autorows r = NULL;
	int64_t since;

	if (!telling(d, a, &t, e) || !metric_numbers(d, now, &n, e) || !metric_jobs(d, now, &r, e))
		return false;
	since = n.due;
	while (metric_next_job(r, &j, e))
		if (leaves(j.kind))
			since = first(since, j.oldest);
	if (e->kind != ERR_NONE)
		return false;
	*out = t.mode == TELL_ON && t.stopped == 0 ? since : 0;
	return true;
}

static bool is_at(struct str address, struct str domain)
{
	struct str rest = address;

	while (str_has(rest, '@'))
		str_cut(&rest, '@');
	return rest.n < address.n && str_eq_nocase(rest, domain);
}

bool web_went_to(struct db *d, uint32_t message, struct str domain, int64_t *at, struct err *e)
{
	struct db_value args[] = { DB_I(message), DB_I(CHANNEL_MAIL), DB_I(DELIVERY_ARRIVED) };
	autorows r = NULL;
	int64_t when = 0;

	if (!db_query(d, STATEMENT_WEB_WENT_TO, args, COUNTOF(args), &r, e))
		return false;
	while (db_next(r, e))
		if (is_at(db_text(r, 0), domain))
			when = first(when, db_int(r, 1));
	if (e->kind != ERR_NONE)
		return false;
	*at = when;
	return true;
}
