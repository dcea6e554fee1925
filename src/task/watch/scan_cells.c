#include "task/watch/scan_cells.h"

// The path to where a JSON reader stands: keys with dots between.
struct trail {
	char text[512];
	size_t n[JSON_MAX_DEPTH + 1]; // length of the path above each level
};

static void step_to(struct trail *t, unsigned depth, struct str key)
{
	size_t at = t->n[depth];

	if (at > 0 && at < sizeof t->text)
		t->text[at++] = '.';
	if (key.n > sizeof t->text - at)
		key.n = sizeof t->text - at;
	memcpy(t->text + at, key.p, key.n);
	t->n[depth + 1] = at + key.n;
}

static bool flat_json(struct str record, struct arena *a, struct cells *out)
{
	struct json j = json_of(record);
	struct trail t = { 0 };
	enum json_kind kind;

	while ((kind = json_next(&j)) != JSON_END && kind != JSON_BAD) {
		struct cell c = { .text = j.token };
		char *undone;

		if (kind == JSON_KEY)
			step_to(&t, j.depth - 1, j.token);
		else if (kind == JSON_ARRAY) // what stands in it has the path of the array
			t.n[j.depth] = t.n[j.depth - 1];
		if (kind != JSON_STRING && kind != JSON_NUMBER && kind != JSON_WORD)
			continue;
		if (kind == JSON_WORD && str_eq(j.token, S("null")))
			continue;
		c.name = arena_str(a, (struct str){ t.text, t.n[j.depth] });
		c.kind = kind == JSON_NUMBER ? CELL_NUMBER
			 : kind == JSON_WORD ? CELL_BOOLEAN
					     : CELL_TEXT;
		if (kind == JSON_STRING && str_has(c.text, '\\')) {
			undone = arena_new(a, char, c.text.n);
			c.text = (struct str){ undone, json_text(c.text, undone) };
		}
		cells_add(out, a, c);
	}
	return kind == JSON_END;
}

bool scan_cells(const struct scan_shape *x, const struct scan_record *r, struct arena *a,
		struct cells *out)
{
	(void)x;
	return flat_json(r->row->field[0], a, out);
}
