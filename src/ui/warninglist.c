#include "base/buf.h"
#include "codec/net/url.h"
#include "model/warning/hold.h"
#include "os/file.h"
#include "os/idn.h"
#include "task/home.h"
#include "task/watch/warnings.h"
#include "ui/nouns.h"

#define LISTS_ARENA ((size_t)8 << 30) // addresses; a million entries take some 0.2 GiB

enum { QUESTION_BYTES = 64 << 20, CLASSES_TEXT = 256 };

struct lists { // the lists of the home, or (without one) of the machine
	struct app *app;
	struct arena a;
	struct warnings *set;
};

static void lists_done(struct lists *l)
{
	if (l->a.start != NULL)
		arena_done(&l->a);
}

static bool lists_open(struct lists *l, struct err *e)
{
	autohome h = { 0 };
	struct warnings_loaded loaded;
	struct places places;

	arena_init(&l->a, LISTS_ARENA);
	if (l->app->home.n > 0 && !home_open(l->app->home, &l->a, &h, e))
		return false;
	places = warning_places(h.path, &l->a);
	if (!warnings_load(&places, &(struct warnings_how){ .example = h.example }, &l->a, &loaded,
			   e))
		return false;
	LIST_EACH (const struct str, problem, &loaded.problems)
		app_say(l->app, "left out: " STR_FMT, STR_ARG(*problem));
	if (loaded.problems.count > 0)
		l->app->ended = EXIT_PARTLY;
	l->set = loaded.set;
	return true;
}

// What the list looks at: "address", "destination address".
static void put_looks(struct out *o, unsigned looks)
{
	static const char *const there[WARNING_KIND_COUNT] = {
		[OF_ADDRESS] = "destination address", [OF_NAME] = "destination name",
		[OF_URL] = "destination url",         [OF_MAIL] = "destination mail",
		[OF_HASH] = "destination hash",
	};
	struct str at[2 * WARNING_KIND_COUNT];
	size_t n = 0;

	for (unsigned k = 0; k < WARNING_KIND_COUNT; k++)
		if ((looks & warning_look((enum warning_kind)k, AT_SOURCE)) != 0)
			at[n++] = warning_kind_word((enum warning_kind)k);
	for (unsigned k = 0; k < WARNING_KIND_COUNT; k++)
		if ((looks & warning_look((enum warning_kind)k, AT_DESTINATION)) != 0)
			at[n++] = str_of(there[k]);
	out_texts(o, at, n);
}

static void put_classes(struct out *o, unsigned classes)
{
	struct str at[ISSUE_CLASS_COUNT];
	size_t n = 0;

	for (unsigned i = 0; i < ISSUE_CLASS_COUNT; i++)
		if ((classes >> i & 1) != 0)
			at[n++] = issue_class_word((enum issue_class)i, false);
	out_texts(o, at, n);
}

// ---- list, show

static const struct column columns[] = {
	{ "name", "Warninglist", false }, { "type", "Type", false },
	{ "entries", "Entries", false },  { "refused", "Refused", false },
	{ "looks", "Looks at", true },    { "hold", "Holds", false },
	{ "classes", NULL, false },       { "version", NULL, false },
	{ "title", "What", true },        { "file", NULL, false },
};

static void put_list(struct out *o, const struct warning_list *list)
{
	out_text(o, list->name);
	out_text(o, warning_type_word(list->type));
	out_int(o, (int64_t)list->entries.count);
	out_int(o, list->refused);
	put_looks(o, list->looks);
	out_text(o, warning_hold_word(list->row.hold));
	put_classes(o, list->row.classes);
	out_text(o, list->version);
	out_text(o, list->title);
	out_text(o, list->file);
}

static bool list_all(struct app *app, const struct call *call, struct err *e)
{
	CLEANUP(lists_done) struct lists l = { .app = app };

	(void)call;
	if (!lists_open(&l, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	for (size_t i = 0; i < warnings_count(l.set); i++)
		put_list(&app->out, warnings_list(l.set, i));
	out_end(&app->out);
	if (warnings_count(l.set) == 0)
		app_say(app, "there are no warninglists: see waker-warninglist(5)");
	return true;
}

static bool show(struct app *app, const struct call *call, struct err *e)
{
	CLEANUP(lists_done) struct lists l = { .app = app };
	struct column with[COUNTOF(columns) + 4];
	size_t n = COUNTOF(columns);
	const struct warning_list *list;

	if (!lists_open(&l, e))
		return false;
	list = warnings_called(l.set, call->arg[0]);
	if (list == NULL)
		return err_set(e, ERR_ABSENT,
			       "no warninglist is called \"" STR_FMT
			       "\": see 'waker warninglist list'",
			       STR_ARG(str_first(call->arg[0], 60)));
	memcpy(with, columns, sizeof columns);
	with[6].title = "Classes";
	with[7].title = "Version";
	with[9].title = "File";
	with[n] = (struct column){ "holds", "That is", false };
	with[n + 1] = (struct column){ "attributes", "Attributes", false };
	with[n + 2] = (struct column){ "why_refused", "First refused", false };
	with[n + 3] = (struct column){ "description", "Description", false };
	out_record(&app->out, with, COUNTOF(with));
	put_list(&app->out, list);
	out_text(&app->out, warning_hold_says(list->row.hold));
	out_texts(&app->out, list->attributes.at, list->attributes.count);
	if (list->refused > 0)
		out_text(&app->out, list->why);
	else
		out_none(&app->out);
	out_text(&app->out, list->description);
	out_end(&app->out);
	return true;
}

// ---- test

static const struct column tested[] = {
	{ "value", "Value", true },      { "kind", "Kind", false },
	{ "list", "Warninglist", true }, { "type", "Type", false },
	{ "entry", "Entry", true },      { "how", "How", true },
	{ "hold", "Holds", false },      { "holds", "Would hold back", true },
};

// What a finding of such a value would have to be for the list to hold it.
static void put_holds(struct out *o, const struct warning_list *list, enum warning_kind kind)
{
	bool source = (list->looks & warning_look(kind, AT_SOURCE)) != 0;
	bool there = (list->looks & warning_look(kind, AT_DESTINATION)) != 0;
	char text[CLASSES_TEXT];
	struct buf b = BUF_ON(text);

	if (!source && !there) {
		out_text(o, S("nothing: the list does not look at such values"));
		return;
	}
	buf_str(&b, warning_hold_says(list->row.hold));
	if (list->row.hold != HOLD_NONE && !source)
		buf_str(&b, S("; at the destination only"));
	for (unsigned i = 0, n = 0; list->row.hold != HOLD_NONE && i < ISSUE_CLASS_COUNT; i++)
		if ((list->row.classes >> i & 1) != 0)
			buf_fmt(&b, "%s" STR_FMT, n++ == 0 ? "; of class " : ", ",
				STR_ARG(issue_class_word((enum issue_class)i, false)));
	out_text(o, buf_view(&b));
}

static void put_hit(struct out *o, struct str question, enum warning_kind kind,
		    const struct warning_hit *hit)
{
	out_text(o, question);
	out_text(o, warning_kind_word(kind));
	out_text(o, hit->list->name);
	out_text(o, warning_type_word(hit->list->type));
	out_text(o, hit->entry);
	out_text(o, warning_type_says(hit->list->type));
	out_text(o, warning_hold_word(hit->list->row.hold));
	put_holds(o, hit->list, kind);
}

static void put_clear(struct out *o, struct str question, struct str kind)
{
	out_text(o, question);
	out_text(o, kind);
	for (unsigned i = 0; i < 5; i++)
		out_none(o);
	out_text(o, S("nothing: it is on no list"));
}

// In the order in which a text is taken for one of them: most telling first.
static bool read_any(struct str s, struct arena *a, struct warning_value *out)
{
	static const enum warning_kind order[] = { OF_ADDRESS, OF_URL, OF_MAIL, OF_HASH, OF_NAME };

	for (size_t i = 0; i < COUNTOF(order); i++)
		if (warning_value_read(order[i], s, idn_to_ascii, a, out))
			return true;
	return false;
}

static struct str spelled(struct address address, char text[ADDRESS_TEXT])
{
	struct buf b = { .p = text, .cap = ADDRESS_TEXT };

	address_write(&b, address);
	return buf_view(&b);
}

// The value, and for a URL its host too, as a record with it would be looked at.
static void test_value(struct lists *l, struct str question)
{
	struct out *o = &l->app->out;
	struct warning_value v[2];
	struct warning_hit hit[WARNING_MAX_HITS];
	struct host host = { 0 };
	char address[ADDRESS_TEXT];
	unsigned values = 1, found = 0;

	if (!read_any(question, &l->a, &v[0])) {
		l->app->ended = EXIT_PARTLY;
		app_say(l->app,
			"waker warninglist: \"" STR_FMT
			"\" is no address, name, URL, mail address or hash",
			STR_ARG(str_first(question, 60)));
		return;
	}
	if (v[0].kind == OF_URL && url_host(v[0].text, idn_to_ascii, &host) == HOST_NAME)
		values += warning_value_read(OF_NAME, name_str(&host.name), NULL, &l->a, &v[1]);
	else if (v[0].kind == OF_URL && host.kind == HOST_ADDRESS)
		values += warning_value_read(OF_ADDRESS, spelled(host.address, address), NULL,
					     &l->a, &v[1]);
	for (unsigned i = 0; i < values; i++) {
		unsigned n = warnings_find(l->set, &v[i], 0, hit);

		for (unsigned k = 0; k < n; k++)
			put_hit(o, question, v[i].kind, &hit[k]);
		found += n;
	}
	if (found == 0)
		put_clear(o, question, warning_kind_word(v[0].kind));
}

// A value a line; blank lines and # comments are none.
static bool test_input(struct lists *l, struct err *e)
{
	struct str bytes;

	if (!file_read("-", QUESTION_BYTES, &l->a, &bytes, e))
		return false;
	while (bytes.n > 0) {
		struct str line = str_trim(str_cut(&bytes, '\n'));

		if (line.n > 0 && line.p[0] != '#')
			test_value(l, line);
	}
	return true;
}

static bool test(struct app *app, const struct call *call, struct err *e)
{
	CLEANUP(lists_done) struct lists l = { .app = app };
	bool ok = true;

	if (!lists_open(&l, e))
		return false;
	out_table(&app->out, tested, COUNTOF(tested));
	for (size_t i = 0; i < call->count && ok; i++) {
		if (str_eq(call->arg[i], S("-")))
			ok = test_input(&l, e);
		else
			test_value(&l, call->arg[i]);
	}
	out_end(&app->out);
	return ok;
}

// clang-format off
static const struct command rows[] = {
	{ "warninglist list", "", "List the warninglists and how far each goes", READS, 0, 0, NULL,
	  { "waker warninglist list",
	    "waker warninglist list --json" },
	  "Where lists are found, how they are written, and how policy.conf says how far each goes: "
	  "waker-warninglist(5).", list_all },
	{ "warninglist show", "NAME", "Show one warninglist", READS, 1, 1, NULL,
	  { "waker warninglist show public-resolvers",
	    "waker warninglist show public-resolvers --json" },
	  NULL, show },
	{ "warninglist test", "VALUE…", "Say which warninglists have a value, and what they would hold back",
	  READS, 1, CLI_MAX_ARGS, NULL,
	  { "waker warninglist test 8.8.8.8 www.example.org",
	    "cut -f1 values.txt | waker warninglist test --json -" },
	  "An address, name, URL, mail address or hash; - reads a value a line. A row a list that has it; "
	  "for a URL also those that have its host.", test },
};
// clang-format on

const struct noun noun_warninglist = { "warninglist", "values that are known and mostly harmless",
				       rows, COUNTOF(rows) };
