#include "base/utf8.h"
#include "codec/net/url.h"
#include "codec/table/json.h"
#include "codec/text/base64.h"
#include "codec/text/spot.h"
#include "model/feed/convert_work.h"

void convert_put(struct work *w, struct str s)
{
	struct values *v = w->v;

	if (v->count == VALUES_MAX || s.n > CONVERT_MAX_TEXT)
		v->over = true;
	else if (s.n > 0)
		v->at[v->count++] = s;
}

static size_t find(struct str s, struct str part) // s.n: not there
{
	const char *at = part.n <= s.n ? memmem(s.p, s.n, part.p, part.n) : NULL;

	return at != NULL ? (size_t)(at - s.p) : s.n;
}

static void letters(struct work *w, struct str s, bool upper)
{
	char *p = arena_new(w->a, char, s.n);

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		p[i] = !upper ? ascii_lower(c) : c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
	}
	convert_put(w, (struct str){ p, s.n });
}

static struct str trimmed(struct str s, struct str chars)
{
	while (s.n > 0 && str_has(chars, s.p[0]))
		str_skip(&s, 1);
	while (s.n > 0 && str_has(chars, s.p[s.n - 1]))
		s.n--;
	return s;
}

// The nth part; counted from the end where n is negative.
static void part(struct work *w, struct str s)
{
	int count = 1, n = w->c->n;

	for (struct str rest = s; find(rest, w->c->a) < rest.n; count++)
		str_skip(&rest, find(rest, w->c->a) + w->c->a.n);
	if (n < 0)
		n = count + n + 1;
	if (n < 1 || n > count)
		return;
	while (--n > 0)
		str_skip(&s, find(s, w->c->a) + w->c->a.n);
	convert_put(w, str_trim(str_first(s, find(s, w->c->a))));
}

static void split(struct work *w, struct str s)
{
	for (;;) {
		size_t at = find(s, w->c->a);

		convert_put(w, str_trim(str_first(s, at)));
		if (at == s.n)
			return;
		str_skip(&s, at + w->c->a.n);
	}
}

static void words(struct work *w, struct str s)
{
	for (size_t i = 0, from = 0; i <= s.n; i++) {
		struct str word = { s.p + from, i - from };

		if (i < s.n && s.p[i] != ' ' && s.p[i] != ';' && s.p[i] != ',')
			continue;
		if (word.n > 0 && condition_has_word(word, w->c->a))
			convert_put(w, word);
		from = i + 1;
	}
}

static void replace(struct work *w, struct str s)
{
	size_t most = s.n / w->c->a.n * (w->c->b.n + 1) + s.n + 1;
	struct buf b = { 0 };

	if (find(s, w->c->a) == s.n) {
		convert_put(w, s);
		return;
	}
	most = most < CONVERT_MAX_TEXT ? most : CONVERT_MAX_TEXT;
	b = (struct buf){ .p = arena_new(w->a, char, most), .cap = most };
	for (;;) {
		size_t at = find(s, w->c->a);

		buf_add(&b, s.p, at);
		if (at == s.n)
			break;
		buf_str(&b, w->c->b);
		str_skip(&s, at + w->c->a.n);
	}
	w->v->over = w->v->over || b.over;
	convert_put(w, buf_view(&b));
}

static void by_table(struct work *w, struct str s)
{
	LIST_EACH (const struct feed_pair, p, &w->c->table->rows) {
		bool any = str_has_suffix(p->from, S("*"));
		struct str head = any ? str_first(p->from, p->from.n - 1) : p->from;

		if (!(any ? str_eq_nocase(str_first(s, head.n), head) : str_eq_nocase(s, head)))
			continue;
		w->v->mapped = true;
		convert_put(w, p->to);
		return;
	}
	convert_put(w, s);
}

static void refang(struct work *w, struct str s)
{
	convert_put(w, spot_whole(s, w->a));
}

static void scheme(struct work *w, struct str s)
{
	if (find(s, S("://")) < s.n)
		convert_put(w, s);
	else
		convert_put(w,
			    arena_fmt(w->a, STR_FMT "://" STR_FMT, STR_ARG(w->c->a), STR_ARG(s)));
}

static void of_url(struct work *w, struct str s, bool path)
{
	size_t at = find(s, S("://"));
	struct str rest = at < s.n ? str_from(s, at + 3) : s;
	size_t slash = 0;
	struct str host;

	while (slash < rest.n && rest.p[slash] != '/' && rest.p[slash] != '?' &&
	       rest.p[slash] != '#')
		slash++;
	if (path) {
		convert_put(w, str_from(rest, slash));
		return;
	}
	host = str_first(rest, slash);
	while (str_has(host, '@'))
		str_cut(&host, '@');
	if (str_starts(host, '[')) {
		str_skip(&host, 1);
		convert_put(w, str_cut(&host, ']'));
		return;
	}
	convert_put(w, str_cut(&host, ':'));
}

// {COLUMN} in a text, into b or, without one, only measured. False: a column has no value.
static bool fill(struct work *w, struct buf *b, size_t *room)
{
	struct str rest = w->c->a;

	while (rest.n > 0) {
		struct str text = str_cut(&rest, '{'), value = { 0 };

		if (rest.n > 0) {
			value = str_trim(w->of.value(w->of.of, str_cut(&rest, '}'), 0));
			if (value.n == 0)
				return false;
		}
		*room += text.n + value.n;
		if (b != NULL) {
			buf_str(b, text);
			buf_str(b, value);
		}
	}
	return true;
}

static void compose(struct work *w)
{
	size_t room = 0, again = 0;
	struct buf b;

	if (!fill(w, NULL, &room))
		return;
	room = room < CONVERT_MAX_TEXT ? room : CONVERT_MAX_TEXT;
	b = (struct buf){ .p = arena_new(w->a, char, room), .cap = room };
	(void)fill(w, &b, &again);
	w->v->over = w->v->over || b.over;
	convert_put(w, buf_view(&b));
}

static void encode(struct work *w, struct str s)
{
	struct buf b;

	if (s.n > CONVERT_MAX_TEXT / 2) {
		w->v->over = true;
		return;
	}
	b = (struct buf){ .p = arena_new(w->a, char, BASE64_ROOM(s.n)), .cap = BASE64_ROOM(s.n) };
	base64_write(&b, s);
	convert_put(w, buf_view(&b));
}

// What is base64 already stays as it is.
static void to_base64(struct work *w, struct str s)
{
	size_t n;

	if (base64_read(s, arena_new(w->a, char, s.n), &n))
		convert_put(w, s);
	else
		encode(w, s);
}

// "/x", or the request line "GET /x HTTP/1.1", at the host that another column names.
static void request(struct work *w, struct str s)
{
	struct str host = str_trim(w->of.value(w->of.of, w->c->a, 0)),
		   scheme = str_trim(w->of.value(w->of.of, w->c->b, 0));
	size_t slash = find(s, S("/"));
	struct str path = str_from(s, slash);

	if (host.n == 0) {
		convert_put(w, s);
		return;
	}
	if (!str_eq(scheme, S("https")))
		scheme = S("http");
	convert_put(w, arena_fmt(w->a, STR_FMT "://" STR_FMT STR_FMT, STR_ARG(scheme),
				 STR_ARG(host), STR_ARG(str_first(path, find(path, S(" "))))));
}

static void decode(struct work *w, struct str s)
{
	char *p = arena_new(w->a, char, s.n);
	size_t n;

	if (base64_read(s, p, &n) && utf8_is((struct str){ p, n }))
		convert_put(w, (struct str){ p, n });
	else
		convert_put(w, s);
}

static void json_list(struct work *w, struct str s)
{
	struct json j = json_of(s);
	enum json_kind kind = json_next(&j);

	if (kind != JSON_ARRAY) {
		convert_put(w, s);
		return;
	}
	while ((kind = json_next(&j)) != JSON_END && kind != JSON_BAD) {
		char *p;

		if (kind != JSON_STRING && kind != JSON_NUMBER)
			continue;
		p = arena_new(w->a, char, j.token.n);
		convert_put(w, (struct str){ p, json_text(j.token, p) });
	}
}

// 010.001.000.002: zeros before a digit, at the start or behind a dot.
static void unpad(struct work *w, struct str s)
{
	char *p = arena_new(w->a, char, s.n);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool starts = n == 0 || p[n - 1] == '.';
		bool digit = i + 1 < s.n && s.p[i + 1] >= '0' && s.p[i + 1] <= '9';

		if (!(starts && s.p[i] == '0' && digit))
			p[n++] = s.p[i];
	}
	convert_put(w, (struct str){ p, n });
}

static void lower(struct work *w, struct str s)
{
	letters(w, s, false);
}

static void upper(struct work *w, struct str s)
{
	letters(w, s, true);
}

static void trim(struct work *w, struct str s)
{
	convert_put(w, trimmed(s, w->c->a));
}

static bool is_none(const struct convert *c, struct str s)
{
	return str_eq_nocase(s, c->kind == CONVERT_NONE ? c->a : S("0"));
}

static void none(struct work *w, struct str s)
{
	if (!is_none(w->c, s))
		convert_put(w, s);
}

static void before(struct work *w, struct str s)
{
	convert_put(w, str_trim(str_first(s, find(s, w->c->a))));
}

static void after(struct work *w, struct str s)
{
	size_t at = find(s, w->c->a);

	if (at < s.n)
		convert_put(w, str_trim(str_from(s, at + w->c->a.n)));
}

static void or_else(struct work *w, struct str s)
{
	convert_put(w, w->in.mapped ? s : w->c->a);
}

static void host(struct work *w, struct str s)
{
	of_url(w, s, false);
}

static void path(struct work *w, struct str s)
{
	of_url(w, s, true);
}

// What is done with each value; the others are of all values at once.
static void (*const each[CONVERT_KINDS])(struct work *w, struct str s) = {
	[CONVERT_LOWER] = lower,
	[CONVERT_UPPER] = upper,
	[CONVERT_TRIM] = trim,
	[CONVERT_NONE] = none,
	[CONVERT_ZERO_NONE] = none,
	[CONVERT_PART] = part,
	[CONVERT_BEFORE] = before,
	[CONVERT_AFTER] = after,
	[CONVERT_SPLIT] = split,
	[CONVERT_WORDS] = words,
	[CONVERT_REPLACE] = replace,
	[CONVERT_TABLE] = by_table,
	[CONVERT_ELSE] = or_else,
	[CONVERT_TIME] = convert_by_format,
	[CONVERT_EPOCH] = convert_epoch,
	[CONVERT_EPOCH_MS] = convert_epoch,
	[CONVERT_FILETIME] = convert_filetime,
	[CONVERT_ZONE] = convert_in_zone,
	[CONVERT_REFANG] = refang,
	[CONVERT_SCHEME] = scheme,
	[CONVERT_HOST] = host,
	[CONVERT_PATH] = path,
	[CONVERT_ENCODE] = encode,
	[CONVERT_DECODE] = decode,
	[CONVERT_JSON] = json_list,
	[CONVERT_BASE64] = to_base64,
	[CONVERT_REQUEST] = request,
	[CONVERT_UNPAD] = unpad,
	[CONVERT_ENDPOINT] = convert_endpoint,
};

static void join(struct work *w)
{
	struct str sep = w->c->a;
	size_t room = 0;
	struct buf b;

	for (unsigned i = 0; i < w->in.count; i++)
		room += w->in.at[i].n + sep.n;
	room = room < CONVERT_MAX_TEXT ? room : CONVERT_MAX_TEXT;
	b = (struct buf){ .p = arena_new(w->a, char, room), .cap = room };
	for (unsigned i = 0; i < w->in.count; i++) {
		buf_str(&b, i > 0 ? sep : S(""));
		buf_str(&b, w->in.at[i]);
	}
	w->v->over = w->v->over || b.over;
	convert_put(w, buf_view(&b));
}

static bool is_kind(const struct convert *c, enum event_kind *out)
{
	if (c->kind != CONVERT_NUMBER && c->kind != CONVERT_FLOAT && c->kind != CONVERT_BOOLEAN)
		return false;
	*out = c->kind == CONVERT_BOOLEAN ? EVENT_BOOLEAN : EVENT_NUMBER;
	return true;
}

bool convert_filters(const struct convert *c)
{
	enum event_kind kind;

	return c->kind == CONVERT_NONE || c->kind == CONVERT_ZERO_NONE || is_kind(c, &kind);
}

bool convert_filter(const struct converters *c, struct str value, enum event_kind *kind)
{
	for (unsigned i = 0; i < c->count; i++)
		if (!is_kind(&c->at[i], kind) && is_none(&c->at[i], value))
			return false;
	return true;
}

static void apply(struct work *w)
{
	unsigned n = w->in.count;

	if (w->c->kind == CONVERT_COMPOSE)
		compose(w);
	else if (w->c->kind == CONVERT_JOIN)
		join(w);
	else if (w->c->kind == CONVERT_FIRST || w->c->kind == CONVERT_LAST)
		convert_put(w, n > 0 ? w->in.at[w->c->kind == CONVERT_FIRST ? 0 : n - 1]
				     : (struct str){ 0 });
	else
		for (unsigned i = 0; i < n; i++)
			each[w->c->kind](w, w->in.at[i]);
}

void convert_apply(const struct converters *c, struct condition_of of, struct arena *a,
		   struct values *v)
{
	struct work w;

	w.of = of;
	w.a = a;
	w.v = v;
	for (unsigned i = 0; i < c->count; i++) {
		if (is_kind(&c->at[i], &v->kind)) {
			v->typed = true;
			continue;
		}
		if (c->at[i].kind == CONVERT_FITTING) {
			v->fitting = true;
			continue;
		}
		w.c = &c->at[i];
		memcpy(w.in.at, v->at, v->count * sizeof v->at[0]);
		w.in.count = v->count;
		w.in.mapped = v->mapped;
		v->count = 0;
		v->mapped = false;
		apply(&w);
	}
}
