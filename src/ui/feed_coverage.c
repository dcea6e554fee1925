#include "codec/net/address.h"
#include "model/roster/key.h"
#include "os/idn.h"
#include "store/batch.h"
#include "store/life.h"
#include "task/watch/coverage.h"
#include "task/watch/feed_find.h"
#include "ui/audited.h"
#include "ui/feed_rows.h"
#include "ui/watch_home.h"

#include <stdlib.h>

static const struct column columns[] = {
	{ "member", "Member", false },     { "kind", "Kind", false },  { "value", "Asset", true },
	{ "known", "Known to it", false }, { "since", "From", false }, { "until", "Until", false },
};

struct covering {
	struct app *app;
	const struct call *call;
	struct watch_home h;
	struct feed feed;
	struct coverage_kinds kinds;
	LIST(struct coverage) known;
	LIST(struct str) lines; // to be given to the publisher
};

static void covering_done(struct covering *w)
{
	watch_home_done(&w->h);
}

static const struct coverage *known_of(const struct covering *w, int64_t asset)
{
	LIST_EACH (const struct coverage, c, &w->known)
		if (c->asset == asset)
			return c;
	return NULL;
}

static void add_line(struct covering *w, struct buf *b)
{
	*list_add(&w->lines, &w->h.a) = arena_str(&w->h.a, buf_view(b));
	b->n = 0;
}

// As publishers take it: prefixes, AS numbers and names in A-labels. Nobody subscribes to
// an account: its domain is what is looked at, and an account is personal.
static void add_lines(struct covering *w, const struct asset *x)
{
	char text[NAME_MAX_BYTES + 1];
	struct buf b = BUF_ON(text);
	struct asset_key key;
	struct prefix p;
	struct err none;

	if (!asset_key(x, idn_to_ascii, &w->h.a, &key, &none)) // it was read when it came
		return;
	if (asset_has_range(x)) {
		while (prefix_cut(&key.range, &p)) {
			prefix_write(&b, p);
			add_line(w, &b);
		}
	} else if (x->kind == ASSET_ASN || asset_has_name(x)) {
		buf_str(&b, x->kind == ASSET_ASN ? S("AS") : S(""));
		buf_str(&b, key.text);
		add_line(w, &b);
	}
}

static int by_text(const void *a, const void *b)
{
	return str_order(*(const struct str *)a, *(const struct str *)b);
}

// What several members have, or have as a domain and as a mail domain, is one line.
static void print_lines(struct covering *w)
{
	struct str *line = w->lines.at;

	if (w->lines.count > 0)
		qsort(line, w->lines.count, sizeof *line, by_text);
	for (size_t i = 0; i < w->lines.count; i++)
		if (i == 0 || !str_eq(line[i], line[i - 1]))
			printf(STR_FMT "\n", STR_ARG(line[i]));
}

static void put_asset(struct covering *w, const struct asset *x)
{
	const struct coverage *c = known_of(w, x->id);
	bool known = c != NULL && c->since <= w->h.home.now && w->h.home.now < c->until;
	struct out *o = &w->app->out;

	if (call_has(w->call, "missing") && known)
		return;
	if (call_has(w->call, "export")) {
		add_lines(w, x);
		return;
	}
	out_text(o, w->h.ready.roster.members.at[x->member].slug);
	out_text(o, asset_kind_word((enum asset_kind)x->kind));
	out_text(o, x->value);
	out_flag(o, known);
	out_day(o, c != NULL ? c->since : TIME_EVER);
	out_day(o, c != NULL ? c->until : TIME_NEVER);
}

static bool told_of(const struct covering *w, const struct asset *x)
{
	return coverage_wants(&w->kinds, x, w->h.home.now);
}

static bool list_all(struct covering *w, struct err *e)
{
	struct audit_entry a = { .by = audited_by(w->call, w->h.home.now),
				 .subject = w->feed.name };
	bool export = call_has(w->call, "export");
	autorows rows = NULL;
	struct coverage c;

	if (!coverage_all(w->h.home.db, w->feed.name, &rows, e))
		return false;
	while (coverage_next_row(rows, &c, e))
		*list_add(&w->known, &w->h.a) = c;
	if (e->kind != ERR_NONE)
		return false;
	a.by.verb = S("feed coverage --export");
	if (export && !audited_look(w->app, &w->h.home, &a, e))
		return false;
	if (!export)
		out_table(&w->app->out, columns, COUNTOF(columns));
	LIST_EACH (const struct asset, x, &w->h.ready.roster.assets)
		if (told_of(w, x))
			put_asset(w, x);
	if (export)
		print_lines(w);
	else
		out_end(&w->app->out);
	return true;
}

static bool day_of(const struct covering *w, const char *option, int64_t *out, struct err *e)
{
	struct str given = call_option(w->call, option);

	return given.p == NULL || time_read(given, out) ||
	       err_set(e, ERR_USAGE, "--%s: \"" STR_FMT "\" is no day such as 2026-03-02", option,
		       STR_ARG(str_first(given, 40)));
}

static bool tell_audit(struct covering *w, const struct asset *x, const struct coverage *c,
		       struct err *e)
{
	struct str since = call_option(w->call, "since"), until = call_option(w->call, "until");
	struct audit_said said[] = {
		{ "member", w->h.ready.roster.members.at[x->member].slug },
		{ "asset", x->value },
		{ "since", c->since == TIME_EVER ? S("") : since },
		{ "until", c->until == TIME_NEVER ? S("") : until },
	};
	struct audit_entry a = {
		.by = audited_by(w->call, w->h.home.now),
		.subject = w->feed.name,
		.said = said,
		.count = COUNTOF(said),
	};

	return audit_write(w->h.home.db, &a, &w->h.a, e);
}

static bool put_value(struct covering *w, struct str value, struct coverage c, struct err *e)
{
	bool any = false;

	LIST_EACH (const struct asset, x, &w->h.ready.roster.assets) {
		if (!told_of(w, x) || !str_eq(x->value, value))
			continue;
		any = true;
		c.asset = x->id;
		if (!coverage_put(w->h.home.db, &c, e) || !tell_audit(w, x, &c, e))
			return false;
	}
	return any ||
	       err_set(e, ERR_ABSENT,
		       "no member has an asset " STR_FMT " that this feed could meet: see 'waker "
		       "feed coverage " STR_FMT "'",
		       STR_ARG(str_first(value, 80)), STR_ARG(w->feed.name));
}

static bool put_all(struct covering *w, struct err *e)
{
	struct db *d = w->h.home.db;
	struct coverage c = { .since = TIME_EVER, .until = TIME_NEVER };

	if (!day_of(w, "since", &c.since, e) || !day_of(w, "until", &c.until, e) || !db_begin(d, e))
		return false;
	bool good = batch_feed(d, w->feed.name, &c.feed, e);

	for (size_t i = 1; i < w->call->count && good; i++)
		good = put_value(w, w->call->arg[i], c, e);
	good = good && coverage_note(d, &w->feed, &w->h.ready.roster, w->h.home.now, &w->h.a, e);
	if (good && !w->app->dry_run)
		return audit_commit(&w->h.home, &w->h.a, e);
	db_abort(d);
	return good;
}

bool feed_coverage(struct app *app, const struct call *call, struct err *e)
{
	CLEANUP(covering_done) struct covering w = { .app = app, .call = call };
	struct feed_places places;

	if (!watch_home_open(app, (struct str){ 0 }, &w.h, e))
		return false;
	places = feed_places(w.h.home.path, &w.h.a);
	if (!feed_find(&places, call->arg[0], &w.h.a, &w.feed, e))
		return false;
	w.kinds = coverage_kinds(&w.feed);
	return call->count > 1 ? put_all(&w, e) : list_all(&w, e);
}
