#include "task/tell/fill_event.h"

#include "codec/table/json.h"
#include "model/feed/event.h"
#include "os/markdown.h"
#include "store/finding.h"

enum { PAIRS = 128 }; // of a record

static struct str record_label(struct str event)
{
	const struct json_path path = { .steps = 1, .step = { S("tlp") } };
	struct json_value v;

	return json_pick(event, &path, 1, &v) && v.kind == JSON_STRING ? v.raw : S("");
}

// What nobody says of a feed any more is as strict as what is never said. Where records bear
// labels of their own, what the feed may be told as does not loosen them.
static enum tlp label_of(const struct kept_feed *f, struct str event)
{
	enum tlp in = TLP_AMBER_STRICT, out = TLP_AMBER_STRICT;
	bool all;

	if (f->there && !tlp_read(f->feed.tlp_out, &out))
		out = TLP_AMBER_STRICT;
	all = f->there && tlp_read(f->feed.tlp, &in);
	if (!all && !tlp_read(record_label(event), &in))
		in = TLP_AMBER_STRICT;
	return in == TLP_RED || !all ? tlp_stricter(in, out) : out;
}

static bool is_ours(struct str key)
{
	static const char *const ours[] = { "feed.", "raw", "extra.waker.", "classification." };

	for (size_t i = 0; i < COUNTOF(ours); i++)
		if (str_has_prefix(key, str_of(ours[i])))
			return true;
	return false;
}

static struct str plain(struct str raw, struct arena *a)
{
	char *p = arena_new(a, char, raw.n + 1);

	return (struct str){ p, json_text(raw, p) };
}

static void add(struct letter_finding *f, struct arena *a, struct str key, struct str raw,
		enum json_kind kind)
{
	struct str value = plain(raw, a);

	*list_add(&f->evidence, a) =
		(struct letter_pair){ key, value,
				      kind == JSON_STRING ? (struct str){ 0 } : arena_str(a, raw) };
	if (f->host.n == 0 &&
	    (str_eq(key, S("source.fqdn")) || str_eq(key, S("source.reverse_dns"))))
		f->host = value;
}

// A key that stands several times (an array) gives its first value.
static void read_event(struct str event, const struct feed_type *type, struct arena *a,
		       struct letter_finding *f)
{
	struct json j = json_of(event);
	enum json_kind kind;
	struct str key = { 0 };

	while (f->evidence.count < PAIRS && (kind = json_next(&j)) != JSON_END &&
	       kind != JSON_BAD) {
		if (kind == JSON_KEY)
			key = plain(j.token, a);
		if ((kind != JSON_STRING && kind != JSON_NUMBER && kind != JSON_WORD) || key.n == 0)
			continue;
		if (!is_ours(key) && !event_third_party(type, key))
			add(f, a, key, j.token, kind);
		key = (struct str){ 0 };
	}
}

static void add_source(struct letter_finding *f, struct arena *a, const struct kept_feed *feed)
{
	struct str name =
		feed->there && feed->feed.provider.n > 0 ? feed->feed.provider : feed->name;

	if (str_contains(f->sources, name))
		return;
	f->sources = f->sources.n == 0 ? arena_str(a, name)
				       : arena_fmt(a, STR_FMT ", " STR_FMT, STR_ARG(f->sources),
						   STR_ARG(name));
}

bool fill_evidence(struct fill_feeds *feeds, int64_t finding, struct arena *a,
		   struct letter_finding *f, struct fill_seen *out, struct err *e)
{
	autorows r = NULL;
	struct evidence_row v;

	if (!evidence_of(feeds->home->db, finding, &r, e))
		return false;
	while (evidence_next_row(r, &v, e)) {
		const struct kept_feed *feed =
			feed_shelf_find(feeds->shelf, feeds->home, v.feed_name);
		enum tlp tlp = label_of(feed, v.event);

		// what a feed allows is in its file: of one that cannot be read a machine passes on nothing
		if (tlp == TLP_RED || !feed->there)
			continue;
		out->tlp = tlp_stricter(out->tlp, tlp);
		if (feed->feed.sensitivity > out->sensitivity)
			out->sensitivity = feed->feed.sensitivity;
		add_source(f, a, feed);
		if (out->witnesses++ > 0)
			continue;
		f->asset = arena_str(a, v.asset_value);
		read_event(v.event, feed_type(&feed->feed, v.type), a, f);
	}
	return e->kind == ERR_NONE;
}

// A paragraph a block of lines.
static void fill_plain(struct str text, struct prose *p)
{
	prose_paragraph(p);
	while (text.n > 0) {
		struct str line = str_trim(str_cut(&text, '\n'));

		if (line.n == 0) {
			prose_paragraph(p);
			continue;
		}
		prose_foreign(p, PROSE_TEXT, line);
		prose_text(p, S(" "));
	}
}

const struct prose *fill_text(struct str text, struct arena *a)
{
	struct prose *p = arena_new(a, struct prose, 1);
	struct err not_so = { 0 };

	prose_begin(p, a);
	if (markdown_read(text, 1, p, &not_so))
		return p;
	prose_begin(p, a);
	fill_plain(text, p);
	return p;
}
