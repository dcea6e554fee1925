// `waker feed list` and `waker feed show`.
#include "model/feed/fetch.h"
#include "task/home.h"
#include "task/watch/feed_find.h"
#include "task/watch/feed_switch.h"
#include "ui/feed_rows.h"

static const struct column columns[] = {
	{ "name", "Feed", false },      { "provider", "Provider", true },
	{ "role", "Role", false },      { "presence", "Presence", false },
	{ "format", "Format", false },  { "tlp", "TLP", false },
	{ "types", "Types", false },    { "enabled", "On", false },
	{ "coverage", NULL, false },    { "tlp_out", NULL, false },
	{ "sensitivity", NULL, false }, { "news_days", NULL, false },
	{ "keep_days", NULL, false },   { "documentation", NULL, false },
	{ "terms", NULL, false },       { "enabled_by", "Said by", false },
	{ "fetch", NULL, false },       { "from", NULL, false },
};

enum { CONDITION_SHOWN = 1024 };

static struct str word_of(unsigned i, const char *const *words)
{
	return str_of(words[i]);
}

static const char *const roles[] = { "victims", "indicators", "context" };
static const char *const presences[] = { "list", "report", "stream" };
static const char *const sensitivities[] = { "low", "middle", "high" };

// Who says whether it is on: its file, or the operator.
static struct str said_by(const struct app *app, const struct feed_places *places, struct str name)
{
	enum feed_switch is;
	struct err e = { 0 }; // feed_find has told it

	if (!feed_switch_of(places->own, name, app->arena, &is, &e) || is == SWITCH_UNSAID)
		return S("feed file");
	return S("enabled.conf");
}

// How it comes, and what an officer has to do for it.
static const char *way_in(const struct feed_fetch *x)
{
	if (x == NULL || x->how == FETCH_BY_HAND)
		return "by hand";
	return feed_fetch_built(x->how) ? feed_fetch_word(x->how) : NULL;
}

static void put_way_in(struct out *o, const struct feed_fetch *x, struct arena *a)
{
	const char *way = way_in(x);
	struct str all = x != NULL ? x->from : (struct str){ 0 };

	if (way != NULL)
		out_text(o, str_of(way));
	else
		out_text(o, arena_fmt(a, "%s: not built yet, its files are given by hand",
				      feed_fetch_word(x->how)));
	if (x != NULL)
		LIST_EACH (const struct str, m, &x->more)
			all = arena_fmt(a, STR_FMT " " STR_FMT, STR_ARG(all), STR_ARG(*m));
	out_text(o, all);
}

static void put_feed(const struct app *app, const struct feed_places *places, struct out *o,
		     const struct feed *f)
{
	out_text(o, f->name);
	out_text(o, f->provider);
	out_text(o, word_of(f->role, roles));
	out_text(o, word_of(f->presence, presences));
	out_text(o, feed_format_word(f->format));
	out_text(o, f->tlp);
	out_int(o, (int64_t)f->types.count);
	out_flag(o, f->enabled);
	out_text(o, f->subscribed ? S("subscribed") : S("world"));
	out_text(o, f->tlp_out);
	out_text(o, word_of(f->sensitivity, sensitivities));
	out_int(o, f->news / TIME_DAY);
	if (f->keep > 0)
		out_int(o, f->keep);
	else
		out_none(o);
	out_text(o, f->documentation);
	out_text(o, f->terms);
	out_text(o, said_by(app, places, f->name));
	put_way_in(o, f->fetch, app->arena);
}

bool feed_list(struct app *app, const struct call *call, struct err *e)
{
	struct feed_places places = feed_places(app->home, app->arena);
	enum feed_switch is;
	struct feed_names all;
	struct feed f;

	if (!feed_switch_of(places.own, S(""), app->arena, &is, e) || // once, not for each
	    !feed_names(&places, app->arena, &all, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	LIST_EACH (const struct str, name, &all.names) {
		struct err mine = { 0 };

		if (feed_find(&places, *name, app->arena, &f, &mine)) {
			put_feed(app, &places, &app->out, &f);
			continue;
		}
		app_fail(app, call, &mine);
		app->ended = EXIT_FOUND;
	}
	out_end(&app->out);
	return true;
}

static const struct column map_columns[] = {
	{ "type", "Type", false },
	{ "part", "Part", false },
	{ "what", "What", true },
	{ "becomes", "Becomes", true },
};

static void put_map(struct out *o, struct str type, const char *part, struct str what,
		    struct str becomes)
{
	out_text(o, type);
	out_text(o, str_of(part));
	out_text(o, what);
	out_text(o, becomes);
}

static struct str condition_text(const struct condition *c, struct arena *a)
{
	struct buf b = { .p = arena_new(a, char, CONDITION_SHOWN), .cap = CONDITION_SHOWN };

	condition_write(&b, c);
	return buf_view(&b);
}

static void show_type(struct app *app, const struct feed_type *t)
{
	LIST_EACH (const struct feed_column, c, &t->columns)
		put_map(&app->out, t->name, "column", c->name, c->field);
	LIST_EACH (const struct feed_select, s, &t->selects)
		put_map(&app->out, t->name, t->by_fields ? "match" : "select", s->column, s->by);
	LIST_EACH (const struct feed_fixed, x, &t->fixed)
		put_map(&app->out, t->name, "set", x->field, x->value);
	LIST_EACH (const struct feed_drop, d, &t->drops)
		put_map(&app->out, t->name, "drop", d->why, condition_text(&d->when, app->arena));
	LIST_EACH (const struct feed_rule, r, &t->rules)
		put_map(&app->out, t->name, "issue", r->issue,
			r->when.count > 0 ? r->when.at[0].name : S("always"));
}

bool feed_show(struct app *app, const struct call *call, struct err *e)
{
	struct feed_places places = feed_places(app->home, app->arena);
	struct str type = call_option(call, "type");
	struct column all[COUNTOF(columns)];
	struct feed f;

	if (!feed_find(&places, call->arg[0], app->arena, &f, e))
		return false;
	if (type.p != NULL && feed_type(&f, type) == NULL)
		return err_set(e, ERR_ABSENT, "feed " STR_FMT " has no type \"" STR_FMT "\"",
			       STR_ARG(f.name), STR_ARG(str_first(type, 60)));
	if (type.p == NULL && app->out.form != OUT_COLUMNS) {
		for (size_t i = 0; i < COUNTOF(columns); i++)
			all[i] = (struct column){ columns[i].key, columns[i].key, false };
		out_record(&app->out, all, COUNTOF(all));
		put_feed(app, &places, &app->out, &f);
		out_end(&app->out);
	}
	out_table(&app->out, map_columns, COUNTOF(map_columns));
	LIST_EACH (const struct feed_type, t, &f.types)
		if (type.p == NULL ? f.types.count == 1 || app->verbose : str_eq(t->name, type))
			show_type(app, t);
	out_end(&app->out);
	if (type.p == NULL && f.types.count > 1 && !app->verbose) {
		out_table(&app->out, map_columns, 1);
		LIST_EACH (const struct feed_type, t, &f.types)
			out_text(&app->out, t->name);
		out_end(&app->out);
	}
	return true;
}
