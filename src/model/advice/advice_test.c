#include "base/test.h"
#include "base/time.h"
#include "model/advice/advice.h"

#define FRONT                       \
	"---\nissue: exposed.rdp\n" \
	"checked: 2026-11-24\nact: Close it, and call {team}.\nsource: https://a.example/x\n---\n"
#define PARTS                                                                                   \
	"## What it means\n\nOpen.\n\n## Is it really yours?\nAsk.\n"                           \
	"## Check it yourself\nLook.\n\n### Expert\n\n```\n## no heading {nor} variable\n```\n" \
	"## Solve it\nClose, `{it}`.\n## How urgent for care\nToday.\n"

static struct arena a;

static struct advice_faults read_as(const char *text, const char *name, struct advice *out)
{
	struct advice_faults wrong = { 0 };

	if (a.start == NULL)
		arena_init(&a, 1 << 22);
	advice_read(str_of(text), str_of(name), false, &a, out, &wrong);
	return wrong;
}

TEST("advice: a text is read into its parts, each with its line and its expert's own")
{
	struct advice x;

	CHECK(read_as(FRONT PARTS, "exposed.rdp", &x).at.count == 0);
	CHECK(str_eq(x.issue, S("exposed.rdp")) && x.sources == 1);
	CHECK(x.checked == time_of_date(2026, 11, 24));
	CHECK(str_eq(x.part[PART_MEANS].text, S("Open.")) && x.part[PART_MEANS].line == 9);
	CHECK(str_eq(x.part[PART_MINE].text, S("Ask.")));
	CHECK(str_eq(x.part[PART_CHECK].text, S("Look.")));
	CHECK(str_eq(x.expert[PART_CHECK].text, S("```\n## no heading {nor} variable\n```")));
	CHECK(x.expert[PART_FIX].text.p == NULL);
	CHECK(str_eq(x.part[PART_CARE].text, S("Today.")));
	CHECK(!advice_stale(&x, time_of_date(2028, 11, 20)));
	CHECK(advice_stale(&x, time_of_date(2028, 11, 26)));
}

static bool says(const struct advice_faults *wrong, unsigned line, const char *what)
{
	LIST_EACH (const struct advice_fault, f, &wrong->at)
		if (f->line == line && str_contains(f->what, str_of(what)) && f->mend.n > 0)
			return true;
	return false;
}

TEST("advice: each fault is told with its line and what to do")
{
	static const struct {
		const char *text, *name;
		unsigned line;
		const char *what;
	} rows[] = {
		{ "## What it means\nx\n", "exposed.rdp", 1, "no front matter" },
		{ "---\nissue: exposed.rdp\n", "exposed.rdp", 2, "does not end" },
		{ FRONT PARTS, "exposed.vnc", 2, "name of another issue" },
		{ "---\nissue: exsposed.rdp\n---\n" PARTS, "exsposed.rdp", 2, "no issue" },
		{ "---\nissues: x\n---\n" PARTS, "x", 2, "unknown key" },
		{ "---\nchecked: May\n---\n" PARTS, "x", 2, "the day is not written" },
		{ "---\nsource: http://a.example\n---\n" PARTS, "x", 2, "no https://" },
		{ "---\nact: ask {teem}\n---\n" PARTS, "x", 2, "unknown variable {teem}" },
		{ "---\n---\n" PARTS, "x", 0, "which issue" },
		{ "---\n---\n" PARTS, "x", 0, "when it was checked" },
		{ "---\n---\n" PARTS, "x", 0, "no source" },
		{ "---\n---\n" PARTS, "x", 0, "what to do now" },
		{ "---\n---\n## What it means\nx\n", "x", 0, "\"Solve it\" is missing" },
		{ "---\n---\n## What it means\n## Solve it\nx\n", "x", 0,
		  "\"What it means\" is missing" },
		{ "---\n---\n## Solve it\nx\n## What it means\ny\n", "x", 5,
		  "does not belong here" },
		{ "---\n---\n### Expert\n", "x", 3, "does not belong here" },
		{ "---\n---\n# Solve it\n", "x", 3, "does not belong here" },
		{ "---\n---\n## Solve it\nx\n### Expert\ny\n### Expert\nz\n", "x", 7, "twice" },
		{ "---\n---\nx\n", "x", 3, "before the first part" },
		{ "---\n---\n## Solve it\nCall {who}.\n", "x", 4, "unknown variable {who}" },
		{ "---\n---\n## Solve it\n```\nx\n", "x", 5, "does not end" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct advice x;
		struct advice_faults wrong = read_as(rows[i].text, rows[i].name, &x);

		if (!says(&wrong, rows[i].line, rows[i].what))
			printf("# row %zu: %s\n", i, rows[i].what);
		CHECK(says(&wrong, rows[i].line, rows[i].what));
	}
}

TEST("advice: an issue is served by its own text, its family's, that of its type")
{
	static const struct {
		const char *issue, *at[4];
	} rows[] = {
		{ "exposed.rdp",
		  { "exposed.rdp", "exposed", "rsit.potentially-unwanted-accessible" } },
		{ "leaksite.lab.post", { "leaksite.lab", "leaksite", "rsit.data-leak" } },
		{ "infected.*", { "infected", "rsit.infected-system" } },
		{ "listed", { "listed", "rsit.other" } },
		{ "rsit.test", { "rsit.test", "rsit", "rsit.test" } },
		{ "nobody.knows", { "nobody.knows", "nobody" } },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct advice_chain c;
		unsigned k = 0;

		advice_chain(str_of(rows[i].issue), &c);
		for (unsigned n = 0; n < c.count && rows[i].at[k] != NULL; n++)
			k += str_eq(c.at[n], str_of(rows[i].at[k]));
		CHECK(k == 4 || rows[i].at[k] == NULL);
	}
}

TEST("advice: a file's name says issue and language")
{
	struct str name;
	bool dutch;

	CHECK(advice_name_read(S("exposed.rdp.nl"), &name, &dutch));
	CHECK(dutch && str_eq(name, S("exposed.rdp")));
	CHECK(advice_name_read(S("listed.en"), &name, &dutch) && !dutch);
	CHECK(!advice_name_read(S("listed"), &name, &dutch));
	CHECK(!advice_name_read(S("listed.de"), &name, &dutch));
	CHECK(!advice_name_read(S(".nl"), &name, &dutch));
}

TEST("advice: {team} is the team's name, and is left alone in code")
{
	struct advice_values v = { .team = S("Z-CERT *") };
	struct prose p;

	if (a.start == NULL)
		arena_init(&a, 1 << 22);
	CHECK(str_eq(advice_fill_line(S("call {team}, {team}!"), &v, &a),
		     S("call Z-CERT *, Z-CERT *!")));
	CHECK(str_eq(advice_fill_line(S("{a}{"), &v, &a), S("{a}{")));
	prose_begin(&p, &a);
	prose_paragraph(&p);
	prose_text(&p, S("{team}"));
	prose_code(&p, S("{team}"));
	advice_fill(&p, &v);
	CHECK(str_eq(p.blocks.at[0].words.at[0].text, S("Z-CERT *")));
	CHECK(str_eq(p.blocks.at[0].words.at[1].text, S("{team}")));
}
