#include "base/sort.h"
#include "ui/roster_home.h"

#include <stdio.h>

static const char *const weights[REMARK_WEIGHTS] = {
	[REMARK_REFUSED] = "mistake",
	[REMARK_CONSENT] = "needs --yes",
	[REMARK_WARNING] = "warning",
	[REMARK_NOTE] = "note",
};

static void tell_remark(struct app *app, const struct remark *r, struct str file)
{
	char place[24] = "";

	if (r->line > 0 && file.n > 0)
		snprintf(place, sizeof place, ":%u", r->line);
	app_say(app, STR_FMT "%s%s%s: " STR_FMT, STR_ARG(file), place, file.n > 0 ? ": " : "",
		weights[r->weight], STR_ARG(r->text));
}

static int by_line(const void *x, const void *y)
{
	const struct remark *a = x, *b = y;

	return (a->line > b->line) - (a->line < b->line);
}

static void tell_json(struct app *app, const struct remarks *r)
{
	static const struct column columns[] = { { "remark", NULL, false },
						 { "line", NULL, false },
						 { "text", NULL, false } };

	out_table(&app->out, columns, COUNTOF(columns));
	LIST_EACH (struct remark, x, &r->list) {
		out_text(&app->out, str_of(weights[x->weight]));
		out_int(&app->out, x->line);
		out_text(&app->out, x->text);
	}
	out_end(&app->out);
}

void roster_tell_remarks(struct app *app, const struct remarks *r, struct str file)
{
	sort_merge(r->list.at, arena_new(r->a, struct remark, r->list.count), r->list.count,
		   sizeof(struct remark), by_line);
	if (app->out.form == OUT_JSON) {
		tell_json(app, r);
		return;
	}
	for (unsigned w = 0; w < REMARK_WEIGHTS; w++) {
		LIST_EACH (struct remark, x, &r->list)
			if (x->weight == w)
				tell_remark(app, x, file);
		if (r->count[w] > REMARK_MOST)
			app_say(app, "... and %zu more (%s)", r->count[w] - REMARK_MOST,
				weights[w]);
	}
}

static const char *const words[CHANGE_KINDS] = {
	[CHANGE_ADDED] = "added",
	[CHANGE_CHANGED] = "changed",
	[CHANGE_GONE] = "gone",
};

struct told { // one thing of a change
	struct str member, what;
	const void *now, *was;
};

static struct str owner(const struct roster *r, int32_t member)
{
	return member == ROSTER_NOBODY ? S("-") : r->members.at[member].slug;
}

// What it was: of a new one there is nothing, and the list may be empty.
#define WAS(list, place) ((list)->at != NULL ? &(list)->at[place] : NULL)

static struct told told_of(const struct roster_outcome *out, const struct change *c)
{
	const struct roster *r = c->kind == CHANGE_GONE ? &out->old : &out->file.roster;

	if (c->record == RECORD_MEMBER)
		return (struct told){ r->members.at[c->place].slug, r->members.at[c->place].name,
				      &r->members.at[c->place], WAS(&out->old.members, c->was) };
	if (c->record == RECORD_CONTACT) {
		const struct contact *x = &r->contacts.at[c->place];

		return (struct told){ owner(r, x->member), x->mail.n > 0 ? x->mail : x->phone, x,
				      WAS(&out->old.contacts, c->was) };
	}
	return (struct told){ owner(r, r->assets.at[c->place].member), r->assets.at[c->place].value,
			      &r->assets.at[c->place], WAS(&out->old.assets, c->was) };
}

// "since, care": the fields that changed.
static struct str fields_of(const struct change *c, const struct told *t, struct arena *a)
{
	struct str text = { 0 };

	if (c->kind != CHANGE_CHANGED)
		return text;
	for (unsigned i = 0; i < FIELD_COUNT; i++)
		if (fields[i].record == c->record && !field_same(&fields[i], t->now, t->was))
			text = arena_fmt(a, STR_FMT "%s%s", STR_ARG(text), text.n > 0 ? ", " : "",
					 fields[i].name);
	return text;
}

static void tell_counts(struct app *app, const struct difference *d)
{
	for (unsigned r = 0; r < RECORD_COUNT; r++)
		app_say(app, STR_FMT "s: %zu added, %zu changed, %zu gone",
			STR_ARG(record_word((enum record)r)), d->count[r][CHANGE_ADDED],
			d->count[r][CHANGE_CHANGED], d->count[r][CHANGE_GONE]);
	if (app->dry_run)
		app_say(app, "This was a dry run: nothing was changed.");
}

void roster_tell_changes(struct app *app, const struct roster_outcome *out)
{
	static const struct column columns[] = {
		{ "change", "change", false }, { "record", "record", false },
		{ "member", "member", false }, { "what", "what", true },
		{ "fields", "fields", true },
	};
	struct arena *a = out->remarks.a;

	out_table(&app->out, columns, COUNTOF(columns));
	LIST_EACH (struct change, c, &out->difference.list) {
		char *mark = arena_mark(a);
		struct told t = told_of(out, c);

		out_text(&app->out, str_of(words[c->kind]));
		out_text(&app->out, record_word(c->record));
		out_text(&app->out, t.member);
		out_text(&app->out, t.what);
		out_text(&app->out, fields_of(c, &t, a));
		arena_back(a, mark);
	}
	out_end(&app->out);
	if (out->keys > 0)
		app_say(app, "keys: %lld gone, of addresses of which no contact is left",
			(long long)out->keys);
	tell_counts(app, &out->difference);
	if (out->retro > 0)
		app_say(app, "the past is asked for what is new: 'waker retro show %lld'",
			(long long)out->retro);
}

bool roster_changed(struct app *app, struct roster_home *h, const struct roster_outcome *out,
		    struct err *e)
{
	roster_tell_changes(app, out);
	return app->dry_run || audit_note_head(&h->home, &h->a, e);
}
