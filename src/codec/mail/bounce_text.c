#include "codec/mail/bounce_text.h"

#include "codec/mail/auto.h"
#include "codec/mail/bounce_word.h"
#include "codec/mail/mime_read.h"

enum { TO = 1024 }; // bytes of a bounce's own recipients that are looked at

// ---- sentences

static bool any_holds(struct str folded, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bounce_holds(folded, str_of(words[i])))
			return true;
	return false;
}

bool bounce_text_opens(struct str folded)
{
	static const char *const words[] = {
		"created automatically by mail delivery software",
		"automatically generated delivery status",
		"have to inform you that your message",
		"have to inform you that the message",
		"able to deliver your message",
		"unable to deliver your message",
		"unable to deliver message",
		"could not deliver your message",
		"trouble delivering your message",
		"error delivering your mail",
		"error occurred while trying to deliver",
		"error has occurred while attempting to deliver",
		"has failed to these recipients",
		"delivery to the following",
		"delevery to the following",
		"your message to the following",
		"following addresses had",
		"following address(es) failed",
		"following address failed",
		"did not reach the following recipient",
		"undeliverable to the following",
		"message could not be delivered",
		"message could not be sent",
		"message has not been delivered",
		"message was not delivered",
		"mail could not be delivered",
		"could not be delivered to",
		"was not delivered to",
		"cannot be delivered to",
		"couldn't be delivered to",
		"was undeliverable",
		"email you sent was rejected",
		"message to the address below",
		"invalid user address error message below",
		"not a member of this mailing list",
		"duplicated message-id in",
		"bericht is niet bezorgd",
		"bericht kan niet worden bezorgd",
		"bericht kon niet worden bezorgd",
		"bericht kon niet worden afgeleverd",
		"konnte nicht zugestellt werden",
		"wurde nicht zugestellt",
		"n'a pas pu être remis",
		"n'a pas été remis",
		"n'a pu être remis",
	};

	return any_holds(folded, words, COUNTOF(words));
}

bool bounce_text_waits(struct str folded)
{
	static const char *const words[] = { "will be retried",        "will keep trying",
					     "still being retried",    "warning message only",
					     "do not need to resend",  "no need to resend",
					     "only a warning",         "has not yet been delivered",
					     "not yet been delivered", "will continue trying",
					     "attempts will continue", "continue to attempt",
					     "still trying to deliver" };

	return any_holds(folded, words, COUNTOF(words));
}

// ---- what came back

// In lower case; "-- Original message --" begins so, too.
static bool begins_sent(struct str line)
{
	static const char *const marks[] = {
		"below this line is a copy",
		"below is a copy of the original",
		"original message",
		"original mail as follows",
		"this is a copy of the message",
		"the header of the original message",
		"the headers of the message",
		"header of the mail",
		"message header follows",
		"message headers follow",
		"message body follows",
		"message text follows",
		"unsent message follows",
		"undelivered message follows",
		"copy of original message follows",
		"enclosed is a copy",
		"included is a copy of the message",
		"returned message",
		"your original message:",
		"the text of the",
		"bounced e-mail",
		"mensagem original abaixo",
		"content-type: message/rfc822",
		"received:",
	};

	while (line.n > 0 && str_has(S("-=*# \t"), line.p[0]))
		str_skip(&line, 1);
	for (size_t i = 0; i < COUNTOF(marks); i++)
		if (str_eq_nocase(str_first(line, strlen(marks[i])), str_of(marks[i])))
			return true;
	return false;
}

static bool is_field(struct str line)
{
	struct str name = str_cut(&line, ':');

	return line.p != NULL && line.n > 0 && name.n > 1 && !str_has(name, ' ');
}

struct bounce_text bounce_text_cut(struct str text)
{
	struct str rest = str_first(text, BOUNCE_TEXT);

	while (rest.n > 0) {
		struct str all = rest, line = str_cut(&rest, '\n');
		const char *mark = line.p;

		if (!begins_sent(line))
			continue;
		while (all.n > 0 && (!is_field(str_trim(line)) || begins_sent(line)) &&
		       !str_eq_nocase(str_first(line, 9), S("received:"))) {
			all = rest;
			line = str_cut(&rest, '\n');
		}
		return (struct bounce_text){ { text.p, (size_t)(mark - text.p) }, all };
	}
	return (struct bounce_text){ str_first(text, BOUNCE_TEXT), { 0 } };
}

// ---- of whom

static bool is_of_address(char c)
{
	char low = ascii_lower(c);

	return (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80 ||
	       str_has(S("@._%+-=!#$&'*/?^{|}~"), c);
}

// The address with which the line begins, behind "<", a quote or a bullet. Empty: none.
static struct str address_first(struct str line)
{
	size_t n = 0, at = 0;

	while (line.n > 0 && str_has(S(" \t<>\"'*-"), line.p[0]))
		str_skip(&line, 1);
	while (n < line.n && is_of_address(line.p[n])) {
		at = line.p[n] == '@' ? n : at;
		n++;
	}
	while (n > 0 && str_has(S(".'"), line.p[n - 1]))
		n--;
	return at > 0 && at + 1 < n ? str_first(line, n) : (struct str){ 0 };
}

static bool is_known(const struct bounce *b, struct str address)
{
	LIST_EACH (const struct bounce_recipient, x, &b->of)
		if (str_eq_nocase(x->address, address))
			return true;
	return false;
}

// Nor is a server one who did not get it; nor, mostly, is who wrote what came back (`to`).
static bool is_recipient(struct str to, struct str address)
{
	struct str other;

	while (mime_next_address(&to, &other))
		if (str_eq_nocase(address, other))
			return false;
	return !auto_is_daemon(address);
}

// The words from a line that begins with an address to the next such line, which *rest is then at.
static struct str take_words(struct str *rest)
{
	struct str all = *rest;

	str_cut(rest, '\n');
	while (rest->n > 0) {
		struct str next = *rest;

		if (address_first(str_cut(&next, '\n')).n > 0)
			break;
		*rest = next;
	}
	return str_first(all, all.n - rest->n);
}

static void add(struct bounce *out, struct arena *a, struct str address, struct str says)
{
	if (out->of.count < BOUNCE_RECIPIENTS && !is_known(out, address))
		*list_add(&out->of, a) = (struct bounce_recipient){
			.address = address,
			.says = str_trim(says),
			.status = bounce_status_in(says),
			.code = bounce_reply_in(says),
		};
}

static bool add_first(struct str to, struct str says, struct arena *a, struct bounce *out)
{
	struct str rest = says;

	while (rest.n > 0) {
		struct str line = rest, address;

		str_cut(&line, '\n');
		address = address_first(str_first(rest, rest.n - line.n));
		if (address.n == 0 || !is_recipient(to, address))
			rest = line;
		else
			add(out, a, address, take_words(&rest));
	}
	return out->of.count > 0;
}

static bool address_within(struct str to, struct str line, struct str *out)
{
	while (line.n > 0) {
		struct str word = str_cut(&line, ' '), at = word;

		if (str_has(word, '@') && str_has(word, ':')) // "TO:<a@b.example>"
			str_cut(&at, ':');
		*out = address_first(str_has(at, '@') ? at : word);
		if (out->n > 0 && is_recipient(to, *out))
			return true;
	}
	return false;
}

// Somewhere in a line: first in one that says of whom it is.
static bool add_within(struct str to, struct str says, struct arena *a, struct bounce *out)
{
	static const char *const names[] = { "rcpt", "delivered to", "recipient", "addressed to",
					     "message to" };

	for (unsigned pass = 0; pass < 2; pass++)
		for (struct str rest = says, address; rest.n > 0;) {
			struct str line = str_cut(&rest, '\n');
			char *mark = arena_mark(a);
			bool named = str_has(line, '@') &&
				     any_holds(bounce_fold(line, a), names, COUNTOF(names));

			arena_back(a, mark);
			if ((pass > 0 || named) && address_within(to, line, &address)) {
				add(out, a, address, says);
				return true;
			}
		}
	return false;
}

void bounce_text_recipients(const struct heard_whole *h, struct str says, struct arena *a,
			    struct bounce *out)
{
	const struct str to = str_first(h->field[HEARD_TO], TO), nobody = { 0 };

	if (add_first(to, says, a, out) || add_within(to, says, a, out))
		return;
	(void)(add_first(nobody, says, a, out) || add_within(nobody, says, a, out)); // to oneself
}

struct str bounce_text_about(struct str says, struct str address)
{
	while (says.n > 0) {
		struct str line = says;

		str_cut(&line, '\n');
		if (str_eq_nocase(address_first(str_first(says, says.n - line.n)), address))
			return take_words(&says);
		says = line;
	}
	return (struct str){ 0 };
}
