#include "base/test.h"
#include "codec/mail/heard.h"

static char room[HEARD_BYTES + 64];

static struct heard_whole sample(struct arena *a)
{
	struct heard_whole h = { .left_out = 7, .broken = true };

	h.field[HEARD_FROM] = S("\"Zoë\" <zoe@m.example>");
	h.field[HEARD_SUBJECT] = S(""); // there, and empty
	*list_add(&h.parts, a) = (struct heard_part){
		.type = S("multipart/signed"),
		.protocol = S("application/pgp-signature"),
		.parent = -1,
	};
	*list_add(&h.parts, a) = (struct heard_part){
		.type = S("text/plain"),
		.parent = 0,
		.cut = true,
		.size = UINT64_C(0x123456789a),
		.text = S("Opgelost – één\n"),
	};
	*list_add(&h.parts, a) = (struct heard_part){
		.type = S("application/pgp-signature"),
		.name = S("signature.asc"),
		.parent = 0,
		.attached = true,
		.size = 200,
	};
	return h;
}

static struct str written(const struct heard_whole *h)
{
	struct buf b = BUF_ON(room);

	heard_write(&b, h);
	CHECK(!b.over);
	return buf_view(&b);
}

static bool refused(const struct heard_whole *h, struct arena *a)
{
	struct heard_whole got;

	return !heard_read(written(h), a, &got);
}

TEST("heard: what is written is read, field by field and part by part")
{
	struct heard_whole h, got;
	autoarena a = { 0 };

	arena_init(&a, 1 << 20);
	h = sample(&a);
	CHECK(heard_read(written(&h), &a, &got));
	for (size_t i = 0; i < HEARD_FIELD_COUNT; i++)
		CHECK(str_eq(got.field[i], h.field[i]));
	CHECK(got.field[HEARD_SUBJECT].p != NULL && got.field[HEARD_TO].p == NULL);
	CHECK(got.left_out == 7 && got.broken && got.parts.count == 3);
	for (size_t i = 0; i < 3; i++) {
		const struct heard_part *x = &h.parts.at[i], *y = &got.parts.at[i];

		CHECK(str_eq(x->type, y->type) && str_eq(x->name, y->name) &&
		      str_eq(x->protocol, y->protocol) && str_eq(x->text, y->text));
		CHECK(x->parent == y->parent && x->attached == y->attached && x->cut == y->cut &&
		      x->size == y->size);
	}
}

TEST("heard: cut at any byte, or with one more, it is nothing")
{
	struct heard_whole h, got;
	autoarena a = { 0 };
	struct str all;

	arena_init(&a, 1 << 24);
	h = sample(&a);
	all = written(&h);
	for (size_t n = 0; n < all.n; n++)
		CHECK(!heard_read(str_first(all, n), &a, &got));
	room[all.n] = '\0';
	CHECK(!heard_read((struct str){ room, all.n + 1 }, &a, &got));
	room[0]++; // the version
	CHECK(!heard_read(all, &a, &got));
}

TEST("heard: a child that lies is believed nothing")
{
	static char field[HEARD_FIELD + 1], name[HEARD_NAME + 1], text[HEARD_TEXT + 1];
	autoarena a = { 0 };
	struct heard_whole h;

	memset(field, 'x', sizeof field);
	memset(name, 'x', sizeof name);
	memset(text, 'x', sizeof text);
	arena_init(&a, 1 << 24);
#define LIE(what, lie)           \
	h = sample(&a);          \
	CHECK(!refused(&h, &a)); \
	what = lie;              \
	CHECK(refused(&h, &a))
	LIE(h.field[HEARD_FROM], S("a@b\nBcc: c@d"));
	LIE(h.field[HEARD_FROM], S("a\0b"));
	LIE(h.field[HEARD_FROM], S("\x1b[2J"));
	LIE(h.field[HEARD_SUBJECT], S("\x80"));
	LIE(h.field[HEARD_SUBJECT], ((struct str){ field, sizeof field }));
	LIE(h.parts.at[1].parent, 1); // in itself
	LIE(h.parts.at[1].parent, 2); // in what comes after it
	LIE(h.parts.at[1].parent, INT32_MAX);
	LIE(h.parts.at[1].type, S("Text/plain"));
	LIE(h.parts.at[1].type, S("text/plain x"));
	LIE(h.parts.at[1].text, S("a\0b"));
	LIE(h.parts.at[1].text, S("\xc3"));
	LIE(h.parts.at[1].text, ((struct str){ text, sizeof text }));
	LIE(h.parts.at[2].name, ((struct str){ name, sizeof name }));
	LIE(h.parts.at[2].name, S("a\r\nb"));
	LIE(h.parts.at[2].protocol, S("a\tb"));
#undef LIE
}

TEST("heard: more parts, deeper ones and more text than there may be are refused")
{
	static char text[HEARD_TEXT];
	struct heard_whole h = { 0 }, got;
	autoarena a = { 0 };

	memset(text, 'x', sizeof text);
	arena_init(&a, 1 << 24);
	for (int32_t i = 0; i < HEARD_PARTS; i++)
		*list_add(&h.parts, &a) = (struct heard_part){ .parent = i == 0 ? -1 : 0 };
	CHECK(heard_read(written(&h), &a, &got) && got.parts.count == HEARD_PARTS);
	*list_add(&h.parts, &a) = (struct heard_part){ .parent = 0 };
	CHECK(refused(&h, &a));
	h = (struct heard_whole){ 0 };
	for (int32_t i = 0; i <= HEARD_DEPTH; i++)
		*list_add(&h.parts, &a) = (struct heard_part){ .parent = i - 1 };
	CHECK(!refused(&h, &a));
	*list_add(&h.parts, &a) = (struct heard_part){ .parent = HEARD_DEPTH };
	CHECK(refused(&h, &a));
	h = (struct heard_whole){ 0 };
	for (int32_t i = 0; i < HEARD_TEXTS / HEARD_TEXT; i++)
		*list_add(&h.parts, &a) =
			(struct heard_part){ .parent = i - 1, .text = { text, sizeof text } };
	CHECK(!refused(&h, &a));
	*list_add(&h.parts, &a) = (struct heard_part){ .parent = 0, .text = S("x") };
	CHECK(refused(&h, &a));
}

TEST("heard: with every limit reached it still has room")
{
	static char text[HEARD_TEXT], field[HEARD_FIELD];
	struct heard_whole h = { 0 };
	autoarena a = { 0 };

	memset(text, 'x', sizeof text);
	memset(field, 'x', sizeof field);
	arena_init(&a, 1 << 24);
	for (size_t i = 0; i < HEARD_FIELD_COUNT; i++)
		h.field[i] = (struct str){ field, sizeof field };
	for (int32_t i = 0; i < HEARD_PARTS; i++)
		*list_add(&h.parts, &a) = (struct heard_part){
			.type = { field, HEARD_TYPE },
			.name = { field, HEARD_NAME },
			.protocol = { field, HEARD_TYPE },
			.parent = i == 0 ? -1 : 0,
			.text = { text, i < HEARD_TEXTS / HEARD_TEXT ? HEARD_TEXT : 0 },
		};
	CHECK(written(&h).n <= HEARD_BYTES && !refused(&h, &a));
}

static struct heard_whole of(struct arena *a, const struct heard_part *parts, size_t n)
{
	struct heard_whole h = { 0 };

	for (size_t i = 0; i < n; i++)
		*list_add(&h.parts, a) = parts[i];
	return h;
}

TEST("heard: the body is what people read first, not what is attached or was forwarded")
{
	static const struct heard_part parts[] = {
		{ .type = S("multipart/mixed"), .parent = -1 },
		{ .type = S("text/plain"), .parent = 0, .attached = true, .text = S("a file") },
		{ .type = S("message/rfc822"), .parent = 0 },
		{ .type = S("text/plain"), .parent = 2, .text = S("forwarded") },
		{ .type = S("multipart/alternative"), .parent = 0 },
		{ .type = S("text/html"), .parent = 4, .text = S("<p>answer") },
		{ .type = S("text/plain"), .parent = 4, .text = S(" \n") },
		{ .type = S("text/plain"), .parent = 4, .text = S("answer") },
	};
	autoarena a = { 0 };
	struct heard_whole h;

	arena_init(&a, 1 << 20);
	h = of(&a, parts, 8);
	CHECK(heard_body(&h) == &h.parts.at[7]);
	h = of(&a, parts, 7); // a plain part that says nothing
	CHECK(heard_body(&h) == &h.parts.at[5]);
	h = of(&a, parts, 5);
	CHECK(heard_body(&h) == NULL);
	CHECK(heard_find(&h, S("message/rfc822")) == &h.parts.at[2]);
	CHECK(heard_find(&h, S("message/delivery-status")) == NULL);
}

TEST("heard: every field has its name")
{
	CHECK(str_eq(heard_field_name(HEARD_FROM), S("From")) &&
	      str_eq(heard_field_name(HEARD_AUTOCRYPT), S("Autocrypt")));
}
