#include "os/crew.h"

#include "os/cage.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

struct hand { // one child; it has every hands-th thing from `at` on
	const struct crew *crew;
	uint64_t at;
	int to, from; // -1: none under way
	pid_t child;
};

struct crew_at_work {
	const struct crew *c;
	struct hand hand[CREW_MOST];
};

static int look_at_share(void *context)
{
	struct hand *h = context;
	const struct crew *c = h->crew;
	_Alignas(16) char answer[CREW_ANSWER];

	for (unsigned n = 0; n < CREW_SHARE && h->at < c->count; n++, h->at += c->hands) {
		memset(answer, 0, c->answer);
		c->look(c->context, h->at, answer);
		if (write(h->to, answer, c->answer) != (ssize_t)c->answer) // nobody listens
			return 1;
	}
	return 0;
}

static void let_go(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static bool start(struct crew_at_work *w, uint64_t thing, struct err *e)
{
	struct hand *h = &w->hand[thing % w->c->hands];
	int ends[2];
	bool ok;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set(e, ERR_SYSTEM, "no pipe: %m");
	*h = (struct hand){ .crew = w->c, .at = thing, .to = ends[1], .from = ends[0] };
	ok = cage_fork(look_at_share, h, &h->child, e);
	let_go(&h->to);
	if (!ok)
		let_go(&h->from);
	return ok;
}

// False: it has said all that it says.
static bool hear(const struct hand *h, char *answer, size_t size)
{
	size_t have = 0;

	while (have < size) {
		ssize_t n = read(h->from, answer + have, size - have);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		have += (size_t)n;
	}
	return true;
}

// Its share is done, or it died of the thing at hand: then *died, and e says how.
static void ended(struct hand *h, bool *died, struct err *e)
{
	let_go(&h->from);
	*died = !cage_wait(h->child, e);
}

static bool take_next(struct crew_at_work *w, uint64_t thing, struct err *e)
{
	const struct crew *c = w->c;
	struct hand *h = &w->hand[thing % c->hands];
	_Alignas(16) char answer[CREW_ANSWER];
	bool died = false;

	if (h->from < 0 && !start(w, thing, e))
		return false;
	if (hear(h, answer, c->answer))
		return c->take(c->context, thing, answer, e);
	ended(h, &died, e);
	if (died)
		return c->take(c->context, thing, NULL, e);
	if (!start(w, thing, e))
		return false;
	if (hear(h, answer, c->answer))
		return c->take(c->context, thing, answer, e);
	ended(h, &died, e);
	return c->take(c->context, thing, NULL, e);
}

bool crew_run(const struct crew *c, struct err *e)
{
	struct crew_at_work w = { .c = c };
	bool ok = true;

	assert(c->hands >= 1 && c->hands <= CREW_MOST && c->answer <= CREW_ANSWER);
	for (unsigned i = 0; i < CREW_MOST; i++)
		w.hand[i].from = -1;
	for (uint64_t i = 0; i < c->hands && i < c->count && ok; i++)
		ok = start(&w, i, e);
	for (uint64_t i = 0; i < c->count && ok; i++)
		ok = take_next(&w, i, e);
	for (unsigned i = 0; i < c->hands; i++)
		if (w.hand[i].from >= 0) {
			let_go(&w.hand[i].from);
			cage_kill(w.hand[i].child);
		}
	return ok;
}
