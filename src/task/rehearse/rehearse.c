#include "task/rehearse/rehearse.h"

#include "os/idn.h"
#include "store/roster.h"
#include "task/rehearse/play.h"
#include "task/watch/warnings.h"

#define X(id, says) says,
static const char *const kinds[REHEARSE_KIND_COUNT] = { REHEARSE_KINDS(X) };
#undef X

const char *rehearse_kind_says(enum rehearse_kind kind)
{
	return kinds[kind];
}

// MISP's lists have a description before the entries, and all else behind them; no roster has a "list".
enum { START_BYTES = 64 << 10 };

static bool looks_like_feed(struct str bytes)
{
	while (bytes.n > 0) {
		struct str line = str_trim(str_cut(&bytes, '\n'));

		if (line.n > 0 && line.p[0] != '#')
			return line.p[0] == '[';
	}
	return false;
}

bool rehearse_kind_of(struct str path, struct str bytes, enum rehearse_kind *out)
{
	struct str start = str_first(bytes, START_BYTES);

	if (str_has_suffix(path, S(".feed")))
		*out = REHEARSE_FEED;
	else if (str_has_suffix(path, S(".json")) &&
		 (str_contains(start, S("\"matching_attributes\"")) ||
		  str_contains(start, S("\"list\":")) || str_contains(start, S("\"list\" :"))))
		*out = REHEARSE_WARNINGLIST;
	else if (str_eq(file_base(path), S("policy.conf")))
		*out = REHEARSE_POLICY;
	else if (issue_changes_are(bytes))
		*out = REHEARSE_ISSUES;
	else if (looks_like_feed(bytes) || bytes.n == 0)
		return false; // a feed file is known by its name
	else
		*out = REHEARSE_ROSTER;
	return true;
}

struct str rehearse_name(enum rehearse_kind kind, struct str path)
{
	struct str name = file_base(path);

	if (kind == REHEARSE_FEED)
		return str_first(name, name.n - S(".feed").n);
	return kind == REHEARSE_WARNINGLIST ? warnings_name(path) : name;
}

struct work {
	struct play play;
	struct roster now; // of the home
	struct gate gate;
	struct feed feed;
	struct issue_changes issues;
	struct warnings_loaded warnings;
};

static bool open_side(struct work *w, unsigned k, struct err *e)
{
	const struct rehearsal *r = w->play.r;
	const struct scratch_of of = { r->home->db, &w->now, idn_to_ascii, r->home->now };
	struct side *s = &w->play.side[k];

	s->run.warnings = r->warnings;
	s->run.jobs = r->jobs;
	return scratch_open(&of, w->play.a, &s->db, e);
}

// As `member import` would do it at the beginning of the days that are played: what is new
// was always theirs, what is gone never was.
static bool import(struct work *w, struct err *e)
{
	const struct rehearsal *r = w->play.r;
	const struct roster_change c = {
		.rules = r->rules,
		.now = r->since,
		.yes = true,
		.by = { S("rehearse"), S("rehearse"), r->since },
	};

	return roster_import(w->play.side[1].db, &c, r->bytes, roster_form_of(r->bytes), w->play.a,
			     &w->play.out->roster, e);
}

static bool close_gate(struct work *w, struct err *e)
{
	const struct roster_outcome *o = &w->play.out->roster;
	const struct gate_of of = {
		&o->difference,          &o->old,      &o->file.roster, &w->play.side[0].roster,
		&w->play.side[1].roster, idn_to_ascii,
	};

	w->play.gate = &w->gate;
	if (!gate_make(&of, w->play.a, &w->gate, e))
		return false;
	w->play.out->concerned = w->gate.members;
	return true;
}

static bool change_feed(struct work *w, struct err *e)
{
	const struct rehearsal *r = w->play.r;

	w->play.feed = &w->feed;
	return feed_read(rehearse_name(r->kind, r->path), r->bytes, w->play.a, &w->feed, e);
}

static bool change_warnings(struct work *w, struct err *e)
{
	const struct rehearsal *r = w->play.r;
	struct places places = warning_places(r->home->path, w->play.a);
	const struct warnings_how how = warnings_with(r->path, r->bytes, r->home->example);

	if (!warnings_load(&places, &how, w->play.a, &w->warnings, e))
		return false;
	w->play.side[1].run.warnings = w->warnings.set;
	return true;
}

static bool change_issues(struct work *w, struct err *e)
{
	if (!issue_changes_read(w->play.r->bytes, w->play.a, &w->issues, e))
		return false;
	w->play.side[1].run.issues = &w->issues;
	w->play.out->issues = w->issues.at.count;
	return true;
}

static bool change(struct work *w, struct err *e)
{
	switch (w->play.r->kind) {
	case REHEARSE_ROSTER:
		return import(w, e);
	case REHEARSE_FEED:
		return change_feed(w, e);
	case REHEARSE_WARNINGLIST:
	case REHEARSE_POLICY:
		return change_warnings(w, e);
	case REHEARSE_ISSUES:
		return change_issues(w, e);
	case REHEARSE_KIND_COUNT:
		break;
	}
	return false;
}

static bool rehearse_with(struct work *w, struct err *e)
{
	const struct rehearsal *r = w->play.r;
	struct side *side = w->play.side;

	if (!roster_load(r->home->db, w->play.a, &w->now, e) || !open_side(w, 0, e) ||
	    !open_side(w, 1, e) || !change(w, e))
		return false;
	return side_ready(&side[0], r->since, w->play.a, e) &&
	       side_ready(&side[1], r->since, w->play.a, e) &&
	       (r->kind != REHEARSE_ROSTER || close_gate(w, e)) && play_all(&w->play, e) &&
	       compare_stores(side[0].db, side[1].db, w->play.a, &w->play.out->changes, e);
}

bool rehearse(const struct rehearsal *r, struct arena *a, struct rehearse_outcome *out,
	      struct err *e)
{
	struct work w = { .play = { .r = r, .a = a, .out = out } };
	bool good;

	*out = (struct rehearse_outcome){ .roster.remarks.a = a };
	good = rehearse_with(&w, e);
	side_done(&w.play.side[0]);
	side_done(&w.play.side[1]);
	return good;
}
