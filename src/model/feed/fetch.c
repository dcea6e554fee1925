#include "model/feed/fetch.h"

#include "base/buf.h"
#include "base/time.h"
#include "codec/text/ini.h"
#include "model/feed/schedule.h"

#define W(word)                        \
	{                              \
		word, sizeof(word) - 1 \
	}

static const struct {
	struct str word; // before the ':' of `from`
	bool alone;      // stands without one
	bool built, sent;
} hows[] = {
	[FETCH_BY_HAND] = { W("file"), true, true, false },
	[FETCH_URL] = { W("url"), false, true, false },
	[FETCH_FILE] = { W("file"), false, true, false },
	[FETCH_FOLDER] = { W("folder"), false, true, false },
	[FETCH_SHADOWSERVER] = { W("shadowserver"), false, true, false },
	[FETCH_MISP] = { W("misp"), false, true, false },
	[FETCH_MISP_FEED] = { W("misp feed"), false, true, false },
	[FETCH_N6] = { W("n6"), false, true, false },
	[FETCH_MAIL] = { W("mail"), true, true, true },
	[FETCH_CALLBACK] = { W("callback"), true, true, true },
	[FETCH_STREAM] = { W("stream"), true, false, false },
};

struct feed_fetch feed_fetch_standard(void)
{
	return (struct feed_fetch){
		.every = TIME_HOUR,
		.gap = 2 * TIME_SECOND,
		.most = UINT64_C(200) << 20,
		.wait = 300 * TIME_SECOND,
	};
}

const char *feed_fetch_word(enum fetch_how how)
{
	return hows[how].word.p;
}

bool feed_fetch_built(enum fetch_how how)
{
	return hows[how].built;
}

bool feed_fetch_sent(enum fetch_how how)
{
	return hows[how].sent;
}

static bool wrong(const struct ini *in, struct err *e, const char *what)
{
	return err_set(e, ERR_CONFIG, "line %u, column %u: " STR_FMT ": %s, not \"" STR_FMT "\"",
		       in->line, in->value_column, STR_ARG(in->key), what,
		       STR_ARG(str_first(in->value, 60)));
}

static bool is_url(struct str s)
{
	return str_has_prefix(s, S("https://")) || str_has_prefix(s, S("http://"));
}

// A publisher with several lists of one shape: `from` again.
static bool read_more(struct feed_fetch *f, const struct ini *in, struct arena *a, struct err *e)
{
	bool twice = str_eq(f->from, in->value);

	if (f->how != FETCH_URL || !is_url(in->value))
		return wrong(in, e, "only an http(s) URL may stand beside another one");
	LIST_EACH (const struct str, m, &f->more)
		twice = twice || str_eq(*m, in->value);
	if (twice)
		return wrong(in, e, "an address that stands there once");
	if (f->more.count == FETCH_MAX_MORE)
		return wrong(in, e, "at most 64 addresses");
	*list_add(&f->more, a) = in->value;
	return true;
}

// "shadowserver:https://…": the word and what stands behind it.
static bool read_from(struct feed_fetch *f, const struct ini *in, struct arena *a, struct err *e)
{
	struct str rest = in->value, word;

	if (f->from.n > 0 || f->how != FETCH_BY_HAND)
		return read_more(f, in, a, e);
	f->from = rest;
	f->how = FETCH_URL;
	if (is_url(rest))
		return true;
	word = str_cut(&rest, ':');
	for (size_t i = 0; i < COUNTOF(hows); i++) {
		bool alone = word.n == in->value.n;

		if (i == FETCH_URL || alone != hows[i].alone || !str_eq(word, hows[i].word))
			continue;
		f->how = (enum fetch_how)i;
		f->from = rest;
		if (i >= FETCH_SHADOWSERVER && i <= FETCH_N6 && !is_url(rest))
			break;
		if (i == FETCH_MISP && str_has_suffix(rest, S("/manifest.json")))
			f->how = FETCH_MISP_FEED;
		if (alone || rest.n > 0)
			return true;
	}
	return wrong(in, e,
		     "an http(s) URL, file:PATH, folder:PATH, shadowserver:URL, misp:URL, n6:URL, "
		     "mail, callback, stream or file");
}

static bool read_method(struct feed_fetch *f, const struct ini *in, struct arena *a, struct err *e)
{
	(void)a;
	f->post = str_eq(in->value, S("POST"));
	return f->post || str_eq(in->value, S("GET")) || wrong(in, e, "GET or POST");
}

static bool read_body(struct feed_fetch *f, const struct ini *in, struct arena *a, struct err *e)
{
	(void)a;
	(void)e;
	f->body = in->value;
	return true;
}

static bool read_header(struct feed_fetch *f, const struct ini *in, struct arena *a, struct err *e)
{
	if (!str_has(in->value, ':') || str_starts(in->value, ':'))
		return wrong(in, e, "NAME: VALUE");
	if (f->headers.count == FETCH_MAX_HEADERS)
		return wrong(in, e, "at most 16 headers");
	*list_add(&f->headers, a) = in->value;
	return true;
}

static bool is_file_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = ascii_lower(s.p[i]);

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
			return false;
	}
	return s.n > 0 && s.n <= 64;
}

static bool read_credentials(struct feed_fetch *f, const struct ini *in, struct arena *a,
			     struct err *e)
{
	(void)a;
	f->credentials = in->value;
	return is_file_name(in->value) ||
	       wrong(in, e, "the name of a file in the home's credentials/");
}

static bool read_auth(struct feed_fetch *f, const struct ini *in, struct arena *a, struct err *e)
{
	static const struct str words[] = { W("none"), W("header"), W("basic"), W("hmac") };
	struct str rest = in->value, word = str_cut(&rest, ' ');

	(void)a;
	f->header = str_trim(rest);
	for (size_t i = 0; i < COUNTOF(words); i++) {
		f->auth = (enum fetch_auth)i;
		if (str_eq(word, words[i]) && (f->header.n > 0) == (i == FETCH_HEADER) &&
		    !str_has(f->header, ':') && !str_has(f->header, ' '))
			return true;
	}
	return wrong(in, e, "none, basic, hmac or header NAME");
}

struct unit {
	struct str word;
	uint64_t of;
};

// "1 hour", "200 MiB": a number and one of these words.
static bool measure(struct str text, const struct unit *units, size_t n, uint64_t most,
		    uint64_t *out)
{
	struct str rest = text, number = str_cut(&rest, ' '), word = str_trim(rest);
	uint64_t v;

	for (size_t i = 0; i < n; i++)
		if (str_eq(word, units[i].word) && str_to_uint(number, most / units[i].of, &v) &&
		    v > 0) {
			*out = v * units[i].of;
			return true;
		}
	return false;
}

static const struct unit times[] = {
	{ W("second"), 1 },  { W("seconds"), 1 },  { W("minute"), 60 }, { W("minutes"), 60 },
	{ W("hour"), 3600 }, { W("hours"), 3600 }, { W("day"), 86400 }, { W("days"), 86400 },
};

bool feed_fetch_time(struct str text, int64_t *out)
{
	uint64_t v;

	if (!measure(text, times, COUNTOF(times), UINT64_C(366) * 86400, &v) || v < 60)
		return false;
	*out = (int64_t)v * TIME_SECOND;
	return true;
}

static bool read_every(struct feed_fetch *f, const struct ini *in, struct arena *a, struct err *e)
{
	(void)a;
	return feed_fetch_time(in->value, &f->every) ||
	       wrong(in, e, "a time of a minute or more, as in \"1 hour\"");
}

static bool read_gap(struct feed_fetch *f, const struct ini *in, struct arena *a, struct err *e)
{
	uint64_t v;

	(void)a;
	if (!measure(in->value, times, COUNTOF(times), FETCH_MAX_GAP, &v))
		return wrong(in, e, "a time of at most an hour, as in \"2 seconds\"");
	f->gap = (int64_t)v * TIME_SECOND;
	return true;
}

// "02:00", and "24:00" for the end of a day.
static bool read_clock(struct str text, int64_t *out)
{
	struct str rest = text, hours = str_cut(&rest, ':');
	uint64_t h, m;

	if (hours.n != 2 || rest.n != 2 || !str_to_uint(hours, 24, &h) ||
	    !str_to_uint(rest, 59, &m) || (h == 24 && m > 0))
		return false;
	*out = (int64_t)(h % 24) * TIME_HOUR + (int64_t)m * TIME_MINUTE;
	return true;
}

// The zone is said, so that nobody takes it for another: Waker reads no zone data, and a time
// that moves with summer is two.
static bool read_quiet(struct feed_fetch *f, const struct ini *in, struct arena *a, struct err *e)
{
	struct str zone = in->value, until = str_cut(&zone, ' '), from = str_cut(&until, '-');
	struct feed_quiet q;

	(void)a;
	if (!str_eq(str_trim(zone), S("UTC")) || !read_clock(from, &q.from) ||
	    !read_clock(until, &q.until) || q.from == q.until)
		return wrong(in, e, "a time of the day in UTC, as in \"02:00-04:00 UTC\"");
	if (f->quiets == FETCH_MAX_QUIET)
		return wrong(in, e, "at most 4 times of the day");
	f->quiet[f->quiets++] = q;
	return true;
}

static bool read_wait(struct feed_fetch *f, const struct ini *in, struct arena *a, struct err *e)
{
	uint64_t v;

	(void)a;
	if (!measure(in->value, times, COUNTOF(times), FETCH_MAX_WAIT, &v))
		return wrong(in, e, "a time of at most a day, as in \"300 seconds\"");
	f->wait = (int64_t)v * TIME_SECOND;
	return true;
}

static bool read_most(struct feed_fetch *f, const struct ini *in, struct arena *a, struct err *e)
{
	static const struct unit sizes[] = { { W("KiB"), 1 << 10 },
					     { W("MiB"), 1 << 20 },
					     { W("GiB"), 1 << 30 } };

	(void)a;
	return measure(in->value, sizes, COUNTOF(sizes), FETCH_MAX_MOST, &f->most) ||
	       wrong(in, e, "a size up to 64 GiB, as in \"200 MiB\"");
}

static bool read_private(struct feed_fetch *f, const struct ini *in, struct arena *a, struct err *e)
{
	(void)a;
	f->lan = str_eq(in->value, S("yes"));
	return f->lan || str_eq(in->value, S("no")) || wrong(in, e, "yes or no");
}

static bool read_ca(struct feed_fetch *f, const struct ini *in, struct arena *a, struct err *e)
{
	(void)a;
	f->ca = in->value;
	return str_starts(in->value, '/') || wrong(in, e, "the whole path of a file");
}

static const struct {
	struct str name;
	bool (*read)(struct feed_fetch *, const struct ini *, struct arena *, struct err *);
} keys[] = {
	{ W("from"), read_from },
	{ W("method"), read_method },
	{ W("body"), read_body },
	{ W("header"), read_header },
	{ W("credentials"), read_credentials },
	{ W("auth"), read_auth },
	{ W("every"), read_every },
	{ W("quiet"), read_quiet },
	{ W("gap"), read_gap },
	{ W("most"), read_most },
	{ W("wait"), read_wait },
	{ W("private"), read_private },
	{ W("ca"), read_ca },
};

bool feed_fetch_key(struct feed_fetch *f, const struct ini *in, struct arena *a, struct err *e)
{
	struct str words[COUNTOF(keys)];

	for (size_t i = 0; i < COUNTOF(keys); i++) {
		if (str_eq(in->key, keys[i].name))
			return keys[i].read(f, in, a, e);
		words[i] = keys[i].name;
	}
	return ini_unknown(in, words, COUNTOF(words), e);
}

// Is there a minute of the day in which it may be asked?
static bool has_time(const struct feed_fetch *f)
{
	for (int64_t t = 0; t < TIME_DAY; t += TIME_MINUTE)
		if (schedule_free(f, 0, t) == t)
			return true;
	return false;
}

bool feed_fetch_whole(const struct feed_fetch *f, struct err *e)
{
	if (!has_time(f))
		return err_set(e, ERR_CONFIG,
			       "[fetch]: quiet leaves no time at which it may be asked");
	if (f->auth != FETCH_OPEN && f->credentials.n == 0)
		return err_set(e, ERR_CONFIG, "[fetch]: auth needs credentials = NAME");
	if (f->auth == FETCH_OPEN && f->credentials.n > 0)
		return err_set(e, ERR_CONFIG,
			       "[fetch]: credentials need auth: header NAME, basic or hmac");
	if (f->how == FETCH_SHADOWSERVER && f->auth != FETCH_HMAC)
		return err_set(e, ERR_CONFIG, "[fetch]: shadowserver needs auth = hmac");
	if (f->auth == FETCH_HMAC && f->how != FETCH_SHADOWSERVER && !f->post)
		return err_set(e, ERR_CONFIG,
			       "[fetch]: auth = hmac signs a body: it needs method = POST");
	if (f->body.n > 0 && !f->post && f->how == FETCH_URL)
		return err_set(e, ERR_CONFIG, "[fetch]: a body needs method = POST");
	return true;
}

struct str feed_fetch_dated(struct str text, int64_t day, struct arena *a)
{
	static const struct str mark = W("{date}");
	char date[TIME_TEXT];
	struct buf b = { 0 };

	time_write(day, date);
	b.cap = text.n / mark.n * 10 + text.n + 1;
	b.p = arena_new(a, char, b.cap);
	while (text.n > 0) {
		bool here = str_has_prefix(text, mark);

		buf_str(&b, here ? (struct str){ date, 10 } : str_first(text, 1));
		str_skip(&text, here ? mark.n : 1);
	}
	return buf_view(&b);
}

static bool says_what(struct str says, const char *what, enum err_kind kind, struct err *e)
{
	char text[120];
	size_t n = 0;

	// One line of it, if it is text at all and no page.
	says = str_trim(says);
	if (!str_starts(says, '<'))
		for (; n < says.n && n + 1 < sizeof text; n++)
			text[n] = says.p[n] >= ' ' && says.p[n] < 0x7f ? says.p[n] : ' ';
	text[n] = '\0';
	return n > 0 ? err_set(e, kind, "%s: \"%s\"", what, text) : err_set(e, kind, "%s", what);
}

bool feed_fetch_status(const struct feed_fetch *f, unsigned status, uint32_t retry, struct str says,
		       struct err *e)
{
	char what[120];
	struct buf b = BUF_ON(what);

	if (status == 200 || status == 304)
		return true;
	if (status == 401 || status == 403) {
		if (f->credentials.n > 0)
			buf_fmt(&b, "it refuses the credentials \"" STR_FMT "\" (status %u)",
				STR_ARG(f->credentials), status);
		else
			buf_fmt(&b,
				"it wants credentials, and the feed file names none (status %u)",
				status);
	} else if (status == 404 || status == 410) {
		buf_fmt(&b, "there is nothing at this address (status %u)", status);
	} else if (status == 429 || status == 503) {
		buf_fmt(&b, "it asks to wait (status %u", status);
		buf_fmt(&b, retry > 0 ? ", %u seconds)" : ")", retry);
	} else {
		buf_fmt(&b, "it answers with status %u", status);
	}
	buf_char(&b, '\0');
	return says_what(says, what,
			 status == 401 || status == 403 || status == 404 || status == 410 ||
					 status == 400
				 ? ERR_CONFIG
				 : ERR_REMOTE,
			 e);
}
