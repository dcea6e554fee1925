#include "os/smtp_talk.h"

#include "base/time.h"
#include "os/clock.h"

#include <poll.h>

// False: the deadline is over. A signal wakes it early, and it is asked again.
static bool waits(struct smtp_talk *t, short events, struct err *e)
{
	curl_socket_t fd = CURL_SOCKET_BAD;
	int64_t left = t->deadline - clock_since();
	struct pollfd p = { .events = events };

	if (left <= 0)
		return err_set(e, ERR_REMOTE, "no answer within the time for a mail");
	if (curl_easy_getinfo(t->curl, CURLINFO_ACTIVESOCKET, &fd) != CURLE_OK ||
	    fd == CURL_SOCKET_BAD)
		return err_set(e, ERR_REMOTE, "the connection is gone");
	p.fd = fd;
	(void)poll(&p, 1, (int)(left / (TIME_SECOND / 1000)) + 1);
	return true;
}

bool smtp_talk_write(struct smtp_talk *t, struct str bytes, struct err *e)
{
	while (bytes.n > 0) {
		size_t n = 0;
		CURLcode code = curl_easy_send(t->curl, bytes.p, bytes.n, &n);

		if (code == CURLE_AGAIN) {
			if (!waits(t, POLLOUT, e))
				return false;
			continue;
		}
		if (code != CURLE_OK)
			return err_set(e, ERR_REMOTE, "it hung up");
		str_skip(&bytes, n);
	}
	return true;
}

// More bytes behind those that are there.
static bool fill(struct smtp_talk *t, struct err *e)
{
	for (;;) {
		size_t n = 0;
		CURLcode code = curl_easy_recv(t->curl, t->in + t->n, sizeof t->in - t->n, &n);

		if (code == CURLE_AGAIN) {
			if (!waits(t, POLLIN, e))
				return false;
			continue;
		}
		if (code != CURLE_OK || n == 0)
			return err_set(e, ERR_REMOTE, "it hung up");
		t->n += n;
		return true;
	}
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
			return err_set(e, ERR_REMOTE, "no answer within the time for a mail");
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
