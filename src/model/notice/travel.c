#include "model/notice/travel.h"

#include "codec/net/name.h"

#include <assert.h>

// The least that findings of a class are, and whether who did it may read the member's mail.
static const struct {
	enum feed_sensitivity least;
	bool reads;
} classes[ISSUE_CLASS_COUNT] = {
	[CLASS_EXPOSED] = { SENSITIVITY_LOW, false },
	[CLASS_VULNERABLE] = { SENSITIVITY_MIDDLE, false },
	[CLASS_INFECTED] = { SENSITIVITY_MIDDLE, false },
	[CLASS_ATTACKING] = { SENSITIVITY_MIDDLE, false },
	[CLASS_COMPROMISED] = { SENSITIVITY_HIGH, true },
	[CLASS_ABUSED] = { SENSITIVITY_MIDDLE, false },
	[CLASS_LEAKED] = { SENSITIVITY_HIGH, true },
	[CLASS_LEAK_SITE] = { SENSITIVITY_HIGH, true },
	[CLASS_ATTACKED] = { SENSITIVITY_LOW, false },
	[CLASS_LISTED] = { SENSITIVITY_LOW, false },
};

enum feed_sensitivity travel_sensitivity(enum issue_class class, enum feed_sensitivity of_feeds)
{
	assert(class < ISSUE_CLASS_COUNT);
	return of_feeds > classes[class].least ? of_feeds : classes[class].least;
}

enum form travel_form(const struct travel *t)
{
	if (t->pgp)
		return FORM_PGP;
	if (t->smime)
		return FORM_SMIME;
	switch (t->sensitivity) {
	case SENSITIVITY_LOW:
		return t->ours ? FORM_SIGNED : FORM_PLAIN;
	case SENSITIVITY_MIDDLE:
		return t->no_tls ? FORM_NEUTRAL : FORM_TLS;
	case SENSITIVITY_HIGH:
		break;
	}
	return FORM_NEUTRAL;
}

bool travel_affected(enum issue_class class, struct str seen, struct str address)
{
	struct str domain = address, host = seen;

	assert(class < ISSUE_CLASS_COUNT);
	if (!classes[class].reads)
		return false;
	str_cut(&domain, '@');
	host = str_cut(&host, ' '); // without its port
	return domain.n > 0 && (str_eq_nocase(host, address) || name_within(domain, host));
}
