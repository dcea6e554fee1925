// `waker feed update-schema`.
#include "task/home.h"
#include "task/watch/schema.h"
#include "ui/feed_rows.h"

#define SCHEMA_ARENA ((size_t)1 << 30) // address space; what is used of it is some 10 MB

static const struct column columns[] = {
	{ "type", "Type", false },
	{ "change", "Change", false },
	{ "new_columns", "New columns", true },
	{ "changed_columns", "Changed columns", true },
	{ "selects", NULL, false },
	{ "sets", NULL, false },
};

static const char *const changes[] = {
	[SCHEMA_ADDED] = "added",
	[SCHEMA_CHANGED] = "changed",
	[SCHEMA_GONE] = "gone",
};

static void put(struct out *o, const struct schema_difference *d)
{
	out_text(o, d->type);
	out_text(o, str_of(changes[d->change]));
	out_texts(o, d->fresh.at, d->fresh.count);
	out_texts(o, d->other.at, d->other.count);
	out_flag(o, d->selects);
	out_flag(o, d->sets);
}

static void tell(struct app *app, const struct schema_report *r)
{
	LIST_EACH (const struct str, note, &r->schema.notes)
		app_say(app, STR_FMT, STR_ARG(*note));
	if (r->same) {
		app_say(app, "The feed file says all of this already: nothing was changed.");
		return;
	}
	app_say(app,
		"%zu report types, %zu of them otherwise than before: " STR_FMT ", %zu bytes%s",
		r->schema.types.count, r->differences.at.count, STR_ARG(r->path), r->bytes,
		app->dry_run ? " (a dry run: not written)" : "");
}

bool feed_update_schema(struct app *app, const struct call *call, struct err *e)
{
	autohome home = { 0 };
	autoarena a = { 0 };
	struct schema_report r;
	const char *table = str_z(app->arena, call->arg[0]);

	if (table == NULL)
		return err_set(e, ERR_USAGE, "a file's name has no NUL byte");
	arena_init(&a, SCHEMA_ARENA);
	if (!home_open(app->home, &a, &home, e) ||
	    !schema_update(&home, table, app->dry_run, &a, &r, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	LIST_EACH (const struct schema_difference, d, &r.differences.at)
		put(&app->out, d);
	out_end(&app->out);
	tell(app, &r);
	return true;
}
