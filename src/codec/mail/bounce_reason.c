#include "codec/mail/bounce_reason.h"

#include <assert.h>

#define X(id, word, address) { word, address },
static const struct {
	const char *word;
	bool address;
} reasons[BOUNCE_REASON_COUNT] = { BOUNCE_REASONS(X) };
#undef X

struct str bounce_reason_word(enum bounce_reason reason)
{
	assert(reason < BOUNCE_REASON_COUNT);
	return str_of(reasons[reason].word);
}

bool bounce_of_address(enum bounce_reason reason)
{
	assert(reason < BOUNCE_REASON_COUNT);
	return reasons[reason].address;
}

// ---- by code (RFC 3463, 3; the registry of enhanced status codes)

static const struct {
	const char *tail; // behind "5." or "4."
	enum bounce_reason reason;
} codes[] = {
	{ "1.1", BOUNCE_USER },    { "1.2", BOUNCE_HOST },       { "1.3", BOUNCE_USER },
	{ "1.4", BOUNCE_USER },    { "1.6", BOUNCE_MOVED },      { "1.8", BOUNCE_POLICY },
	{ "2.2", BOUNCE_FULL },    { "2.3", BOUNCE_LARGE },      { "2.4", BOUNCE_USER },
	{ "3.1", BOUNCE_SYSTEM },  { "3.2", BOUNCE_SYSTEM },     { "3.4", BOUNCE_LARGE },
	{ "3.5", BOUNCE_SYSTEM },  { "4.1", BOUNCE_NETWORK },    { "4.2", BOUNCE_NETWORK },
	{ "4.3", BOUNCE_SYSTEM },  { "4.4", BOUNCE_NETWORK },    { "4.5", BOUNCE_RATE },
	{ "4.6", BOUNCE_NETWORK }, { "4.7", BOUNCE_EXPIRED },    { "6.0", BOUNCE_CONTENT },
	{ "6.1", BOUNCE_CONTENT }, { "6.2", BOUNCE_CONTENT },    { "6.3", BOUNCE_CONTENT },
	{ "7.1", BOUNCE_POLICY },  { "7.13", BOUNCE_SUSPENDED },
};

// ---- by words: the first row whose words stand in the text, in lower case

static const struct {
	const char *words;
	enum bounce_reason reason;
} phrases[] = {
	{ "mail box space", BOUNCE_FULL },
	{ "mailbox full", BOUNCE_FULL },
	{ "mailbox is full", BOUNCE_FULL },
	{ "mailfolder is full", BOUNCE_FULL },
	{ "over quota", BOUNCE_FULL },
	{ "overquota", BOUNCE_FULL },
	{ "over the quota", BOUNCE_FULL },
	{ "quota exceeded", BOUNCE_FULL },
	{ "exceeded quota", BOUNCE_FULL },
	{ "exceed quota", BOUNCE_FULL },
	{ "exceeds quota", BOUNCE_FULL },
	{ "quota", BOUNCE_FULL },
	{ "not enough storage", BOUNCE_FULL },
	{ "insufficient disk space", BOUNCE_FULL },
	{ "no space left", BOUNCE_FULL },
	{ "mailbox size limit", BOUNCE_FULL },
	{ "user unknown", BOUNCE_USER },
	{ "unknown user", BOUNCE_USER },
	{ "unknown local", BOUNCE_USER },
	{ "no such user", BOUNCE_USER },
	{ "no such mailbox", BOUNCE_USER },
	{ "no such recipient", BOUNCE_USER },
	{ "no such person", BOUNCE_USER },
	{ "no such address", BOUNCE_USER },
	{ "no such account", BOUNCE_USER },
	{ "no mailbox", BOUNCE_USER },
	{ "no mail-box", BOUNCE_USER },
	{ "does not exist", BOUNCE_USER },
	{ "doesn't exist", BOUNCE_USER },
	{ "user not found", BOUNCE_USER },
	{ "recipient not found", BOUNCE_USER },
	{ "not listed in", BOUNCE_USER },
	{ "not found in directory", BOUNCE_USER },
	{ "couldn't find any", BOUNCE_USER },
	{ "invalid recipient", BOUNCE_USER },
	{ "invalid mailbox", BOUNCE_USER },
	{ "invalid user", BOUNCE_USER },
	{ "invalid address", BOUNCE_USER },
	{ "bad destination mailbox", BOUNCE_USER },
	{ "bad address", BOUNCE_USER },
	{ "unknown address", BOUNCE_USER },
	{ "unknown recipient", BOUNCE_USER },
	{ "unknown account", BOUNCE_USER },
	{ "recipient unknown", BOUNCE_USER },
	{ "recipient address unknown", BOUNCE_USER },
	{ "address unknown", BOUNCE_USER },
	{ "mailbox unknown", BOUNCE_USER },
	{ "mailbox not found", BOUNCE_USER },
	{ "mailbox not present", BOUNCE_USER },
	{ "this account does not", BOUNCE_USER },
	{ "not a known user", BOUNCE_USER },
	{ "not a valid mailbox", BOUNCE_USER },
	{ "no user ", BOUNCE_USER },
	{ "isn't in my", BOUNCE_USER },
	{ "is not a valid", BOUNCE_USER },
	{ "addressee unknown", BOUNCE_USER },
	{ "destination addresses were unknown", BOUNCE_USER },
	{ "delivery failed, recipient", BOUNCE_USER },
	{ "unrouteable address", BOUNCE_USER },
	{ "has moved", BOUNCE_MOVED },
	{ "has been changed to", BOUNCE_MOVED },
	{ "is no longer valid", BOUNCE_MOVED },
	{ "new address", BOUNCE_MOVED },
	{ "account is disabled", BOUNCE_SUSPENDED },
	{ "account has been disabled", BOUNCE_SUSPENDED },
	{ "account disabled", BOUNCE_SUSPENDED },
	{ "mailbox disabled", BOUNCE_SUSPENDED },
	{ "mailbox is disabled", BOUNCE_SUSPENDED },
	{ "account inactive", BOUNCE_SUSPENDED },
	{ "inactive", BOUNCE_SUSPENDED },
	{ "suspended", BOUNCE_SUSPENDED },
	{ "mailbox is frozen", BOUNCE_SUSPENDED },
	{ "mailbox currently suspended", BOUNCE_SUSPENDED },
	{ "account expired", BOUNCE_SUSPENDED },
	{ "message size exceeds", BOUNCE_LARGE },
	{ "message too large", BOUNCE_LARGE },
	{ "message is too large", BOUNCE_LARGE },
	{ "message is larger", BOUNCE_LARGE },
	{ "message too big", BOUNCE_LARGE },
	{ "exceeded maximum inbound message size", BOUNCE_LARGE },
	{ "message file too big", BOUNCE_LARGE },
	{ "too big", BOUNCE_LARGE },
	{ "host unknown", BOUNCE_HOST },
	{ "host not found", BOUNCE_HOST },
	{ "unknown host", BOUNCE_HOST },
	{ "domain not found", BOUNCE_HOST },
	{ "name or service not known", BOUNCE_HOST },
	{ "no such domain", BOUNCE_HOST },
	{ "non-existent domain", BOUNCE_HOST },
	{ "nonexistent domain", BOUNCE_HOST },
	{ "illegal host/domain", BOUNCE_HOST },
	{ "domain does not", BOUNCE_HOST },
	{ "virus", BOUNCE_SPAM },
	{ "spam", BOUNCE_SPAM },
	{ "blacklist", BOUNCE_SPAM },
	{ "block list", BOUNCE_SPAM },
	{ "blocklist", BOUNCE_SPAM },
	{ "junk mail", BOUNCE_SPAM },
	{ "dmarc", BOUNCE_POLICY },
	{ "dkim", BOUNCE_POLICY },
	{ "spf", BOUNCE_POLICY },
	{ "reverse dns", BOUNCE_POLICY },
	{ "ptr record", BOUNCE_POLICY },
	{ "rdns", BOUNCE_POLICY },
	{ "reputation", BOUNCE_POLICY },
	{ "too many connections", BOUNCE_RATE },
	{ "too many concurrent", BOUNCE_RATE },
	{ "rate limit", BOUNCE_RATE },
	{ "too many recipients", BOUNCE_RATE },
	{ "too many messages", BOUNCE_RATE },
	{ "excessive", BOUNCE_RATE },
	{ "relaying denied", BOUNCE_RELAY },
	{ "relay access denied", BOUNCE_RELAY },
	{ "relay not permitted", BOUNCE_RELAY },
	{ "not permitted to relay", BOUNCE_RELAY },
	{ "unable to relay", BOUNCE_RELAY },
	{ "retry timeout exceeded", BOUNCE_EXPIRED },
	{ "retry time not reached", BOUNCE_EXPIRED },
	{ "delivery time expired", BOUNCE_EXPIRED },
	{ "message expired", BOUNCE_EXPIRED },
	{ "delivery expired", BOUNCE_EXPIRED },
	{ "could not be delivered for", BOUNCE_EXPIRED },
	{ "retried too", BOUNCE_EXPIRED },
	{ "cannot send message for", BOUNCE_EXPIRED },
	{ "connection timed out", BOUNCE_EXPIRED },
	{ "in queue too long", BOUNCE_EXPIRED },
	{ "connection refused", BOUNCE_NETWORK },
	{ "network is unreachable", BOUNCE_NETWORK },
	{ "no route to host", BOUNCE_NETWORK },
	{ "mail loop", BOUNCE_NETWORK },
	{ "too many hops", BOUNCE_NETWORK },
	{ "loops back to myself", BOUNCE_NETWORK },
	{ "lost connection", BOUNCE_NETWORK },
	{ "connection lost", BOUNCE_NETWORK },
	{ "server not responding", BOUNCE_NETWORK },
	{ "local configuration error", BOUNCE_SYSTEM },
	{ "system error", BOUNCE_SYSTEM },
	{ "can't create user output file", BOUNCE_SYSTEM },
	{ "command died", BOUNCE_SYSTEM },
	{ "command failed", BOUNCE_SYSTEM },
	{ "pipe to", BOUNCE_SYSTEM },
	{ "service unavailable", BOUNCE_POLICY },
	{ "not authorized", BOUNCE_POLICY },
	{ "access denied", BOUNCE_POLICY },
	{ "denied by", BOUNCE_POLICY },
	{ "not accepted", BOUNCE_POLICY },
	{ "rejected", BOUNCE_POLICY },
	{ "refused", BOUNCE_POLICY },
	{ "blocked", BOUNCE_POLICY },
	{ "policy", BOUNCE_POLICY },
};

static enum bounce_reason by_code(struct str status)
{
	if (!str_has_prefix(status, S("5.")) && !str_has_prefix(status, S("4.")))
		return BOUNCE_UNSAID;
	for (size_t i = 0; i < COUNTOF(codes); i++)
		if (str_eq(str_from(status, 2), str_of(codes[i].tail)))
			return codes[i].reason;
	return BOUNCE_UNSAID;
}

// `words` in lower case.
static bool stands_in(struct str words, struct str text)
{
	for (size_t i = 0; i + words.n <= text.n; i++)
		if (ascii_lower(text.p[i]) == words.p[0] &&
		    str_eq_nocase((struct str){ text.p + i, words.n }, words))
			return true;
	return false;
}

// Some say "no such user" by the code, and "full" in words: it is theirs, and full.
static bool says_full(enum bounce_reason code, struct str says)
{
	static const char *const words[] = { "quota", "mailbox full", "mailbox is full" };

	for (size_t i = 0; code == BOUNCE_USER && i < COUNTOF(words); i++)
		if (stands_in(str_of(words[i]), says))
			return true;
	return false;
}

// What stands in "5.7.1" and in codes that mean nothing is told by the words.
enum bounce_reason bounce_reason_of(struct str status, struct str says)
{
	enum bounce_reason code = by_code(status);

	if (code != BOUNCE_UNSAID && !str_eq(status, S("5.7.1")) && !says_full(code, says))
		return code;
	for (size_t i = 0; i < COUNTOF(phrases); i++)
		if (stands_in(str_of(phrases[i].words), says))
			return phrases[i].reason;
	return code;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

// "5.1.1", or "4.4.10": with nothing that goes on.
static size_t status_at(struct str s)
{
	size_t n = 2, digits;

	if (s.n < 5 || (s.p[0] != '2' && s.p[0] != '4' && s.p[0] != '5') || s.p[1] != '.')
		return 0;
	for (unsigned part = 0; part < 2; part++) {
		for (digits = 0; n < s.n && is_digit(s.p[n]) && digits < 3; n++)
			digits++;
		if (digits == 0 || (part == 0 && (n >= s.n || s.p[n++] != '.')))
			return 0;
	}
	return n < s.n && (is_digit(s.p[n]) ||
			   (s.p[n] == '.' && n + 1 < s.n && is_digit(s.p[n + 1])))
		       ? 0
		       : n;
}

struct str bounce_status_in(struct str says)
{
	for (size_t i = 0; i + 5 <= says.n; i++) {
		size_t n = i > 0 && (is_digit(says.p[i - 1]) || says.p[i - 1] == '.')
				   ? 0
				   : status_at(str_from(says, i));

		if (n > 0)
			return (struct str){ says.p + i, n };
	}
	return (struct str){ 0 };
}
