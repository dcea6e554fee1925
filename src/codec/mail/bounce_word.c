#include "codec/mail/bounce_word.h"

#include "base/buf.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// ---- words

// "<a@b.example>..." is dropped up to the last letter of the address.
static size_t address_end(struct str word)
{
	size_t n = 0;

	for (size_t i = 0; i < word.n; i++)
		if (is_letter(word.p[i]) || is_digit(word.p[i]) || word.p[i] == '@')
			n = i + 1;
	return n;
}

struct str bounce_fold(struct str says, struct arena *a)
{
	struct str s = str_first(says, BOUNCE_WORDS);
	char *room = arena_new(a, char, s.n + 1);
	struct buf b = { .p = room, .cap = s.n + 1 };

	while (s.n > 0) {
		struct str word = s;
		size_t n = 0;

		while (n < s.n && !is_blank(s.p[n]))
			n++;
		word = str_first(s, n);
		if (str_has(word, '@'))
			word = str_from(word, address_end(word));
		for (size_t i = 0; i < word.n; i++)
			buf_char(&b, ascii_lower(word.p[i]));
		str_skip(&s, n);
		if (s.n > 0)
			str_skip(&s, 1);
		if (b.n > 0 && b.p[b.n - 1] != ' ' && s.n > 0)
			buf_char(&b, ' ');
	}
	return buf_view(&b);
}

bool bounce_holds(struct str folded, struct str words)
{
	const char *at = folded.p;

	for (struct str rest = folded; words.n > 0 && rest.n >= words.n;) {
		at = memmem(rest.p, rest.n, words.p, words.n);
		if (at == NULL)
			return false;
		if (at == folded.p || !(is_letter(at[-1]) || is_digit(at[-1])))
			return true;
		rest = str_from(rest, (size_t)(at - rest.p) + 1);
	}
	return false;
}

// ---- codes

// "5.1.1", or "4.4.10": with nothing that goes on. The one in the middle is 0 to 7, which keeps most
// versions of programs out ("4.92.3").
static size_t status_at(struct str s)
{
	size_t n = 4;

	if (s.n < 5 || !str_has(S("245"), s.p[0]) || s.p[1] != '.' || s.p[2] < '0' ||
	    s.p[2] > '7' || s.p[3] != '.')
		return 0;
	while (n < s.n && n < 7 && is_digit(s.p[n]))
		n++;
	if (n == 4 || (n < s.n && is_digit(s.p[n])))
		return 0;
	return n + 1 < s.n && s.p[n] == '.' && is_digit(s.p[n + 1]) ? 0 : n;
}

static bool begins_number(struct str all, size_t i)
{
	char before = i > 0 ? all.p[i - 1] : ' ';

	return !is_digit(before) && !is_letter(before) && !str_has(S(".-/=@"), before);
}

// "550 ", "550-", "(550)": 4xx and 5xx that servers give (RFC 5321, 4.2.3; the registry of RFC 5248).
static unsigned reply_at(struct str s)
{
	char second = s.n >= 3 ? s.p[1] : '9';

	if ((s.p[0] != '4' && s.p[0] != '5') || second < '0' || second > '7' || second == '6' ||
	    !is_digit(s.p[2]) || (s.n > 3 && !str_has(S(" -\r\n\t),;:'\"]<"), s.p[3])))
		return 0;
	return (unsigned)(s.p[0] - '0') * 100 + (unsigned)(second - '0') * 10 +
	       (unsigned)(s.p[2] - '0');
}

// Behind "550", as in "550 5.1.1", "550-5.1.1", "550-'5.1.1", "550 #5.1.1".
static struct str status_behind(struct str s)
{
	size_t i = 3, n;

	while (i < s.n && i < 6 && str_has(S(" -'#("), s.p[i]))
		i++;
	n = status_at(str_from(s, i));
	return str_first(str_from(s, i), n);
}

struct code {
	struct str status;
	unsigned reply;
};

static struct code find(struct str says)
{
	struct code first = { 0 };

	for (size_t i = 0; i + 3 <= says.n; i++) {
		struct str at = str_from(says, i);
		unsigned reply;

		if (!is_digit(at.p[0]) || !begins_number(says, i))
			continue;
		reply = reply_at(at);
		if (reply > 0 && status_behind(at).n > 0)
			return (struct code){ status_behind(at), reply };
		if (first.reply == 0)
			first.reply = reply;
		if (first.status.n == 0)
			first.status = str_first(at, status_at(at));
	}
	return first;
}

struct str bounce_status_in(struct str says)
{
	return find(says).status;
}

unsigned bounce_reply_in(struct str says)
{
	return find(says).reply;
}
