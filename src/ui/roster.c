#include "ui/roster.h"

#include "model/notice/wish.h"
#include "model/roster/write.h"
#include "store/roster.h"
#include "ui/audited.h"
#include "ui/reach.h"
#include "ui/roster_home.h"

#include <stdio.h>

// One thing of the roster with its owner, whatever it is.
struct thing {
	struct str member;
	void *at;
	bool over;
};

static size_t count_of(const struct roster *r, enum record record)
{
	const size_t counts[RECORD_COUNT] = { r->members.count, r->contacts.count,
					      r->assets.count };

	return counts[record];
}

static struct thing thing_at(const struct roster *r, enum record record, size_t i, int64_t now)
{
	int32_t m = record == RECORD_CONTACT ? r->contacts.at[i].member
		    : record == RECORD_ASSET ? r->assets.at[i].member
					     : (int32_t)i;
	struct str slug = m == ROSTER_NOBODY ? S("-") : r->members.at[m].slug;

	if (record == RECORD_MEMBER)
		return (struct thing){ slug, &r->members.at[i], r->members.at[i].until <= now };
	if (record == RECORD_CONTACT)
		return (struct thing){ slug, &r->contacts.at[i], false };
	return (struct thing){ slug, &r->assets.at[i], r->assets.at[i].until <= now };
}

// Is it the one that this word names: a member by its slug, a contact by role, mail or
// name, an asset by its value?
static bool is_named(enum record record, const struct thing *t, struct str word)
{
	const struct contact *c = t->at;
	const struct asset *x = t->at;

	if (record == RECORD_MEMBER)
		return str_eq(t->member, word);
	if (record == RECORD_CONTACT)
		return str_eq(c->mail, word) || str_eq(c->role, word) || str_eq(c->name, word);
	return str_eq_nocase(x->value, word);
}

static void cell(struct app *app, const struct field *f, const struct thing *t, struct arena *a)
{
	const LIST(struct str) *list = (const void *)((const char *)t->at + f->offset);
	struct str text;

	if (f->type == FIELD_TEXTS) {
		out_texts(&app->out, list->at, list->count);
		return;
	}
	text = field_text(f, t->at, a);
	if (f->type == FIELD_NUMBER)
		out_int(&app->out,
			*(const unsigned *)((const void *)((const char *)t->at + f->offset)));
	else if (f->type == FIELD_FLAG)
		out_flag(&app->out, str_eq(text, S("yes")));
	else if (text.n == 0)
		out_none(&app->out);
	else
		out_text(&app->out, text);
}

// People are shown the fields that tell one thing from the next; JSON has them all.
static const char *const shown[] = { "slug", "names", "kind",  "umbrellas", "role", "name",
				     "mail", "phone", "value", "since",     "until" };

static bool is_shown(const struct field *f)
{
	for (size_t i = 0; i < COUNTOF(shown); i++)
		if (strcmp(shown[i], f->name) == 0)
			return true;
	return false;
}

enum { COLUMNS = FIELD_COUNT + 1 + REACH_COLUMNS };

static size_t columns_of(enum record record, bool all, struct column *out)
{
	size_t n = 0;

	if (record != RECORD_MEMBER)
		out[n++] = (struct column){ "member", "member", false };
	for (unsigned i = 0; i < FIELD_COUNT; i++)
		if (fields[i].record == record)
			out[n++] = (struct column){
				fields[i].name,
				all || is_shown(&fields[i]) ? fields[i].name : NULL,
				fields[i].type == FIELD_TEXTS,
			};
	if (record == RECORD_CONTACT)
		n += reaches_columns(out + n);
	return n;
}

static void row(struct app *app, enum record record, const struct thing *t,
		const struct reaches *reaches, struct arena *a)
{
	const struct contact *c = t->at;
	char *mark = arena_mark(a);

	if (record != RECORD_MEMBER)
		out_text(&app->out, t->member);
	for (unsigned i = 0; i < FIELD_COUNT; i++)
		if (fields[i].record == record)
			cell(app, &fields[i], t, a);
	if (record == RECORD_CONTACT)
		reaches_put(&app->out, reaches, c->id);
	arena_back(a, mark);
}

static struct str option(const struct call *call, const char *name)
{
	struct str s = call_option(call, name);

	return s.p != NULL ? s : (struct str){ 0 };
}

static bool place_of(const struct roster *r, struct str slug, bool hole, struct arena *a,
		     int32_t *out, struct err *e)
{
	struct str *all = arena_new(a, struct str, r->members.count + 1);

	*out = ROSTER_NOBODY;
	if (hole && str_eq(slug, S("-")))
		return true;
	for (size_t i = 0; i < r->members.count; i++) {
		all[i] = r->members.at[i].slug;
		if (str_eq(all[i], slug))
			*out = (int32_t)i;
	}
	return *out != ROSTER_NOBODY || member_absent(slug, all, r->members.count, e);
}

bool roster_list(struct app *app, const struct call *call, enum record record, struct err *e)
{
	struct column columns[COLUMNS];
	struct reaches reaches;
	struct str member = option(call, "of"), kind = option(call, "kind");
	autorosterhome h = { 0 };
	struct roster r;
	int32_t at;

	if (!roster_home_open(app, &h, e) || !roster_load(h.d, &h.a, &r, e) ||
	    !reaches_load(h.d, h.change.now, &h.a, &reaches, e))
		return false;
	if (member.n > 0 && !place_of(&r, member, true, &h.a, &at, e))
		return false;
	out_table(&app->out, columns, columns_of(record, false, columns));
	for (size_t i = 0; i < count_of(&r, record); i++) {
		struct thing t = thing_at(&r, record, i, h.change.now);
		const struct field *f =
			field_find(record, record == RECORD_CONTACT ? S("role") : S("kind"));

		if ((t.over && !call_has(call, "all")) ||
		    (member.n > 0 && !str_eq(member, t.member)) ||
		    (kind.n > 0 && !str_eq(kind, field_text(f, t.at, &h.a))))
			continue;
		row(app, record, &t, &reaches, &h.a);
	}
	out_end(&app->out);
	return true;
}

// The one thing that the words name: SLUG, or MEMBER and a word. Its place in *out.
static bool find(const struct roster *r, enum record record, const struct call *call, int64_t now,
		 size_t *out, struct err *e)
{
	struct str word = call->arg[record == RECORD_MEMBER ? 0 : 1];
	size_t found = 0;

	for (size_t i = 0; i < count_of(r, record); i++) {
		struct thing t = thing_at(r, record, i, now);

		if (t.over || !str_eq(t.member, call->arg[0]) || !is_named(record, &t, word))
			continue;
		*out = i;
		found++;
	}
	if (found == 1)
		return true;
	return err_set(e, found == 0 ? ERR_ABSENT : ERR_INPUT,
		       "there is %s " STR_FMT " \"" STR_FMT "\": see 'waker " STR_FMT " list'",
		       found == 0 ? "no" : "more than one", STR_ARG(record_word(record)),
		       STR_ARG(str_first(word, 90)), STR_ARG(record_word(record)));
}

// Which of its wishes are followed, and which look like one and are not.
static void say_wishes(const struct app *app, const struct contact *c)
{
	struct str left = c->wishes;
	struct err unread = { 0 };

	for (unsigned i = 0; i < WISH_COUNT; i++) {
		struct str s = wish_written(c->wishes, (enum wish_word)i);

		if (s.n > 0)
			app_say(app, "its wish is followed: " STR_FMT, STR_ARG(s));
	}
	while (!wish_check(&left, &unread))
		app_say(app, "%s", unread.text);
}

bool roster_show(struct app *app, const struct call *call, enum record record, struct err *e)
{
	struct column columns[COLUMNS];
	struct reaches reaches;
	autorosterhome h = { 0 };
	struct roster r;
	struct thing t;
	size_t at = 0;

	if (!roster_home_open(app, &h, e) || !roster_load(h.d, &h.a, &r, e) ||
	    !find(&r, record, call, h.change.now, &at, e) ||
	    !reaches_load(h.d, h.change.now, &h.a, &reaches, e))
		return false;
	t = thing_at(&r, record, at, h.change.now);
	out_record(&app->out, columns, columns_of(record, true, columns));
	row(app, record, &t, &reaches, &h.a);
	out_end(&app->out);
	if (record == RECORD_CONTACT)
		say_wishes(app, t.at);
	return true;
}

// What one edit is about.
struct edit {
	const struct call *call;
	enum record record;
	int64_t now;
};

// The options of a command are the fields: "--tell-enclosing yes" sets tell_enclosing.
static bool set_fields(const struct edit *w, void *thing, struct arena *a, struct err *e)
{
	for (unsigned i = 0; i < FIELD_COUNT; i++) {
		const struct field *f = &fields[i];
		struct str value;

		// What names the thing is an argument, not an option.
		if (f->record != w->record || strcmp(f->name, "slug") == 0 ||
		    f->type == FIELD_KIND || strcmp(f->name, "value") == 0)
			continue;
		value = call_option(w->call, f->name);
		if (value.p != NULL && !field_set(f, thing, value, a, e))
			return err_in(e, "--%s", f->name);
	}
	return true;
}

static bool add_member(struct roster_file *file, const struct edit *w, struct arena *a,
		       struct err *e)
{
	struct member m;

	member_empty(&m);
	m.line = 1;
	m.slug = w->call->arg[0];
	*list_add(&m.names, a) = m.name = w->call->arg[1];
	if (!set_fields(w, &m, a, e))
		return false;
	*list_add(&file->roster.members, a) = m;
	return true;
}

static bool add_contact(struct roster_file *file, const struct edit *w, struct arena *a,
			struct err *e)
{
	struct contact c;

	contact_empty(&c);
	c.line = 1;
	if (!place_of(&file->roster, w->call->arg[0], false, a, &c.member, e) ||
	    !set_fields(w, &c, a, e))
		return false;
	*list_add(&file->roster.contacts, a) = c;
	return true;
}

static bool add_asset(struct roster_file *file, const struct edit *w, struct arena *a,
		      struct err *e)
{
	struct asset x;

	asset_empty(&x);
	x.line = 1;
	x.value = w->call->arg[2];
	if (!place_of(&file->roster, w->call->arg[0], true, a, &x.member, e) ||
	    !field_set(field_find(RECORD_ASSET, S("kind")), &x, w->call->arg[1], a, e) ||
	    !set_fields(w, &x, a, e))
		return false;
	*list_add(&file->roster.assets, a) = x;
	return true;
}

static bool edit_add(struct roster_file *file, void *with, struct arena *a, struct err *e)
{
	const struct edit *w = with;

	return w->record == RECORD_MEMBER    ? add_member(file, w, a, e)
	       : w->record == RECORD_CONTACT ? add_contact(file, w, a, e)
					     : add_asset(file, w, a, e);
}

static bool edit_change(struct roster_file *file, void *with, struct arena *a, struct err *e)
{
	const struct edit *w = with;
	struct roster *r = &file->roster;
	size_t at = 0;

	if (!find(r, w->record, w->call, w->now, &at, e))
		return false;
	if (w->record == RECORD_MEMBER)
		r->members.at[at].line = 1;
	else if (w->record == RECORD_CONTACT)
		r->contacts.at[at].line = 1;
	else
		r->assets.at[at].line = 1;
	return set_fields(w, thing_at(r, w->record, at, w->now).at, a, e);
}

// A member leaves completely: its contacts and assets with it.
static void leave(struct roster *r, int32_t member, int64_t now)
{
	size_t n = 0;

	r->members.at[member].until = now;
	LIST_EACH (struct contact, c, &r->contacts)
		if (c->member != member)
			r->contacts.at[n++] = *c;
	r->contacts.count = n;
	n = 0;
	LIST_EACH (struct asset, x, &r->assets)
		if (x->member != member)
			r->assets.at[n++] = *x;
	r->assets.count = n;
}

static bool edit_remove(struct roster_file *file, void *with, struct arena *a, struct err *e)
{
	const struct edit *w = with;
	struct roster *r = &file->roster;
	size_t at = 0;

	(void)a;
	if (!find(r, w->record, w->call, w->now, &at, e))
		return false;
	if (w->record == RECORD_MEMBER)
		leave(r, (int32_t)at, w->now);
	else if (w->record == RECORD_CONTACT)
		r->contacts.at[at] = r->contacts.at[--r->contacts.count];
	else
		r->assets.at[at] = r->assets.at[--r->assets.count];
	return true;
}

static bool edit(struct app *app, const struct call *call, enum record record, roster_edit how,
		 struct err *e)
{
	autorosterhome h = { 0 };
	struct roster_outcome out = { 0 };
	struct edit w = { call, record, 0 };
	bool ok;

	if (!roster_home_open(app, &h, e))
		return false;
	w.now = h.change.now;
	h.change.ask = how == edit_remove;
	h.change.by = audited_by(call, w.now);
	ok = roster_edit_one(h.d, &h.change, how, &w, &h.a, &out, e);
	if (!ok && e->kind == ERR_DENIED && out.many > 0 &&
	    out.remarks.count[REMARK_CONSENT] == 0) {
		// Asked outside the transaction: nobody else has to wait for an answer.
		if (!app_confirm(app, out.many, "would end this", e))
			return false;
		e->kind = ERR_NONE;
		h.change.confirmed = out.many;
		ok = roster_edit_one(h.d, &h.change, how, &w, &h.a, &out, e);
	}
	roster_tell_remarks(app, &out.remarks, (struct str){ 0 });
	return ok && roster_changed(app, &h, &out, e);
}

bool roster_add(struct app *app, const struct call *call, enum record record, struct err *e)
{
	return edit(app, call, record, edit_add, e);
}

bool roster_alter(struct app *app, const struct call *call, enum record record, struct err *e)
{
	return edit(app, call, record, edit_change, e);
}

bool roster_remove(struct app *app, const struct call *call, enum record record, struct err *e)
{
	return edit(app, call, record, edit_remove, e);
}

static void to_file(void *to, struct str bytes)
{
	if (bytes.n > 0)
		fwrite(bytes.p, 1, bytes.n, to);
}

bool roster_export(struct app *app, const struct call *call, enum record record, struct err *e)
{
	// The export of members is the whole roster.
	bool which[RECORD_COUNT] = { record == RECORD_MEMBER,
				     record == RECORD_MEMBER || record == RECORD_CONTACT,
				     record == RECORD_MEMBER || record == RECORD_ASSET };
	struct str as = option(call, "as");
	enum roster_form form = app->out.form == OUT_JSON ? ROSTER_JSON : ROSTER_CSV;
	autorosterhome h = { 0 };
	struct roster r;

	if ((as.n > 0 && !roster_form_read(as, &form)) || !roster_home_open(app, &h, e) ||
	    !roster_load(h.d, &h.a, &r, e))
		return false;
	roster_write(&r, form, which, h.change.now, &h.a,
		     (struct roster_sink){ to_file, app->out.to });
	return true;
}
