// `waker issue`: the table of what can be wrong, and which reports of which feeds say so.
#include "model/finding/issue.h"

#include "base/buf.h"
#include "task/watch/feed_find.h"
#include "ui/nouns.h"

enum { CONDITION_TEXT = 2048, LONGEST_LIST = 512 };

struct feeds {
	LIST(struct feed) at;
};

// Feeds whose file cannot be read are told of and left out.
static bool read_feeds(struct app *app, struct feeds *out, struct err *e)
{
	struct feed_places places = feed_places(app->home, app->arena);
	struct feed_names all;

	if (!feed_names(&places, app->arena, &all, e))
		return false;
	LIST_EACH (const struct str, name, &all.names) {
		struct err mine = { 0 };
		struct feed f;

		if (feed_find(&places, *name, app->arena, &f, &mine)) {
			*list_add(&out->at, app->arena) = f;
			continue;
		}
		app_say(app, "waker issue: %s", mine.text);
		app->ended = EXIT_FOUND;
	}
	return true;
}

struct source { // a rule that names the issue at hand
	const struct feed *feed;
	const struct feed_type *type;
	const struct feed_rule *rule;
};

struct sources {
	LIST(struct source) at;
};

// Of a row of the table, or (with an id) of that one issue only.
struct wanted {
	const struct issue *row;
	struct str id;
};

static void find_in_type(struct app *app, const struct feed *f, const struct feed_type *type,
			 const struct wanted *wanted, struct sources *out)
{
	for (const struct feed_type *t = type; t != NULL; t = t->base)
		LIST_EACH (const struct feed_rule, r, &t->rules)
			if (issue_of_rule(r->issue) == wanted->row &&
			    (wanted->id.p == NULL || issue_rule_may(r->issue, wanted->id)))
				*list_add(&out->at, app->arena) = (struct source){ f, type, r };
}

static struct sources find_sources(struct app *app, const struct feeds *feeds,
				   const struct issue *row, struct str id)
{
	const struct wanted wanted = { row, id };
	struct sources all = { 0 };

	LIST_EACH (const struct feed, f, &feeds->at)
		LIST_EACH (const struct feed_type, type, &f->types)
			find_in_type(app, f, type, &wanted, &all);
	return all;
}

static struct str source_text(const struct source *s, struct arena *a)
{
	return s->type->name.n > 0 ? arena_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(s->feed->name),
					       STR_ARG(s->type->name))
				   : s->feed->name;
}

static void put_sources(struct app *app, const struct sources *all)
{
	struct str text[LONGEST_LIST];
	size_t n = 0;

	LIST_EACH (const struct source, s, &all->at) {
		struct str t = source_text(s, app->arena);

		if (n < LONGEST_LIST && (n == 0 || !str_eq(text[n - 1], t)))
			text[n++] = t;
	}
	out_texts(&app->out, text, n);
}

static void put_row(struct out *o, const struct issue *row)
{
	out_text(o, issue_class_word(row->class, false));
	out_text(o, severity_word(row->severity, false));
	out_text(o, row->rsit);
	out_text(o, row->title);
	out_text(o, row->title_nl);
}

static const struct column columns[] = {
	{ "issue", "Issue", false },       { "class", "Class", false },
	{ "severity", "Severity", false }, { "rsit", NULL, false },
	{ "title", "Title", true },        { "title_nl", NULL, false },
	{ "reports", "Reports", true },
};

static bool class_wanted(const struct call *call, const struct issue *row)
{
	struct str class = call_option(call, "class");

	return class.p == NULL || str_eq(class, issue_class_word(row->class, false));
}

static bool class_known(const struct call *call, struct err *e)
{
	struct str class = call_option(call, "class");
	enum issue_class known;
	char text[200];
	struct buf b = BUF_ON(text);

	if (class.p == NULL || issue_class_read(class, &known))
		return true;
	for (unsigned i = 0; i < ISSUE_CLASS_COUNT; i++) {
		struct str word = issue_class_word((enum issue_class)i, false);

		buf_fmt(&b, i > 0 ? ", " STR_FMT : STR_FMT, STR_ARG(word));
	}
	return err_set(e, ERR_USAGE, "--class is one of " STR_FMT, STR_ARG(buf_view(&b)));
}

static bool issue_list(struct app *app, const struct call *call, struct err *e)
{
	struct feeds feeds = { 0 };

	if (!class_known(call, e) || !read_feeds(app, &feeds, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	for (size_t i = 0; i < issue_count; i++) {
		struct sources sources;

		if (!class_wanted(call, &issue_table[i]))
			continue;
		sources = find_sources(app, &feeds, &issue_table[i], (struct str){ 0 });
		out_text(&app->out, issue_table[i].id);
		put_row(&app->out, &issue_table[i]);
		put_sources(app, &sources);
	}
	out_end(&app->out);
	return true;
}

static const struct column record[] = {
	{ "issue", "Issue", false },       { "row", "Row", false },   { "class", "Class", false },
	{ "severity", "Severity", false }, { "rsit", "RSIT", false }, { "title", "Title", false },
	{ "title_nl", "In Dutch", false },
};

static const struct column rule_columns[] = {
	{ "feed", "Feed", false },
	{ "type", "Report", false },
	{ "issue", "Becomes", false },
	{ "when", "When", true },
};

static struct str condition_text(const struct condition *c, struct arena *a)
{
	char text[CONDITION_TEXT];
	struct buf b = BUF_ON(text);

	condition_write(&b, c);
	return b.n > 0 ? arena_str(a, buf_view(&b)) : S("always");
}

static bool issue_show(struct app *app, const struct call *call, struct err *e)
{
	const struct issue *row = issue_find(call->arg[0]);
	struct feeds feeds = { 0 };
	struct sources sources;
	struct str id;

	if (row == NULL)
		return err_set(e, ERR_ABSENT,
			       "no issue is called \"" STR_FMT
			       "\"; `waker issue list` has them all",
			       STR_ARG(str_first(call->arg[0], 60)));
	if (!read_feeds(app, &feeds, e))
		return false;
	id = str_eq(row->id, call->arg[0]) ? (struct str){ 0 } : call->arg[0];
	sources = find_sources(app, &feeds, row, id);
	out_record(&app->out, record, COUNTOF(record));
	out_text(&app->out, call->arg[0]);
	out_text(&app->out, row->id);
	put_row(&app->out, row);
	out_end(&app->out);
	out_table(&app->out, rule_columns, COUNTOF(rule_columns));
	LIST_EACH (const struct source, s, &sources.at) {
		out_text(&app->out, s->feed->name);
		out_text(&app->out, s->type->name);
		out_text(&app->out, s->rule->issue);
		out_text(&app->out, condition_text(&s->rule->when, app->arena));
	}
	out_end(&app->out);
	return true;
}

static const struct option list_options[] = {
	{ "class", "CLASS", NULL, "only issues of this class: exposed, vulnerable, infected …" },
	{ 0 },
};

// clang-format off
static const struct command rows[] = {
	{ "issue list", "", "List what can be wrong, how bad it is, and who reports it", READS, 0, 0, list_options,
	  { "waker issue list --class exposed",
	    "waker issue list --json" },
	  "Each finding is about one of these. Class and severity are ours, not the publisher's; RSIT is the "
	  "type of the common taxonomy. A row such as infected.* stands for all of its family.", issue_list },
	{ "issue show", "ISSUE", "Show an issue, and which reports become it", READS, 1, 1, NULL,
	  { "waker issue show exposed.rdp",
	    "waker issue show infected.qakbot --json" },
	  NULL, issue_show },
};
// clang-format on

const struct noun noun_issue = { "issue", "what can be wrong, and how bad it is", rows,
				 COUNTOF(rows) };
