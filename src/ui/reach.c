#include "ui/reach.h"

#include "base/time.h"
#include "model/reach/reach.h"
#include "task/reach/reach.h"
#include "ui/audited.h"

// ---- what is known

bool reaches_load(struct db *d, int64_t now, struct arena *a, struct reaches *out, struct err *e)
{
	autorows r = NULL;
	struct reach_last x;

	*out = (struct reaches){ .now = now, .a = a };
	if (!reach_last(d, &r, e))
		return false;
	while (reach_next_last(r, &x, e))
		*list_add(&out->at, a) = x;
	return e->kind == ERR_NONE;
}

static const struct reach_last *last_of(const struct reaches *r, int64_t contact)
{
	size_t low = 0, high = r->at.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (r->at.at[middle].contact < contact)
			low = middle + 1;
		else
			high = middle;
	}
	return low < r->at.count && r->at.at[low].contact == contact ? &r->at.at[low] : NULL;
}

static struct reach_asked asked_of(const struct reach_last *x)
{
	return (struct reach_asked){ x->state, x->changed, x->confirmed };
}

struct str reaches_says(const struct reaches *r, int64_t contact)
{
	const struct reach_last *x = last_of(r, contact);
	struct reach_asked asked;
	char day[TIME_TEXT];

	if (x == NULL)
		return S("");
	asked = asked_of(x);
	if (x->confirmed == 0)
		return reach_says(&asked, r->now, r->a);
	time_write(x->confirmed, day);
	return arena_fmt(r->a, "confirmed %.10s", day);
}

size_t reaches_columns(struct column out[REACH_COLUMNS])
{
	static const struct column columns[REACH_COLUMNS] = {
		{ "test", "test", true },
		{ "test_state", NULL, false },
		{ "test_sent", NULL, false },
		{ "test_reached", NULL, false },
	};

	memcpy(out, columns, sizeof columns);
	return REACH_COLUMNS;
}

void reaches_put(struct out *o, const struct reaches *r, int64_t contact)
{
	const struct reach_last *x = last_of(r, contact);
	struct reach_asked asked;

	if (x == NULL) {
		for (unsigned i = 0; i < REACH_COLUMNS; i++)
			out_none(o);
		return;
	}
	asked = asked_of(x);
	out_text(o, reaches_says(r, contact));
	out_text(o, reach_word(reach_state(&asked, r->now)));
	out_time(o, x->made);
	out_time(o, x->reached > 0 ? x->reached : TIME_NEVER);
}

// ---- asking

// clang-format off
static const struct column columns[] = {
	{ "member", "Member", false },
	{ "role", "Role", false },
	{ "mail", "Mail", true },
};
// clang-format on

static bool put_due(struct app *app, const struct home *h, const struct reach_asking *w,
		    size_t *count, struct err *e)
{
	const struct reach_from from = { .since = w->now - REACH_AGAIN_HOURS * TIME_HOUR,
					 .now = w->now,
					 .member = w->member };
	autorows r = NULL;
	struct reach_due x;

	*count = 0;
	if (!reach_due(h->db, &from, &r, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	while (reach_next_due(r, &x, e)) {
		out_text(&app->out, x.slug);
		out_text(&app->out, x.to.role);
		out_text(&app->out, x.to.mail);
		++*count;
	}
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

static bool ask(struct app *app, const struct call *call, const struct home *h,
		const struct reach_asking *w, struct err *e)
{
	struct audit_said said[] = { { "asked", S("") } };
	const struct audit_entry x = { .by = audited_by(call, w->now),
				       .subject = w->member.n > 0 ? w->member : S("contacts"),
				       .said = said,
				       .count = COUNTOF(said) };
	struct composed made;

	if (!reach_ask(h->db, w, &made, e))
		return false;
	said[0].value = arena_fmt(app->arena, "%lld", (long long)made.deliveries);
	return audit_write(h->db, &x, app->arena, e);
}

bool reach_command(struct app *app, const struct call *call, struct err *e)
{
	struct str of = call_option(call, "of");
	struct reach_asking w = { .member = of.p != NULL ? of : S("") };
	autohome h = { 0 };
	size_t count;

	if (!home_open(app->home, app->arena, &h, e))
		return false;
	w.now = h.now;
	if (!put_due(app, &h, &w, &count, e))
		return false;
	if (count == 0)
		return err_set(e, ERR_ABSENT,
			       "there is nobody to ask%s" STR_FMT ": no such member, no mail "
			       "address, or asked within %d hours",
			       w.member.n > 0 ? " of " : "", STR_ARG(str_first(w.member, 60)),
			       (int)REACH_AGAIN_HOURS);
	return (app->dry_run || app_confirm(app, count,
					    arena_fmt(app->arena, "would ask %zu contact%s", count,
						      count == 1 ? "" : "s")
						    .p,
					    e)) &&
	       db_begin(h.db, e) && audited_keep(app, &h, ask(app, call, &h, &w, e), e);
}
