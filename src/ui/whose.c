#include "model/match/whose.h"

#include "model/roster/tsv.h"
#include "os/file.h"
#include "os/idn.h"
#include "store/roster.h"
#include "ui/nouns.h"
#include "ui/roster_home.h"

enum { ROSTER_BYTES = 1 << 30, QUESTION_BYTES = 256 << 20, WHY_BYTES = 1024 };

struct ask {
	struct app *app;
	struct roster roster;
	struct index *index;
	int64_t now;
	bool bad; // a question that could not be read
};

static const struct column columns[] = {
	{ "question", "Question", true }, { "kind", NULL, false },
	{ "member", "Member", false },    { "name", NULL, false },
	{ "asset", "Asset", true },       { "strength", "Strength", false },
	{ "told", "Told", false },        { "enclosing", "Enclosed by", true },
	{ "why", "Why", true },
};

static void say_nobody(struct ask *a, struct str question, const struct whose *w)
{
	struct out *o = &a->app->out;

	out_text(o, question);
	out_text(o, str_of(whose_kind_word(w->kind)));
	out_none(o);
	out_none(o);
	out_none(o);
	out_none(o);
	out_flag(o, false);
	out_texts(o, NULL, 0);
	out_text(o, w->end == WHOSE_HOLE ? S("a hole: marked as nobody's, nobody is told")
					 : S("no asset holds it"));
}

static void say_owner(struct ask *a, struct str question, const struct whose *w,
		      const struct asset *asset, const struct str *also, unsigned n)
{
	struct out *o = &a->app->out;
	const struct member *m = &a->roster.members.at[asset->member];
	char text[WHY_BYTES];
	struct buf why = BUF_ON(text);

	whose_why(&why, w, asset, a->now);
	out_text(o, question);
	out_text(o, str_of(whose_kind_word(w->kind)));
	out_text(o, m->slug);
	out_text(o, m->name);
	out_text(o, asset->value);
	out_text(o, w->match.met.strength == STRENGTH_STRONG ? S("strong") : S("weak"));
	out_flag(o, whose_told(asset, a->now) && w->match.met.strength == STRENGTH_STRONG);
	out_texts(o, also, n);
	out_text(o, buf_view(&why));
}

static void answer(struct ask *a, struct str question)
{
	struct str also[ALSO_MAX];
	int32_t members[ALSO_MAX];
	const struct index_node *node;
	struct whose w;
	struct err e = { 0 };
	unsigned n;

	if (!whose_ask(&a->roster, a->index, idn_to_ascii, question, &w, &e)) {
		a->bad = true;
		app_say(a->app, "waker whose: %s", e.text);
		return;
	}
	if (w.end != WHOSE_OWNED) {
		say_nobody(a, question, &w);
		return;
	}
	n = match_also(&a->roster, a->index, &w.match, members);
	for (unsigned i = 0; i < n; i++)
		also[i] = a->roster.members.at[members[i]].slug;
	node = index_node(a->index, w.match.met.node);
	for (uint32_t i = 0; i < node->count; i++)
		say_owner(a, question, &w,
			  &a->roster.assets.at[index_owner(a->index, node->first + i)], also, n);
}

// A question a line; blank lines and # comments are none.
static bool answer_input(struct ask *a, struct err *e)
{
	struct str bytes;

	if (!file_read("-", QUESTION_BYTES, a->app->arena, &bytes, e))
		return false;
	while (bytes.n > 0) {
		struct str line = str_trim(str_cut(&bytes, '\n'));

		if (line.n > 0 && line.p[0] != '#')
			answer(a, line);
	}
	return true;
}

static bool answer_all(struct ask *a, const struct call *call, struct err *e)
{
	bool ok = true;

	out_table(&a->app->out, columns, COUNTOF(columns));
	for (size_t i = 0; i < call->count && ok; i++) {
		if (str_eq(call->arg[i], S("-")))
			ok = answer_input(a, e);
		else
			answer(a, call->arg[i]);
	}
	out_end(&a->app->out);
	if (a->bad)
		a->app->ended = EXIT_PARTLY;
	return ok;
}

static bool load(struct ask *a, const struct call *call, struct roster_home *h, struct err *e)
{
	struct arena *arena = a->app->arena;
	struct str file = call_option(call, "members"), bytes;

	if (file.p != NULL) {
		a->now = TIME_NEVER - 1;
		return file_read(str_z(arena, file), ROSTER_BYTES, arena, &bytes, e) &&
		       (roster_read_tsv(bytes, arena, &a->roster, e) ||
			err_in(e, STR_FMT, STR_ARG(file)));
	}
	if (!roster_home_open(a->app, h, e))
		return false;
	a->now = h->home.now;
	return roster_load(h->d, arena, &a->roster, e);
}

static bool whose(struct app *app, const struct call *call, struct err *e)
{
	autorosterhome h = { 0 };
	struct ask a = { .app = app };

	return load(&a, call, &h, e) &&
	       index_build(&a.roster, idn_to_ascii, app->arena, &a.index, e) &&
	       answer_all(&a, call, e);
}

static const struct option options[] = {
	{ "members", "FILE", NULL, "ask this roster (tab-separated) instead of the home's" },
	{ 0 },
};

static const struct command rows[] = {
	{ "whose",
	  "ADDRESS|NAME|ASN…",
	  "Say who would be told of a thing, and why",
	  READS,
	  1,
	  CLI_MAX_ARGS,
	  options,
	  { "waker whose 192.0.2.17 www.member.example AS64500",
	    "cut -f1 list.txt | waker whose --json -" },
	  "Also prefixes, URLs and mail addresses; - reads a question a line. A row an owner: by "
	  "which "
	  "asset, how strong, who encloses it, and why.",
	  whose },
};

const struct noun noun_whose = { "whose", "whose is an address, name or AS number", rows,
				 COUNTOF(rows) };
