#include "ui/audited.h"
#include "ui/nouns.h"
#include "ui/reach.h"
#include "ui/roster.h"

// clang-format off
static const struct option own[] = { // the fields of model/roster/field.c
	{ "role", "ROLE", NULL, "security, abuse, management, ..." },
	{ "name", "NAME", NULL, "of a person or a desk" },
	{ "mail", "ADDRESS", NULL, "mail address" },
	{ "phone", "NUMBER", NULL, "telephone" },
	{ "phone2", "NUMBER", NULL, "second telephone" },
	{ "tested", "DATE", NULL, "when the telephone was last tried" },
	{ "hours", "TEXT", NULL, "when it answers" },
	{ "language", "LANG", NULL, "nl or en" },
	{ "expertise", "TEXT", NULL, "which text it gets" },
	{ "key", "FINGERPRINT", NULL, "of its key" },
	{ "wishes", "TEXT", NULL, "what it asked for" },
	{ "order", "N", NULL, "whom first, from 1" },
	{ 0 },
};
static const struct option filters[] = {
	{ "of",   "MEMBER", NULL, "only of this member" },
	{ "kind", "WORD",   NULL, "only of this role" },
	{ "all",  NULL,     NULL, "also what is over" },
	{ 0 },
};
static const struct option asked[] = {
	{ "of", "MEMBER", NULL, "only of this member" },
	AUDITED_BY,
	{ 0 },
};
static const struct option form[] = {
	{ "as", "FORM", "csv|json|tsv", "which form; by default csv, with --json json" },
	AUDITED_BY,
	{ 0 },
};
// clang-format on

static bool contact_list(struct app *app, const struct call *call, struct err *e)
{
	return roster_list(app, call, RECORD_CONTACT, e);
}

static bool contact_show(struct app *app, const struct call *call, struct err *e)
{
	return roster_show(app, call, RECORD_CONTACT, e);
}

static bool contact_add(struct app *app, const struct call *call, struct err *e)
{
	return roster_add(app, call, RECORD_CONTACT, e);
}

static bool contact_change(struct app *app, const struct call *call, struct err *e)
{
	return roster_alter(app, call, RECORD_CONTACT, e);
}

static bool contact_remove(struct app *app, const struct call *call, struct err *e)
{
	return roster_remove(app, call, RECORD_CONTACT, e);
}

static bool contact_ask(struct app *app, const struct call *call, struct err *e)
{
	return reach_command(app, call, e);
}

static bool contact_export(struct app *app, const struct call *call, struct err *e)
{
	return roster_export(app, call, RECORD_CONTACT, e);
}

// clang-format off
static const struct command rows[] = {
	{ "contact list", "", "List contacts", READS, 0, 0, filters,
	  { "waker contact list",
	    "waker contact list --kind security --json" },
	  NULL, contact_list },
	{ "contact show", "MEMBER ROLE|MAIL|NAME", "Show all that is known of a contact", READS, 2, 2, NULL,
	  { "waker contact show m1 security",
	    "waker contact show m1 security --json" },
	  NULL, contact_show },
	{ "contact add", "MEMBER", "Add a contact", CHANGES, 1, 1, own,
	  { "waker contact add m1 --role security --mail soc@m1.example",
	    "waker contact add m1 --role security --mail soc@m1.example --dry-run" },
	  NULL, contact_add },
	{ "contact change", "MEMBER ROLE|MAIL|NAME", "Change what is known of a contact", CHANGES, 2, 2, own,
	  { "waker contact change m1 security --phone \"+31 20 000 0000\"",
	    "waker contact change m1 security --phone \"+31 20 000 0000\" --dry-run" },
	  NULL, contact_change },
	{ "contact remove", "MEMBER ROLE|MAIL|NAME", "Remove a contact", CHANGES, 2, 2, NULL,
	  { "waker contact remove m1 soc@m1.example --yes",
	    "waker contact remove m1 soc@m1.example --yes --json" },
	  NULL, contact_remove },
	{ "contact test", "", "Ask contacts now whether our mail reaches them", CHANGES, 0, 0, asked,
	  { "waker contact test --of zeehaven",
	    "waker contact test --dry-run" },
	  "Each contact who has a mail address gets a mail of one question, and says yes by its link or by a reply: 'contact "
	  "list' shows who did. Who was asked within 24 hours is left out. With [team] contact_test the service asks each "
	  "once a quarter.", contact_ask },
	{ "contact export", "", "Write all contacts as a file that can be imported", READS | AUDITS_LOOK, 0, 0, form,
	  { "waker contact export > contacts.csv",
	    "waker contact export --as json" },
	  NULL, contact_export },
};
// clang-format on

const struct noun noun_contact = { "contact", "whom to reach at a member", rows, COUNTOF(rows) };
