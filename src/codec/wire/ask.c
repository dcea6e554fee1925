#include "codec/wire/ask.h"

#include "codec/wire/hit.h"

static void begin(struct buf *b, enum ask_kind kind)
{
	wire_u8(b, ASK_VERSION);
	wire_u8(b, kind);
}

enum ask_kind ask_kind(struct str message)
{
	if (message.n < 2 || message.p[0] != ASK_VERSION || message.p[1] < ASK_ASK ||
	    message.p[1] > ASK_PROGRESS)
		return ASK_NONE;
	return (enum ask_kind)message.p[1];
}

static struct wire_in open(struct str message, enum ask_kind kind)
{
	if (ask_kind(message) != kind)
		return (struct wire_in){ .bad = true };
	return (struct wire_in){ .rest = str_from(message, 2) };
}

static struct str text(struct wire_in *in)
{
	struct str s = wire_read_str(in);

	if (s.n > ASK_MAX_TEXT)
		in->bad = true;
	return in->bad ? (struct str){ 0 } : s;
}

static bool whole(const struct wire_in *in)
{
	return !in->bad && in->rest.n == 0;
}

// The texts of an ask, in the order of the message.
#define ASK_TEXTS(x)                                                                     \
	{                                                                                \
		&(x)->url, &(x)->body, &(x)->user, &(x)->password, &(x)->ca, &(x)->etag, \
			&(x)->modified                                                   \
	}

void ask_write(struct buf *b, const struct ask *x)
{
	const struct str *const texts[] = ASK_TEXTS(x);

	begin(b, ASK_ASK);
	wire_u8(b, (x->post ? 1u : 0u) | (x->lan ? 2u : 0u));
	wire_u64(b, x->most);
	wire_u32(b, x->wait);
	wire_u32(b, x->least);
	for (size_t i = 0; i < COUNTOF(texts); i++)
		wire_str(b, *texts[i]);
	wire_u8(b, x->headers);
	for (unsigned i = 0; i < x->headers; i++) {
		wire_u8(b, x->header[i].secret);
		wire_str(b, x->header[i].line);
	}
}

bool ask_read(struct str message, struct ask *out)
{
	struct wire_in in = open(message, ASK_ASK);
	struct ask x = { 0 };
	struct str *const texts[] = ASK_TEXTS(&x);
	unsigned flags = wire_read_u8(&in);

	x.post = (flags & 1) != 0;
	x.lan = (flags & 2) != 0;
	x.most = wire_read_u64(&in);
	x.wait = wire_read_u32(&in);
	x.least = wire_read_u32(&in);
	for (size_t i = 0; i < COUNTOF(texts); i++)
		*texts[i] = text(&in);
	x.headers = wire_read_u8(&in);
	if (x.headers > ASK_MAX_HEADERS)
		return false;
	for (unsigned i = 0; i < x.headers; i++) {
		x.header[i].secret = wire_read_u8(&in) != 0;
		x.header[i].line = text(&in);
	}
	if (!whole(&in))
		return false;
	*out = x;
	return true;
}

void ask_write_answer(struct buf *b, const struct ask_answer *x)
{
	begin(b, ASK_ANSWER);
	wire_u32(b, x->status);
	wire_u32(b, x->retry);
	wire_u64(b, x->bytes);
	wire_u64(b, (uint64_t)x->since);
	wire_u64(b, (uint64_t)x->until);
	wire_u8(b, x->kind);
	wire_str(b, x->etag);
	wire_str(b, x->modified);
	wire_str(b, x->says);
	wire_str(b, x->text);
}

bool ask_read_answer(struct str message, struct ask_answer *out)
{
	struct wire_in in = open(message, ASK_ANSWER);
	struct ask_answer x = { .status = wire_read_u32(&in) };
	unsigned kind;

	x.retry = wire_read_u32(&in);
	x.bytes = wire_read_u64(&in);
	x.since = (int64_t)wire_read_u64(&in);
	x.until = (int64_t)wire_read_u64(&in);
	kind = wire_read_u8(&in);
	x.etag = text(&in);
	x.modified = text(&in);
	x.says = text(&in);
	x.text = text(&in);
	if (!whole(&in) || kind >= ERR_KINDS || x.status > 999 || x.says.n > ASK_MAX_SAYS)
		return false;
	x.kind = (enum err_kind)kind;
	*out = x;
	return true;
}

void ask_write_progress(struct buf *b, uint64_t done, uint64_t all)
{
	begin(b, ASK_PROGRESS);
	wire_u64(b, done);
	wire_u64(b, all);
}

bool ask_read_progress(struct str message, uint64_t *done, uint64_t *all)
{
	struct wire_in in = open(message, ASK_PROGRESS);
	uint64_t x = wire_read_u64(&in), y = wire_read_u64(&in);

	if (!whole(&in))
		return false;
	*done = x;
	*all = y;
	return true;
}
