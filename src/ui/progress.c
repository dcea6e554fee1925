#include "ui/progress.h"

#include "base/buf.h"
#include "base/time.h"
#include "os/clock.h"
#include "os/term.h"

#include <stdio.h>
#include <unistd.h>

#define FIRST         (2 * TIME_SECOND)
#define ON_A_TERMINAL (TIME_SECOND / 5)

enum { LINE = 128, BAR = 24, MEGA = 1000000 };

struct progress progress_begin(const struct app *app, const char *what)
{
	bool silent = app->quiet || app->out.form == OUT_JSON;
	int64_t now = clock_since();

	return (struct progress){ .what = silent ? NULL : what,
				  .terminal = term_is(STDERR_FILENO),
				  .width = term_width(STDERR_FILENO),
				  .began = now,
				  .next = now + FIRST };
}

static void put_left(struct buf *b, uint64_t seconds)
{
	if (seconds >= 3600)
		buf_fmt(b, "%llu h %02llu min left", (unsigned long long)seconds / 3600,
			(unsigned long long)seconds / 60 % 60);
	else if (seconds >= 60)
		buf_fmt(b, "%llu min %02llu s left", (unsigned long long)seconds / 60,
			(unsigned long long)seconds % 60);
	else
		buf_fmt(b, "%llu s left", (unsigned long long)seconds);
}

size_t progress_line(const struct progress *p, int64_t since, char *line, size_t room)
{
	struct buf b = { .p = line, .cap = room };
	double seconds = (double)since / (double)TIME_SECOND;
	double rate = seconds > 0 ? (double)p->done / seconds : 0;

	buf_str(&b, str_of(p->what));
	if (p->all > 0 && p->done <= p->all) {
		unsigned full = (unsigned)((double)p->done / (double)p->all * BAR);

		buf_str(&b, S(" ["));
		for (unsigned i = 0; i < BAR; i++)
			buf_char(&b, i < full ? '#' : '.');
		buf_fmt(&b, "] %3u %%", (unsigned)((double)p->done / (double)p->all * 100));
	}
	buf_fmt(&b, " %llu MB, %.0f MB/s", (unsigned long long)p->done / MEGA, rate / MEGA);
	if (p->all > 0 && p->done <= p->all && rate > 0) {
		buf_str(&b, S(", "));
		put_left(&b, (uint64_t)((double)(p->all - p->done) / rate + 0.5));
	}
	return b.n;
}

void progress_at(void *context, uint64_t done, uint64_t all)
{
	struct progress *p = context;
	int64_t now;
	char line[LINE];
	size_t n;

	if (p->what == NULL)
		return;
	p->all = all;
	if (done > p->done)
		p->done = done;
	now = clock_since();
	if (now < p->next || (!p->terminal && now < p->began + TIME_MINUTE))
		return;
	p->next = now + (p->terminal ? ON_A_TERMINAL : TIME_MINUTE);
	n = progress_line(p, now - p->began, line, sizeof line);
	if (p->terminal && n >= p->width)
		n = p->width - 1;
	fprintf(stderr, p->terminal ? "\r%.*s\x1b[K" : "%.*s\n", (int)n, line);
	p->drawn = p->terminal;
}

void progress_end(struct progress *p)
{
	if (p->drawn)
		fputs("\r\x1b[K", stderr);
	p->drawn = false;
}
