#include "base/test.h"
#include "codec/mail/heard.h"

enum { LIMIT = 4 << 20 };

static struct heard_whole example(struct arena *a)
{
	struct heard_whole h = { .left_out = 3, .broken = true };

	h.field[HEARD_FROM] = S("a@b.example");
	h.field[HEARD_SUBJECT] = S("");
	*list_add(&h.parts, a) = (struct heard_part){ .type = S("multipart/mixed"), .parent = -1 };
	*list_add(&h.parts, a) = (struct heard_part){ .type = S("message/rfc822"), .parent = 0 };
	*list_add(&h.parts, a) =
		(struct heard_part){ .type = S("text/plain"), .parent = 1, .text = S("inside") };
	*list_add(&h.parts, a) = (struct heard_part){ .type = S("text/html"),
						      .parent = 0,
						      .text = S("<p>outside"),
						      .size = 10,
						      .cut = true };
	return h;
}

static struct str written(struct arena *a, const struct heard_whole *h)
{
	struct buf b = { .p = arena_new(a, char, HEARD_BYTES / 2), .cap = HEARD_BYTES / 2 };

	heard_write(&b, h);
	CHECK(!b.over);
	return buf_view(&b);
}

TEST("heard: what was written is read as it was, with what is not there")
{
	autoarena a = { 0 };
	struct heard_whole h, got;

	arena_init(&a, LIMIT);
	h = example(&a);
	CHECK(heard_read(written(&a, &h), &a, &got));
	CHECK(str_eq(got.field[HEARD_FROM], S("a@b.example")) && got.field[HEARD_TO].p == NULL);
	CHECK(got.field[HEARD_SUBJECT].p != NULL && got.left_out == 3 && got.broken);
	CHECK(got.parts.count == 4 && got.parts.at[3].cut && got.parts.at[3].size == 10);
	CHECK(heard_body(&got) == &got.parts.at[3]); // not the text of the mail inside
	CHECK(heard_find(&got, S("text/plain")) == &got.parts.at[2]);
}

TEST("heard: a part before the one that holds it, a line end in a field and bad text are refused")
{
	autoarena a = { 0 };
	struct heard_whole h, got;

	arena_init(&a, LIMIT);
	h = example(&a);
	h.parts.at[1].parent = 1;
	CHECK(!heard_read(written(&a, &h), &a, &got));
	h = example(&a);
	h.field[HEARD_FROM] = S("a@b.example\nTo: x");
	CHECK(!heard_read(written(&a, &h), &a, &got));
	h = example(&a);
	h.parts.at[2].text = S("\xff");
	CHECK(!heard_read(written(&a, &h), &a, &got));
}

TEST("heard: bytes that end early, or late, are none")
{
	autoarena a = { 0 };
	struct heard_whole h, got;
	struct str all;

	arena_init(&a, LIMIT);
	h = example(&a);
	all = written(&a, &h);
	for (size_t n = 0; n < all.n; n++)
		CHECK(!heard_read(str_first(all, n), &a, &got));
	CHECK(!heard_read((struct str){ all.p, all.n + 1 }, &a, &got));
}
