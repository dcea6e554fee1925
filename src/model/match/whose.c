#include "model/match/whose.h"

static const char *const kinds[WHOSE_KINDS] = {
	[WHOSE_ADDRESS] = "address", [WHOSE_PREFIX] = "prefix", [WHOSE_ASN] = "asn",
	[WHOSE_NAME] = "name",       [WHOSE_MAIL] = "mail",
};

const char *whose_kind_word(enum whose_kind kind)
{
	return kinds[kind];
}

static void keep(struct whose *out, enum whose_kind kind, struct str text)
{
	struct buf b = BUF_ON(out->text);

	out->kind = kind;
	buf_str(&b, str_first(text, sizeof out->text - 1));
	buf_char(&b, '\0');
}

static int32_t by_address(const struct index *x, struct address a, struct whose *out)
{
	char text[ADDRESS_TEXT];
	struct buf b = BUF_ON(text);

	address_write(&b, a);
	keep(out, WHOSE_ADDRESS, buf_view(&b));
	out->match.met.side = MET_ADDRESS;
	out->match.met.strength = address_is_tunnel(a) ? STRENGTH_WEAK : STRENGTH_STRONG;
	return index_address(x, a);
}

static bool by_prefix(const struct index *x, struct str question, struct whose *out, int32_t *node,
		      struct err *e)
{
	struct prefix p;

	if (!prefix_read(question, &p, e))
		return false;
	keep(out, WHOSE_PREFIX, question);
	out->match.met.side = MET_ADDRESS;
	out->match.met.strength = STRENGTH_STRONG;
	*node = index_prefix(x, p);
	return true;
}

static int32_t by_name(const struct index *x, struct str name, struct whose *out)
{
	keep(out, WHOSE_NAME, name);
	out->match.met.side = MET_NAME;
	out->match.met.strength = STRENGTH_STRONG;
	return index_name(x, name);
}

static int32_t by_asn(const struct index *x, uint32_t asn, struct whose *out)
{
	char text[16];
	struct buf b = BUF_ON(text);

	buf_str(&b, S("AS"));
	buf_uint(&b, asn);
	keep(out, WHOSE_ASN, buf_view(&b));
	out->match.met.side = MET_ASN;
	out->match.met.strength = STRENGTH_WEAK;
	return index_asn(x, asn);
}

static bool by_host(const struct index *x, enum host_kind kind, const struct host *host,
		    struct whose *out, int32_t *node)
{
	if (kind == HOST_ADDRESS)
		*node = by_address(x, host->address, out);
	else if (kind == HOST_NAME)
		*node = by_name(x, name_str(&host->name), out);
	return kind != HOST_NONE;
}

static bool look_up(const struct index *x, name_idn idn, struct str q, struct whose *out,
		    int32_t *node, struct err *e)
{
	struct host host;
	uint32_t asn;
	bool url = str_contains(q, S("://"));

	if (!url && str_has(q, '/'))
		return by_prefix(x, q, out, node, e);
	if (asn_read(q, &asn)) {
		*node = by_asn(x, asn, out);
		return true;
	}
	if (!url && str_has(q, '@')) {
		keep(out, WHOSE_MAIL, q);
		out->match.met.side = MET_MAIL;
		out->match.met.strength = STRENGTH_STRONG;
		*node = index_mail(x, q, idn);
		return true;
	}
	if (by_host(x, url ? url_host(q, idn, &host) : host_read(q, idn, &host), &host, out, node))
		return true;
	return err_set(e, ERR_INPUT,
		       "\"" STR_FMT
		       "\" is no address, prefix, AS number, name, URL or mail address",
		       STR_ARG(str_first(q, 90)));
}

static bool is_hole(const struct roster *r, const struct index *x, int32_t node)
{
	const struct index_node *n = index_node(x, node);

	for (uint32_t i = 0; i < n->count; i++)
		if (r->assets.at[index_owner(x, n->first + i)].member == ROSTER_NOBODY)
			return true;
	return false;
}

bool whose_ask(const struct roster *r, const struct index *x, name_idn idn, struct str question,
	       struct whose *out, struct err *e)
{
	struct whose w = { .match = { .also = INDEX_NONE } };
	int32_t node = INDEX_NONE;

	if (!look_up(x, idn, str_trim(question), &w, &node, e))
		return false;
	w.match.met.node = node;
	w.end = node == INDEX_NONE ? WHOSE_NOBODY : is_hole(r, x, node) ? WHOSE_HOLE : WHOSE_OWNED;
	*out = w;
	return true;
}

static void put_day(struct buf *b, int64_t t)
{
	char text[TIME_TEXT];

	time_write(t, text);
	buf_str(b, (struct str){ text, 10 });
}

void whose_why(struct buf *b, const struct whose *w, const struct asset *asset, int64_t now)
{
	static const char *const lies[WHOSE_KINDS] = {
		[WHOSE_ADDRESS] = "lies in",     [WHOSE_PREFIX] = "lies in",  [WHOSE_ASN] = "is",
		[WHOSE_NAME] = "is or is below", [WHOSE_MAIL] = "belongs to",
	};

	if (str_eq(str_of(w->text), asset->value))
		buf_fmt(b, "%s is theirs as it stands", w->text);
	else
		buf_fmt(b, "%s %s " STR_FMT, w->text, lies[w->kind], STR_ARG(asset->value));
	if (w->kind == WHOSE_ASN)
		buf_str(b, S("; by AS number alone it is a candidate"));
	else if (w->match.met.strength == STRENGTH_WEAK)
		buf_str(b, S("; through a tunnel it is a candidate"));
	if (now < asset->since) {
		buf_str(b, S("; but held only from "));
		put_day(b, asset->since);
	}
	if (asset->until <= now) {
		buf_str(b, S("; but held only until "));
		put_day(b, asset->until);
	}
}
