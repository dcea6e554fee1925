#include "os/http_judge.h"

#include "base/time.h"

enum { STEADY_PARTS = 8, STEADY_SECONDS = 60 };

bool http_pace_holds(struct http_pace *p, int64_t now, uint64_t done)
{
	int64_t seconds = p->wait / STEADY_PARTS;

	seconds = seconds < 1 ? 1 : seconds > STEADY_SECONDS ? STEADY_SECONDS : seconds;
	if (done == 0 || (p->window != 0 && now < p->window + seconds * TIME_SECOND))
		return true;
	if (p->window != 0 && done - p->had < (uint64_t)seconds * p->least)
		return false;
	p->window = now;
	p->had = done;
	return true;
}

static void time_behind(struct str line, struct str name, int64_t *out)
{
	enum { DAY = 10, CLOCK = 8 };
	char text[] = "YYYY-MM-DDTHH:MM:SSZ";
	int64_t t;

	if (!str_eq_nocase(str_first(line, name.n), name) || line.n < name.n + DAY + 1 + CLOCK)
		return;
	memcpy(text, line.p + name.n, DAY);
	memcpy(text + DAY + 1, line.p + name.n + DAY + 1, CLOCK);
	if (time_read(str_of(text), &t))
		*out = t;
}

void http_certificate_line(struct str line, int64_t *since, int64_t *until)
{
	time_behind(line, S("Start date:"), since);
	time_behind(line, S("Expire date:"), until);
}
