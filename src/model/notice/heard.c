#include "model/notice/heard.h"

struct str hearing_word(enum hearing h)
{
#define X(id, word) [id] = word,
	static const char *const words[HEARING_COUNT] = { HEARINGS(X) };
#undef X

	return str_of(h < HEARING_COUNT ? words[h] : "");
}

static enum hearing of_findings(const struct heard_of *m, int64_t now)
{
	switch (m->least) {
	case FINDING_CANDIDATE:
	case FINDING_OPEN:
	case FINDING_TOLD:
		return m->answer != 0 && now >= m->answer ? HEARD_SILENCE : HEARD_DELIVERED;
	case FINDING_ACKNOWLEDGED:
		return m->until != TIME_NEVER ? HEARD_PROMISED : HEARD_ACKNOWLEDGED;
	case FINDING_CLAIMED:
	case FINDING_DISPUTED:
	case FINDING_ACCEPTED:
		return HEARD_ANSWERED;
	case FINDING_CLOSED:
	case FINDING_VOID:
	case FINDING_STATE_COUNT:
		break;
	}
	return HEARD_OVER;
}

enum hearing hearing_of(const struct heard_of *m, int64_t now)
{
	if (!message_asks(m->kind))
		return HEARD_NOTHING;
	switch (m->state) {
	case MESSAGE_FAILED:
		return m->least >= FINDING_CLOSED ? HEARD_OVER : HEARD_UNDELIVERED;
	case MESSAGE_WAITS:
	case MESSAGE_HELD:
		return m->arrived != 0 ? of_findings(m, now) : HEARD_NOT_SENT;
	case MESSAGE_TOLD:
		return of_findings(m, now);
	case MESSAGE_CANCELLED:
	case MESSAGE_NOTHING:
	case MESSAGE_SHADOW:
	case MESSAGE_STATE_COUNT:
		break;
	}
	return HEARD_NOTHING;
}
