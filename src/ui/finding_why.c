#include "ui/finding_why.h"

#include "base/buf.h"
#include "codec/table/json.h"
#include "codec/text/id.h"
#include "codec/text/json_out.h"
#include "model/finding/issue.h"
#include "ui/finding_history.h"
#include "ui/say.h"

enum { MOST_EVIDENCE = 64, MOST_DAYS = 400, JSON_TEXT = 1 << 20 };

// One evidence with texts that stay: rows of the store hold until the next only.
static struct evidence_row copy_of(const struct evidence_row *v, struct arena *a)
{
	struct evidence_row c = *v;
	struct str *texts[] = { &c.feed_name, &c.type,  &c.file,       &c.archive, &c.asset_value,
				&c.enclosing, &c.event, &c.asset_kind, &c.warned };

	for (size_t i = 0; i < COUNTOF(texts); i++)
		*texts[i] = arena_str(a, *texts[i]);
	return c;
}

struct why {
	struct app *app;
	const struct finding_row *finding;
	const struct issue *issue; // NULL: the table has none any more
	char id[ID_TEXT];
	bool dutch;
	LIST(struct evidence_row) evidence;
	LIST(struct sighting_day) days;
	struct history history;
};

static bool load(struct why *w, struct db *d, struct err *e)
{
	autorows rows = NULL;
	autorows days = NULL;
	struct evidence_row v;
	struct sighting_day day;

	if (!evidence_of(d, w->finding->id, &rows, e))
		return false;
	while (w->evidence.count < MOST_EVIDENCE && evidence_next_row(rows, &v, e))
		*list_add(&w->evidence, w->app->arena) = copy_of(&v, w->app->arena);
	if (e->kind != ERR_NONE || !sighting_days(d, w->finding->id, &days, e))
		return false;
	while (w->days.count < MOST_DAYS && sighting_next_day(days, &day, e)) {
		day.feed = arena_str(w->app->arena, day.feed);
		*list_add(&w->days, w->app->arena) = day;
	}
	return e->kind == ERR_NONE && history_load(&w->history, d, w->finding, w->app->arena, e);
}

// ---- for people

// The event's fields, a line each, in the order of the record.
static void say_event(const struct why *w, struct str event)
{
	struct json j = json_of(event);
	enum json_kind kind;
	struct str key = { 0 };

	while ((kind = json_next(&j)) != JSON_END && kind != JSON_BAD) {
		char *plain;

		if (kind == JSON_KEY)
			key = j.token;
		if (kind != JSON_STRING && kind != JSON_NUMBER && kind != JSON_WORD)
			continue;
		plain = arena_new(w->app->arena, char, j.token.n);
		fprintf(w->app->out.to, "      %-28.*s ", STR_ARG(key));
		out_clean(w->app->out.to, (struct str){ plain, json_text(j.token, plain) });
		fputc('\n', w->app->out.to);
	}
}

static void say_held(const struct why *w, const struct evidence_row *v)
{
	char text[TIME_TEXT];

	if (v->since != TIME_EVER)
		out_line(&w->app->out,
			 SAY(w->dutch,
			     "    held since       %.10s: an event before it would not count",
			     "    in bezit sinds   %.10s: wat eerder gebeurde telt niet"),
			 say_time(v->since, text));
	if (v->until != TIME_NEVER && v->until != 0)
		out_line(&w->app->out,
			 SAY(w->dutch,
			     "    held until       %.10s: an event after it would not count",
			     "    in bezit tot     %.10s: wat later gebeurde telt niet"),
			 say_time(v->until, text));
}

// Which warninglist has it, and what the rule made of that (RULES 11).
static void say_warned(const struct why *w, const struct evidence_row *v)
{
	if (v->warned.n > 0)
		out_line(&w->app->out,
			 SAY(w->dutch, "    warninglist      %.*s: %.*s",
			     "    waarschuwlijst   %.*s: %.*s"),
			 STR_ARG(v->warned), STR_ARG(hold_why_says(v->verdict, w->dutch)));
}

static void say_evidence(const struct why *w, const struct evidence_row *v)
{
	struct out *o = &w->app->out;
	char text[TIME_TEXT], came[TIME_TEXT];

	out_line(o, SAY(w->dutch, "\n  %.*s%s%.*s saw it at %s", "\n  %.*s%s%.*s zag het op %s"),
		 STR_ARG(v->feed_name), v->type.n > 0 ? ", " : "", STR_ARG(v->type),
		 say_time(v->time, text));
	out_line(o,
		 SAY(w->dutch, "    row              record %llu of %.*s, %llu bytes at byte %llu",
		     "    regel            nummer %llu van %.*s, %llu bytes vanaf byte %llu"),
		 (unsigned long long)v->record, STR_ARG(v->file), (unsigned long long)v->length,
		 (unsigned long long)v->place);
	out_line(
		o,
		SAY(w->dutch, "    came             %s; %s%.*s", "    gekomen          %s; %s%.*s"),
		say_time(v->arrived, came),
		v->archive.n > 0 ? "archive/"
				 : SAY(w->dutch, "its bytes were kept their time and are gone",
				       "de bytes zijn na hun termijn gewist"),
		STR_ARG(v->archive));
	out_line(o,
		 SAY(w->dutch, "    asset            %.*s %.*s of %.*s",
		     "    object           %.*s %.*s van %.*s"),
		 STR_ARG(v->asset_kind), STR_ARG(v->asset_value), STR_ARG(w->finding->slug));
	say_held(w, v);
	out_line(o, SAY(w->dutch, "    enclosed by      %.*s", "    ligt binnen      %.*s"),
		 STR_ARG(v->enclosing.n > 0 ? v->enclosing
					    : str_of(SAY(w->dutch, "nobody else's asset",
							 "geen object van een ander"))));
	out_line(
		o,
		SAY(w->dutch, "    rule             %.*s: %.*s", "    op grond van     %.*s: %.*s"),
		STR_ARG(claim_rule_word(v->rule)), STR_ARG(claim_rule_says(v->rule, w->dutch)));
	say_warned(w, v);
	out_line(o, SAY(w->dutch, "    what it said", "    wat er stond"));
	say_event(w, v->event);
}

// What would have kept the evidence from being a finding (RULES 2, 4).
static void say_suppress(const struct why *w)
{
	struct out *o = &w->app->out;

	out_line(o, "%s",
		 SAY(w->dutch, "\n  It would not be one if", "\n  Het was er geen geweest als"));
	LIST_EACH (const struct evidence_row, v, &w->evidence)
		out_line(o,
			 SAY(w->dutch,
			     "    a hole were marked inside %.*s around %.*s (`waker asset add - "
			     "prefix …`)",
			     "    binnen %.*s een gat was gemerkt rond %.*s (`waker asset add - "
			     "prefix …`)"),
			 STR_ARG(v->asset_value), STR_ARG(w->finding->seen));
	out_line(o, "%s",
		 SAY(w->dutch,
		     "    another member's asset were more specific there: it would be that "
		     "member's",
		     "    een object van een andere deelnemer daar nauwer omheen lag: dan was het "
		     "van die"));
	out_line(o, "%s",
		 SAY(w->dutch,
		     "    it had only been told of after the feed's news limit: old events open "
		     "nothing",
		     "    het pas na de nieuwsgrens van de feed was verteld: oud nieuws opent "
		     "niets"));
}

static void say_head(const struct why *w)
{
	const struct finding_row *f = w->finding;
	struct str title = w->issue == NULL ? f->issue
			   : w->dutch       ? w->issue->title_nl
					    : w->issue->title;
	char first[TIME_TEXT], last[TIME_TEXT];

	out_line(&w->app->out, "%s  %.*s: %.*s", w->id, STR_ARG(f->seen), STR_ARG(title));
	out_line(&w->app->out,
		 SAY(w->dutch, "  member           %.*s (%.*s)", "  deelnemer        %.*s (%.*s)"),
		 STR_ARG(f->name), STR_ARG(f->slug));
	out_line(&w->app->out,
		 SAY(w->dutch, "  issue            %.*s, %.*s, severity %u %.*s",
		     "  probleem         %.*s, %.*s, ernst %u %.*s"),
		 STR_ARG(f->issue), STR_ARG(issue_class_word((enum issue_class)f->class, w->dutch)),
		 f->severity, STR_ARG(severity_word((enum severity)f->severity, w->dutch)));
	out_line(&w->app->out,
		 SAY(w->dutch, "  state            %.*s; the match is %.*s",
		     "  toestand         %.*s; de koppeling is %.*s"),
		 STR_ARG(finding_state_word(f->life.state, w->dutch)),
		 STR_ARG(strength_word(f->strength, w->dutch)));
	if (f->held.n > 0)
		out_line(&w->app->out,
			 SAY(w->dutch,
			     "  held back        by warninglist %.*s; until it is seen where no "
			     "list "
			     "holds it",
			     "  tegengehouden    door waarschuwlijst %.*s; tot het gezien wordt "
			     "waar geen "
			     "lijst het tegenhoudt"),
			 STR_ARG(f->held));
	out_line(&w->app->out,
		 SAY(w->dutch, "  seen             %s to %s; sightings (a feed on a day): %lld",
		     "  gezien           %s tot %s; waarnemingen (feed per dag): %lld"),
		 say_time(f->first_seen, first), say_time(f->last_seen, last),
		 (long long)f->sightings);
	history_say_sightings(&w->history, &w->app->out, w->dutch);
}

// ---- for machines

static void put_evidence(struct buf *b, const struct evidence_row *v)
{
	buf_str(b, S("{\"feed\":"));
	json_str(b, v->feed_name);
	say_member(b, "type", v->type);
	say_member(b, "file", v->file);
	say_member(b, "archive", v->archive);
	say_member_time(b, "arrived", v->arrived);
	buf_fmt(b, ",\"record\":%llu,\"offset\":%llu,\"length\":%llu",
		(unsigned long long)v->record, (unsigned long long)v->place,
		(unsigned long long)v->length);
	say_member_time(b, "time", v->time);
	say_member(b, "asset", v->asset_value);
	say_member(b, "asset_kind", v->asset_kind);
	say_member_time(b, "held_since", v->since);
	say_member_time(b, "held_until", v->until);
	say_member(b, "enclosing", v->enclosing);
	say_member(b, "rule", claim_rule_word(v->rule));
	say_member(b, "because", claim_rule_says(v->rule, false));
	say_member(b, "warninglist", v->warned);
	say_member(b, "warninglist_verdict", hold_why_word(v->verdict));
	say_member(b, "warninglist_because", hold_why_says(v->verdict, false));
	buf_str(b, S(",\"event\":"));
	buf_str(b, v->event);
	buf_char(b, '}');
}

static void put_json(const struct why *w)
{
	const struct finding_row *f = w->finding;
	struct buf b = { .p = arena_new(w->app->arena, char, MOST_EVIDENCE *JSON_TEXT),
			 .cap = (size_t)MOST_EVIDENCE * JSON_TEXT };
	char day[TIME_TEXT];

	buf_fmt(&b, "{\"id\":\"%s\"", w->id);
	say_member(&b, "member", f->slug);
	say_member(&b, "name", f->name);
	say_member(&b, "seen", f->seen);
	say_member(&b, "issue", f->issue);
	say_member(&b, "class", issue_class_word((enum issue_class)f->class, false));
	say_member(&b, "severity", severity_word((enum severity)f->severity, false));
	say_member(&b, "state", finding_state_word(f->life.state, false));
	say_member(&b, "strength", strength_word(f->strength, false));
	if (f->held.n > 0)
		say_member(&b, "held", f->held);
	else
		buf_str(&b, S(",\"held\":null"));
	say_member_time(&b, "first_seen", f->first_seen);
	say_member_time(&b, "last_seen", f->last_seen);
	buf_fmt(&b, ",\"sightings\":%lld,\"days\":[", (long long)f->sightings);
	LIST_EACH (const struct sighting_day, d, &w->days) {
		buf_fmt(&b, "%s{\"day\":\"%.10s\"", d == w->days.at ? "" : ",",
			say_time(d->day, day));
		say_member(&b, "feed", d->feed);
		buf_fmt(&b, ",\"records\":%llu}", (unsigned long long)d->events);
	}
	buf_str(&b, S("],\"evidence\":["));
	for (size_t i = 0; i < w->evidence.count; i++) {
		if (i > 0)
			buf_char(&b, ',');
		put_evidence(&b, &w->evidence.at[i]);
	}
	buf_char(&b, ']');
	history_json(&w->history, &b);
	buf_str(&b, S("}\n"));
	fwrite(b.p, 1, b.n, w->app->out.to);
}

bool finding_why(struct app *app, const struct home *h, const struct finding_row *f, bool dutch,
		 struct err *e)
{
	struct why w = { .app = app, .finding = f, .issue = issue_find(f->issue), .dutch = dutch };

	if (!load(&w, h->db, e))
		return false;
	id_write('F', f->number, w.id);
	if (app->out.form == OUT_JSON) {
		put_json(&w);
		return true;
	}
	say_head(&w);
	LIST_EACH (const struct evidence_row, v, &w.evidence)
		say_evidence(&w, v);
	say_suppress(&w);
	history_say(&w.history, &app->out, dutch);
	return true;
}
