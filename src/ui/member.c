#include "ui/audited.h"
#include "ui/nouns.h"
#include "ui/roster.h"

// clang-format off
static const struct option own[] = { // the fields of model/roster/field.c
	{ "names", "NAME;…", NULL, "names, the one to be shown first" },
	{ "kind", "KIND", NULL, "hospital, umbrella, supplier, partner, known, ..." },
	{ "umbrellas", "SLUG;…", NULL, "the members that it is under" },
	{ "size", "TEXT", NULL, "size of the user community" },
	{ "nis2", "CLASS", NULL, "NIS2 class: essential, important, none" },
	{ "service", "TEXT", NULL, "service level" },
	{ "language", "LANG", NULL, "nl, en, or both" },
	{ "agreement", "TEXT", NULL, "version and date of the agreement" },
	{ "since", "DATE", NULL, "member from this date" },
	{ "until", "DATE", NULL, "member before this date" },
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
static const struct option import_form[] = {
	{ "as", "FORM", "csv|json|tsv", "which form it has; by default what it looks like" },
	{ 0 },
};
// clang-format on

static bool member_list(struct app *app, const struct call *call, struct err *e)
{
	return roster_list(app, call, RECORD_MEMBER, e);
}

static bool member_show(struct app *app, const struct call *call, struct err *e)
{
	return roster_show(app, call, RECORD_MEMBER, e);
}

static bool member_add(struct app *app, const struct call *call, struct err *e)
{
	return roster_add(app, call, RECORD_MEMBER, e);
}

static bool member_change(struct app *app, const struct call *call, struct err *e)
{
	return roster_alter(app, call, RECORD_MEMBER, e);
}

static bool member_remove(struct app *app, const struct call *call, struct err *e)
{
	return roster_remove(app, call, RECORD_MEMBER, e);
}

static bool member_export(struct app *app, const struct call *call, struct err *e)
{
	return roster_export(app, call, RECORD_MEMBER, e);
}

// clang-format off
static const struct command rows[] = {
	{ "member list", "", "List members", READS, 0, 0, filters,
	  { "waker member list",
	    "waker member list --kind hospital --json" },
	  NULL, member_list },
	{ "member show", "SLUG", "Show all that is known of a member", READS, 1, 1, NULL,
	  { "waker member show m1",
	    "waker member show m1 --json" },
	  NULL, member_show },
	{ "member add", "SLUG NAME", "Add a member", CHANGES, 2, 2, own,
	  { "waker member add m1 \"Hospital One\" --kind hospital",
	    "waker member add m1 \"Hospital One\" --kind hospital --dry-run" },
	  NULL, member_add },
	{ "member change", "SLUG", "Change what is known of a member", CHANGES, 1, 1, own,
	  { "waker member change m1 --language nl",
	    "waker member change m1 --language nl --dry-run" },
	  NULL, member_change },
	{ "member remove", "SLUG", "End a member", CHANGES, 1, 1, NULL,
	  { "waker member remove m1 --dry-run",
	    "waker member remove m1 --dry-run --json" },
	  "Its contacts go, its assets end. The past stays with whom it belonged.", member_remove },
	{ "member export", "", "Write the whole roster as a file that can be imported", READS | AUDITS_LOOK, 0, 0, form,
	  { "waker member export > members.csv",
	    "waker member export --as json" },
	  NULL, member_export },
	{ "member import", "FILE", "Make the roster what a file says, all or nothing", CHANGES, 1, 1, import_form,
	  { "waker member import roster.csv --dry-run",
	    "waker member import roster.json" },
	  "The file is the whole truth about what it holds: what it leaves out goes. What it has no column for stays. See waker-roster(5).", roster_take_in },
};
// clang-format on

const struct noun noun_member = { "member", "the organisations that we look after", rows,
				  COUNTOF(rows) };
