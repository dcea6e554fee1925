#include "codec/mail/bounce_reason.h"

#include "codec/mail/bounce_word.h"

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

struct row {
	const char *words;
	enum bounce_reason reason;
};

// clang-format off

// Whatever the code is, these say why. The first row that stands in the text counts: what is said
// of the sender and of the mail comes before what is said of the recipient, since a server that
// wants neither often names the recipient, too.
static const struct row plain[] = {
	{ "mailbox full", BOUNCE_FULL }, { "mailbox is full", BOUNCE_FULL }, { "mailfolder is full", BOUNCE_FULL },
	{ "over quota", BOUNCE_FULL }, { "overquota", BOUNCE_FULL }, { "over the quota", BOUNCE_FULL },
	{ "quota exceeded", BOUNCE_FULL }, { "exceeded quota", BOUNCE_FULL }, { "exceed quota", BOUNCE_FULL },
	{ "exceeds quota", BOUNCE_FULL }, { "mail box space", BOUNCE_FULL }, { "mailbox size limit", BOUNCE_FULL },
	{ "mailbox exceeds", BOUNCE_FULL }, { "mailbox exceeded", BOUNCE_FULL }, { "mailbox has exceeded", BOUNCE_FULL },
	{ "not enough storage", BOUNCE_FULL }, { "not enough disk space", BOUNCE_FULL },
	{ "insufficient disk space", BOUNCE_FULL }, { "insufficient system storage", BOUNCE_FULL },
	{ "no space left", BOUNCE_FULL }, { "out of storage", BOUNCE_FULL }, { "exceeded storage", BOUNCE_FULL },
	{ "postvak is vol", BOUNCE_FULL }, { "postvak vol", BOUNCE_FULL }, { "mailbox is vol", BOUNCE_FULL },
	{ "mailbox vol", BOUNCE_FULL }, { "postbus is vol", BOUNCE_FULL }, { "postfach ist voll", BOUNCE_FULL },
	{ "postfach voll", BOUNCE_FULL }, { "boîte de réception est pleine", BOUNCE_FULL },
	{ "boîte aux lettres est pleine", BOUNCE_FULL }, { "boîte pleine", BOUNCE_FULL },

	{ "message size exceeds", BOUNCE_LARGE }, { "size limit exceeded", BOUNCE_LARGE },
	{ "exceeds maximum message size", BOUNCE_LARGE }, { "exceeds size limit", BOUNCE_LARGE },
	{ "maximum inbound message size", BOUNCE_LARGE }, { "exceeds the maximum size", BOUNCE_LARGE },
	{ "message too large", BOUNCE_LARGE }, { "message is too large", BOUNCE_LARGE },
	{ "message is larger", BOUNCE_LARGE }, { "message too big", BOUNCE_LARGE }, { "message file too big", BOUNCE_LARGE },
	{ "message is too big", BOUNCE_LARGE }, { "message length exceeds", BOUNCE_LARGE },
	{ "bericht is te groot", BOUNCE_LARGE }, { "nachricht ist zu groß", BOUNCE_LARGE }, { "trop volumineux", BOUNCE_LARGE },

	{ "too many connections", BOUNCE_RATE }, { "too many concurrent", BOUNCE_RATE }, { "rate limit", BOUNCE_RATE },
	{ "too many messages", BOUNCE_RATE }, { "sent to too many", BOUNCE_RATE }, { "too many recipients", BOUNCE_RATE },
	{ "unexpected volume", BOUNCE_RATE }, { "throttl", BOUNCE_RATE }, { "frequency limited", BOUNCE_RATE },

	{ "the account or domain may not exist", BOUNCE_HOST },
	{ "spamhaus", BOUNCE_POLICY }, { "spamcop", BOUNCE_POLICY }, { "barracudacentral", BOUNCE_POLICY },
	{ "blacklist", BOUNCE_POLICY }, { "black list", BOUNCE_POLICY }, { "block list", BOUNCE_POLICY },
	{ "blocklist", BOUNCE_POLICY }, { "blocked using", BOUNCE_POLICY }, { "dnsbl", BOUNCE_POLICY },
	{ "dmarc", BOUNCE_POLICY }, { "dkim", BOUNCE_POLICY }, { "sender policy framework", BOUNCE_POLICY },
	{ "spf check", BOUNCE_POLICY }, { "spf fail", BOUNCE_POLICY }, { "spf record", BOUNCE_POLICY },
	{ "reverse dns", BOUNCE_POLICY }, { "reverse lookup", BOUNCE_POLICY }, { "ptr record", BOUNCE_POLICY },
	{ "rdns", BOUNCE_POLICY }, { "ip name lookup failed", BOUNCE_POLICY }, { "no ptr", BOUNCE_POLICY },
	{ "unverifyable sending ip", BOUNCE_POLICY }, { "reputation", BOUNCE_POLICY },
	{ "sender address rejected", BOUNCE_POLICY }, { "sender rejected", BOUNCE_POLICY },
	{ "sender denied", BOUNCE_POLICY }, { "sender domain", BOUNCE_POLICY }, { "domain of sender", BOUNCE_POLICY },
	{ "unroutable sender", BOUNCE_POLICY }, { "unrouteable sender", BOUNCE_POLICY },
	{ "helo command rejected", BOUNCE_POLICY }, { "client host rejected", BOUNCE_POLICY },
	{ "smtp server of your isp", BOUNCE_POLICY }, { "host network not allowed", BOUNCE_POLICY },
	{ "my name was rejected", BOUNCE_POLICY },
	{ "authentication required", BOUNCE_POLICY }, { "not a member of this", BOUNCE_POLICY },

	{ "virus", BOUNCE_SPAM }, { "malware", BOUNCE_SPAM }, { "spam message", BOUNCE_SPAM }, { "looks like spam", BOUNCE_SPAM },
	{ "as spam", BOUNCE_SPAM }, { "is spam", BOUNCE_SPAM }, { "spam content", BOUNCE_SPAM }, { "junk mail", BOUNCE_SPAM },
	{ "bulk email", BOUNCE_SPAM }, { "rejected, ube", BOUNCE_SPAM }, { "unsolicited", BOUNCE_SPAM },

	{ "relaying denied", BOUNCE_RELAY }, { "relay access denied", BOUNCE_RELAY }, { "relay not permitted", BOUNCE_RELAY },
	{ "not permitted to relay", BOUNCE_RELAY }, { "unable to relay", BOUNCE_RELAY }, { "relaying not", BOUNCE_RELAY },
	{ "allowed rcpthosts", BOUNCE_RELAY },

	{ "host not found, try again", BOUNCE_NETWORK }, { "temporary failure in name", BOUNCE_NETWORK },
	{ "host unknown", BOUNCE_HOST }, { "unknown host", BOUNCE_HOST }, { "host not found", BOUNCE_HOST },
	{ "host or domain name not found", BOUNCE_HOST }, { "domain not found", BOUNCE_HOST },
	{ "domain name not found", BOUNCE_HOST }, { "name or service not known", BOUNCE_HOST },
	{ "no such domain", BOUNCE_HOST }, { "non-existent domain", BOUNCE_HOST }, { "nonexistent domain", BOUNCE_HOST },
	{ "non-existent hosts", BOUNCE_HOST }, { "illegal host/domain", BOUNCE_HOST }, { "domain does not exist", BOUNCE_HOST },
	{ "domain is not reachable", BOUNCE_HOST }, { "unrouteable mail domain", BOUNCE_HOST },
	{ "unroutable mail domain", BOUNCE_HOST }, { "does not accept mail", BOUNCE_HOST },
	{ "couldn't find any host", BOUNCE_HOST },

	{ "has moved", BOUNCE_MOVED }, { "has been changed to", BOUNCE_MOVED }, { "is no longer valid", BOUNCE_MOVED },
	{ "new address", BOUNCE_MOVED }, { "no longer available at", BOUNCE_MOVED },
	{ "account is disabled", BOUNCE_SUSPENDED }, { "account has been disabled", BOUNCE_SUSPENDED },
	{ "account disabled", BOUNCE_SUSPENDED }, { "mailbox disabled", BOUNCE_SUSPENDED },
	{ "mailbox is disabled", BOUNCE_SUSPENDED }, { "reach is disabled", BOUNCE_SUSPENDED },
	{ "reach is inactive", BOUNCE_SUSPENDED }, { "account inactive", BOUNCE_SUSPENDED },
	{ "account is inactive", BOUNCE_SUSPENDED }, { "mailbox is inactive", BOUNCE_SUSPENDED },
	{ "mailbox is frozen", BOUNCE_SUSPENDED }, { "account expired", BOUNCE_SUSPENDED },
	{ "account has expired", BOUNCE_SUSPENDED }, { "currently suspended", BOUNCE_SUSPENDED },
	{ "account suspended", BOUNCE_SUSPENDED }, { "has been suspended", BOUNCE_SUSPENDED }, { "deactivated", BOUNCE_SUSPENDED },

	{ "user unknown", BOUNCE_USER }, { "unknown user", BOUNCE_USER }, { "unknown local", BOUNCE_USER },
	{ "no such user", BOUNCE_USER }, { "no such mailbox", BOUNCE_USER }, { "no such recipient", BOUNCE_USER },
	{ "no such person", BOUNCE_USER }, { "no such address", BOUNCE_USER }, { "no such account", BOUNCE_USER },
	{ "no mailbox", BOUNCE_USER }, { "no mail-box", BOUNCE_USER }, { "user not found", BOUNCE_USER },
	{ "recipient not found", BOUNCE_USER }, { "not listed in", BOUNCE_USER }, { "not found in directory", BOUNCE_USER },
	{ "couldn't find any", BOUNCE_USER }, { "invalid recipient", BOUNCE_USER }, { "recipientnotfound", BOUNCE_USER }, { "invalid mailbox", BOUNCE_USER },
	{ "invalid user", BOUNCE_USER }, { "invalid final delivery userid", BOUNCE_USER },
	{ "bad destination mailbox", BOUNCE_USER }, { "unknown recipient", BOUNCE_USER }, { "unknown account", BOUNCE_USER },
	{ "unknown or illegal", BOUNCE_USER }, { "recipient unknown", BOUNCE_USER },
	{ "recipient address unknown", BOUNCE_USER }, { "recipient name is not recognized", BOUNCE_USER },
	{ "address rejected: access denied", BOUNCE_USER }, // a cloud that knows its recipients
	{ "user doesn't have a", BOUNCE_USER }, { "not a registered", BOUNCE_USER },
	{ "mailbox unknown", BOUNCE_USER }, { "mailbox not found", BOUNCE_USER }, { "mailbox not present", BOUNCE_USER },
	{ "this account does not", BOUNCE_USER }, { "not a known user", BOUNCE_USER }, { "not a valid mailbox", BOUNCE_USER },
	{ "not a valid user", BOUNCE_USER }, { "isn't in my", BOUNCE_USER }, { "addressee unknown", BOUNCE_USER },
	{ "destination addresses were unknown", BOUNCE_USER }, { "delivery failed, recipient", BOUNCE_USER },
	{ "unrouteable address", BOUNCE_USER }, { "no valid recipients", BOUNCE_USER },
	{ "gebruiker onbekend", BOUNCE_USER }, { "onbekende gebruiker", BOUNCE_USER }, { "adres bestaat niet", BOUNCE_USER },
	{ "benutzer unbekannt", BOUNCE_USER }, { "unbekannter benutzer", BOUNCE_USER },
	{ "empfänger unbekannt", BOUNCE_USER }, { "utilisateur inconnu", BOUNCE_USER },
	{ "destinataire inconnu", BOUNCE_USER },

	{ "mail loop", BOUNCE_NETWORK }, { "routing loop", BOUNCE_NETWORK }, { "too many hops", BOUNCE_NETWORK },
	{ "hop count", BOUNCE_NETWORK }, { "loops back to myself", BOUNCE_NETWORK },
	{ "connection refused", BOUNCE_NETWORK }, { "network is unreachable", BOUNCE_NETWORK },
	{ "no route to host", BOUNCE_NETWORK }, { "could not find a gateway", BOUNCE_NETWORK },
	{ "establish an smtp connection", BOUNCE_NETWORK }, { "lookup failure", BOUNCE_NETWORK },
	{ "header error", BOUNCE_CONTENT }, { "addresses in from: header", BOUNCE_CONTENT }, { "bad header", BOUNCE_CONTENT }, { "rfc 5322", BOUNCE_CONTENT },
	{ "rfc 2822", BOUNCE_CONTENT }, { "illegal attachment", BOUNCE_CONTENT },
	{ "sequence of commands", BOUNCE_SYSTEM }, { "syntax error", BOUNCE_SYSTEM }, { "command not recognized", BOUNCE_SYSTEM },
	{ "unable to contact ldap", BOUNCE_SYSTEM }, { "local configuration error", BOUNCE_SYSTEM },
	{ "can't create user output file", BOUNCE_SYSTEM }, { "command died", BOUNCE_SYSTEM },
	{ "command failed", BOUNCE_SYSTEM }, { "insufficient permission", BOUNCE_SYSTEM },

	{ "retry timeout exceeded", BOUNCE_EXPIRED }, { "retry time not reached", BOUNCE_EXPIRED },
	{ "failing for a long time", BOUNCE_EXPIRED }, { "delivery time expired", BOUNCE_EXPIRED },
	{ "message expired", BOUNCE_EXPIRED }, { "delivery expired", BOUNCE_EXPIRED },
	{ "could not be delivered for", BOUNCE_EXPIRED }, { "retried too", BOUNCE_EXPIRED },
	{ "cannot send message for", BOUNCE_EXPIRED }, { "queue too long", BOUNCE_EXPIRED },
};

// By code (RFC 3463, 3; the registry of enhanced status codes): behind "5." or "4.".
static const struct row codes[] = {
	{ "1.1", BOUNCE_USER },    { "1.2", BOUNCE_HOST },    { "1.3", BOUNCE_USER },    { "1.4", BOUNCE_USER },
	{ "1.6", BOUNCE_MOVED },   { "1.7", BOUNCE_POLICY },  { "1.8", BOUNCE_POLICY },  { "1.10", BOUNCE_USER },
	{ "2.2", BOUNCE_FULL },    { "2.3", BOUNCE_LARGE },   { "2.4", BOUNCE_USER },    { "3.1", BOUNCE_FULL },
	{ "3.2", BOUNCE_SYSTEM },  { "3.4", BOUNCE_LARGE },   { "3.5", BOUNCE_SYSTEM },  { "4.1", BOUNCE_NETWORK },
	{ "4.2", BOUNCE_NETWORK }, { "4.3", BOUNCE_SYSTEM },  { "4.4", BOUNCE_NETWORK }, { "4.5", BOUNCE_RATE },
	{ "4.6", BOUNCE_NETWORK }, { "4.7", BOUNCE_EXPIRED }, { "5.3", BOUNCE_RATE },    { "7.13", BOUNCE_SUSPENDED },
	{ "7.28", BOUNCE_RATE },
};

// Where the code says nothing: words that mostly mean this.
static const struct row vague[] = {
	{ "quota", BOUNCE_FULL }, { "exceeded the local limit", BOUNCE_FULL }, { "too big", BOUNCE_LARGE },
	{ "spam", BOUNCE_SPAM }, { "excessive", BOUNCE_RATE },
	{ "does not exist", BOUNCE_USER }, { "doesn't exist", BOUNCE_USER }, { "invalid address", BOUNCE_USER },
	{ "bad address", BOUNCE_USER }, { "unknown address", BOUNCE_USER }, { "address unknown", BOUNCE_USER },
	{ "no user ", BOUNCE_USER }, { "is not a valid", BOUNCE_USER }, { "bestaat niet", BOUNCE_USER },
	{ "existiert nicht", BOUNCE_USER }, { "n'existe pas", BOUNCE_USER }, { "inactive", BOUNCE_SUSPENDED },
	{ "suspended", BOUNCE_SUSPENDED }, { "domain does not", BOUNCE_HOST },
	{ "will not continue trying", BOUNCE_EXPIRED }, { "will be deleted from queue", BOUNCE_EXPIRED },
	{ "connection timed out", BOUNCE_EXPIRED }, { "timed out", BOUNCE_NETWORK }, { "lost connection", BOUNCE_NETWORK },
	{ "connection lost", BOUNCE_NETWORK }, { "not responding", BOUNCE_NETWORK }, { "unable to connect", BOUNCE_NETWORK },
	{ "could not connect", BOUNCE_NETWORK }, { "couldn't connect", BOUNCE_NETWORK }, { "connection reset", BOUNCE_NETWORK },
	{ "unreachable", BOUNCE_NETWORK },
	{ "service currently unavailable", BOUNCE_SYSTEM }, { "system error", BOUNCE_SYSTEM }, { "internal error", BOUNCE_SYSTEM },
	{ "pipe to", BOUNCE_SYSTEM }, { "procmail", BOUNCE_SYSTEM }, { "content", BOUNCE_CONTENT },
	{ "service unavailable", BOUNCE_SYSTEM }, { "not authorized", BOUNCE_POLICY }, { "access denied", BOUNCE_POLICY },
	{ "denied", BOUNCE_POLICY }, { "prohibited", BOUNCE_POLICY }, { "not allowed", BOUNCE_POLICY },
	{ "not accepted", BOUNCE_POLICY }, { "rejected", BOUNCE_POLICY }, { "refused", BOUNCE_POLICY },
	{ "blocked", BOUNCE_POLICY }, { "policy", BOUNCE_POLICY }, { "permission", BOUNCE_POLICY },
};

// The class of the code (its middle number), and codes of SMTP, where nothing else was said.
static const struct row classes[] = {
	{ "3.", BOUNCE_SYSTEM }, { "4.", BOUNCE_NETWORK }, { "5.", BOUNCE_SYSTEM }, { "6.", BOUNCE_CONTENT }, { "7.", BOUNCE_POLICY },
};
static const struct {
	unsigned code;
	enum bounce_reason reason;
} replies[] = {
	{ 421, BOUNCE_NETWORK }, { 452, BOUNCE_FULL }, { 500, BOUNCE_SYSTEM }, { 501, BOUNCE_SYSTEM }, { 502, BOUNCE_SYSTEM },
	{ 503, BOUNCE_SYSTEM }, { 504, BOUNCE_SYSTEM }, { 521, BOUNCE_HOST }, { 552, BOUNCE_FULL }, { 556, BOUNCE_HOST },
};
// clang-format on

static enum bounce_reason by_words(const struct row *rows, size_t n, struct str folded)
{
	for (size_t i = 0; i < n; i++)
		if (bounce_holds(folded, str_of(rows[i].words)))
			return rows[i].reason;
	return BOUNCE_UNSAID;
}

static struct str tail_of(struct str status)
{
	bool refuses = str_has_prefix(status, S("5.")) || str_has_prefix(status, S("4."));

	return refuses ? str_from(status, 2) : (struct str){ 0 };
}

static enum bounce_reason by_code(struct str tail)
{
	for (size_t i = 0; i < COUNTOF(codes); i++)
		if (str_eq(tail, str_of(codes[i].words)))
			return codes[i].reason;
	return BOUNCE_UNSAID;
}

static enum bounce_reason by_class(struct str tail, unsigned code)
{
	for (size_t i = 0; i < COUNTOF(classes); i++)
		if (str_has_prefix(tail, str_of(classes[i].words)))
			return classes[i].reason;
	for (size_t i = 0; i < COUNTOF(replies); i++)
		if (code == replies[i].code)
			return replies[i].reason;
	return BOUNCE_UNSAID;
}

enum bounce_reason bounce_reason_of(struct str status, unsigned code, struct str says,
				    struct arena *a)
{
	char *mark = arena_mark(a);
	struct str folded = bounce_fold(says, a), tail = tail_of(status);
	enum bounce_reason reason = by_words(plain, COUNTOF(plain), folded);

	if (reason == BOUNCE_UNSAID)
		reason = by_code(tail);
	if (reason == BOUNCE_UNSAID)
		reason = by_words(vague, COUNTOF(vague), folded);
	if (reason == BOUNCE_UNSAID)
		reason = by_class(tail, code);
	arena_back(a, mark);
	return reason;
}
