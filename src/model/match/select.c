#include "model/match/select.h"

static const struct {
	const char *word, *says;
} junks[JUNK_KINDS] = {
#define X(id, word, says) [id] = { word, says },
	JUNK_KINDS_(X)
#undef X
};

struct str junk_word(enum junk junk)
{
	return str_of(junks[junk].word);
}

struct str junk_says(enum junk junk)
{
	return str_of(junks[junk].says);
}

static struct pick *add(struct picks *out, enum pick_kind kind, unsigned select)
{
	struct pick *p = &out->at[out->count++];

	p->kind = (uint8_t)kind;
	p->select = (uint8_t)select;
	return p;
}

static bool is_full(const struct picks *out)
{
	return out->count == SELECT_MAX_PICKS;
}

static void add_text(struct select_scratch *s, struct pick *to, struct str text)
{
	char *at = s->pool + s->pooled;

	memcpy(at, text.p, text.n);
	s->pooled += text.n;
	to->text = (struct str){ at, text.n };
}

// A name is mostly short: a copy of fixed length is no call.
static void add_name(struct select_scratch *s, unsigned select, const struct name *name,
		     struct picks *out)
{
	char *at = s->pool + s->pooled;

	memcpy(at, name->text, SELECT_SHORT);
	if (UNLIKELY(name->n > SELECT_SHORT))
		memcpy(at, name->text, name->n);
	s->pooled += name->n;
	add(out, PICK_NAME, select)->text = (struct str){ at, name->n };
}

static void add_address(unsigned select, struct address a, struct picks *out)
{
	add(out, PICK_ADDRESS, select)->address = a;
}

static bool add_prefix(unsigned select, struct str text, struct picks *out)
{
	struct prefix prefix;
	struct err e;
	struct pick *p;

	if (!prefix_read(text, &prefix, &e))
		return false;
	p = add(out, PICK_PREFIX, select);
	p->address = prefix.base;
	p->length = (uint8_t)prefix.length;
	return true;
}

static enum junk read_one_address(unsigned select, struct str text, struct picks *out)
{
	struct address a;

	if (is_full(out))
		return JUNK_NONE;
	if (LIKELY(address_read(text, &a))) {
		add_address(select, a, out);
		return JUNK_NONE;
	}
	return str_has(text, '/') && add_prefix(select, text, out) ? JUNK_NONE : JUNK_ADDRESS;
}

static bool is_between(char c) // what stands between several values of one column
{
	return c == ',' || c == ';' || c == ' ' || c == '\t' || c == '|';
}

// Several in one column, as where a name has several addresses.
static enum junk read_addresses(unsigned select, struct str text, struct picks *out)
{
	enum junk worst = JUNK_NONE;
	size_t start = 0;

	for (size_t i = 0; i <= text.n; i++) {
		enum junk junk;

		if (i < text.n && !is_between(text.p[i]))
			continue;
		if (i > start) {
			junk = read_one_address(select, (struct str){ text.p + start, i - start },
						out);
			worst = junk != JUNK_NONE ? junk : worst;
		}
		start = i + 1;
	}
	return worst;
}

static enum junk read_address(unsigned select, struct str text, struct picks *out)
{
	enum junk junk = read_one_address(select, text, out);

	if (LIKELY(junk == JUNK_NONE))
		return junk;
	for (size_t i = 0; i < text.n; i++)
		if (is_between(text.p[i]))
			return read_addresses(select, text, out);
	return junk;
}

static enum junk read_asn(unsigned select, struct str text, struct picks *out)
{
	uint32_t asn;

	if (!asn_read(text, &asn))
		return JUNK_ASN;
	add(out, PICK_ASN, select)->asn = asn;
	return JUNK_NONE;
}

static enum junk read_name(struct select_scratch *s, unsigned select, struct str text,
			   struct picks *out)
{
	if (!name_read(text, s->idn, &s->name))
		return JUNK_NAME;
	add_name(s, select, &s->name, out);
	return JUNK_NONE;
}

static enum junk add_host(struct select_scratch *s, unsigned select, enum junk junk,
			  struct picks *out)
{
	switch (s->host.kind) {
	case HOST_ADDRESS:
		add_address(select, s->host.address, out);
		return JUNK_NONE;
	case HOST_NAME:
		add_name(s, select, &s->host.name, out);
		return JUNK_NONE;
	case HOST_NONE:
		break;
	}
	return junk;
}

static enum junk read_mail(struct select_scratch *s, unsigned select, struct str text,
			   struct picks *out)
{
	if (text.n > NAME_MAX_BYTES || !mail_domain(text, s->idn, &s->name))
		return JUNK_NAME;
	add_text(s, add(out, PICK_MAIL, select), text);
	return JUNK_NONE;
}

enum junk select_read(struct select_scratch *s, enum select_as as, unsigned select, struct str text,
		      struct picks *out)
{
	if (text.n == 0 || is_full(out))
		return JUNK_NONE;
	switch (as) {
	case SELECT_ADDRESS:
		return read_address(select, text, out);
	case SELECT_ASN:
		return read_asn(select, text, out);
	case SELECT_NAME:
		return read_name(s, select, text, out);
	case SELECT_HOST:
		if (host_read(text, s->idn, &s->host) == HOST_NONE)
			url_host(text, s->idn, &s->host);
		return add_host(s, select, JUNK_NAME, out);
	case SELECT_URL:
		url_host(text, s->idn, &s->host);
		return add_host(s, select, JUNK_URL, out);
	case SELECT_MAIL:
		return read_mail(s, select, text, out);
	case SELECT_BRAND:
		if (text.n <= NAME_MAX_BYTES) // a longer one is no name
			add_text(s, add(out, PICK_BRAND, select), text);
		return JUNK_NONE;
	}
	return JUNK_NONE;
}

void select_prefetch(const struct index *x, const struct picks *p)
{
	for (unsigned i = 0; i < p->count; i++) {
		const struct pick *pick = &p->at[i];

		switch ((enum pick_kind)pick->kind) {
		case PICK_ADDRESS:
		case PICK_PREFIX:
			index_prefetch_address(x, pick->address);
			break;
		case PICK_ASN:
			index_prefetch_asn(x, pick->asn);
			break;
		case PICK_NAME:
			index_prefetch_name(x, pick->text);
			break;
		case PICK_MAIL:
		case PICK_BRAND:
			break;
		}
	}
}

static int32_t find(const struct index *x, const struct pick *p, name_idn idn)
{
	switch ((enum pick_kind)p->kind) {
	case PICK_ADDRESS:
		return index_address(x, p->address);
	case PICK_PREFIX:
		return index_prefix(x, (struct prefix){ p->address, p->length });
	case PICK_ASN:
		return index_asn(x, p->asn);
	case PICK_NAME:
		return index_name(x, p->text);
	case PICK_MAIL:
		return index_mail(x, p->text, idn);
	case PICK_BRAND:
		return index_brand(x, p->text);
	}
	return INDEX_NONE;
}

static enum met_side side_of(enum pick_kind kind)
{
	static const enum met_side sides[] = {
		[PICK_ADDRESS] = MET_ADDRESS, [PICK_PREFIX] = MET_ADDRESS, [PICK_ASN] = MET_ASN,
		[PICK_NAME] = MET_NAME,       [PICK_MAIL] = MET_MAIL,      [PICK_BRAND] = MET_BRAND,
	};

	return sides[kind];
}

struct tally { // of the record at hand
	const struct index *x;
	const struct roster *r;
	const struct feed_type *type;
	struct matched *out;
	unsigned count;
	int32_t asn;  // node of the listed AS number
	bool network; // an address met something, be it a hole
};

static enum strength strength_of(const struct tally *t, const struct pick *p)
{
	bool address = side_of((enum pick_kind)p->kind) == MET_ADDRESS;

	return address && address_is_tunnel(p->address) ? STRENGTH_WEAK
							: t->type->selects.at[p->select].strength;
}

static void take(struct tally *t, const struct pick *p, int32_t node)
{
	enum met_side side = side_of((enum pick_kind)p->kind);

	for (unsigned i = 0; i < t->count; i++)
		if (t->out[i].met.node == node)
			return;
	if (t->count == SELECT_MAX_MATCHES || index_node(t->x, node)->hole)
		return;
	t->out[t->count++] = (struct matched){
		.met = { side, strength_of(t, p), node },
		.select = p->select,
		.also = side == MET_ADDRESS ? t->asn : INDEX_NONE,
	};
}

unsigned select_match(const struct index *x, const struct roster *r, const struct feed_type *type,
		      const struct picks *p, name_idn idn, struct matched out[SELECT_MAX_MATCHES])
{
	struct tally t = { .x = x, .r = r, .type = type, .out = out, .asn = INDEX_NONE };

	for (unsigned i = 0; i < p->count; i++)
		if (p->at[i].kind == PICK_ASN && t.asn == INDEX_NONE)
			t.asn = index_asn(x, p->at[i].asn);
	for (unsigned i = 0; i < p->count; i++) {
		int32_t node = p->at[i].kind == PICK_ASN ? INDEX_NONE : find(x, &p->at[i], idn);

		if (node == INDEX_NONE)
			continue;
		t.network |= side_of((enum pick_kind)p->at[i].kind) == MET_ADDRESS;
		take(&t, &p->at[i], node);
	}
	for (unsigned i = 0; i < p->count && !t.network && t.asn != INDEX_NONE; i++) {
		if (p->at[i].kind != PICK_ASN)
			continue;
		take(&t, &p->at[i], t.asn);
		break;
	}
	return t.count;
}
