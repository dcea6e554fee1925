#include "task/audit/verify.h"

#include "base/time.h"
#include "os/digest.h"
#include "os/file.h"
#include "store/audit.h"
#include "task/audit/write.h"

#include <stdarg.h>
#include <stdio.h>

enum {
	BEYOND = 1000, // rows past the last one: how many taken out before it are looked for
	HEAD_BYTES = 256,
};

struct walk {
	struct db *d;
	struct arena *a;
	struct chain chain;
	struct audit_verdict *out;
	struct db_rows *rows;
	struct chain_value values[CHAIN_MOST_VALUES];
	size_t count; // of the row that is looked at
	struct str noted;
	bool noted_seen;

	int64_t head_id; // as audit.head says; 0: it is not there
	struct str head_hex;
	bool head_fits;
};

static void fault(struct walk *w, const char *fmt, ...) PRINTF(2, 3);

static void fault(struct walk *w, const char *fmt, ...)
{
	enum { MOST = 240 };
	char *text = arena_new(w->a, char, MOST);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, MOST, fmt, ap);
	va_end(ap);
	w->out->fault = str_of(text);
}

// ---- a row that does not fit its place

static bool fits_as(const struct walk *w, const struct chain_row *r, int64_t id)
{
	unsigned char sum[CHAIN_HASH];

	chain_row_hash(&w->chain, r, id, sum);
	return memcmp(sum, r->hash, sizeof sum) == 0;
}

// Which row it was when it was written; 0: none, so it was altered itself.
static int64_t true_place(struct walk *w, const struct chain_row *r, int64_t *out, struct err *e)
{
	unsigned char hash[CHAIN_HASH];
	int64_t last = 0;

	*out = 0;
	if (!audit_last(w->d, &last, hash, e))
		return e->kind == ERR_NONE;
	for (int64_t id = 1; id <= last + BEYOND && *out == 0; id++)
		if (fits_as(w, r, id))
			*out = id;
	return true;
}

// At `here` stands what was row `was`, further on: has that place this one's row?
static bool changed_places(struct walk *w, int64_t here, int64_t was, bool *out, struct err *e)
{
	struct chain_row r;

	*out = false;
	while (audit_next_row(w->rows, &r, e))
		if (r.id == was)
			*out = fits_as(w, &r, here);
	return e->kind == ERR_NONE;
}

static bool name_displaced(struct walk *w, const struct chain_row *r, struct err *e)
{
	long long here = r->id;
	int64_t was;
	bool both = false;

	if (!true_place(w, r, &was, e) || (was > here && !changed_places(w, here, was, &both, e)))
		return false;
	if (was == 0)
		fault(w, "row %lld was altered", here);
	else if (both)
		fault(w, "row %lld and %lld changed places", here, (long long)was);
	else if (was > here)
		fault(w, "row %lld is missing: what was row %lld stands in its place", here,
		      (long long)was);
	else
		fault(w, "a row was put in before row %lld, which was row %lld", here,
		      (long long)was);
	return true;
}

// ---- row by row

static void missing(struct walk *w, int64_t from, int64_t to)
{
	if (to < from)
		fault(w, "row %lld does not belong here", (long long)to + 1);
	else if (from == to)
		fault(w, "row %lld is missing", (long long)from);
	else
		fault(w, "rows %lld to %lld are missing", (long long)from, (long long)to);
}

static bool look(struct walk *w, const struct chain_row *r, struct err *e)
{
	struct audit_verdict *v = w->out;
	struct str bad;
	long long id = r->id;

	if (!audit_values(w->d, r->id, w->a, w->values, &w->count, e))
		return false;
	switch (chain_check(&w->chain, r, w->values, w->count, &bad)) {
	case CHAIN_HASH_WRONG:
		return name_displaced(w, r, e);
	case CHAIN_DIGEST_WRONG:
		fault(w, "row %lld was altered: its values are not those that it had", id);
		return true;
	case CHAIN_VALUE_WRONG:
		fault(w, "row %lld was altered: its value \"" STR_FMT "\"", id,
		      STR_ARG(str_first(bad, 40)));
		return true;
	case CHAIN_WHOLE:
		break;
	}
	// It is as it was written, and follows another row than the one that stands there.
	if (memcmp(r->previous, v->hash, sizeof v->hash) != 0)
		fault(w, "row %lld was altered, and its hash made anew",
		      v->head > 0 ? (long long)v->head : id);
	return true;
}

static void passed(struct walk *w, const struct chain_row *r)
{
	char hex[DIGEST_TEXT];

	w->out->rows++;
	w->out->head = r->id;
	memcpy(w->out->hash, r->hash, sizeof r->hash);
	for (size_t i = 0; i < w->count; i++)
		w->out->erased += w->values[i].erased != 0;
	digest_hex(r->hash, hex);
	w->head_fits = w->head_fits || (r->id == w->head_id && str_eq(w->head_hex, str_of(hex)));
	w->noted_seen = w->noted_seen || str_eq_nocase(w->noted, str_of(hex));
}

static bool walk(struct walk *w, struct err *e)
{
	char *mark = arena_mark(w->a);
	struct chain_row r;

	while (w->out->fault.n == 0 && audit_next_row(w->rows, &r, e)) {
		if (r.id != w->out->head + 1) {
			missing(w, w->out->head + 1, r.id - 1);
			return true;
		}
		if (!look(w, &r, e))
			return false;
		if (w->out->fault.n > 0)
			return true;
		passed(w, &r);
		arena_back(w->a, mark);
	}
	return e->kind == ERR_NONE;
}

// ---- the end of the chain

static bool read_head(struct walk *w, const struct home *h, struct err *e)
{
	struct str text;
	uint64_t id;

	if (!file_read(home_path(h, AUDIT_HEAD, w->a), HEAD_BYTES, w->a, &text, e)) {
		if (e->kind != ERR_ABSENT)
			return false;
		e->kind = ERR_NONE;
		return true;
	}
	text = str_trim(text);
	if (!str_to_uint(str_cut(&text, ' '), INT64_MAX - 1, &id) || id == 0 ||
	    text.n != DIGEST_TEXT - 1) {
		fault(w, AUDIT_HEAD " is not what was written there");
		return true;
	}
	w->head_id = (int64_t)id;
	w->head_hex = text;
	return true;
}

static void judge_head(struct walk *w)
{
	struct audit_verdict *v = w->out;

	if (w->head_id == 0 && v->head > 0)
		fault(w, AUDIT_HEAD " is not there: nobody can say whether rows are missing at the "
				    "end");
	else if (w->head_id > v->head)
		missing(w, v->head + 1, w->head_id);
	else if (w->head_id > 0 && !w->head_fits)
		fault(w, "row %lld is not the one that " AUDIT_HEAD " has noted",
		      (long long)w->head_id);
	else if (w->noted.n > 0 && !w->noted_seen)
		fault(w, "no row has the hash that was noted elsewhere");
	else if (w->head_id < v->head)
		v->note =
			arena_fmt(w->a,
				  AUDIT_HEAD " is %lld behind: a command ended between its commit "
					     "and the note, which is no damage",
				  (long long)(v->head - w->head_id));
}

bool audit_verify(const struct home *h, struct str noted, struct arena *a,
		  struct audit_verdict *out, struct err *e)
{
	struct walk *w = arena_new(a, struct walk, 1);
	struct audit_filter all = { .since = TIME_EVER };
	autorows rows = NULL;
	int64_t stray;

	*out = (struct audit_verdict){ 0 };
	w->d = h->db;
	w->a = a;
	w->chain = (struct chain){ audit_sha256, a };
	w->out = out;
	w->noted = noted;
	// Before the rows: the note is never ahead of them.
	if (!read_head(w, h, e) || out->fault.n > 0)
		return e->kind == ERR_NONE;
	if (!audit_list(h->db, &all, &rows, e))
		return false;
	w->rows = rows;
	if (!walk(w, e))
		return false;
	if (out->fault.n == 0)
		judge_head(w);
	if (out->fault.n > 0)
		return true;
	if (audit_stray(h->db, &stray, e))
		missing(w, stray, stray);
	return e->kind == ERR_NONE;
}
