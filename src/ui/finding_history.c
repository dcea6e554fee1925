#include "ui/finding_history.h"

#include "codec/text/json_out.h"
#include "ui/say.h"

static bool load_sightings(struct history *x, struct db *d, struct err *e)
{
	struct sighting_seen s;
	autorows rows = NULL;

	if (!sighting_all(d, x->finding->id, HISTORY_SIGHTINGS, &rows, e))
		return false;
	while (sighting_next_seen(rows, &s, e)) {
		s.feed = arena_str(x->a, s.feed);
		s.type = arena_str(x->a, s.type);
		s.file = arena_str(x->a, s.file);
		s.archive = arena_str(x->a, s.archive);
		*list_add(&x->sightings, x->a) = s;
	}
	return e->kind == ERR_NONE;
}

static bool load_changes(struct history *x, struct db *d, struct err *e)
{
	struct change_row c;
	autorows rows = NULL;

	if (!change_of(d, x->finding->id, &rows, e))
		return false;
	while (x->changes.count < HISTORY_CHANGES && change_next_row(rows, &c, e)) {
		c.who = arena_str(x->a, c.who);
		c.reason = arena_str(x->a, c.reason);
		c.made = arena_str(x->a, c.made);
		*list_add(&x->changes, x->a) = c;
	}
	return e->kind == ERR_NONE;
}

// How many reports each source has given of days after the last event.
static bool load_sources(struct history *x, struct db *d, struct err *e)
{
	struct str sources = x->finding->sources, feed, type;
	struct heard days[HISTORY_SOURCES];

	while (x->sources.count < HISTORY_SOURCES && sources_next(&sources, &feed, &type)) {
		struct history_source s = { .feed = feed, .type = type };
		size_t n = HISTORY_SOURCES;

		if (!heard_days(d, feed, type, days, &n, e))
			return false;
		s.stream = n > 0;
		for (size_t i = n; i-- > 0;) {
			s.stream = s.stream && !days[i].proves;
			if (days[i].proves && days[i].day > x->finding->last_seen) {
				s.clean++;
				s.newest = days[i].day;
			}
		}
		*list_add(&x->sources, x->a) = s;
	}
	return true;
}

static bool load_cves(struct history *x, struct db *d, struct err *e)
{
	struct cve_since c;
	autorows rows = NULL;

	if (!cve_of(d, x->finding->id, &rows, e))
		return false;
	while (x->cves.count < HISTORY_CVES && cve_next_row(rows, &c, e)) {
		c.cve = arena_str(x->a, c.cve);
		*list_add(&x->cves, x->a) = c;
	}
	return e->kind == ERR_NONE;
}

bool history_load(struct history *x, struct db *d, const struct finding_row *f, struct arena *a,
		  struct err *e)
{
	*x = (struct history){ .a = a, .finding = f };
	return load_sightings(x, d, e) && load_changes(x, d, e) && load_sources(x, d, e) &&
	       load_cves(x, d, e);
}

// ---- for people

static void say_cves(const struct history *x, struct out *o, bool dutch)
{
	char day[TIME_TEXT], used[TIME_TEXT];

	LIST_EACH (const struct cve_since, c, &x->cves)
		out_line(o,
			 SAY(dutch, "  %-16s %.*s, named since %.10s%s%.10s",
			     "  %-16s %.*s, genoemd sinds %.10s%s%.10s"),
			 c > x->cves.at ? "" : SAY(dutch, "vulnerability", "kwetsbaarheid"),
			 STR_ARG(c->cve), say_time(c->day, day),
			 c->exploited == TIME_NEVER ? ""
						    : SAY(dutch, "; attackers use it since ",
							  "; door aanvallers gebruikt sinds "),
			 c->exploited == TIME_NEVER ? "" : say_time(c->exploited, used));
}

void history_say_sightings(const struct history *x, struct out *o, bool dutch)
{
	char day[TIME_TEXT];

	LIST_EACH (const struct sighting_seen, s, &x->sightings)
		out_line(o,
			 SAY(dutch,
			     "    %.10s       %.*s%s%.*s, records: %llu; record %llu of %.*s, at "
			     "byte %llu%s",
			     "    %.10s       %.*s%s%.*s, regels: %llu; nummer %llu van %.*s, "
			     "vanaf byte %llu%s"),
			 say_time(s->day, day), STR_ARG(s->feed), s->type.n > 0 ? ", " : "",
			 STR_ARG(s->type), (unsigned long long)s->events,
			 (unsigned long long)s->record, STR_ARG(s->file),
			 (unsigned long long)s->place,
			 !s->voided ? "" : SAY(dutch, " (taken back)", " (teruggenomen)"));
	if (x->sightings.count == HISTORY_SIGHTINGS)
		out_line(o,
			 SAY(dutch, "    … the newest %d; there may be more",
			     "    … de nieuwste %d; er kunnen er meer zijn"),
			 (int)HISTORY_SIGHTINGS);
	say_cves(x, o, dutch);
}

static void say_changes(const struct history *x, struct out *o, bool dutch)
{
	char at[TIME_TEXT], found[TIME_TEXT];

	out_line(o, "%s", SAY(dutch, "\n  What became of it", "\n  Wat ervan werd"));
	out_line(o, SAY(dutch, "    %s  found", "    %s  gevonden"),
		 say_time(x->finding->found, found));
	LIST_EACH (const struct change_row, c, &x->changes) {
		struct str ended = finding_end_word(
			c->is.state == FINDING_CLOSED ? c->is.ended : END_NONE, dutch);

		out_line(o, "    %s  %.*s: %.*s %s %.*s%s%.*s%s%.*s%s%.*s%s", say_time(c->at, at),
			 STR_ARG(life_act_word(c->act)),
			 STR_ARG(finding_state_word(c->was.state, dutch)), "→",
			 STR_ARG(finding_state_word(c->is.state, dutch)), ended.n > 0 ? ", " : "",
			 STR_ARG(ended), c->who.n > 0 ? SAY(dutch, ", by ", ", door ") : "",
			 STR_ARG(c->who), c->reason.n > 0 ? ": " : "", STR_ARG(c->reason),
			 c->undone ? SAY(dutch, " (undone)", " (ongedaan)") : "");
	}
}

static void say_absent(const struct history *x, struct out *o, bool dutch)
{
	const struct end_rule *r = life_end((enum issue_class)x->finding->class);
	bool udp = str_contains(x->finding->seen, S(" udp/"));
	unsigned clean = udp ? r->clean_udp : r->clean;
	char text[TIME_TEXT];

	out_line(o,
		 SAY(dutch,
		     "    when each of its sources has given %u clean %s of days after "
		     "%.10s, "
		     "and not before %s",
		     "    als elke bron %u %s gaf van dagen na %.10s, en niet voor "
		     "%s"),
		 clean,
		 clean == 1 ? SAY(dutch, "report", "schoon rapport")
			    : SAY(dutch, "reports", "schone rapporten"),
		 say_time(x->finding->last_seen, (char[TIME_TEXT]){ 0 }),
		 say_time(x->finding->last_seen + r->wait, text));
	LIST_EACH (const struct history_source, s, &x->sources) {
		out_line(o, "      %.*s%s%.*s: %u %s", STR_ARG(s->feed), s->type.n > 0 ? ", " : "",
			 STR_ARG(s->type), s->stream ? (unsigned)STREAM_QUIET_DAYS : s->clean,
			 s->stream ? SAY(dutch, "days without an event, for it proves no absence",
					 "dagen zonder gebeurtenis, want hij bewijst geen "
					 "afwezigheid")
				   : SAY(dutch, "so far", "tot nu toe"));
	}
}

static void say_rule(const struct history *x, struct out *o, bool dutch)
{
	const struct end_rule *r = life_end((enum issue_class)x->finding->class);
	char text[TIME_TEXT];

	switch (r->by) {
	case ENDS_ABSENT:
		say_absent(x, o, dutch);
		return;
	case ENDS_QUIET:
		out_line(o,
			 SAY(dutch,
			     "    after %lld %s without an event: %s at the earliest, while its "
			     "feeds are heard",
			     "    na %lld %s zonder gebeurtenis: op zijn vroegst %s, zolang de "
			     "feeds "
			     "zich laten horen"),
			 (long long)(r->wait / TIME_DAY),
			 r->wait == TIME_DAY ? SAY(dutch, "day", "dag")
					     : SAY(dutch, "days", "dagen"),
			 say_time(x->finding->last_seen + r->wait, text));
		return;
	case ENDS_OFFICER:
		out_line(o, "%s",
			 SAY(dutch, "    by an officer alone", "    alleen door een officier"));
		return;
	}
}

static void say_over(const struct life *l, struct out *o, bool dutch)
{
	const char *again =
		SAY(dutch, "a newer event opens it again", "een nieuwere gebeurtenis heropent het");
	char text[TIME_TEXT];

	if (l->ended == END_REFUSED)
		again = SAY(dutch, "nothing opens it again but `waker finding reopen`",
			    "niets heropent het dan `waker finding reopen`");
	else if (l->ended == END_FALSE_ALARM)
		again = SAY(dutch, "other evidence, or the end of its suppression, opens it again",
			    "ander bewijs, of het einde van de onderdrukking, heropent het");
	out_line(o,
		 SAY(dutch, "    it is over since %s (%.*s); %s",
		     "    het is voorbij sinds %s (%.*s); %s"),
		 say_time(l->since, text), STR_ARG(finding_end_word(l->ended, dutch)), again);
}

static void say_end(const struct history *x, struct out *o, bool dutch)
{
	const struct life *l = &x->finding->life;
	char text[TIME_TEXT];

	out_line(o, "%s", SAY(dutch, "\n  What would end it", "\n  Wat er een eind aan zou maken"));
	switch (l->state) {
	case FINDING_CANDIDATE:
		out_line(o, "%s",
			 SAY(dutch, "    an officer: `waker finding promote` or `refuse`",
			     "    een officier: `waker finding promote` of `refuse`"));
		return;
	case FINDING_DISPUTED:
		out_line(o, "%s",
			 SAY(dutch, "    an officer: `waker finding confirm` or `reopen`",
			     "    een officier: `waker finding confirm` of `reopen`"));
		return;
	case FINDING_CLOSED:
		say_over(l, o, dutch);
		return;
	case FINDING_VOID:
		out_line(o, "%s",
			 SAY(dutch, "    all that was said of it was taken back",
			     "    alles wat erover gezegd is, is teruggenomen"));
		return;
	case FINDING_ACCEPTED:
		out_line(o,
			 SAY(dutch, "    it is open again at %s, or ends",
			     "    het is weer open op %s, of eindigt"),
			 say_time(l->until, text));
		break;
	case FINDING_OPEN:
	case FINDING_TOLD:
	case FINDING_ACKNOWLEDGED:
	case FINDING_CLAIMED:
	case FINDING_STATE_COUNT:
		break;
	}
	say_rule(x, o, dutch);
}

void history_say(const struct history *x, struct out *o, bool dutch)
{
	say_changes(x, o, dutch);
	say_end(x, o, dutch);
}

// ---- for machines

static void put_change(struct buf *b, const struct change_row *c)
{
	char text[TIME_TEXT];

	buf_fmt(b, "{\"at\":\"%s\"", say_time(c->at, text));
	say_member(b, "act", life_act_word(c->act));
	say_member(b, "by", c->who);
	say_member(b, "was", finding_state_word(c->was.state, false));
	say_member(b, "state", finding_state_word(c->is.state, false));
	say_member(b, "ended",
		   finding_end_word(c->is.state == FINDING_CLOSED ? c->is.ended : END_NONE, false));
	say_member(b, "reason", c->reason);
	buf_fmt(b, ",\"batch\":%lld", (long long)c->batch);
	say_member(b, "made", c->made);
	buf_fmt(b, ",\"undone\":%s}", c->undone ? "true" : "false");
}

static void put_sighting(struct buf *b, const struct sighting_seen *s)
{
	char text[TIME_TEXT];

	buf_fmt(b, "{\"day\":\"%.10s\"", say_time(s->day, text));
	say_member(b, "feed", s->feed);
	say_member(b, "type", s->type);
	say_member(b, "file", s->file);
	say_member(b, "archive", s->archive);
	buf_fmt(b,
		",\"batch\":%lld,\"records\":%llu,\"record\":%llu,\"offset\":%llu,\"length\":%llu,"
		"\"void\":%s}",
		(long long)s->batch, (unsigned long long)s->events, (unsigned long long)s->record,
		(unsigned long long)s->place, (unsigned long long)s->length,
		s->voided ? "true" : "false");
}

static void put_end(struct buf *b, const struct history *x)
{
	static const char *const by[] = {
		[ENDS_ABSENT] = "absent", [ENDS_QUIET] = "quiet", [ENDS_OFFICER] = "officer"
	};
	const struct end_rule *r = life_end((enum issue_class)x->finding->class);
	bool udp = str_contains(x->finding->seen, S(" udp/"));
	char text[TIME_TEXT];

	buf_fmt(b, ",\"ends\":{\"by\":\"%s\",\"as\":", by[r->by]);
	json_str(b, finding_end_word(r->as, false));
	buf_fmt(b, ",\"clean_reports\":%u,\"not_before\":\"%s\",\"sources\":[",
		udp ? r->clean_udp : r->clean, say_time(x->finding->last_seen + r->wait, text));
	LIST_EACH (const struct history_source, s, &x->sources) {
		buf_str(b, s == x->sources.at ? S("{\"feed\":") : S(",{\"feed\":"));
		json_str(b, s->feed);
		say_member(b, "type", s->type);
		buf_fmt(b, ",\"clean\":%u,\"stream\":%s}", s->clean, s->stream ? "true" : "false");
	}
	buf_str(b, S("]}"));
}

static void put_cves(struct buf *b, const struct history *x)
{
	char day[TIME_TEXT];

	buf_str(b, S(",\"vulnerabilities\":["));
	LIST_EACH (const struct cve_since, c, &x->cves) {
		buf_fmt(b, "%s{\"cve\":\"" STR_FMT "\",\"since\":\"%.10s\"",
			c == x->cves.at ? "" : ",", STR_ARG(c->cve), say_time(c->day, day));
		say_member_time(b, "exploited", c->exploited);
		buf_char(b, '}');
	}
	buf_char(b, ']');
}

void history_json(const struct history *x, struct buf *b)
{
	put_cves(b, x);
	buf_str(b, S(",\"history\":["));
	LIST_EACH (const struct change_row, c, &x->changes) {
		if (c != x->changes.at)
			buf_char(b, ',');
		put_change(b, c);
	}
	buf_str(b, S("],\"sighted\":["));
	LIST_EACH (const struct sighting_seen, s, &x->sightings) {
		if (s != x->sightings.at)
			buf_char(b, ',');
		put_sighting(b, s);
	}
	buf_char(b, ']');
	put_end(b, x);
}
