#include "base/test.h"
#include "codec/wire/ask.h"

static char room[ASK_MAX_MESSAGE];

static const struct ask sample = {
	.post = true,
	.url = { "https://feed.example/", 21 },
	.body = { "{}", 2 },
	.user = { "u", 1 },
	.password = { "p", 1 },
	.etag = { "\"1\"", 3 },
	.header = { { { "Accept: text/csv", 16 }, false }, { { "Auth-Key: k", 11 }, true } },
	.headers = 2,
	.most = UINT64_C(1) << 40,
	.wait = 300,
	.least = 1000,
};

static const struct ask_answer answer = { .status = 429,
					  .retry = 60,
					  .bytes = 7,
					  .kind = ERR_REMOTE,
					  .etag = { "e", 1 },
					  .text = { "no", 2 } };

TEST("ask: what is asked is what is read")
{
	struct buf b = BUF_ON(room);
	struct ask x;

	ask_write(&b, &sample);
	CHECK(!b.over && ask_kind(buf_view(&b)) == ASK_ASK && ask_read(buf_view(&b), &x));
	CHECK(x.post && !x.lan && str_eq(x.url, sample.url) && str_eq(x.body, sample.body));
	CHECK(str_eq(x.user, sample.user) && str_eq(x.password, sample.password));
	CHECK(str_eq(x.etag, sample.etag) && x.modified.n == 0 && x.ca.n == 0);
	CHECK(x.headers == 2 && x.header[1].secret && !x.header[0].secret);
	CHECK(str_eq(x.header[1].line, sample.header[1].line));
	CHECK(x.most == sample.most && x.wait == 300 && x.least == 1000);
}

TEST("ask: an answer is what is read, and progress too")
{
	struct buf b = BUF_ON(room);
	struct ask_answer x;
	uint64_t done, all;

	ask_write_answer(&b, &answer);
	CHECK(ask_read_answer(buf_view(&b), &x) && x.status == 429 && x.retry == 60);
	CHECK(x.kind == ERR_REMOTE && x.bytes == 7 && str_eq(x.text, S("no")));
	CHECK(!ask_read_progress(buf_view(&b), &done, &all));
	b = (struct buf)BUF_ON(room);
	ask_write_progress(&b, 3, 9);
	CHECK(ask_read_progress(buf_view(&b), &done, &all) && done == 3 && all == 9);
}

TEST("ask: a message that is cut, goes on, or is of another version is none")
{
	struct buf b = BUF_ON(room);
	struct ask_answer y;
	struct ask x;
	size_t n;

	ask_write(&b, &sample);
	n = b.n;
	for (size_t i = 0; i < n; i++)
		CHECK(!ask_read((struct str){ room, i }, &x));
	CHECK(!ask_read((struct str){ room, n + 1 }, &x));
	room[0]++;
	CHECK(ask_kind((struct str){ room, n }) == ASK_NONE && !ask_read(buf_view(&b), &x));
	b = (struct buf)BUF_ON(room);
	ask_write_answer(&b, &answer);
	for (size_t i = 0; i < b.n; i++)
		CHECK(!ask_read_answer((struct str){ room, i }, &y));
}
