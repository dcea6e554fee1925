#include "task/shadow/import.h"

#include "base/sort.h"
#include "task/tell/compose.h"

// ---- what is told

static bool read_line(struct look *l, const struct older_row *row, struct imported *out,
		      struct err *e)
{
	struct import_left left = { .row = row };
	struct look_row x;
	bool told = false, taken = false;

	if (!look_row(l, row, &x, e))
		return false;
	left.why = x.why;
	left.detail = x.detail;
	left.member = x.member;
	for (size_t i = 0; x.why == OLDER_TAKEN && i < x.met.count; i++) {
		struct look_finding *f = x.met.at[i];

		left.why = older_count(&f->f.is, row->told);
		left.detail = look_detail(l, f, left.why);
		left.finding = f;
		taken = taken || left.why == OLDER_TAKEN;
		told = told || left.why == OLDER_ALREADY;
		if (left.why == OLDER_TAKEN && row->told > f->told)
			f->told = row->told;
	}
	out->lines++;
	if (row->spotted && x.why == OLDER_NOBODYS) {
		out->foreign++;
		return true;
	}
	out->already += told && !taken;
	if (!told && !taken)
		*list_add(&out->left, l->a) = left;
	return true;
}

// ---- messages

struct part {
	const struct look_finding *x;
	int64_t made; // of its message: when it was told, and not before it is as it is
};

struct parts {
	LIST(struct part) at;
};

static int order(const void *a, const void *b)
{
	const struct part *x = a, *y = b;

	if (x->x->member != y->x->member)
		return x->x->member->id < y->x->member->id ? -1 : 1;
	return (x->made > y->made) - (x->made < y->made);
}

static void collect(struct look *l, struct parts *out)
{
	for (size_t i = 0; i < l->roster->members.count; i++)
		LIST_EACH (const struct look_finding, x, &l->members[i].findings)
			if (x->told != TIME_EVER)
				*list_add(&out->at, l->a) =
					(struct part){ x, x->told > x->f.since ? x->told
									       : x->f.since };
	sort_merge(out->at.at, arena_new(l->a, struct part, out->at.count + 1), out->at.count,
		   sizeof *out->at.at, order);
}

static bool begin(struct look *l, const struct part *p, struct draw *draw, struct message_row *m,
		  struct err *e)
{
	*m = (struct message_row){ .member = p->x->member->id,
				   .kind = MESSAGE_DIGEST,
				   .urgency = URGENCY_DIGEST,
				   .state = MESSAGE_TOLD,
				   .made = p->made,
				   .due = p->made };
	return compose_number(l->d, draw, m, e);
}

static bool end(struct look *l, const struct message_row *m, int64_t told, struct err *e)
{
	struct delivery_row x = {
		.message = m->id,
		.channel = CHANNEL_OTHER,
		.why = TO_OLDER,
		.form = FORM_NONE,
		.state = DELIVERY_ARRIVED,
		.made = told,
	};
	const struct message_told how = { l->now, S("told by the older system") };

	return delivery_add(l->d, &x, e) && message_tell(l->d, m, SEVERITY_LOW, &how, e);
}

bool shadow_import(struct look *l, const struct older *o, struct imported *out, struct err *e)
{
	struct parts parts = { 0 };
	struct draw draw = { 0 };
	struct message_row m = { 0 };

	*out = (struct imported){ 0 };
	LIST_EACH (const struct older_row, row, &o->rows)
		if (!read_line(l, row, out, e))
			return false;
	collect(l, &parts);
	for (size_t i = 0; i < parts.at.count; i++) {
		const struct part *p = &parts.at.at[i];
		bool first = i == 0 || order(p - 1, p) != 0;
		bool last = i + 1 == parts.at.count || order(p, p + 1) != 0;

		if ((first && !begin(l, p, &draw, &m, e)) ||
		    !shadow_take(l->d, &m, p->x->f.id, e) || (last && !end(l, &m, p->x->told, e)))
			return false;
		out->findings++;
		out->messages += last;
		out->members += i == 0 || (p - 1)->x->member != p->x->member;
	}
	return true;
}
