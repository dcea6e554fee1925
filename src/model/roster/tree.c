#include "model/roster/tree.h"

#include "base/utf8.h"
#include "codec/table/json.h"

struct tree {
	struct build *b;
	struct json j;
	const char *counted; // lines are counted up to here
	unsigned line;
};

static unsigned line_now(struct tree *t)
{
	while (t->counted < t->j.p)
		t->line += *t->counted++ == '\n';
	return t->line;
}

static bool wrong(struct tree *t, const char *what)
{
	remark_add(t->b->remarks, REMARK_REFUSED, line_now(t), "%s", what);
	return false;
}

static struct str text_of(struct tree *t)
{
	char *out;

	if (!str_has(t->j.token, '\\'))
		return t->j.token;
	out = arena_new(t->b->a, char, t->j.token.n);
	return (struct str){ out, json_text(t->j.token, out) };
}

// A string, number or word as the text of a cell; null is an empty one.
static bool scalar(struct tree *t, enum json_kind kind, struct str *out)
{
	switch (kind) {
	case JSON_STRING:
		*out = text_of(t);
		return !str_has(*out, '\0') || wrong(t, "a NUL in a text");
	case JSON_NUMBER:
		*out = t->j.token;
		return true;
	case JSON_WORD:
		*out = str_eq(t->j.token, S("null")) ? S("") : t->j.token;
		return true;
	case JSON_BAD:
		return wrong(t, "this is no JSON from here");
	case JSON_END:
	case JSON_OBJECT:
	case JSON_ARRAY:
	case JSON_CLOSE:
	case JSON_KEY:
		break;
	}
	return wrong(t, "a text, a number, true, false or null is wanted here");
}

static bool texts(struct tree *t, const struct field *f)
{
	for (;;) {
		enum json_kind kind = json_next(&t->j);
		struct str one;

		if (kind == JSON_CLOSE)
			return true;
		if (!scalar(t, kind, &one))
			return false;
		build_add(t->b, f, one);
	}
}

static bool things(struct tree *t, enum record record, struct str member);

static bool unknown_key(struct tree *t, struct str key)
{
	const char *near = field_nearest(key);

	remark_add(t->b->remarks, REMARK_REFUSED, line_now(t), "unknown key \"" STR_FMT "\"%s%s%s",
		   STR_ARG(str_first(key, 40)), near != NULL ? ": did you mean \"" : "",
		   near != NULL ? near : "", near != NULL ? "\"?" : "");
	return false;
}

static bool value(struct tree *t, struct str key)
{
	const struct field *f = field_find(t->b->record, key);
	bool member = t->b->record != RECORD_MEMBER && str_eq(key, S("member"));
	enum json_kind kind;
	struct str text;

	if (f == NULL && !member)
		return unknown_key(t, key);
	kind = json_next(&t->j);
	if (f != NULL && f->type == FIELD_TEXTS && kind == JSON_ARRAY)
		return texts(t, f);
	if (!scalar(t, kind, &text))
		return false;
	if (f != NULL && f->type == FIELD_TEXTS && text.n > 0)
		build_add(t->b, f, text);
	// "member": null says that it is nobody's; a file that leaves it out says nothing.
	else
		build_set(t->b, f, key, member && kind == JSON_WORD && text.n == 0 ? S("-") : text);
	return true;
}

// Contacts inside a member: read when the member is done, since one record is built
// at a time.
static bool member_contacts(struct tree *t, struct json *at)
{
	unsigned depth = t->j.depth;
	enum json_kind kind;

	*at = t->j;
	if (json_next(&t->j) != JSON_ARRAY)
		return wrong(t, "\"contacts\" is a list of objects");
	do
		kind = json_next(&t->j);
	while (kind != JSON_BAD && kind != JSON_END && t->j.depth > depth);
	return kind == JSON_CLOSE || wrong(t, "this is no JSON from here");
}

static bool later_contacts(struct tree *t, struct json at, struct str slug)
{
	struct json end = t->j;
	const char *counted = t->counted;
	unsigned line = t->line;
	bool ok;

	// The lines of the contacts lie behind those counted: count from the start of them.
	t->j = at;
	while (t->counted > at.p)
		t->line -= *--t->counted == '\n';
	ok = json_next(&t->j) == JSON_ARRAY && things(t, RECORD_CONTACT, slug);
	if (!ok)
		return false;
	t->j = end;
	t->counted = counted;
	t->line = line;
	return true;
}

static bool thing(struct tree *t, enum record record, struct str member)
{
	struct json contacts = { 0 };
	struct str slug;

	build_begin(t->b, record, line_now(t));
	t->b->member = member;
	for (;;) {
		enum json_kind kind = json_next(&t->j);
		struct str key;

		if (kind == JSON_CLOSE)
			break;
		if (kind != JSON_KEY)
			return wrong(t, "this is no JSON from here");
		key = text_of(t);
		if (record == RECORD_MEMBER && str_eq(key, S("contacts"))
			    ? !member_contacts(t, &contacts)
			    : !value(t, key))
			return false;
	}
	slug = record == RECORD_MEMBER ? t->b->thing.m.slug : member;
	build_end(t->b);
	return contacts.p == NULL || slug.n == 0 || later_contacts(t, contacts, slug);
}

// The array is open already.
static bool things(struct tree *t, enum record record, struct str member)
{
	t->b->file->holds[record] = true;
	for (;;) {
		enum json_kind kind = json_next(&t->j);

		if (kind == JSON_CLOSE)
			return true;
		if (kind != JSON_OBJECT)
			return wrong(t, kind == JSON_BAD ? "this is no JSON from here"
							 : "an object is wanted here");
		if (!thing(t, record, member))
			return false;
	}
}

static bool list_of(struct tree *t, struct str key)
{
	enum record record;

	if (key.n < 2 || key.p[key.n - 1] != 's' ||
	    !record_read(str_first(key, key.n - 1), &record))
		return wrong(t, "a roster has the keys \"members\", \"contacts\" and \"assets\"");
	if (json_next(&t->j) != JSON_ARRAY)
		return wrong(t, "a list of objects is wanted here");
	return things(t, record, (struct str){ 0 });
}

static bool bad_bytes(struct tree *t, struct str bytes)
{
	struct str rest = bytes;

	for (unsigned line = 1; rest.n > 0; line++) {
		struct str one = str_cut(&rest, '\n');
		const char *why = str_has(one, '\0') ? "a NUL byte"
				  : !utf8_is(one)    ? "not UTF-8"
						     : NULL;

		if (why == NULL)
			continue;
		remark_add(t->b->remarks, REMARK_REFUSED, line, "%s", why);
		return true;
	}
	return false;
}

void tree_read(struct build *b, struct str bytes)
{
	struct tree t = { .b = b, .j = json_of(bytes), .counted = bytes.p, .line = 1 };
	enum json_kind kind;

	if (bad_bytes(&t, bytes))
		return;
	if (json_next(&t.j) != JSON_OBJECT) {
		wrong(&t, "a roster is one JSON object: {\"members\": [...], \"assets\": [...]}");
		return;
	}
	while ((kind = json_next(&t.j)) == JSON_KEY)
		if (!list_of(&t, text_of(&t)))
			return;
	if (kind != JSON_CLOSE || json_next(&t.j) != JSON_END)
		wrong(&t, "this is no JSON from here");
}
