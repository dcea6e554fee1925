#include "task/service/log.h"

#include "base/buf.h"
#include "base/time.h"
#include "codec/text/json_out.h"
#include "os/clock.h"
#include "os/file.h"

enum { ERROR_OUTPUT = 2 };

static void member(struct buf *b, const char *key, struct str value)
{
	size_t was = b->n;

	buf_str(b, S(",\""));
	buf_str(b, str_of(key));
	buf_str(b, S("\":"));
	json_str(b, value);
	if (!b->over)
		return;
	b->n = was;
	b->over = false;
}

void log_say(const struct log_by *by, enum log_level level, const char *what,
	     const struct log_said *said, size_t n)
{
	static const char *const levels[] = { "error", "warning", "info" };
	char line[LOG_LINE], at[TIME_TEXT];
	struct buf b = { .p = line, .cap = sizeof line - 2 };
	struct err none;

	buf_str(&b, S("{\"at\":"));
	json_str(&b, (struct str){ at, time_write(clock_now(), at) });
	member(&b, "level", str_of(levels[level]));
	member(&b, "role", str_of(by->role));
	member(&b, "node", str_of(by->node));
	member(&b, "says", str_of(what));
	for (size_t i = 0; i < n; i++)
		if (said[i].value.p != NULL)
			member(&b, said[i].key, said[i].value);
	b.cap = sizeof line;
	buf_str(&b, S("}\n"));
	(void)!file_write_all(ERROR_OUTPUT, buf_view(&b), &none); // nobody is left to be told
}

void log_err(const struct log_by *by, enum log_level level, const char *what, const struct err *e)
{
	const struct log_said said[] = {
		{ "error", str_of(e->text) },
		{ "kind", str_of(err_meaning(e->kind)->name) },
	};

	log_say(by, level, what, said, COUNTOF(said));
}
