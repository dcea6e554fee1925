#include "codec/wire/syslog.h"
#include "task/tell/write.h"

static enum syslog_severity severity_of(const struct letter *l, enum severity severity)
{
	static const enum syslog_severity levels[SEVERITY_COUNT] = { SYSLOG_INFO, SYSLOG_CRITICAL,
								     SYSLOG_ERROR, SYSLOG_WARNING,
								     SYSLOG_NOTICE };

	return l->kind == MESSAGE_CLOSED || l->kind == MESSAGE_CORRECTION ? SYSLOG_INFO
									  : levels[severity];
}

static struct buf room_for(const struct letter_events *all, size_t more, struct arena *a)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < all->count; i++)
		b.cap += all->at[i].line.n + more;
	b.p = arena_new(a, char, b.cap);
	return b;
}

struct str write_cef(const struct message_row *m, const struct filled *f, struct arena *a)
{
	struct letter_events all;
	struct buf b;

	(void)m;
	letter_cef(&f->letter, S(WAKER_VERSION), a, &all);
	b = room_for(&all, 1, a);
	for (size_t i = 0; i < all.count; i++) {
		buf_str(&b, all.at[i].line);
		buf_char(&b, '\n');
	}
	return buf_view(&b);
}

// The domain of who sends is the name of the machine that says it: which of several nodes it was
// tells the reader nothing.
struct str write_syslog(const struct message_row *m, const struct filled *f, struct arena *a)
{
	const struct letter *l = &f->letter;
	struct str host = l->team.mail;
	struct letter_events all;
	struct buf b;

	str_cut(&host, '@');
	letter_cef(l, S(WAKER_VERSION), a, &all);
	b = room_for(&all, SYSLOG_HEAD, a);
	for (size_t i = 0; i < all.count; i++) {
		struct syslog s = { severity_of(l, all.at[i].severity), m->made, host, S("waker"),
				    l->id };

		syslog_frame(&b, &s, all.at[i].line);
	}
	return buf_view(&b);
}
