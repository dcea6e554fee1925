#include "task/roster/change.h"

#include "model/guardian/large.h"
#include "store/asset.h"
#include "store/contact.h"
#include "store/key.h"
#include "store/member.h"
#include "store/roster.h"
#include "task/life/holding.h"
#include "task/past/retro.h"
#include "task/roster/tell.h"
#include "task/tell/plan.h"

struct work {
	struct db *d;
	const struct roster_change *c;
	struct arena *a;
	struct roster_outcome *out;
	struct asset_key *keys, *old_keys;
	struct str bytes; // of an import
};

// The keys of what is stored: it was checked when it came, so what cannot be read now
// (IDN tables change) is compared by its text.
static void key_all(struct work *w)
{
	const struct roster *old = &w->out->old;

	w->old_keys = arena_new(w->a, struct asset_key, old->assets.count);
	for (size_t i = 0; i < old->assets.count; i++) {
		struct err e;

		if (!asset_key(&old->assets.at[i], w->c->rules.idn, w->a, &w->old_keys[i], &e))
			w->old_keys[i].text = old->assets.at[i].value;
	}
}

static bool refuse(const struct remarks *r, struct err *e)
{
	size_t n = r->count[REMARK_REFUSED];

	return err_set(e, ERR_INPUT, "%zu mistake%s: nothing was changed", n, n == 1 ? "" : "s");
}

// Contacts change nobody's findings.
static size_t large(const struct work *w)
{
	const size_t *n = w->out->difference.count[RECORD_ASSET];
	size_t all = n[CHANGE_ADDED] + n[CHANGE_CHANGED] + n[CHANGE_GONE];

	return w->bytes.n > 0 && change_is_large(all, w->out->difference.had[RECORD_ASSET]) ? all
											    : 0;
}

static bool is_rehearsed(const struct work *w, struct err *e)
{
	const struct roster_outcome *out = w->out;

	return out->large == 0 || w->c->rehearsed || w->c->unrehearsed == out->large ||
	       err_set(e, ERR_DENIED,
		       "%zu assets would change (there are %zu), and that was not rehearsed: look "
		       "with `waker rehearse FILE`, or run it again with --yes",
		       out->large, out->difference.had[RECORD_ASSET]);
}

static bool consent(struct work *w, struct err *e)
{
	size_t asks = w->out->remarks.count[REMARK_CONSENT];

	w->out->many =
		w->c->ask ? w->out->difference.list.count : difference_many(&w->out->difference);
	w->out->large = large(w);
	if (w->c->yes || w->c->dry_run)
		return true;
	if (asks > 0)
		return err_set(e, ERR_DENIED,
			       "%zu thing%s as said above: look, then run it again with --yes",
			       asks, asks == 1 ? " needs a yes," : "s need a yes,");
	if (w->out->many > 0 && w->c->confirmed != w->out->many)
		return err_set(e, ERR_DENIED,
			       "%zu of the roster would go%s: look with --dry-run, then run it "
			       "again with --yes",
			       w->out->many, w->c->ask ? "" : ", more than 5 %");
	return is_rehearsed(w, e);
}

static bool put_members(struct work *w, struct err *e)
{
	const struct difference *diff = &w->out->difference;
	struct roster *r = &w->out->file.roster;

	LIST_EACH (struct change, x, &diff->list)
		if (x->record == RECORD_MEMBER && x->kind != CHANGE_GONE &&
		    !member_put(w->d, &r->members.at[x->place], e))
			return false;
	LIST_EACH (struct change, x, &diff->list)
		if (x->record == RECORD_MEMBER && x->kind != CHANGE_GONE &&
		    !member_put_umbrellas(w->d, &r->members.at[x->place], e))
			return false;
	return true;
}

static int64_t row_of(const struct roster *r, int32_t member)
{
	return member == ROSTER_NOBODY ? 0 : r->members.at[member].id;
}

static bool put(struct work *w, const struct change *x, struct err *e)
{
	struct roster *r = &w->out->file.roster;

	if (x->record == RECORD_CONTACT) {
		struct contact *c = &r->contacts.at[x->place];

		return contact_put(w->d, row_of(r, c->member), c, e);
	}
	if (x->record == RECORD_ASSET) {
		struct asset *asset = &r->assets.at[x->place];

		return asset_put(w->d, row_of(r, asset->member), asset, &w->keys[x->place], e);
	}
	return true; // members are put already
}

// Members and assets stay as rows with an end: findings name them, and an event of
// the past belongs to whom it belonged. A contact's data go.
static bool end(struct work *w, const struct change *x, struct err *e)
{
	const struct roster *old = &w->out->old;
	struct member m;
	struct asset asset;

	switch (x->record) {
	case RECORD_CONTACT:
		return contact_drop(w->d, old->contacts.at[x->place].id, e);
	case RECORD_MEMBER:
		m = old->members.at[x->place];
		m.until = w->c->now;
		return member_put(w->d, &m, e);
	case RECORD_ASSET:
		asset = old->assets.at[x->place];
		asset.until = w->c->now;
		return asset_put(w->d, 0, &asset, &w->old_keys[x->place], e);
	case RECORD_COUNT:
		break;
	}
	return true;
}

static bool write_all(struct work *w, struct err *e)
{
	if (!put_members(w, e))
		return false;
	LIST_EACH (struct change, x, &w->out->difference.list)
		if (x->kind == CHANGE_GONE ? !end(w, x, e) : !put(w, x, e))
			return false;
	return true;
}

// Can anything that is found be somebody else's now?
static bool moves(const struct work *w)
{
	LIST_EACH (const struct change, x, &w->out->difference.list)
		if (x->record != RECORD_CONTACT)
			return true;
	return false;
}

// The file is read and the old roster loaded: check, compare, write.
static bool carry_out(struct work *w, struct err *e)
{
	const struct planning p = { .now = w->c->now };
	struct roster_outcome *out = w->out;
	const struct retro_change past = { &out->old,    &out->file.roster, &out->difference,
					   w->c->by.who, w->c->by.verb,     w->c->now };
	struct planned planned;

	w->keys = arena_new(w->a, struct asset_key, out->file.roster.assets.count);
	roster_check(&out->file.roster, &w->c->rules, w->a, w->keys, &out->remarks);
	if (out->remarks.count[REMARK_REFUSED] > 0)
		return refuse(&out->remarks, e);
	key_all(w);
	roster_difference(&out->old, w->old_keys, &out->file, w->keys, w->c->now, w->a,
			  &out->difference);
	return consent(w, e) && write_all(w, e) && key_drop_idle(w->d, &out->keys, e) &&
	       (!moves(w) || life_holding(w->d, w->c->now, &out->ended, e)) &&
	       retro_ask_changed(w->d, &past, w->a, &out->retro, e) &&
	       roster_tell_audit(w->d, &(struct roster_telling){ w->c, out, w->bytes, w->a }, e) &&
	       notice_plan(w->d, &p, &planned, e);
}

static bool finish(struct work *w, bool ok, struct err *e)
{
	if (ok && !w->c->dry_run)
		return db_commit(w->d, e);
	db_abort(w->d);
	return ok;
}

static bool import(struct work *w, struct str bytes, enum roster_form form, struct err *e)
{
	struct roster_outcome *out = w->out;

	w->bytes = bytes;
	if (!roster_load(w->d, w->a, &out->old, e))
		return false;
	roster_file_read(bytes, form, w->a, &out->file, &out->remarks);
	roster_file_link(&out->file, &out->old, w->a, &out->remarks);
	return carry_out(w, e);
}

bool roster_import(struct db *d, const struct roster_change *c, struct str bytes,
		   enum roster_form form, struct arena *a, struct roster_outcome *out,
		   struct err *e)
{
	struct work w = { .d = d, .c = c, .a = a, .out = out };

	*out = (struct roster_outcome){ .remarks.a = a };
	if (!db_begin(d, e))
		return false;
	return finish(&w, import(&w, bytes, form, e), e);
}

// A copy that may be edited: everything is held and given, so what is left out goes.
static void copy_current(struct work *w)
{
	struct roster_file *f = &w->out->file;
	const struct roster *old = &w->out->old;

	LIST_EACH (struct member, m, &old->members)
		*list_add(&f->roster.members, w->a) = *m;
	LIST_EACH (struct contact, x, &old->contacts)
		*list_add(&f->roster.contacts, w->a) = *x;
	LIST_EACH (struct asset, x, &old->assets)
		if (x->until > w->c->now)
			*list_add(&f->roster.assets, w->a) = *x;
	for (unsigned i = 0; i < RECORD_COUNT; i++)
		f->holds[i] = true;
	for (unsigned i = 0; i < FIELD_COUNT; i++)
		f->given[i] = true;
}

static bool edit_one(struct work *w, roster_edit edit, void *with, struct err *e)
{
	struct roster_outcome *out = w->out;

	if (!roster_load(w->d, w->a, &out->old, e))
		return false;
	copy_current(w);
	out->remarks.line_from = 1;
	return edit(&out->file, with, w->a, e) && carry_out(w, e);
}

bool roster_edit_one(struct db *d, const struct roster_change *c, roster_edit edit, void *with,
		     struct arena *a, struct roster_outcome *out, struct err *e)
{
	struct work w = { .d = d, .c = c, .a = a, .out = out };

	*out = (struct roster_outcome){ .remarks.a = a };
	if (!db_begin(d, e))
		return false;
	return finish(&w, edit_one(&w, edit, with, e), e);
}
