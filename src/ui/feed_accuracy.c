#include "store/answer.h"
#include "task/home.h"
#include "ui/feed_rows.h"

// clang-format off
static const struct column columns[] = {
	{ "feed", "Feed", false },         { "issue", "Issue", true },
	{ "told", "Told", false },         { "disputed", "Disputed", false },
	{ "false_alarms", "False alarms", false },
	{ "not_theirs", "Not theirs", false },
	{ "rate", "False alarms of 1,000", false },
};
// clang-format on

bool feed_accuracy(struct app *app, const struct call *call, struct err *e)
{
	struct out *o = &app->out;
	autohome h = { 0 };
	autorows r = NULL;
	struct accuracy x;

	if (!home_open(app->home, app->arena, &h, e) ||
	    !answer_accuracy(h.db, call->count > 0 ? call->arg[0] : S(""), &r, e))
		return false;
	out_table(o, columns, COUNTOF(columns));
	while (answer_next_accuracy(r, &x, e)) {
		out_text(o, x.feed);
		out_text(o, x.issue);
		out_int(o, x.told);
		out_int(o, x.disputed);
		out_int(o, x.wrong);
		out_int(o, x.ours);
		out_int(o, x.told > 0 ? (1000 * x.wrong + x.told / 2) / x.told : 0);
	}
	out_end(o);
	return e->kind == ERR_NONE;
}
