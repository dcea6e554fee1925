#include "base/time.h"
#include "codec/net/address.h"
#include "codec/text/cef.h"
#include "model/notice/letter.h"

enum { VALUES = 24, MILLISECOND = 1000 };

// What is over, or was wrong, is to wake nobody.
static unsigned level(enum message_kind kind, enum severity severity)
{
	static const unsigned levels[SEVERITY_COUNT] = { 0, 10, 8, 5, 3 };

	return kind == MESSAGE_CLOSED || kind == MESSAGE_CORRECTION ? 0 : levels[severity];
}

static void put_time(struct buf *b, const char *key, int64_t t)
{
	if (t > 0)
		cef_number(b, key, t / MILLISECOND);
}

// Where it was seen, by the pairs of whose machine does it, or of whose is reached: an address of
// IPv6 has fields of its own in this revision.
static void put_seen(struct buf *b, const struct letter_finding *f)
{
	bool does = f->class == CLASS_INFECTED || f->class == CLASS_ATTACKING;
	struct str port = f->seen, where = str_cut(&port, ' '), transport = str_cut(&port, '/');
	struct address address;
	bool named = !address_read(where, &address);
	uint64_t n;

	if (named && str_has(where, '@'))
		cef_pair(b, does ? "suser" : "duser", where);
	else if (named)
		cef_pair(b, does ? "shost" : "dhost", where);
	else if (address_is_v4(address))
		cef_pair(b, does ? "src" : "dst", where);
	else
		cef_custom(b, does ? "c6a2" : "c6a3",
			   does ? "Source IPv6 Address" : "Destination IPv6 Address", where);
	if (!named)
		cef_pair(b, does ? "shost" : "dhost", f->host);
	if (port.n == 0 || !str_to_uint(port, UINT16_MAX, &n))
		return;
	cef_number(b, does ? "spt" : "dpt", (int64_t)n);
	cef_pair(b, "proto", transport);
}

struct said { // by whom
	const struct letter *l;
	struct str version;
};

static struct cef_head head_of(const struct said *by, struct str id, struct str name)
{
	return (struct cef_head){ by->l->team.name, S("Waker"), by->version, id, name, 5 };
}

static void put_notice(struct buf *b, const struct letter *l)
{
	put_time(b, "rt", l->now);
	cef_custom(b, "cs1", "Notice", l->id);
	cef_custom(b, "cs2", "TLP", tlp_label(l->neutral ? TLP_CLEAR : l->tlp));
}

static void put_finding(struct buf *b, const struct said *by, const struct letter_finding *f)
{
	const struct letter *l = by->l;
	struct cef_head head = head_of(by, f->issue, f->title);

	head.severity = level(l->kind, f->severity);
	cef_begin(b, &head);
	put_notice(b, l);
	put_time(b, "start", f->first_seen);
	put_time(b, "end", f->last_seen);
	cef_pair(b, "externalId", f->id);
	cef_pair(b, "act", message_kind_word(l->kind));
	cef_pair(b, "cat", issue_class_word(f->class, false));
	put_seen(b, f);
	cef_custom(b, "cs3", "Asset", f->asset);
	cef_custom(b, "cs4", "CVE", f->cves);
	cef_custom(b, "cs5", "Sources", f->sources);
	cef_custom(b, "cs6", "State", finding_state_word(f->state, false));
	if (l->answer > 0) {
		put_time(b, "deviceCustomDate1", l->answer);
		cef_pair(b, "deviceCustomDate1Label", S("Answer by"));
	}
}

static void put_whole(struct buf *b, const struct said *by)
{
	const struct letter *l = by->l;
	struct cef_head head = head_of(by, S("alert"), l->title.n > 0 ? l->title : l->title_nl);

	if (l->neutral || head.name.n == 0)
		head = head_of(by, S("notice"),
			       S("A notice waits for you: we reach you otherwise"));
	cef_begin(b, &head);
	put_notice(b, l);
	cef_pair(b, "externalId", l->id);
}

static struct letter_event event(const struct said *by, const struct letter_finding *f,
				 struct arena *a)
{
	struct buf b = { .p = arena_new(a, char, CEF_ROOM(VALUES)), .cap = CEF_ROOM(VALUES) };
	char *end;

	if (f != NULL)
		put_finding(&b, by, f);
	else
		put_whole(&b, by);
	end = b.p + b.n;
	arena_back(a, end); // the rest of the room is not needed
	return (struct letter_event){ f != NULL ? f->severity : SEVERITY_MEDIUM, buf_view(&b) };
}

void letter_cef(const struct letter *l, struct str version, struct arena *a,
		struct letter_events *out)
{
	struct said by = { l, version };
	size_t n = l->neutral ? 0 : l->findings.count;

	*out = (struct letter_events){ .count = n > 0 ? n : 1 };
	out->at = arena_new(a, struct letter_event, out->count);
	for (size_t i = 0; i < out->count; i++)
		out->at[i] = event(&by, n > 0 ? &l->findings.at[i] : NULL, a);
}
