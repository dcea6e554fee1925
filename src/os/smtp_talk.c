#include "os/smtp_talk.h"

#include "os/clock.h"

bool smtp_talk_write(struct smtp_talk *t, struct str bytes, struct err *e)
{
	return transfer_write(t->curl, t->deadline, bytes, e);
}

// More bytes behind those that are there.
static bool fill(struct smtp_talk *t, struct err *e)
{
	struct transfer_room to = { t->in + t->n, sizeof t->in - t->n };

	if (!transfer_read(t->curl, t->deadline, &to, e))
		return false;
	t->n += to.n;
	return true;
}

bool smtp_talk_read(struct smtp_talk *t, struct smtp_reply *out, struct err *e)
{
	struct smtp_reply r = { 0 };

	while (!r.whole) {
		const char *end = memchr(t->in, '\n', t->n);
		struct str line = { t->in, end != NULL ? (size_t)(end - t->in) : 0 };

		if (end == NULL && t->n == sizeof t->in)
			return err_set(e, ERR_REMOTE, "a line of its answer has no end");
		if (clock_since() >= t->deadline) // of bytes that come one by one, too
			return err_set(e, ERR_REMOTE, "no answer in time");
		if (end == NULL) {
			if (!fill(t, e))
				return false;
			continue;
		}
		if (str_has_suffix(line, S("\r")))
			line.n--;
		if (!smtp_reply_line(&r, line, e))
			return false;
		t->n -= (size_t)(end - t->in) + 1;
		memmove(t->in, end + 1, t->n);
	}
	*out = r;
	return true;
}

bool smtp_talk_is_quiet(struct smtp_talk *t)
{
	size_t n = 0;

	return t->n == 0 && curl_easy_recv(t->curl, t->in, 1, &n) == CURLE_AGAIN;
}
