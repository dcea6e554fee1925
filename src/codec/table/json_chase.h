// What the two readers that pick values out of an object share: the small grammar,
// and how far each path is met by the keys that lead to where the reader stands.
#pragma once

#include "codec/table/json.h"

// The length of the escape at a backslash, both halves of a pair; 0: none. A NUL is
// refused: no text of a feed may hold one.
size_t json_escape(const char *p, const char *end);
const char *json_number(const char *p, const char *end); // where it ends, NULL: none
size_t json_word(const char *p, const char *end);        // its length, 0: none

struct chase {
	const struct json_path *path;
	struct json_value *out;
	unsigned n;
	uint64_t firsts;              // bits of how the keys of all paths may begin
	uint32_t key;                 // paths of which the key just read is the next step
	unsigned deepest;             // the most that any path was met
	unsigned met[JSON_MAX_PATHS]; // steps met, one an open object
};

static inline uint64_t chase_bit(char first)
{
	return UINT64_C(1) << ((unsigned char)first & 63);
}

static inline struct chase chase_of(const struct json_path *path, unsigned n,
				    struct json_value *out)
{
	uint64_t firsts = chase_bit('\\');

	for (unsigned i = 0; i < n; i++) {
		out[i] = (struct json_value){ 0 };
		for (unsigned k = 0; k < path[i].steps; k++)
			firsts |= chase_bit(path[i].step[k].n > 0 ? path[i].step[k].p[0] : '"');
	}
	return (struct chase){ .path = path, .out = out, .n = n, .firsts = firsts };
}

bool chase_is_escaped_step(struct str key, struct str step);

static inline bool chase_is_step(struct str key, struct str step)
{
	size_t i = 0;

	while (i < key.n && i < step.n && key.p[i] == step.p[i])
		i++;
	if (LIKELY(i == key.n || key.p[i] != '\\'))
		return i == key.n && i == step.n;
	return chase_is_escaped_step(key, step);
}

static inline void chase_key(struct chase *c, unsigned depth, struct str key)
{
	c->key = 0;
	if (depth - 1 > c->deepest)
		return;
	for (unsigned i = 0; i < c->n; i++)
		if (c->met[i] == depth - 1 && depth <= c->path[i].steps &&
		    chase_is_step(key, c->path[i].step[depth - 1]))
			c->key |= 1U << i;
}

// A key's value takes the place of what an earlier key of that name gave, also where
// the path goes on below it.
static inline void chase_value(struct chase *c, unsigned depth, enum json_kind kind, struct str raw)
{
	for (unsigned i = 0; c->key != 0 && i < c->n; i++)
		if (c->key >> i & 1)
			c->out[i] = c->path[i].steps == depth ? (struct json_value){ kind, raw }
							      : (struct json_value){ 0 };
	c->key = 0;
}

static inline void chase_enter(struct chase *c, unsigned depth)
{
	for (unsigned i = 0; c->key != 0 && i < c->n; i++) {
		if ((c->key >> i & 1) == 0)
			continue;
		c->out[i] = (struct json_value){ 0 };
		if (c->path[i].steps > depth)
			c->deepest = c->met[i] = depth;
	}
	c->key = 0;
}

static inline void chase_leave(struct chase *c, unsigned depth) // depth around the closed one
{
	c->key = 0;
	if (c->deepest < depth || depth == 0)
		return;
	c->deepest = depth - 1;
	for (unsigned i = 0; i < c->n; i++)
		if (c->met[i] >= depth)
			c->met[i] = depth - 1;
}
