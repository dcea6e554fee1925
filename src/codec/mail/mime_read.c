#include "codec/mail/mime_read.h"

#include "base/buf.h"
#include "base/time_format.h"
#include "codec/text/base64.h"

// ---- mailboxes

static bool mbox_line(struct str s)
{
	return str_has_prefix(s, S("From "));
}

bool mbox_is(struct str bytes)
{
	return mbox_line(bytes);
}

bool mbox_next(struct str *rest, struct str *mail)
{
	struct str all = *rest;
	size_t at = 0;
	bool blank = false; // the line before was

	if (rest->n == 0)
		return false;
	if (mbox_line(all)) {
		str_cut(rest, '\n');
		all = *rest;
	}
	while (at < all.n) {
		struct str line = str_from(all, at);
		const char *end = memchr(line.p, '\n', line.n);

		if (blank && mbox_line(line))
			break;
		line.n = end != NULL ? (size_t)(end - line.p) + 1 : line.n;
		blank = str_trim(line).n == 0;
		at += line.n;
	}
	*mail = str_first(all, at);
	*rest = at < all.n ? str_from(all, at) : (struct str){ 0 };
	return true;
}

// ---- fields

struct mime_cut mime_cut(struct str mail)
{
	struct str rest = mail;

	while (rest.n > 0) {
		const char *at = rest.p;

		if (str_trim(str_cut(&rest, '\n')).n == 0)
			return (struct mime_cut){ { mail.p, (size_t)(at - mail.p) }, rest };
	}
	return (struct mime_cut){ mail, { 0 } };
}

static bool goes_on(struct str s)
{
	return str_starts(s, ' ') || str_starts(s, '\t');
}

bool mime_next_field(struct str *head, struct str *name, struct str *value)
{
	const char *start = head->p;
	struct str line;

	if (str_trim(str_first(*head, 1)).n == 0 && !goes_on(*head))
		return false;
	line = str_cut(head, '\n');
	while (goes_on(*head))
		line = str_cut(head, '\n');
	*value = (struct str){ start, (size_t)(line.p + line.n - start) };
	if (value->n > 0 && value->p[value->n - 1] == '\r')
		value->n--;
	start = value->p + value->n;
	*name = str_trim(str_cut(value, ':'));
	if (value->p == NULL)
		value->p = start;
	return true;
}

// Its lines as one: what ends a line is gone, and the blank before the next one stays.
static struct str unfold(struct str s, struct arena *a)
{
	char *out;
	size_t n = 0;

	if (!str_has(s, '\n') && !str_has(s, '\r'))
		return s;
	out = arena_new(a, char, s.n);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\n' && s.p[i] != '\r')
			out[n++] = s.p[i];
	return (struct str){ out, n };
}

struct str mime_field(struct str head, struct str name, struct arena *a)
{
	while (head.n > 0) {
		struct str field = head, key;

		str_cut(&head, '\n');
		while (goes_on(head))
			str_cut(&head, '\n');
		field.n -= head.n;
		key = str_cut(&field, ':');
		if (str_eq_nocase(str_trim(key), name))
			return unfold(str_trim(field), a);
	}
	return (struct str){ 0 };
}

bool mime_is(struct str bytes)
{
	static const char *const wanted[] = { "date", "from" };
	struct str head = mime_cut(bytes).head;
	unsigned found = 0;

	while (head.n > 0) {
		struct str line = str_cut(&head, '\n'), key = str_cut(&line, ':');

		for (unsigned i = 0; i < COUNTOF(wanted); i++)
			found |= (unsigned)str_eq_nocase(key, str_of(wanted[i])) << i;
	}
	return found == (1u << COUNTOF(wanted)) - 1;
}

// ---- words

static int hex(char c)
{
	char lower = ascii_lower(c);

	return c >= '0' && c <= '9'           ? c - '0'
	       : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10
					      : -1;
}

// Quoted-printable, or what RFC 2047 makes of it (`word`: _ is a blank). Into out, which has room
// for s.n bytes.
static size_t quoted(struct str s, bool word, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		size_t left = s.n - i - 1;
		bool soft = left > 0 && (s.p[i + 1] == '\n' ||
					 (left > 1 && s.p[i + 1] == '\r' && s.p[i + 2] == '\n'));

		if (s.p[i] == '=' && soft) {
			i += s.p[i + 1] == '\n' ? 1 : 2;
		} else if (s.p[i] == '=' && left > 1 && hex(s.p[i + 1]) >= 0 &&
			   hex(s.p[i + 2]) >= 0) {
			out[n++] = (char)(hex(s.p[i + 1]) << 4 | hex(s.p[i + 2]));
			i += 2;
		} else {
			out[n++] = word && s.p[i] == '_' ? ' ' : s.p[i];
		}
	}
	return n;
}

// "=?utf-8?Q?…?=", or "=?utf-8*nl?Q?…?=" (RFC 2231, 5).
size_t mime_word(struct str s, struct str *charset, char *out, size_t *n)
{
	struct str rest = s, how, text;

	if (!str_has_prefix(s, S("=?")))
		return 0;
	str_skip(&rest, 2);
	how = str_cut(&rest, '?');
	*charset = str_cut(&how, '*');
	how = str_cut(&rest, '?');
	text = str_cut(&rest, '?');
	if (!str_starts(rest, '=') || how.n != 1 || str_has(text, ' '))
		return 0;
	if (ascii_lower(how.p[0]) == 'q') {
		*n = quoted(text, true, out);
	} else {
		while (str_has_suffix(text, S("="))) // some write one too many
			text.n--;
		if (ascii_lower(how.p[0]) != 'b' || !base64_read(text, out, n))
			return 0;
	}
	return s.n - rest.n + 1;
}

struct str mime_words(struct str s, struct arena *a)
{
	size_t n = 0, after = 0; // behind the last encoded word, and the blanks that followed it
	struct str charset;
	char *out;

	if (!str_contains(s, S("=?")))
		return s;
	out = arena_new(a, char, s.n);
	while (s.n > 0) {
		size_t got, used = mime_word(s, &charset, out + n, &got);

		if (used > 0 && after > 0) { // blanks between two are none
			memmove(out + after - 1, out + n, got);
			n = after - 1;
		}
		if (used > 0)
			after = (n += got) + 1;
		else if ((out[n++] = s.p[0]) != ' ' && s.p[0] != '\t')
			after = 0;
		str_skip(&s, used > 0 ? used : 1);
	}
	return (struct str){ out, n };
}

struct str mime_value(struct str value)
{
	return str_trim(str_cut(&value, ';'));
}

// The next of "; a=b; c="d;e"", with its quotes.
static struct str next_parameter(struct str *rest)
{
	struct str s = *rest;
	bool quoted = false;
	size_t i = 0;

	for (; i < s.n && (quoted || s.p[i] != ';'); i++) {
		if (s.p[i] == '"')
			quoted = !quoted;
		else if (quoted && s.p[i] == '\\' && i + 1 < s.n)
			i++;
	}
	*rest = i < s.n ? str_from(s, i + 1) : (struct str){ 0 };
	return str_first(s, i);
}

static struct str unquote(struct str s, struct arena *a)
{
	char *out;
	size_t n = 0;

	if (!str_starts(s, '"'))
		return s;
	out = arena_new(a, char, s.n);
	for (size_t i = 1; i < s.n && s.p[i] != '"'; i++) {
		i += s.p[i] == '\\' && i + 1 < s.n;
		out[n++] = s.p[i];
	}
	return (struct str){ out, n };
}

// Also "name*", the same by RFC 2231, without its language.
struct str mime_parameter(struct str value, struct str name, struct arena *a)
{
	next_parameter(&value);
	while (value.n > 0) {
		struct str text = next_parameter(&value), key = str_trim(str_cut(&text, '='));
		bool extended = str_starts((struct str){ key.p + name.n, key.n > name.n }, '*');

		text = str_trim(text);
		if (!str_eq_nocase(str_first(key, name.n), name) || (key.n > name.n && !extended))
			continue;
		for (unsigned i = 0; i < 2 && extended && str_has(text, '\''); i++)
			str_cut(&text, '\''); // its character set, then its language
		return mime_words(unquote(text, a), a);
	}
	return (struct str){ 0 };
}

// ---- addresses and dates

static struct str next_mailbox(struct str *list)
{
	struct str s = *list;
	bool quoted = false;
	size_t i = 0;

	for (; i < s.n && (quoted || (s.p[i] != ',' && s.p[i] != ';')); i++)
		quoted = quoted != (s.p[i] == '"');
	*list = i < s.n ? str_from(s, i + 1) : (struct str){ 0 };
	return str_first(s, i);
}

bool mime_next_address(struct str *list, struct str *address)
{
	while (list->n > 0) {
		struct str s = next_mailbox(list), group = s;

		for (size_t i = s.n; i-- > 0;) // the last "<": a name may have one, too
			if (s.p[i] == '<') {
				s = str_from(s, i + 1);
				s = str_cut(&s, '>');
				break;
			}
		if (s.n == group.n && str_has(s, ':')) // "team: a@b.example, c@d.example;"
			str_cut(&s, ':');
		s = str_trim(s);
		if (!str_has(s, '@') || str_has(s, ' '))
			continue;
		*address = s;
		return true;
	}
	return false;
}

bool mime_date(struct str value, int64_t *out)
{
	static const char *const formats[] = { "%d %b %Y %H:%M:%S %z", "%d %b %Y %H:%M %z" };
	struct str day = value, rest = value, s;
	bool zoned;

	if (str_has(value, ',')) {
		str_cut(&day, ',');
		rest = day;
	}
	s = str_trim(str_cut(&rest, '(')); // a comment is behind it, if anywhere
	for (unsigned i = 0; i < COUNTOF(formats); i++)
		if (time_read_as(s, str_of(formats[i]), out, &zoned))
			return true;
	return false;
}

// ---- parts

static struct str decoded(struct str body, struct str how, struct arena *a)
{
	char *out;
	size_t n = 0;

	if (str_eq_nocase(how, S("quoted-printable"))) {
		out = arena_new(a, char, body.n);
		return (struct str){ out, quoted(body, false, out) };
	}
	if (!str_eq_nocase(how, S("base64")))
		return body;
	out = arena_new(a, char, body.n);
	return base64_read(body, out, &n) ? (struct str){ out, n } : (struct str){ out, 0 };
}

static struct str lower(struct str s, struct arena *a)
{
	char *out = arena_new(a, char, s.n);

	for (size_t i = 0; i < s.n; i++)
		out[i] = ascii_lower(s.p[i]);
	return (struct str){ out, s.n };
}

static void part(struct str mail, struct arena *a, unsigned depth, struct mime_parts *out);

bool mime_delimits(struct str line, struct str boundary, bool *last)
{
	if (!str_has_prefix(line, S("--")))
		return false;
	str_skip(&line, 2);
	if (!str_has_prefix(line, boundary))
		return false;
	line = str_trim(str_from(line, boundary.n));
	*last = str_eq(line, S("--"));
	return *last || line.n == 0;
}

static void multipart(struct str body, struct str boundary, struct arena *a, unsigned depth,
		      struct mime_parts *out)
{
	const char *start = NULL; // of the part that is open
	bool last = false;

	while (body.n > 0 && !last) {
		const char *at = body.p, *end = body.p + body.n;
		struct str line = str_cut(&body, '\n');

		if (!mime_delimits(line, boundary, &last)) {
			if (start != NULL && body.n == 0) // it was never closed
				part((struct str){ start, (size_t)(end - start) }, a, depth, out);
			continue;
		}
		if (start != NULL && at > start)
			part((struct str){ start, (size_t)(at - start) }, a, depth, out);
		start = body.p;
	}
}

static void part(struct str mail, struct arena *a, unsigned depth, struct mime_parts *out)
{
	struct mime_cut cut = mime_cut(mail);
	struct str type = mime_field(cut.head, S("Content-Type"), a),
		   place = mime_field(cut.head, S("Content-Disposition"), a),
		   how = mime_field(cut.head, S("Content-Transfer-Encoding"), a),
		   name = mime_parameter(place, S("filename"), a),
		   word = type.n > 0 ? lower(mime_value(type), a) : S("text/plain");

	if (str_has_prefix(word, S("multipart/")) && depth < MIME_READ_DEPTH) {
		struct str boundary = mime_parameter(type, S("boundary"), a);

		if (boundary.n > 0)
			multipart(cut.body, boundary, a, depth + 1, out);
		return;
	}
	if (out->at.count == MIME_READ_PARTS || str_has_prefix(word, S("multipart/"))) {
		out->more = true;
		return;
	}
	*list_add(&out->at, a) = (struct mime_part){
		.type = word,
		.name = name.n > 0 ? name : mime_parameter(type, S("name"), a),
		.bytes = decoded(cut.body, mime_value(how), a),
	};
}

void mime_parts(struct str mail, struct arena *a, struct mime_parts *out)
{
	*out = (struct mime_parts){ 0 };
	part(mail, a, 0, out);
}
