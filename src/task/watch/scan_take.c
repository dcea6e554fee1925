#include "task/watch/scan_take.h"

#include "codec/wire/hit.h"
#include "os/file.h"

enum { EVENT_FIELDS = 2048 };

bool scan_strange(struct err *e)
{
	return err_set(e, ERR_SYSTEM, "the reader of the batch said what cannot be");
}

static bool read_match(const struct scan_parent *p, struct wire_in *in, struct matched *out)
{
	uint8_t side = wire_read_u8(in), strength = wire_read_u8(in);
	uint32_t node = wire_read_u32(in), also = wire_read_u32(in);
	const struct index *x = p->hit.view == 0 ? p->s->index : p->s->other->index;
	size_t nodes = x != NULL ? index_nodes(x) : 0;

	if (side > MET_BRAND || strength > STRENGTH_STRONG || node >= nodes ||
	    (also >= nodes && also != (uint32_t)INDEX_NONE))
		return false;
	*out = (struct matched){ .met = { (enum met_side)side, (enum strength)strength,
					  (int32_t)node },
				 .also = (int32_t)also };
	return true;
}

static bool read_event(struct scan_parent *p, struct wire_in *in)
{
	uint32_t count = wire_read_u32(in);

	if (count > EVENT_FIELDS)
		return false;
	p->event = (struct event){ 0 };
	list_reserve(&p->event.fields, &p->a, count);
	for (uint32_t i = 0; i < count && !in->bad; i++) {
		uint8_t bits = wire_read_u8(in);
		struct event_field f = { .key = wire_read_str(in), .value = wire_read_str(in) };

		if ((bits & 7) > EVENT_TIME || (bits >> 3 & 7) > COLUMN_THIRD_PARTY)
			return false;
		f.kind = (enum event_kind)(bits & 7);
		f.role = (enum column_role)(bits >> 3 & 7);
		f.unmapped = bits >> 6 & 1;
		f.misfit = bits >> 7;
		*list_add(&p->event.fields, &p->a) = f;
	}
	return true;
}

static bool take_hit(struct scan_parent *p, struct wire_in *in, struct err *e)
{
	char *mark = arena_mark(&p->a);
	struct scan_hit *hit = &p->hit;
	bool ok;

	hit->record = p->records + wire_read_u64(in);
	hit->offset = wire_read_u64(in);
	hit->length = wire_read_u32(in);
	hit->view = wire_read_u8(in);
	if (hit->view > (p->s->other != NULL ? 1 : 0))
		return scan_strange(e);
	hit->count = wire_read_u8(in);
	if ((hit->count == 0 && p->s->give == SCAN_HITS) ||
	    (hit->count > 0 && p->s->give == SCAN_EVENTS) || hit->count > SELECT_MAX_MATCHES)
		return scan_strange(e);
	for (unsigned i = 0; i < hit->count; i++)
		if (!read_match(p, in, &hit->match[i]))
			return scan_strange(e);
	if (!read_event(p, in) || in->bad)
		return scan_strange(e);
	hit->event = &p->event;
	p->given = true;
	ok = p->s->each(p->s->context, hit, e);
	arena_back(&p->a, mark);
	return ok;
}

static bool take_junk(struct scan_parent *p, struct wire_in *in, struct err *e)
{
	uint8_t junk = wire_read_u8(in);
	struct str row = wire_read_str(in);

	if (in->bad || junk >= JUNK_KINDS || p->s->junk == NULL)
		return scan_strange(e);
	p->given = true;
	return p->s->junk(p->s->junk_context, (enum junk)junk, row, e);
}

static bool take_done(struct scan_parent *p, struct wire_in *in, struct err *e)
{
	struct scan_tally *t = p->tally;
	uint64_t before = p->records;

	p->end = wire_read_u64(in);
	p->records += wire_read_u64(in);
	t->hits += wire_read_u64(in);
	t->keyed += wire_read_u64(in);
	t->left += wire_read_u64(in);
	for (unsigned i = 0; i < FEED_MAX_SELECTS; i++)
		t->filled[i] += wire_read_u64(in);
	for (unsigned i = 0; i < JUNK_KINDS; i++) {
		bool none = t->junk[i] == 0;
		uint64_t n = wire_read_u64(in), first = wire_read_u64(in);

		t->junk[i] += n;
		if (none && n > 0)
			t->first[i] = before + first;
	}
	p->done = true;
	return !in->bad || scan_strange(e);
}

static bool take_error(struct wire_in *in, struct err *e)
{
	uint8_t kind = wire_read_u8(in);
	struct str text = wire_read_str(in);

	if (in->bad || kind == ERR_NONE || kind >= ERR_KINDS)
		return scan_strange(e);
	return err_set(e, (enum err_kind)kind, STR_FMT, STR_ARG(text));
}

// The first part's are everybody's.
static bool take_names(struct scan_parent *p, struct wire_in *in, struct err *e)
{
	uint32_t count = wire_read_u32(in);

	for (uint32_t i = 0; i < count && !in->bad; i++) {
		struct str name = wire_read_str(in);

		if (p->s->names == NULL || p->start > 0)
			continue;
		p->given = true;
		for (size_t k = 0; k < name.n; k++)
			buf_char(p->s->names, name.p[k] == '\n' ? ' ' : name.p[k]);
		buf_char(p->s->names, '\n');
	}
	return !in->bad || scan_strange(e);
}

static bool take_hello(struct scan_parent *p, struct wire_in *in, struct err *e)
{
	if (wire_read_u32(in) != WIRE_VERSION)
		return scan_strange(e);
	p->astray = wire_read_u64(in) != p->start;
	return !p->astray && take_names(p, in, e);
}

static bool take_frame(struct scan_parent *p, enum wire_type type, struct wire_in *in,
		       struct err *e)
{
	if (p->done && p->more > 0 && type != WIRE_NEXT)
		return scan_strange(e);
	switch (type) {
	case WIRE_HELLO:
		return take_hello(p, in, e);
	case WIRE_HIT:
		return take_hit(p, in, e);
	case WIRE_JUNK:
		return take_junk(p, in, e);
	case WIRE_DONE:
		return take_done(p, in, e);
	case WIRE_ERROR:
		return take_error(in, e);
	case WIRE_TEXT:
		return p->s->give == SCAN_TEXT ? file_write_all(p->s->text_to, in->rest, e)
					       : scan_strange(e);
	case WIRE_NEXT:
		p->onward = p->done && p->more > 0;
		return p->onward || scan_strange(e);
	case WIRE_PROGRESS:
		if (p->s->progress != NULL)
			p->s->progress(p->s->context, wire_read_u64(in), p->size);
		return true;
	}
	return scan_strange(e);
}

bool scan_take_frames(struct scan_parent *p, struct err *e)
{
	struct str rest = { p->frames, p->have };
	enum wire_type type;
	struct wire_in body;
	size_t used;

	e->kind = ERR_NONE;
	while (!p->onward && wire_frame(rest, &type, &body, &used, e)) {
		if (!take_frame(p, type, &body, e))
			return false;
		str_skip(&rest, used);
	}
	if (e->kind != ERR_NONE)
		return false;
	memmove(p->frames, rest.p, rest.n);
	p->have = rest.n;
	return true;
}
