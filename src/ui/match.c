#include "codec/text/json_out.h"
#include "model/feed/event_json.h"
#include "model/match/also.h"
#include "model/roster/tsv.h"
#include "os/file.h"
#include "os/idn.h"
#include "task/watch/feed_choice.h"
#include "task/watch/feed_find.h"
#include "task/watch/scan.h"
#include "ui/junk.h"
#include "ui/match_past.h"
#include "ui/nouns.h"
#include "ui/progress.h"

#include <unistd.h>

enum {
	ROSTER_BYTES = 1 << 30,
	ROSTER_MEMORY = INT32_MAX, // addresses, not memory: an arena takes what it uses
	OUT_BYTES = 256 << 10,
	LINE_MOST = 128 << 10, // of output for one match
};

// What a match is printed to, and in which form.
struct print {
	const struct roster *roster;
	const struct index *index;
	const struct feed *feed;
	struct buf out;
	int32_t also[ALSO_MAX]; // here, so that no call need clear it
	struct junk_file junk;
	bool events, intelmq;
	bool flushed; // something was printed
	struct progress progress;
	struct str file; // whose hits these are, where there are several; else empty
};

static bool flush(struct print *p, struct err *e)
{
	struct str all = buf_view(&p->out);

	p->out.n = 0;
	p->flushed |= all.n > 0;
	return file_write_all(STDOUT_FILENO, all, e);
}

static struct str slug_of(const struct print *p, int32_t member)
{
	return p->roster->members.at[member].slug;
}

static void put_also(struct print *p, const int32_t *member, unsigned n)
{
	if (n == 0)
		buf_char(&p->out, '-');
	for (unsigned i = 0; i < n; i++) {
		if (i > 0)
			buf_char(&p->out, ',');
		buf_str(&p->out, slug_of(p, member[i]));
	}
}

static void put_tsv(struct print *p, const struct scan_hit *hit, const struct asset *asset,
		    const int32_t *also, unsigned n)
{
	buf_uint(&p->out, hit->record);
	buf_char(&p->out, '\t');
	buf_str(&p->out, slug_of(p, asset->member));
	buf_char(&p->out, '\t');
	buf_str(&p->out, asset->value);
	buf_char(&p->out, '\t');
	put_also(p, also, n);
	if (p->file.n > 0) {
		buf_char(&p->out, '\t');
		buf_str(&p->out, p->file);
	}
	buf_char(&p->out, '\n');
}

static const char *const sides[] = { [MET_ADDRESS] = "address",
				     [MET_ASN] = "asn",
				     [MET_NAME] = "name",
				     [MET_MAIL] = "mail",
				     [MET_BRAND] = "organisation" };
static const char *const strengths[] = {
	[STRENGTH_WEAK] = "weak", [STRENGTH_MEDIUM] = "medium", [STRENGTH_STRONG] = "strong"
};

static void put_json(struct print *p, const struct scan_hit *hit, const struct matched *m,
		     const struct asset *asset, const int32_t *also, unsigned n)
{
	struct buf *b = &p->out;

	buf_char(b, '{');
	if (p->file.n > 0) {
		buf_str(b, S("\"file\":"));
		json_str(b, p->file);
		buf_char(b, ',');
	}
	buf_fmt(b, "\"record\":%llu,\"member\":", (unsigned long long)hit->record);
	json_str(b, slug_of(p, asset->member));
	buf_str(b, S(",\"asset\":"));
	json_str(b, asset->value);
	buf_str(b, S(",\"also\":["));
	for (unsigned i = 0; i < n; i++) {
		if (i > 0)
			buf_char(b, ',');
		json_str(b, slug_of(p, also[i]));
	}
	buf_fmt(b, "],\"side\":\"%s\",\"strength\":\"%s\",\"event\":{", sides[m->met.side],
		strengths[m->met.strength]);
	event_json(b, hit->event, false);
	buf_str(b, S("}}\n"));
}

static bool put_match(struct print *p, const struct scan_hit *hit, const struct matched *m,
		      struct err *e)
{
	const struct index_node *node = index_node(p->index, m->met.node);
	unsigned n = match_also(p->roster, p->index, m, p->also);

	for (uint32_t i = 0; i < node->count; i++) {
		const struct asset *asset =
			&p->roster->assets.at[index_owner(p->index, node->first + i)];

		if (p->out.cap - p->out.n < LINE_MOST && !flush(p, e))
			return false;
		if (p->events)
			put_json(p, hit, m, asset, p->also, n);
		else
			put_tsv(p, hit, asset, p->also, n);
	}
	return true;
}

static bool put_intelmq(struct print *p, const struct scan_hit *hit, struct err *e)
{
	if (p->out.cap - p->out.n < OUT_BYTES && !flush(p, e))
		return false;
	buf_str(&p->out, S("{\"__type\":\"Event\",\"feed.name\":"));
	json_str(&p->out, p->feed->name);
	event_json(&p->out, hit->event, true);
	buf_str(&p->out, S("}\n"));
	return true;
}

static bool each(void *context, const struct scan_hit *hit, struct err *e)
{
	struct print *p = context;

	if (p->intelmq)
		return put_intelmq(p, hit, e);
	for (unsigned i = 0; i < hit->count; i++)
		if (!put_match(p, hit, &hit->match[i], e))
			return false;
	return true;
}

static void progress(void *context, uint64_t done, uint64_t all)
{
	struct print *p = context;

	progress_at(&p->progress, done, all);
}

static bool read_roster(struct app *app, struct str path, struct roster *out, struct err *e)
{
	const char *name = str_z(app->arena, path);
	autoarena scratch = { 0 }; // the bytes of the file
	struct str bytes;

	if (name == NULL)
		return err_set(e, ERR_USAGE, "a file's name has no NUL byte");
	arena_init(&scratch, ROSTER_BYTES + ROSTER_BYTES / 8);
	return file_read(name, ROSTER_BYTES, &scratch, &bytes, e) &&
	       (roster_read_tsv(bytes, app->arena, out, e) || err_in(e, STR_FMT, STR_ARG(path)));
}

// A stream has let go of what it had before it knew. It names the file, where e does not.
static bool not_all(const struct print *p, const struct scan *s, struct err *e)
{
	const char *name = s->path != NULL ? s->path : "standard input";
	struct err was;

	if (strncmp(e->text, name, strlen(name)) != 0)
		err_in(e, "%s", name);
	was = *e;
	return p->flushed ? err_set(e, was.kind, "%s; what was printed is not all: do not use it",
				    was.text)
			  : false;
}

static bool scan_file(struct app *app, struct str file, struct scan *s, struct print *p,
		      struct err *e)
{
	struct scan_tally tally;
	bool ok;

	p->progress = progress_begin(app, "reading");
	s->path = str_eq(file, S("-")) ? NULL : str_z(app->arena, file);
	ok = scan_run(s, &tally, e);
	progress_end(&p->progress);
	if (!ok)
		return not_all(p, s, e);
	if (!flush(p, e))
		return false;
	junk_tell(app, p->feed->name, s->path == NULL ? S("standard input") : file_base(file),
		  &tally);
	return true;
}

static bool scan_all(struct app *app, const struct call *call, struct scan *s, struct print *p,
		     struct err *e)
{
	int64_t day;

	s->context = p;
	s->progress = progress;
	s->each = each;
	s->junk = junk_keep;
	s->junk_context = &p->junk;
	s->keep_junk = p->junk.fd >= 0;
	s->fd = STDIN_FILENO;
	for (size_t i = 0; i < call->count; i++) {
		if (call->count > 1)
			p->file = call->arg[i];
		if (!feed_choice(p->feed, call_option(call, "type"), call->arg[i], &s->type, &day,
				 e) ||
		    !scan_file(app, call->arg[i], s, p, e))
			return false;
	}
	return true;
}

static bool match(struct app *app, const struct call *call, struct err *e)
{
	struct feed_places places = feed_places(app->home, app->arena);
	struct str format = call_option(call, "format");
	struct roster roster;
	struct index *index;
	struct feed feed;
	struct scan s = { .feed = &feed, .roster = &roster };
	int64_t day;
	struct print p = { .roster = &roster, .feed = &feed };
	autoarena lines = { 0 }; // of the output: in an arena of its own, which no child copies

	if (call_option(call, "members").p == NULL)
		return err_set(e, ERR_USAGE, "--members FILE is missing: the roster");
	if (call_has(call, "archive"))
		return match_past(app, call, e);
	if (call->count == 0)
		return err_set(e, ERR_USAGE, "FILE is missing, or - for standard input");

	if (!feed_find(&places, call_option(call, "feed"), app->arena, &feed, e) ||
	    !feed_choice(&feed, call_option(call, "type"), call->arg[0], &s.type, &day, e) ||
	    !jobs_choice(call_option(call, "jobs"), 1, &s.jobs, e) ||
	    !read_roster(app, call_option(call, "members"), &roster, e) ||
	    (!index_build(&roster, idn_to_ascii, app->arena, &index, e) &&
	     !err_in(e, STR_FMT, STR_ARG(call_option(call, "members")))) ||
	    !junk_open(app, call_option(call, "junk"), &p.junk, e))
		return false;
	arena_init(&lines, 2 * OUT_BYTES);
	arena_alone(&lines);
	p.out = (struct buf){ .p = arena_new(&lines, char, 2 * OUT_BYTES), .cap = 2 * OUT_BYTES };
	p.intelmq = str_eq(format, S("intelmq"));
	p.events = p.intelmq || str_eq(format, S("json")) || app->out.form == OUT_JSON;
	s.index = p.index = index;
	s.events = p.events;
	return scan_all(app, call, &s, &p, e);
}

static const struct option match_options[] = {
	{ "members", "FILE", NULL,
	  "the roster: a line an asset, tab-separated member, kind, value" },
	{ "feed", "NAME", NULL, "what kind of feed it is; `waker feed list` shows them" },
	{ "type", "TYPE", NULL, "the report type, where the file's name does not tell" },
	{ "jobs", "N", NULL, "read a plain file by N children; 1 on a pipe" },
	{ "format", "FORMAT", "tsv|json|intelmq", "how hits are written" },
	{ "junk", "FILE", NULL, "keep the refused records, with the reason before each" },
	{ "archive", NULL, NULL,
	  "read the archive of the home instead of a FILE: a roster is tried, and nothing "
	  "changed" },
	{ "since", "DAYS|DATE", NULL,
	  "with --archive: only what happened since, as 90d or 2026-03-02" },
	{ "key", "KEYFILE", NULL,
	  "with --archive: the officers' archive.key, to read what is sealed too" },
	{ 0 },
};

static const struct command match_rows[] = {
	{ "match",
	  "[FILE…|-]",
	  "Show which records of a feed meet which members' assets",
	  READS,
	  0,
	  CLI_MAX_ARGS,
	  match_options,
	  { "waker match --members roster.tsv --feed generic-iplist list.txt",
	    "zcat 2026-03-02-scan_rdp-nl.csv.gz | waker match --members roster.tsv --feed "
	    "shadowserver --type scan_rdp -" },
	  "A filter that needs no home and no store: feed bytes in, hits out. Hits as tsv are "
	  "record, "
	  "member, asset, and the owners of enclosing assets; of several files also the file. What "
	  "could not be read is counted by "
	  "reason on stderr. With --archive the roster is asked of the whole archive of the home "
	  "(`waker match --archive "
	  "--since 90d --members new.csv`): "
	  "a row a hit, newest day first; told says whether the event lies within the asset's "
	  "proof.",
	  match },
};

const struct noun noun_match = { "match", "match a feed with a roster, without a home", match_rows,
				 COUNTOF(match_rows) };
