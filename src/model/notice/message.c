#include "model/notice/message.h"

#include "base/zone.h"
#include "model/notice/flood.h"
#include "model/notice/wish.h"

#include <assert.h>

#define X(id, word) word,
static const char *const modes[TELL_MODE_COUNT] = { TELL_MODES(X) };
static const char *const kinds[MESSAGE_KIND_COUNT] = { MESSAGE_KINDS(X) };
static const char *const states[MESSAGE_STATE_COUNT] = { MESSAGE_STATES(X) };
static const char *const channels[CHANNEL_COUNT] = { CHANNELS(X) };
static const char *const forms[FORM_COUNT] = { FORMS(X) };
static const char *const deliveries[DELIVERY_STATE_COUNT] = { DELIVERY_STATES(X) };
#undef X

#define X(id, word, says, dutch) { word, says, dutch },
static const struct {
	const char *word, *says, *dutch;
} whys[DELIVERY_WHY_COUNT] = { DELIVERY_WHYS(X) };
#undef X

struct str tell_mode_word(enum tell_mode mode)
{
	assert(mode < TELL_MODE_COUNT);
	return str_of(modes[mode]);
}

bool tell_mode_read(struct str word, enum tell_mode *out)
{
	for (unsigned i = 0; i < TELL_MODE_COUNT; i++)
		if (str_eq(word, str_of(modes[i]))) {
			*out = (enum tell_mode)i;
			return true;
		}
	return false;
}

struct str message_kind_word(enum message_kind kind)
{
	assert(kind < MESSAGE_KIND_COUNT);
	return str_of(kinds[kind]);
}

struct str message_state_word(enum message_state state)
{
	assert(state < MESSAGE_STATE_COUNT);
	return str_of(states[state]);
}

bool message_state_read(struct str word, enum message_state *out)
{
	for (unsigned i = 0; i < MESSAGE_STATE_COUNT; i++)
		if (str_eq(word, str_of(states[i]))) {
			*out = (enum message_state)i;
			return true;
		}
	return false;
}

struct str channel_word(enum channel channel)
{
	assert(channel < CHANNEL_COUNT);
	return str_of(channels[channel]);
}

struct str form_word(enum form form)
{
	assert(form < FORM_COUNT);
	return str_of(forms[form]);
}

struct str delivery_state_word(enum delivery_state state)
{
	assert(state < DELIVERY_STATE_COUNT);
	return str_of(deliveries[state]);
}

struct str delivery_why_word(enum delivery_why why)
{
	assert(why < DELIVERY_WHY_COUNT);
	return str_of(whys[why].word);
}

struct str delivery_why_says(enum delivery_why why, bool dutch)
{
	assert(why < DELIVERY_WHY_COUNT);
	return str_of(dutch ? whys[why].dutch : whys[why].says);
}

bool message_asks(enum message_kind kind)
{
	return kind <= MESSAGE_STILL_SEEN;
}

bool message_tells(enum channel channel, enum form form)
{
	return channel == CHANNEL_PHONE || channel == CHANNEL_OTHER ||
	       (channel == CHANNEL_MAIL && form != FORM_NEUTRAL);
}

enum message_state message_after(const struct message_counts *c)
{
	if (c->live > 0)
		return MESSAGE_WAITS;
	if (c->arrived > 0)
		return MESSAGE_TOLD;
	return c->all > 0 && c->cancelled == c->all ? MESSAGE_CANCELLED : MESSAGE_FAILED;
}

#define X(id, word, from) { word, from },
static const struct {
	const char *word;
	unsigned from;
} acts[MESSAGE_ACT_COUNT] = { MESSAGE_ACTS(X) };
#undef X

bool message_act_read(struct str word, enum message_act *out)
{
	for (unsigned i = 0; i < MESSAGE_ACT_COUNT; i++)
		if (str_eq(word, str_of(acts[i].word))) {
			*out = (enum message_act)i;
			return true;
		}
	return false;
}

bool message_may(enum message_state state, enum message_act act)
{
	assert(act < MESSAGE_ACT_COUNT);
	return (acts[act].from & 1u << state) != 0;
}

// ---- to whom

// Lower is asked first; those that are never told of findings have no rank.
static unsigned rank(struct str role)
{
	static const char *const first[] = { "security", "technical", "duty" };
	static const char *const never[] = { "board", "management", "privacy", "press",
					     "supplier" };

	for (unsigned i = 0; i < COUNTOF(first); i++)
		if (str_eq_nocase(role, str_of(first[i])))
			return i;
	for (unsigned i = 0; i < COUNTOF(never); i++)
		if (str_eq_nocase(role, str_of(never[i])))
			return UINT32_MAX;
	return COUNTOF(first);
}

static bool asked_for(const struct reachable *r)
{
	struct wish w;

	wish_read(r->wishes, &w);
	return w.also && r->mail.n > 0 && !wish_is_supplier(r->role);
}

// The best that is not `but`; of->n: there is none.
static size_t best(const struct reachables *of, size_t but)
{
	size_t found = of->n;

	for (size_t i = 0; i < of->n; i++)
		if (i != but && of->all[i].mail.n > 0 && rank(of->all[i].role) < UINT32_MAX &&
		    (found == of->n || rank(of->all[i].role) < rank(of->all[found].role)))
			found = i;
	return found;
}

size_t message_addressees(const struct reachables *of, struct addressee *out, size_t room)
{
	size_t first = best(of, of->n), next = of->next ? best(of, first) : of->n, count = 0;

	if (first < of->n && room > 0)
		out[count++] = (struct addressee){ first, TO_FIRST };
	if (first < of->n && next < of->n && count < room)
		out[count++] = (struct addressee){ next, TO_NEXT };
	for (size_t i = 0; i < of->n && count < room; i++)
		if (i != first && i != next && asked_for(&of->all[i]))
			out[count++] = (struct addressee){ i, TO_ALSO };
	return count;
}

// ---- by when

enum { NOON = 12, END_OF_DAY = 17, HIGH_DAYS = 5 };

static int64_t next_call(int64_t after)
{
	int64_t day = time_day(after + zone_ahead(after));

	for (;; day += TIME_DAY) {
		int64_t noon = zone_moment(day + NOON * TIME_HOUR);
		int64_t end = zone_moment(day + END_OF_DAY * TIME_HOUR);

		if (noon >= after)
			return noon;
		if (end >= after)
			return end;
	}
}

static int64_t working_days_on(int64_t now, unsigned days)
{
	int64_t day = time_day(now + zone_ahead(now));

	while (days > 0) {
		day += TIME_DAY;
		days -= flood_works(day);
	}
	return zone_moment(day + END_OF_DAY * TIME_HOUR);
}

int64_t message_answer_by(enum severity worst, int64_t now)
{
	switch (worst) {
	case SEVERITY_CRITICAL:
		return next_call(now + TIME_DAY);
	case SEVERITY_HIGH:
		return working_days_on(now, HIGH_DAYS);
	case SEVERITY_MEDIUM:
	case SEVERITY_LOW:
	case SEVERITY_COUNT:
		break;
	}
	return 0;
}
