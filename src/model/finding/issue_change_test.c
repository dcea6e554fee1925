#include "base/test.h"
#include "model/finding/issue_change.h"

static bool reads(const char *text, struct arena *a, struct issue_changes *out, struct err *e)
{
	return issue_changes_read(str_of(text), a, out, e);
}

TEST("issue changes: rows that differ, families too; the rest is as it was")
{
	autoarena a = { 0 };
	struct issue_changes c;
	struct err e = { 0 };

	arena_init(&a, 1 << 20);
	CHECK(reads("#issue\tclass\tseverity\trsit\n"
		    "exposed.rdp\texposed\tcritical\tx\n"
		    "infected.*\tinfected\tlow\tx\r\n\n",
		    &a, &c, &e));
	LIST_EACH (const struct issue_change, x, &c.at)
		CHECK(x->is.severity != x->was->severity || x->is.class != x->was->class);
	CHECK(issue_changed(&c, S("infected.qakbot"))->severity == SEVERITY_LOW);
	CHECK(issue_changed(NULL, S("infected.qakbot")) == issue_find(S("infected.qakbot")));
	CHECK(issue_changed(&c, S("nothing.at-all")) == NULL);
	CHECK(issue_changed(&c, S("exposed.adb")) == issue_find(S("exposed.adb")));
}

TEST("issue changes: columns in any order, commas or tabs")
{
	autoarena a = { 0 };
	struct issue_changes c;
	struct err e = { 0 };

	arena_init(&a, 1 << 20);
	CHECK(reads("issue,severity\nexposed.adb,4\n", &a, &c, &e) && c.at.count == 1);
	CHECK(c.at.at[0].is.severity == SEVERITY_LOW && c.at.at[0].is.class == CLASS_EXPOSED);
	CHECK(reads("issue,class\nexposed.adb,exposed\n", &a, &c, &e) && c.at.count == 0);
}

TEST("issue changes: what is no such table, or names what is not there, is refused")
{
	autoarena a = { 0 };
	static const char *const wrong[] = {
		"",
		"issue\n",
		"severity,issue\n4,exposed.adb\n",
		"issue,severity\nexposed.none,4\n",
		"issue,severity\ninfected.qakbot,4\n", // its family has the row
		"issue,severity\nexposed.adb,5\n",
		"issue,class\nexposed.adb,gone\n",
		"issue,severity\nexposed.adb\n",
		"issue,severity\nexposed.adb,4\nexposed.adb,3\n",
	};

	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < COUNTOF(wrong); i++) {
		struct issue_changes c;
		struct err e = { 0 };

		CHECK(!reads(wrong[i], &a, &c, &e) && e.kind == ERR_INPUT);
	}
}
