#include "task/service/metrics.h"

#include "base/buf.h"
#include "codec/text/json_out.h"
#include "ui/nouns.h"

static const struct column columns[] = {
	{ "metric", "Metric", false },
	{ "labels", "Labels", false },
	{ "value", "Value", false },
};

enum { LABELS_TEXT = 1024 };

static struct str labels_text(const struct metric_sample *s, char room[LABELS_TEXT])
{
	const struct metric_row *row = &metric_rows[s->metric];
	struct buf b = { .p = room, .cap = LABELS_TEXT };

	buf_char(&b, '{');
	for (unsigned i = 0; i < METRIC_LABELS; i++) {
		if (row->label[i] == NULL)
			continue;
		buf_fmt(&b, "%s\"%s\":", b.n > 1 ? "," : "", row->label[i]);
		json_str(&b, s->label[i]);
	}
	buf_char(&b, '}');
	return b.over ? S("{}") : buf_view(&b);
}

static void put_sample(struct app *app, const struct metric_sample *s)
{
	const struct metric_row *row = &metric_rows[s->metric];
	char room[LABELS_TEXT];

	out_text(&app->out, str_of(row->name));
	out_json(&app->out, labels_text(s, room));
	out_json(&app->out, row->seconds ? arena_fmt(app->arena, "%lld.%06lld",
						     (long long)(s->value / 1000000),
						     (long long)(s->value % 1000000))
					 : arena_fmt(app->arena, "%lld", (long long)s->value));
}

static bool metrics(struct app *app, const struct call *call, struct err *e)
{
	struct metrics_counted counted;
	struct metrics m;
	struct str text;
	autohome h = { 0 };

	(void)call;
	if (!home_open_looking(app->home, app->arena, &h, e) || !metrics_count(&h, &counted, e) ||
	    !metrics_look(&h, &counted, app->arena, &m, e))
		return false;
	if (app->out.form != OUT_JSON) {
		text = metrics_text(&m, app->arena);
		fwrite(text.p, 1, text.n, app->out.to);
		return true;
	}
	out_table(&app->out, columns, COUNTOF(columns));
	LIST_EACH (const struct metric_sample, s, &m.all)
		put_sample(app, s);
	out_end(&app->out);
	return true;
}

// clang-format off
static const struct command rows[] = {
	{ "metrics", "", "Print what is measured, as a Prometheus reads it", READS, 0, 0, NULL,
	  { "waker metrics", "waker metrics --json" },
	  "The text format 0.0.4 of Prometheus: each with its help and type, ages in seconds. It is made of the store, also "
	  "where no service runs: for a timer and the textfile collector, say. A running service answers the same to "
	  "GET /metrics on the socket run/metrics of the home, or on the loopback port that waker.conf(5) says. No name, "
	  "asset or finding of a member is in it. With --json each sample is an object a line.", metrics },
};
// clang-format on

const struct noun noun_metrics = { "metrics", "what is measured, for a Prometheus", rows,
				   COUNTOF(rows) };
