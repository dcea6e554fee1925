#include "codec/mail/header.h"

#include "base/time.h"
#include "base/utf8.h"
#include "base/zone.h"
#include "codec/mail/header_word.h"

// Words that must be encoded are so together with all that stand between them, since a blank
// between two encoded words is none.
void header_text(struct buf *b, const char *name, struct str value)
{
	char room[HEADER_MAX_VALUE];
	struct buf clean = BUF_ON(room);
	struct header_line h = header_begin(b, name);
	struct str rest, encoded;
	size_t first, last = 0;

	header_clean(value, &clean);
	first = clean.n;
	for (rest = buf_view(&clean); rest.n > 0;) {
		const size_t at = clean.n - rest.n;
		struct str word = str_cut(&rest, ' ');

		if (header_word_plain(word))
			continue;
		first = first < at ? first : at;
		last = at + word.n;
	}
	rest = str_first(buf_view(&clean), first);
	while (rest.n > 0)
		header_word(&h, str_cut(&rest, ' '));
	encoded = str_first(str_from(buf_view(&clean), first), last > first ? last - first : 0);
	header_encoded(&h, encoded);
	rest = str_from(buf_view(&clean), first + encoded.n);
	if (str_starts(rest, ' '))
		str_skip(&rest, 1);
	while (rest.n > 0)
		header_word(&h, str_cut(&rest, ' '));
	header_end(&h);
}

static bool all_of(struct str s, struct str others)
{
	for (size_t i = 0; i < s.n; i++) {
		const char c = s.p[i], low = ascii_lower(c);

		if (!(low >= 'a' && low <= 'z') && !(c >= '0' && c <= '9') && !str_has(others, c))
			return false;
	}
	return s.n > 0;
}

#define ATOM "!#$%&'*+-/=?^_`{|}~" // RFC 5322, 3.2.3

bool header_address_good(struct str address)
{
	struct str domain = address, local = str_cut(&domain, '@');

	return address.n <= HEADER_MAX_ADDRESS && all_of(local, S(ATOM ".")) &&
	       all_of(domain, S("-.")) && !str_starts(local, '.') &&
	       !str_has_suffix(local, S(".")) && !str_contains(address, S(".."));
}

// "quoted", with what ends or escapes it escaped.
static void quoted(struct str s, struct buf *out)
{
	buf_char(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_char(out, '\\');
		buf_char(out, s.p[i]);
	}
	buf_char(out, '"');
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	return true;
}

static void display_name(struct header_line *h, struct str name)
{
	char room[HEADER_MAX_VALUE], quotes[2 * HEADER_MAX_WORD + 2];
	struct buf clean = BUF_ON(room), in_quotes = BUF_ON(quotes);
	struct str s;

	header_clean(name, &clean);
	s = buf_view(&clean);
	if (s.n == 0)
		return;
	if (!is_ascii(s) || s.n > HEADER_MAX_WORD || str_contains(s, S("=?"))) {
		header_encoded(h, s);
	} else if (!all_of(s, S(ATOM " "))) {
		quoted(s, &in_quotes);
		header_word(h, buf_view(&in_quotes));
	} else {
		while (s.n > 0)
			header_word(h, str_cut(&s, ' '));
	}
}

bool header_mailboxes(struct buf *b, const char *name, const struct header_mailbox *at, size_t n,
		      struct err *e)
{
	struct header_line h;

	for (size_t i = 0; i < n; i++)
		if (!header_address_good(at[i].address))
			return err_set(e, ERR_INPUT,
				       "%s: address %zu is not one that can be written to: it must "
				       "be NAME@DOMAIN in ASCII, without quotes and blanks",
				       name, i + 1);
	h = header_begin(b, name);
	for (size_t i = 0; i < n; i++) {
		char room[HEADER_MAX_ADDRESS + sizeof "<>,"];
		struct buf word = BUF_ON(room);

		display_name(&h, at[i].name);
		buf_char(&word, '<');
		buf_str(&word, at[i].address);
		buf_str(&word, i + 1 < n ? S(">,") : S(">"));
		header_word(&h, buf_view(&word));
	}
	header_end(&h);
	return true;
}

void header_date(struct buf *b, const char *name, int64_t t, int64_t ahead)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	const long long minutes = (ahead < 0 ? -ahead : ahead) / TIME_MINUTE;
	const int64_t wall = t + ahead;
	char text[TIME_TEXT];

	time_write(wall, text); // "2026-11-25T21:07:46"
	buf_fmt(b, "%s: %s, %.2s %s %.4s %.8s %c%02lld%02lld\r\n", name, days[zone_weekday(wall)],
		text + 8, months[(text[5] - '0') * 10 + text[6] - '1'], text, text + 11,
		ahead < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

bool header_id_good(struct str id)
{
	for (size_t i = 0; i < id.n; i++)
		if (id.p[i] <= ' ' || id.p[i] > '~' || id.p[i] == '<' || id.p[i] == '>')
			return false;
	return id.n > 0 && id.n <= HEADER_MAX_ID;
}

void header_ids(struct buf *b, const char *name, const struct str *ids, size_t n)
{
	struct header_line h = { 0 };

	for (size_t i = 0; i < n; i++) {
		char room[HEADER_MAX_ID + sizeof "<>"];
		struct buf word = BUF_ON(room);

		// what a thread began with, and what was last said in it
		if (!header_id_good(ids[i]) || (i > 0 && i + HEADER_MAX_IDS <= n))
			continue;
		if (h.b == NULL)
			h = header_begin(b, name);
		buf_char(&word, '<');
		buf_str(&word, ids[i]);
		buf_char(&word, '>');
		header_word(&h, buf_view(&word));
	}
	if (h.b != NULL)
		header_end(&h);
}

// An extended value (RFC 2231, 4): name*=UTF-8''…; in pieces (3) where it is long.
static void extended(struct header_line *h, const char *name, struct str value, const char *end)
{
	static const char digits[] = "0123456789ABCDEF";
	const bool long_one = str_of(name).n + sizeof "*=UTF-8'';" + 3 * value.n > HEADER_WIDTH;

	for (size_t piece = 0; piece == 0 || value.n > 0; piece++) {
		char room[HEADER_WIDTH + 8];
		struct buf word = BUF_ON(room);

		buf_str(&word, str_of(name));
		if (long_one)
			buf_fmt(&word, "*%zu", piece);
		buf_str(&word, piece == 0 ? S("*=UTF-8''") : S("*="));
		while (value.n > 0 && word.n + 3 < HEADER_WIDTH - 1) {
			const unsigned char c = (unsigned char)value.p[0];

			if (all_of(str_first(value, 1), S("-._")))
				buf_char(&word, (char)c);
			else
				buf_add(&word, (char[]){ '%', digits[c >> 4], digits[c & 15] }, 3);
			str_skip(&value, 1);
		}
		buf_str(&word, value.n > 0 ? S(";") : str_of(end));
		header_word(h, buf_view(&word));
	}
}

// "name" and "filename" are names of a file.
static bool names_file(const char *name)
{
	return str_has_suffix(str_of(name), S("name"));
}

static void parameter(struct header_line *h, const struct header_parameter *p, const char *end)
{
	char room[HEADER_MAX_VALUE], plain[2 * HEADER_MAX_WORD + 64];
	struct buf clean = BUF_ON(room), word = BUF_ON(plain);
	struct str value;

	header_clean(p->value, &clean);
	for (size_t i = 0; i < clean.n && names_file(p->name); i++)
		if (room[i] == '/' || room[i] == '\\')
			room[i] = '_';
	value = buf_view(&clean);
	// readers do not agree on quotes in quotes
	if (!is_ascii(value) || value.n > HEADER_MAX_WORD || str_has(value, '"') ||
	    str_contains(value, S("=?"))) {
		extended(h, p->name, value, end);
		return;
	}
	buf_str(&word, str_of(p->name));
	buf_char(&word, '=');
	quoted(value, &word);
	buf_str(&word, str_of(end));
	header_word(h, buf_view(&word));
}

void header_parameters(struct buf *b, const char *name, struct str value,
		       const struct header_parameter *at, size_t n)
{
	struct header_line h = header_begin(b, name);

	header_word(&h, value);
	if (n > 0) {
		buf_char(b, ';');
		h.column++;
	}
	for (size_t i = 0; i < n; i++)
		parameter(&h, &at[i], i + 1 < n ? ";" : "");
	header_end(&h);
}
