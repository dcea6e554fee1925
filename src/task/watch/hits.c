#include "task/watch/hits.h"

#include "model/finding/finding.h"
#include "model/finding/issue.h"
#include "model/finding/print.h"
#include "model/finding/seen.h"
#include "os/idn.h"
#include "store/cve.h"
#include "store/life.h"

enum { SCRATCH = 32 << 20 }; // false alarms; texts of the issues of one event

static bool know_alarms(struct hits *h, struct err *e)
{
	autorows rows = NULL;
	struct suppress s;

	if (!suppress_all(h->keep.db, h->keep.now, false, &rows, e))
		return false;
	while (suppress_next_row(rows, &s, e))
		alarms_add(&h->alarms, &(struct alarm){ s.member, s.issue, s.seen, s.print },
			   &h->scratch);
	alarms_sort(&h->alarms);
	return e->kind == ERR_NONE;
}

bool hits_init(struct hits *h, const struct run *r, const struct run_batch *b, struct err *e)
{
	h->feed = b->feed;
	h->type = b->type;
	h->side = feed_victim(b->type);
	h->warnings = r->warnings;
	h->issues = r->issues;
	h->past = b->past;
	h->came = b->past != NULL ? b->past->came : r->now;
	h->begun = false;
	h->alarms = (struct alarms){ 0 };
	h->suppressed = 0;
	h->keep = (struct keep){
		.db = r->db,
		.roster = r->roster,
		.index = r->index,
		.feed = b->feed->name,
		.type = b->type->name,
		.now = r->now,
		.past = b->past != NULL,
		.retro = b->past != NULL ? b->past->retro : 0,
	};
	arena_init(&h->scratch, SCRATCH);
	arena_alone(&h->scratch);
	h->keep.source = arena_fmt(&h->scratch, STR_FMT "/" STR_FMT, STR_ARG(b->feed->name),
				   STR_ARG(b->type->name));
	arena_init(&h->arena, MERGE_BYTES);
	arena_alone(&h->arena);
	arena_large(&h->arena);
	merge_init(&h->merge, &h->arena);
	return know_alarms(h, e);
}

void hits_done(struct hits *h)
{
	arena_done(&h->arena);
	arena_done(&h->scratch);
}

static bool begin(struct hits *h, struct err *e)
{
	if (!h->begun && !h->begin(h->context, e))
		return false;
	h->begun = true;
	return true;
}

static bool flush(struct hits *h, struct err *e)
{
	return begin(h, e) && keep_merged(&h->keep, &h->merge, e);
}

// An event without a time of its own happened when it came (the entry of a list); so
// did one that claims to come from beyond tomorrow, or it would never grow old.
static int64_t time_of(const struct hits *h, const struct event *event)
{
	struct str text = event_get(event, S("time.source"));
	int64_t at;

	if (text.p == NULL || !time_read(text, &at) || at > h->came + RUN_FUTURE_HOURS * TIME_HOUR)
		return h->came;
	return at;
}

// Was it met by one of the assets that the past is asked for?
static bool is_asked(const struct hits *h, const struct scan_hit *hit, int32_t member)
{
	const struct index *x = h->keep.index;

	for (unsigned i = 0; i < hit->count; i++) {
		const struct index_node *node = index_node(x, hit->match[i].met.node);

		for (uint32_t k = 0; k < node->count; k++) {
			int32_t place = index_owner(x, node->first + k);

			if (h->past->asked[place] &&
			    h->keep.roster->assets.at[place].member == member)
				return true;
		}
	}
	return false;
}

// Of a batch of the past only what its holder can be told of is left.
static unsigned past_claims(struct hits *h, const struct scan_hit *hit, int64_t at, struct claim *c,
			    unsigned count)
{
	unsigned left = 0;

	for (unsigned i = 0; i < count; i++) {
		const struct asset *a = &h->keep.roster->assets.at[c[i].asset];

		if (h->past->asked != NULL && !is_asked(h, hit, c[i].member))
			continue;
		if (at < a->since || (!a->proven && at < h->past->unproven))
			h->past->early++;
		else
			c[left++] = c[i];
	}
	return left;
}

static unsigned claims_of(struct hits *h, const struct scan_hit *hit, int64_t at,
			  struct claim out[CLAIM_MAX])
{
	struct met met[SELECT_MAX_MATCHES];
	unsigned count;

	for (unsigned i = 0; i < hit->count; i++)
		met[i] = hit->match[i].met;
	count = claim_make(h->keep.roster, h->keep.index, met, hit->count, at, out);
	return h->past != NULL ? past_claims(h, hit, at, out, count) : count;
}

// One issue of the event for one member.
static bool add_one(struct hits *h, const struct claim *c, const struct issue *issue,
		    struct merge_add *add, struct err *e)
{
	const struct roster *r = h->keep.roster;
	struct hold_case of = { issue->class, c->strength, c->by_name };
	struct hold_verdict verdict = hold_judge(&h->looked, &of);
	const struct seen_of what = {
		.event = add->event,
		.side = h->side,
		.claim = c,
		.asset = &r->assets.at[c->asset],
		.member = r->members.at[c->member].slug,
	};
	char seen[SEEN_TEXT], warned[HOLD_TEXT];
	struct buf b = BUF_ON(seen), w = BUF_ON(warned);

	if (what.asset->until <= h->keep.now) // who held it then is not told now (RULES 4)
		return true;
	if (!seen_write(&b, issue->class, &what) || b.over)
		return true;
	add->what.member = r->members.at[c->member].id;
	add->what.seen = buf_view(&b);
	if (alarms_have(&h->alarms, &(struct alarm){ add->what.member, add->what.issue,
						     add->what.seen, add->what.print })) {
		h->suppressed++;
		return true;
	}
	if (merge_full(&h->merge) && !flush(h, e))
		return false;
	add->what.class = issue->class;
	add->what.severity = issue->severity;
	add->what.strength = c->strength;
	add->what.asset = c->asset;
	add->what.node = c->node;
	add->what.rule = c->rule;
	hold_write(&w, &verdict);
	add->what.warned = buf_view(&w);
	add->what.verdict = verdict.why;
	merge_add(&h->merge, add);
	return true;
}

static bool add_all(struct hits *h, struct merge_add *add, const struct claim *c, unsigned count,
		    struct err *e)
{
	struct str id[ISSUE_MAX];
	unsigned issues = feed_issues(h->type, add->event, &h->scratch, id);

	for (unsigned i = 0; i < issues; i++) {
		const struct issue *issue = issue_changed(h->issues, id[i]);

		if (issue == NULL)
			return err_set(e, ERR_CONFIG,
				       "feed " STR_FMT ": there is no issue called \"" STR_FMT "\"",
				       STR_ARG(h->feed->name), STR_ARG(id[i]));
		add->what.issue = id[i];
		for (unsigned k = 0; k < count; k++)
			if (!add_one(h, &c[k], issue, add, e))
				return false;
	}
	return true;
}

bool hits_mark(struct hits *h, const struct event *event, struct err *e)
{
	struct exploited x = { .since = time_of(h, event) };
	struct str list = event_get(event, S("product.vulnerabilities"));
	char cve[CVE_TEXT];

	if (!begin(h, e))
		return false;
	x.feed = h->keep.feed_id;
	x.batch = h->keep.batch;
	x.fresh = finding_is_news(x.since, h->came, h->feed->news);
	while (cve_next(&list, cve)) {
		x.cve = str_of(cve);
		if (!exploited_add(h->keep.db, &x, e))
			return false;
	}
	return true;
}

bool hits_add(struct hits *h, const struct scan_hit *hit, struct err *e)
{
	int64_t at = time_of(h, hit->event);
	struct merge_add add = {
		.what = { .time = at,
			  .news = finding_is_news(at, h->came, h->feed->news),
			  .record = hit->record,
			  .place = hit->offset,
			  .length = hit->length },
		.event = hit->event,
	};
	struct claim claims[CLAIM_MAX];
	unsigned count = claims_of(h, hit, at, claims);
	char *mark = arena_mark(&h->scratch), print[PRINT_TEXT];
	struct buf p = BUF_ON(print);
	bool good;

	print_write(&p, hit->event);
	add.what.print = buf_view(&p);
	h->looked.count = 0;
	if (count > 0 && h->warnings != NULL)
		hold_look(h->warnings, hit->event, idn_to_ascii, &h->scratch, &h->looked);
	good = count == 0 || add_all(h, &add, claims, count, e);
	arena_back(&h->scratch, mark);
	return good;
}

bool hits_end(struct hits *h, struct run_report *out, struct err *e)
{
	const struct keep *k = &h->keep;

	if (!flush(h, e))
		return false;
	out->fresh = k->fresh;
	out->refreshed = k->refreshed;
	out->candidates = k->candidates;
	out->promoted = k->promoted;
	out->old = k->old;
	out->held = k->held;
	out->released = k->released;
	out->reopened = k->reopened;
	out->again = k->again;
	out->suppressed = h->suppressed;
	return true;
}
