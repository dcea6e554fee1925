#include "os/mime_text.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "codec/mail/mime_read.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

enum { SET_NAME = 40 };

// What the library keeps loaded as long as one of each is open.
static const char *const sets[] = {
	"ISO-8859-1",   "ISO-8859-2",   "ISO-8859-3",   "ISO-8859-4",    "ISO-8859-5",
	"ISO-8859-6",   "ISO-8859-7",   "ISO-8859-8",   "ISO-8859-9",    "ISO-8859-10",
	"ISO-8859-11",  "ISO-8859-13",  "ISO-8859-14",  "ISO-8859-15",   "ISO-8859-16",
	"WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1253",  "WINDOWS-1254",
	"WINDOWS-1255", "WINDOWS-1256", "WINDOWS-1257", "WINDOWS-1258",  "KOI8-R",
	"KOI8-U",       "CP437",        "CP850",        "CP852",         "CP866",
	"MACINTOSH",    "TIS-620",      "CP874",        "GBK",           "GB18030",
	"GB2312",       "BIG5",         "BIG5-HKSCS",   "EUC-TW",        "SHIFT_JIS",
	"CP932",        "EUC-JP",       "ISO-2022-JP",  "ISO-2022-JP-2", "EUC-KR",
	"CP949",        "ISO-2022-KR",  "ISO-2022-CN",  "UTF-7",         "UTF-16",
	"UTF-16LE",     "UTF-16BE",     "UTF-32",       "UTF-32LE",      "UTF-32BE",
	"UTF-8",        "US-ASCII",
};

// Names that mails use for another set than the library does, or that it does not know.
static const struct {
	struct str name;
	const char *set;
} others[] = {
	{ S("iso-8859-1"), "WINDOWS-1252" }, // as everybody reads it
	{ S("latin1"), "WINDOWS-1252" },     { S("iso-8859"), "WINDOWS-1252" },
	{ S("iso-8859-9"), "WINDOWS-1254" }, { S("iso-8859-8-i"), "ISO-8859-8" },
	{ S("iso-8859-8-e"), "ISO-8859-8" }, { S("gb2312"), "GB18030" },
	{ S("gb_2312-80"), "GB18030" },      { S("gbk"), "GB18030" },
	{ S("x-gbk"), "GB18030" },           { S("shift_jis"), "CP932" },
	{ S("shift-jis"), "CP932" },         { S("x-sjis"), "CP932" },
	{ S("ks_c_5601-1987"), "CP949" },    { S("euc-kr"), "CP949" },
	{ S("x-mac-roman"), "MACINTOSH" },   { S("unicode-1-1-utf-7"), "UTF-7" },
	{ S("unicode"), "UTF-16" },
};

struct mime_text {
	iconv_t open[COUNTOF(sets)];
};

struct mime_text *mime_text_new(void)
{
	struct mime_text *t = calloc(1, sizeof *t);

	if (t == NULL)
		abort();
	for (size_t i = 0; i < COUNTOF(sets); i++)
		t->open[i] = iconv_open("UTF-8", sets[i]);
	return t;
}

void mime_text_free(struct mime_text *t)
{
	for (size_t i = 0; t != NULL && i < COUNTOF(sets); i++)
		if (t->open[i] != (iconv_t)-1) // NOLINT(performance-no-int-to-ptr): its own word
			iconv_close(t->open[i]);
	free(t);
}

static bool is_any(struct str s, const struct str *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(s, names[i]))
			return true;
	return false;
}

// What the library is asked for: letters that no file's name and no option can be made of.
static bool library_name(struct str charset, char out[SET_NAME + 1])
{
	for (size_t i = 0; i < COUNTOF(others); i++)
		if (str_eq_nocase(charset, others[i].name)) {
			memcpy(out, others[i].set, strlen(others[i].set) + 1);
			return true;
		}
	if (charset.n == 0 || charset.n > SET_NAME)
		return false;
	for (size_t i = 0; i < charset.n; i++) {
		const char c = ascii_lower(charset.p[i]);

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || str_has(S("-_:."), c)))
			return false;
		out[i] = c;
	}
	out[charset.n] = '\0';
	return true;
}

static void convert(iconv_t set, struct str bytes, struct buf *out)
{
	char *in = (char *)(uintptr_t)bytes.p; // NOLINT(performance-no-int-to-ptr): only read
	size_t left = bytes.n, room;
	char *to;

	while (left > 0) {
		size_t done;

		to = out->p + out->n;
		room = out->cap - out->n;
		done = iconv(set, &in, &left, &to, &room);
		out->n = (size_t)(to - out->p);
		if (done == (size_t)-1 && errno == E2BIG)
			return;
		if (done == (size_t)-1) { // EILSEQ, EINVAL at the end
			if (left == 0 || out->cap - out->n < 3)
				return;
			buf_str(out, S("\uFFFD"));
			in++;
			left--;
		}
	}
	to = out->p + out->n; // what it kept back, in case a mark were to follow
	room = out->cap - out->n;
	iconv(set, NULL, NULL, &to, &room);
	out->n = (size_t)(to - out->p);
}

struct str mime_text_utf8(struct str charset, struct str bytes, struct arena *a)
{
	static const struct str utf8[] = { S("utf-8"), S("utf8"), S("unicode-1-1-utf-8") };
	static const struct str unsaid[] = { S(""),     S("us-ascii"),     S("ascii"),  S("7bit"),
					     S("8bit"), S("unknown-8bit"), S("default") };
	struct buf out = { .cap = 3 * bytes.n + 8 };
	char name[SET_NAME + 1];
	iconv_t set;

	if (bytes.n == 0 || is_any(charset, utf8, COUNTOF(utf8)))
		return bytes;
	if (is_any(charset, unsaid, COUNTOF(unsaid))) {
		if (utf8_is(bytes))
			return bytes;
		charset = S("windows-1252");
	}
	if (!library_name(charset, name))
		return bytes;
	set = iconv_open("UTF-8", name);
	if (set == (iconv_t)-1) // NOLINT(performance-no-int-to-ptr): its own word
		return bytes;
	out.p = arena_new(a, char, out.cap);
	convert(set, bytes, &out);
	iconv_close(set);
	return buf_view(&out);
}

// ---- words

struct words {
	struct arena *a;
	struct buf out, run; // run: bytes of words of one set that stand side by side
	struct str charset;
};

static void flush(struct words *w)
{
	if (w->run.n > 0)
		buf_str(&w->out, mime_text_utf8(w->charset, buf_view(&w->run), w->a));
	w->run.n = 0;
}

static struct str without_blanks(struct str s)
{
	while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
		str_skip(&s, 1);
	return s;
}

struct str mime_text_words(struct str value, struct arena *a)
{
	struct str s = mime_text_utf8(S(""), value, a), charset;
	struct words w = { .a = a, .out = { .cap = 3 * s.n + 8 }, .run = { .cap = s.n } };
	size_t got;

	if (!str_contains(s, S("=?")))
		return s;
	w.out.p = arena_new(a, char, w.out.cap);
	w.run.p = arena_new(a, char, w.run.cap);
	while (s.n > 0) {
		struct buf *run = &w.run;
		const size_t used = mime_word(s, &charset, run->p + run->n, &got);

		if (used > 0) {
			if (run->n > 0 && !str_eq_nocase(charset, w.charset)) {
				const size_t at = run->n;

				flush(&w);
				memmove(run->p, run->p + at, got);
			}
			w.charset = charset;
			run->n += got;
			str_skip(&s, used);
			if (mime_word(without_blanks(s), &charset, run->p + run->n, &got) > 0)
				s = without_blanks(s); // those between two words are none
			continue;
		}
		flush(&w);
		buf_char(&w.out, s.p[0]);
		str_skip(&s, 1);
	}
	flush(&w);
	return buf_view(&w.out);
}
