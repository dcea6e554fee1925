#include "base/test.h"
#include "os/crew.h"

#include <signal.h>
#include <unistd.h>

enum { THINGS = 3000, BAD = 1234, WORSE = 1236 };

struct seen {
	uint64_t next, died;
	bool wrong;
};

static void look(void *context, uint64_t thing, void *answer)
{
	(void)context;
	if (thing == BAD || thing == WORSE)
		kill(getpid(), SIGKILL);
	*(uint64_t *)answer = thing * thing;
}

static bool take(void *context, uint64_t thing, const void *answer, struct err *e)
{
	struct seen *s = context;

	s->wrong = s->wrong || thing != s->next++;
	if (answer == NULL) {
		s->died++;
		s->wrong = s->wrong || (thing != BAD && thing != WORSE) || e->kind == ERR_NONE;
		e->kind = ERR_NONE;
	} else if (*(const uint64_t *)answer != thing * thing) {
		s->wrong = true;
	}
	return true;
}

TEST("crew: answers come in order, also where shares end, and a death costs one thing")
{
	for (unsigned hands = 1; hands <= 3; hands++) {
		struct seen s = { 0 };
		struct crew c = { hands, THINGS, sizeof(uint64_t), look, take, &s };
		struct err e = { 0 };

		CHECK(crew_run(&c, &e));
		CHECK(s.next == THINGS && s.died == 2 && !s.wrong);
	}
}

static bool refuse(void *context, uint64_t thing, const void *answer, struct err *e)
{
	(void)context;
	(void)answer;
	return thing < 10 || err_set(e, ERR_LIMIT, "enough");
}

TEST("crew: who takes the answers can end it")
{
	struct crew c = { 2, 100000, sizeof(uint64_t), look, refuse, NULL };
	struct err e = { 0 };

	CHECK(!crew_run(&c, &e) && e.kind == ERR_LIMIT);
}
