#include "model/notice/hearing.h"

struct str hearing_word(enum hearing h)
{
#define X(id, word) [id] = word,
	static const char *const words[HEARING_COUNT] = { HEARINGS(X) };
#undef X

	return str_of(h < HEARING_COUNT ? words[h] : "");
}

static enum hearing of_findings(const struct hearing_of_notice *m, int64_t now)
{
	switch (m->least) {
	case FINDING_CANDIDATE:
	case FINDING_OPEN:
	case FINDING_TOLD:
		return m->answer != 0 && now >= m->answer ? HEARING_SILENCE : HEARING_DELIVERED;
	case FINDING_ACKNOWLEDGED:
		return m->until != TIME_NEVER ? HEARING_PROMISED : HEARING_ACKNOWLEDGED;
	case FINDING_CLAIMED:
	case FINDING_DISPUTED:
	case FINDING_ACCEPTED:
		return HEARING_ANSWERED;
	case FINDING_CLOSED:
	case FINDING_VOID:
	case FINDING_STATE_COUNT:
		break;
	}
	return HEARING_OVER;
}

enum hearing hearing_of(const struct hearing_of_notice *m, int64_t now)
{
	if (!message_asks(m->kind))
		return HEARING_NOTHING;
	switch (m->state) {
	case MESSAGE_FAILED:
		return m->least >= FINDING_CLOSED ? HEARING_OVER : HEARING_UNDELIVERED;
	case MESSAGE_WAITS:
	case MESSAGE_HELD:
		return m->arrived != 0 ? of_findings(m, now) : HEARING_NOT_SENT;
	case MESSAGE_TOLD:
		return of_findings(m, now);
	case MESSAGE_CANCELLED:
	case MESSAGE_NOTHING:
	case MESSAGE_SHADOW:
	case MESSAGE_STATE_COUNT:
		break;
	}
	return HEARING_NOTHING;
}
