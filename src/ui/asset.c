#include "ui/audited.h"
#include "ui/nouns.h"
#include "ui/roster.h"

// clang-format off
static const struct option own[] = { // the fields of model/roster/field.c
	{ "since", "DATE", NULL, "held from" },
	{ "until", "DATE", NULL, "held before" },
	{ "proven", "yes|no", "yes|no", "since was proven, not just said" },
	{ "dynamic", "yes|no", "yes|no", "addresses change hands inside it" },
	{ "tell_enclosing", "yes|no", "yes|no", "owners of enclosing assets may hear of it" },
	{ "care", "TEXT", NULL, "care function: what stops if it stops" },
	{ "vouched", "TEXT", NULL, "who said that it is theirs" },
	{ 0 },
};
static const struct option filters[] = {
	{ "of",   "MEMBER", NULL, "only of this member" },
	{ "kind", "WORD",   NULL, "only of this kind" },
	{ "all",  NULL,     NULL, "also what is over" },
	{ 0 },
};
static const struct option form[] = {
	{ "as", "FORM", "csv|json|tsv", "which form; by default csv, with --json json" },
	AUDITED_BY,
	{ 0 },
};
// clang-format on

static bool asset_list(struct app *app, const struct call *call, struct err *e)
{
	return roster_list(app, call, RECORD_ASSET, e);
}

static bool asset_show(struct app *app, const struct call *call, struct err *e)
{
	return roster_show(app, call, RECORD_ASSET, e);
}

static bool asset_add(struct app *app, const struct call *call, struct err *e)
{
	return roster_add(app, call, RECORD_ASSET, e);
}

static bool asset_change(struct app *app, const struct call *call, struct err *e)
{
	return roster_alter(app, call, RECORD_ASSET, e);
}

static bool asset_remove(struct app *app, const struct call *call, struct err *e)
{
	return roster_remove(app, call, RECORD_ASSET, e);
}

static bool asset_export(struct app *app, const struct call *call, struct err *e)
{
	return roster_export(app, call, RECORD_ASSET, e);
}

// clang-format off
static const struct command rows[] = {
	{ "asset list", "", "List assets", READS, 0, 0, filters,
	  { "waker asset list",
	    "waker asset list --kind prefix --json" },
	  NULL, asset_list },
	{ "asset show", "MEMBER VALUE", "Show all that is known of an asset", READS, 2, 2, NULL,
	  { "waker asset show m1 198.18.0.0/24",
	    "waker asset show m1 198.18.0.0/24 --json" },
	  NULL, asset_show },
	{ "asset add", "MEMBER|- KIND VALUE", "Add an asset", CHANGES, 3, 3, own,
	  { "waker asset add m1 prefix 198.18.0.0/24 --since 2026-01-01",
	    "waker asset add m1 prefix 198.18.0.0/24 --since 2026-01-01 --dry-run" },
	  "A hole (what is nobody's) is added with the member -.", asset_add },
	{ "asset change", "MEMBER VALUE", "Change what is known of an asset", CHANGES, 2, 2, own,
	  { "waker asset change m1 198.18.0.0/24 --dynamic yes",
	    "waker asset change m1 198.18.0.0/24 --dynamic yes --dry-run" },
	  NULL, asset_change },
	{ "asset remove", "MEMBER VALUE", "End an asset", CHANGES, 2, 2, NULL,
	  { "waker asset remove m1 198.18.0.0/24 --yes",
	    "waker asset remove m1 198.18.0.0/24 --yes --json" },
	  "It ends now; events of before still belong to the member.", asset_remove },
	{ "asset export", "", "Write all assets as a file that can be imported", READS | AUDITS_LOOK, 0, 0, form,
	  { "waker asset export > assets.csv",
	    "waker asset export --as json" },
	  NULL, asset_export },
};
// clang-format on

const struct noun noun_asset = { "asset", "what is a member's: networks, names, accounts", rows,
				 COUNTOF(rows) };
