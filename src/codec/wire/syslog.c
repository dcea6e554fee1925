#include "codec/wire/syslog.h"

enum { MOST_HOST = 255, MOST_APP = 48, MOST_ID = 32 };

static void put_name(struct buf *b, struct str s, size_t most)
{
	buf_char(b, ' ');
	if (s.n == 0)
		buf_char(b, '-');
	s = str_first(s, most);
	for (size_t i = 0; i < s.n; i++)
		buf_char(b, s.p[i] > ' ' && s.p[i] < 0x7f ? s.p[i] : '?');
}

// Not in the middle of a character.
static struct str cut(struct str s, size_t most)
{
	if (s.n <= most)
		return s;
	while (most > 0 && ((unsigned char)s.p[most] & 0xc0) == 0x80)
		most--;
	return str_first(s, most);
}

void syslog_frame(struct buf *b, const struct syslog *s, struct str message)
{
	char text[SYSLOG_HEAD], time[TIME_TEXT];
	struct buf head = BUF_ON(text);
	struct str when = { time, time_write(s->moment, time) };

	buf_fmt(&head, "<%u>1", SYSLOG_FACILITY * 8 + (unsigned)s->severity);
	put_name(&head, when, sizeof time);
	put_name(&head, s->host, MOST_HOST);
	put_name(&head, s->app, MOST_APP);
	buf_str(&head, S(" -")); // no number of a process
	put_name(&head, s->id, MOST_ID);
	buf_str(&head, S(" - ")); // no structured data
	message = cut(message, SYSLOG_MOST - head.n);
	buf_fmt(b, "%zu ", head.n + message.n);
	buf_str(b, buf_view(&head));
	buf_str(b, message);
}
