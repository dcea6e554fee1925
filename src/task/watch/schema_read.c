#include "base/utf8.h"
#include "codec/table/json.h"
#include "task/watch/schema.h"

struct reading {
	struct json j;
	const char *start;
	struct arena *a;
	struct schema *schema;
	struct err *e;
};

static bool wrong(struct reading *r, const char *what)
{
	return err_set(r->e, ERR_INPUT, "byte %zu: %s", (size_t)(r->j.p - r->start), what);
}

static struct str text(struct reading *r)
{
	char *p;

	if (!str_has(r->j.token, '\\'))
		return r->j.token;
	p = arena_new(r->a, char, r->j.token.n);
	return (struct str){ p, json_text(r->j.token, p) };
}

static bool skip(struct reading *r, enum json_kind kind)
{
	unsigned depth = r->j.depth;

	if (kind != JSON_OBJECT && kind != JSON_ARRAY)
		return kind != JSON_BAD || wrong(r, "not JSON");
	while (kind != JSON_BAD && kind != JSON_END && r->j.depth >= depth)
		kind = json_next(&r->j);
	return kind == JSON_CLOSE || wrong(r, "not JSON");
}

// A name that can stand in a feed file.
static bool name(struct reading *r, enum json_kind kind, const char *also, struct str *out)
{
	struct str s = { 0 };

	if (kind == JSON_STRING || kind == JSON_KEY)
		s = text(r);
	for (size_t i = 0; i < s.n; i++) {
		char c = ascii_lower(s.p[i]);

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
		      str_has(str_of(also), c)))
			return wrong(r, "a name of letters, digits and underscores was expected");
	}
	if (s.n == 0 || s.n > SCHEMA_MAX_NAME)
		return wrong(r, "a name of 1 to 100 letters was expected");
	*out = s;
	return true;
}

static bool is_value(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == '"' || s.p[i] == '\\' ||
		    s.p[i] == 0x7f)
			return false;
	return s.n <= SCHEMA_MAX_VALUE && utf8_is(s);
}

static bool read_fixed(struct reading *r, struct schema_type *t)
{
	enum json_kind kind;

	if (json_next(&r->j) != JSON_OBJECT)
		return wrong(r, "constant_fields is an object");
	while ((kind = json_next(&r->j)) == JSON_KEY) {
		struct schema_fixed f;

		if (!name(r, kind, ".", &f.field))
			return false;
		if (json_next(&r->j) != JSON_STRING)
			return wrong(r, "a constant is a text");
		f.value = text(r);
		if (!is_value(f.value))
			return wrong(r, "a constant is a line of at most 200 letters");
		if (f.value.n > 0)
			*list_add(&t->fixed, r->a) = f;
	}
	return kind == JSON_CLOSE || wrong(r, "not JSON");
}

// ["source.ip", "ip", "validate_ip"]; what stands behind these is for their program.
static bool read_row(struct reading *r, struct schema_type *t)
{
	struct schema_row row = { 0 };
	enum json_kind kind;

	if (!name(r, json_next(&r->j), ".", &row.field) ||
	    !name(r, json_next(&r->j), "-.", &row.column))
		return false;
	kind = json_next(&r->j);
	if (kind == JSON_STRING) {
		if (!name(r, kind, "", &row.how))
			return false;
		kind = json_next(&r->j);
	}
	for (; kind != JSON_CLOSE; kind = json_next(&r->j))
		if (kind == JSON_END || !skip(r, kind))
			return wrong(r, "not JSON");
	if (t->rows.count == FEED_MAX_COLUMNS)
		return err_set(r->e, ERR_LIMIT, "a report type has at most %d rows",
			       FEED_MAX_COLUMNS);
	*list_add(&t->rows, r->a) = row;
	return true;
}

// What every such report has goes first.
static void put_first(struct reading *r, struct schema_type *t, size_t count)
{
	struct schema_type sorted = { 0 };

	for (size_t i = count; i < t->rows.count; i++)
		*list_add(&sorted.rows, r->a) = t->rows.at[i];
	for (size_t i = 0; i < count; i++)
		*list_add(&sorted.rows, r->a) = t->rows.at[i];
	t->rows.at = sorted.rows.at;
	t->rows.count = sorted.rows.count;
	t->rows.room = sorted.rows.room;
}

static bool read_rows(struct reading *r, struct schema_type *t, bool required)
{
	size_t before = t->rows.count;
	enum json_kind kind;

	if (json_next(&r->j) != JSON_ARRAY)
		return wrong(r, "the fields of a type are an array");
	while ((kind = json_next(&r->j)) == JSON_ARRAY)
		if (!read_row(r, t))
			return false;
	if (required)
		put_first(r, t, before);
	return kind == JSON_CLOSE || wrong(r, "a field is an array of texts");
}

static bool read_type(struct reading *r, struct str key)
{
	struct schema_type t = { .name = key };
	enum json_kind kind;

	while ((kind = json_next(&r->j)) == JSON_KEY) {
		struct str part = text(r);

		bool required = str_eq(part, S("required_fields"));

		if (str_eq(part, S("constant_fields"))               ? !read_fixed(r, &t)
		    : required || str_eq(part, S("optional_fields")) ? !read_rows(r, &t, required)
		    : str_eq(part, S("file_name")) ? !name(r, json_next(&r->j), "", &t.name)
						   : !skip(r, json_next(&r->j)))
			return false;
	}
	if (kind != JSON_CLOSE)
		return wrong(r, "not JSON");
	LIST_EACH (const struct schema_type, other, &r->schema->types)
		if (str_eq(other->name, t.name))
			return wrong(r, "two types have one name");
	if (t.rows.count == 0)
		return wrong(r, "a type without fields");
	if (r->schema->types.count == FEED_MAX_TYPES)
		return err_set(r->e, ERR_LIMIT, "at most %d report types", FEED_MAX_TYPES);
	*list_add(&r->schema->types, r->a) = t;
	return true;
}

static bool read_about(struct reading *r)
{
	enum json_kind kind;

	while ((kind = json_next(&r->j)) == JSON_KEY) {
		bool made = str_eq(text(r), S("date_created"));

		kind = json_next(&r->j);
		if (made && kind == JSON_STRING && is_value(r->j.token))
			r->schema->made = text(r);
		else if (!skip(r, kind))
			return false;
	}
	return kind == JSON_CLOSE || wrong(r, "not JSON");
}

struct str schema_says(const struct schema_type *t, struct str field)
{
	LIST_EACH (const struct schema_fixed, f, &t->fixed)
		if (str_eq(f->field, field))
			return f->value;
	return (struct str){ 0 };
}

bool schema_read(struct str bytes, struct arena *a, struct schema *out, struct err *e)
{
	struct schema s = { 0 };
	struct reading r = { .j = json_of(bytes), .start = bytes.p, .a = a, .schema = &s, .e = e };
	enum json_kind kind;

	if (json_next(&r.j) != JSON_OBJECT)
		return wrong(&r, "no table of report types: a JSON object was expected");
	while ((kind = json_next(&r.j)) == JSON_KEY) {
		struct str key;

		if (!name(&r, kind, "", &key))
			return false;
		if (json_next(&r.j) != JSON_OBJECT)
			return wrong(&r, "a report type is an object");
		if (str_eq(key, S("_meta")) ? !read_about(&r) : !read_type(&r, key))
			return false;
	}
	if (kind != JSON_CLOSE || json_next(&r.j) != JSON_END)
		return wrong(&r, "not JSON");
	if (s.types.count == 0)
		return wrong(&r, "no report types in it");
	*out = s;
	return true;
}
