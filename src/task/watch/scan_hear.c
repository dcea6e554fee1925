#include "task/watch/scan_hear.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

static void read_ahead(struct scan_worker *w)
{
	ssize_t n = read(w->from, w->ahead + w->held, SCAN_AHEAD - w->held);

	if (n > 0)
		w->held += (size_t)n;
	w->over = n == 0 || (n < 0 && errno != EINTR);
}

// Until this one has something to say, or has ended.
static void await(const struct scan_worker *w, const struct scan_others *others)
{
	struct pollfd fds[SCAN_MAX_JOBS + 1] = { { .fd = w->from, .events = POLLIN } };

	while (fds[0].revents == 0) {
		struct scan_worker *of[SCAN_MAX_JOBS + 1];
		nfds_t n = 1;

		for (unsigned i = 0; i < others->count; i++) {
			struct scan_worker *x = &others->at[i];

			if (x == w || x->from < 0 || x->over || x->held == SCAN_AHEAD)
				continue;
			of[n] = x;
			fds[n++] = (struct pollfd){ .fd = x->from, .events = POLLIN };
		}
		if (n == 1 || (poll(fds, n, -1) < 0 && errno != EINTR))
			return;
		for (nfds_t i = 1; i < n; i++)
			if (fds[i].revents != 0)
				read_ahead(of[i]);
	}
}

ssize_t scan_hear(struct scan_worker *w, const struct scan_others *others, char *to, size_t room)
{
	size_t n = w->held - w->taken;

	if (n == 0) {
		if (w->over)
			return 0;
		await(w, others);
		return read(w->from, to, room);
	}
	n = n < room ? n : room;
	memcpy(to, w->ahead + w->taken, n);
	w->taken += n;
	return (ssize_t)n;
}
