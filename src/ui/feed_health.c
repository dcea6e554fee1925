// `waker feed health`.
#include "base/time.h"
#include "task/service/health.h"
#include "ui/feed_rows.h"

static const struct column columns[] = {
	{ "feed", "Feed", false },
	{ "type", "Type", false },
	{ "batches", "Batches", false },
	{ "last", "Last", false },
	{ "silent_hours", "Silent after h", false },
	{ "records", "Records", false },
	{ "least", "Least", false },
	{ "most", "Most", false },
	{ "junk", "Junk %", false },
	{ "junk_most", "Most %", false },
	{ "hits", "Hits", false },
	{ "records_before", "Before", true },
	{ "faults", "Wrong", false },
	{ "held", NULL, false },
	{ "says", NULL, false },
};

enum { SPARK_BYTES = 3 * GUARDIAN_BATCHES + 1, LIST_BYTES = 21 * GUARDIAN_BATCHES + 3 };

// The records of the last batches, oldest first, the most of them as the highest bar.
static struct str spark(const struct health *x, struct arena *a)
{
	static const char *const bars[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	struct buf b = { .p = arena_new(a, char, SPARK_BYTES), .cap = SPARK_BYTES };

	for (size_t i = x->count; i-- > 0;) {
		double part =
			x->usual.most > 0 ? (double)x->batch[i].records / (double)x->usual.most : 0;

		buf_str(&b, str_of(bars[(size_t)(part * (COUNTOF(bars) - 1) + 0.5)]));
	}
	return buf_view(&b);
}

static struct str numbers(const struct health *x, struct arena *a)
{
	struct buf b = { .p = arena_new(a, char, LIST_BYTES), .cap = LIST_BYTES };

	buf_char(&b, '[');
	for (size_t i = x->count; i-- > 0;) {
		buf_uint(&b, x->batch[i].records);
		buf_str(&b, i > 0 ? S(",") : S(""));
	}
	buf_char(&b, ']');
	return buf_view(&b);
}

static void put_bound(struct out *o, bool said, uint64_t v)
{
	if (said)
		out_int(o, (int64_t)v);
	else
		out_none(o);
}

static void put_batches(struct out *o, const struct health *x, struct arena *a)
{
	bool any = x->count > 0;

	put_bound(o, any, any ? x->batch[0].records : 0);
	put_bound(o, x->bounds.least > 0, x->bounds.least);
	put_bound(o, x->bounds.most != UINT64_MAX, x->bounds.most);
	put_bound(o, any, any ? (guardian_junk(&x->batch[0]) + 5) / 10 : 0);
	put_bound(o, x->bounds.junk < 1000, x->bounds.junk / 10);
	put_bound(o, any, any ? x->batch[0].hits : 0);
	if (o->form == OUT_JSON)
		out_json(o, numbers(x, a));
	else
		out_text(o, spark(x, a));
}

static void put_faults(struct out *o, const struct health *x)
{
	struct str words[FAULT_COUNT], says[FAULT_COUNT];
	bool held = false;

	for (unsigned i = 0; i < x->faults.count; i++) {
		words[i] = fault_word(x->faults.at[i].kind);
		says[i] = x->faults.at[i].says;
		held = held || x->faults.at[i].holds;
	}
	out_texts(o, words, x->faults.count);
	out_flag(o, held);
	out_texts(o, says, x->faults.count);
}

static void put_health(struct app *app, const struct health *x)
{
	int64_t last = x->type.n > 0 && x->count > 0 ? x->batch[0].arrived : x->pulse.last;
	struct out *o = &app->out;

	out_text(o, x->feed);
	out_text(o, x->type);
	out_int(o, (int64_t)x->count);
	out_time(o, last > 0 ? last / TIME_SECOND * TIME_SECOND : TIME_EVER);
	put_bound(o, x->pulse.patience > 0, (uint64_t)(x->pulse.patience / TIME_HOUR));
	put_batches(o, x, app->arena);
	put_faults(o, x);
}

static void say_faults(struct app *app, const struct health *x)
{
	for (unsigned i = 0; i < x->faults.count; i++)
		out_line(&app->out, "%.*s%s%.*s: %s%.*s", STR_ARG(x->feed),
			 x->type.n > 0 ? " " : "", STR_ARG(x->type),
			 x->faults.at[i].holds ? "held: " : "", STR_ARG(x->faults.at[i].says));
}

bool feed_health(struct app *app, const struct call *call, struct err *e)
{
	struct health_all all = { 0 };
	autohome h = { 0 };

	if (!home_open(app->home, app->arena, &h, e) ||
	    !health_look(&h, call->count > 0 ? call->arg[0] : S(""), app->arena, &all, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	LIST_EACH (const struct health, x, &all.at) {
		put_health(app, x);
		if (x->faults.count > 0)
			app->ended = EXIT_FOUND;
	}
	out_end(&app->out);
	LIST_EACH (const struct health, x, &all.at)
		say_faults(app, x);
	return true;
}
