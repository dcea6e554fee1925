#include "os/mime_read.h"

#include "base/utf8.h"
#include "os/cage.h"
#include "os/file.h"

#include <gmime/gmime.h>
#include <sys/resource.h>

enum { HEAP = 96 << 20, SECONDS_OF_CPU = 10, PIECE = 16 << 10 };

// The sets in which mail is written; of another one what is not ASCII stands as U+FFFD.
static const char *const sets[] = {
	"us-ascii",     "utf-8",        "iso-8859-1",   "iso-8859-2",   "iso-8859-3",
	"iso-8859-4",   "iso-8859-5",   "iso-8859-6",   "iso-8859-7",   "iso-8859-8",
	"iso-8859-9",   "iso-8859-10",  "iso-8859-13",  "iso-8859-14",  "iso-8859-15",
	"iso-8859-16",  "windows-1250", "windows-1251", "windows-1252", "windows-1253",
	"windows-1254", "windows-1255", "windows-1256", "windows-1257", "windows-1258",
	"koi8-r",       "koi8-u",       "gb2312",       "gb18030",      "gbk",
	"big5",         "shift_jis",    "euc-jp",       "iso-2022-jp",  "euc-kr",
	"iso-2022-kr",  "utf-7",        "utf-16",       "tis-620",      "macintosh",
};

// ---- text

// UTF-8 as it should be, without what a terminal or a header would take for more than text.
static struct str clean(struct arena *a, struct str s, bool lines)
{
	struct buf b = { .p = arena_new(a, char, 3 * s.n + 1), .cap = 3 * s.n + 1 };

	while (s.n > 0) {
		uint32_t c = 0;
		size_t n = utf8_next(s, &c);

		if (n == 0)
			buf_str(&b, S("\xEF\xBF\xBD"));
		else if (c == '\t' || (lines && c == '\n'))
			buf_char(&b, (char)c);
		else if (c < ' ' || c == 0x7f)
			buf_str(&b, lines ? S("") : S(" "));
		else
			buf_add(&b, s.p, n);
		str_skip(&s, n > 0 ? n : 1);
	}
	return buf_view(&b);
}

static struct str field_text(struct mime_reader *r, const char *z)
{
	return str_first(clean(r->a, str_first(str_of(z), HEARD_FIELD / 4), false), HEARD_FIELD);
}

// ---- fields

static void add_mailboxes(struct buf *b, InternetAddressList *list, bool names)
{
	int n = internet_address_list_length(list);

	for (int i = 0; i < n && b->n < HEARD_FIELD / 8; i++) {
		InternetAddress *x = internet_address_list_get_address(list, i);

		if (INTERNET_ADDRESS_IS_GROUP(x)) {
			add_mailboxes(b,
				      internet_address_group_get_members(INTERNET_ADDRESS_GROUP(x)),
				      names);
			continue;
		}
		if (b->n > 0)
			buf_str(b, S(", "));
		buf_str(b, str_first(str_of(names ? internet_address_get_name(x)
						  : internet_address_mailbox_get_addr(
							    INTERNET_ADDRESS_MAILBOX(x))),
				     HEARD_FIELD / 16));
	}
}

static void mailboxes(struct mime_reader *r, GMimeMessage *m, GMimeAddressType type,
		      enum heard_field field)
{
	InternetAddressList *list = g_mime_message_get_addresses(m, type);
	struct buf b = { .p = arena_new(r->a, char, HEARD_FIELD), .cap = HEARD_FIELD };

	if (r->h.field[field].p == NULL || list == NULL)
		return;
	add_mailboxes(&b, list, false);
	r->h.field[field] = clean(r->a, str_first(buf_view(&b), HEARD_FIELD / 4), false);
	if (field != HEARD_FROM)
		return;
	b.n = 0;
	add_mailboxes(&b, list, true);
	r->h.field[HEARD_NAMES] = clean(r->a, str_first(buf_view(&b), HEARD_FIELD / 4), false);
}

static void fields(struct mime_reader *r, GMimeMessage *m)
{
	GMimeHeaderList *all = g_mime_object_get_header_list(GMIME_OBJECT(m));

	for (unsigned i = 0; i < HEARD_NAMES; i++) {
		GMimeHeader *h =
			g_mime_header_list_get_header(all, heard_field_name((enum heard_field)i).p);
		const char *value = h != NULL ? g_mime_header_get_value(h) : NULL;

		if (value != NULL)
			r->h.field[i] = field_text(r, value);
	}
	mailboxes(r, m, GMIME_ADDRESS_TYPE_FROM, HEARD_FROM);
	mailboxes(r, m, GMIME_ADDRESS_TYPE_SENDER, HEARD_SENDER);
	mailboxes(r, m, GMIME_ADDRESS_TYPE_REPLY_TO, HEARD_REPLY_TO);
	mailboxes(r, m, GMIME_ADDRESS_TYPE_TO, HEARD_TO);
	mailboxes(r, m, GMIME_ADDRESS_TYPE_CC, HEARD_CC);
}

// ---- parts

// Decoded to at most `most` bytes of `room`; *cut: there are more.
static size_t decoded(GMimeDataWrapper *w, const char *charset, struct buf *to, bool *cut)
{
	GMimeStream *from = g_mime_data_wrapper_get_stream(w),
		    *filtered = g_mime_stream_filter_new(from);
	GMimeFilter *decode = g_mime_filter_basic_new(g_mime_data_wrapper_get_encoding(w), FALSE);
	GMimeFilter *convert = charset != NULL ? g_mime_filter_charset_new(charset, "utf-8") : NULL;
	ssize_t n = 1;

	g_mime_stream_reset(from);
	g_mime_stream_filter_add(GMIME_STREAM_FILTER(filtered), decode);
	if (convert != NULL)
		g_mime_stream_filter_add(GMIME_STREAM_FILTER(filtered), convert);
	while (n > 0 && to->n < to->cap) {
		size_t room = to->cap - to->n < PIECE ? to->cap - to->n : PIECE;

		n = g_mime_stream_read(filtered, to->p + to->n, room);
		to->n += n > 0 ? (size_t)n : 0;
	}
	*cut = n > 0 && !g_mime_stream_eos(filtered);
	if (convert != NULL)
		g_object_unref(convert);
	g_object_unref(decode);
	g_object_unref(filtered);
	return to->n;
}

static bool has_text(struct str type)
{
	return str_has_prefix(type, S("text/")) || str_eq(type, S("message/delivery-status")) ||
	       str_eq(type, S("message/feedback-report")) ||
	       str_eq(type, S("message/disposition-notification"));
}

// UTF-8 that a bound cut in the middle of a character ends before it.
static struct str whole(struct str s)
{
	for (unsigned i = 0; i < 4 && s.n > 0 && !utf8_is(str_from(s, s.n - (s.n < 4 ? s.n : 4)));
	     i++)
		s.n--;
	return s;
}

static struct str take_text(struct mime_reader *r, struct str raw, bool *cut)
{
	size_t most = HEARD_TEXTS - r->texts < HEARD_TEXT ? HEARD_TEXTS - r->texts : HEARD_TEXT;
	struct str s = clean(r->a, str_first(raw, HEARD_TEXT), true);

	*cut = *cut || raw.n > HEARD_TEXT;
	if (s.n > most) {
		s = whole(str_first(s, most));
		*cut = true;
	}
	r->texts += s.n;
	return s;
}

static void text_of(struct mime_reader *r, GMimePart *g, struct heard_part *p)
{
	GMimeDataWrapper *w = g_mime_part_get_content(g);
	GMimeContentType *t = g_mime_object_get_content_type(GMIME_OBJECT(g));
	const char *set = g_mime_content_type_get_parameter(t, "charset");
	struct buf b = { .p = r->raw, .cap = HEARD_TEXT };

	if (w == NULL || !has_text(p->type))
		return;
	if (r->texts >= HEARD_TEXTS) {
		p->cut = true;
		return;
	}
	decoded(w,
		set == NULL || strcasecmp(set, "utf-8") == 0 ? NULL
							     : g_mime_charset_canon_name(set),
		&b, &p->cut);
	p->text = take_text(r, buf_view(&b), &p->cut);
}

static void head_of(struct mime_reader *r, GMimeMessagePart *g, struct heard_part *p)
{
	GMimeMessage *m = g_mime_message_part_get_message(g);
	char *head = m != NULL ? g_mime_object_get_headers(GMIME_OBJECT(m), NULL) : NULL;

	if (head != NULL && r->texts < HEARD_TEXTS)
		p->text = take_text(r, str_of(head), &p->cut);
	g_free(head);
}

static struct str type_of(struct mime_reader *r, GMimeObject *g)
{
	GMimeContentType *t = g_mime_object_get_content_type(g);
	char *z = t != NULL ? g_mime_content_type_get_mime_type(t) : NULL;
	struct str s = field_text(r, z != NULL ? z : "text/plain");

	for (size_t i = 0; i < s.n; i++)
		((char *)(uintptr_t)s.p)[i] = ascii_lower(s.p[i]);
	g_free(z);
	return s;
}

static const char *parameter(GMimeObject *g, const char *name)
{
	GMimeContentType *t = g_mime_object_get_content_type(g);

	return t != NULL ? g_mime_content_type_get_parameter(t, name) : NULL;
}

// Its bytes, to the parent: a length, and they.
static void give(struct mime_reader *r, GMimePart *g)
{
	GMimeDataWrapper *w = g_mime_part_get_content(g);
	struct buf b = { .p = arena_new(r->a, char, MIME_PART_BYTES + 1),
			 .cap = MIME_PART_BYTES + 1 };
	struct err e;
	bool cut;

	r->given = w != NULL && (decoded(w, NULL, &b, &cut), true) &&
		   file_write_all(r->to, S("+"), &e) && file_write_all(r->to, buf_view(&b), &e);
}

static void describe(struct mime_reader *r, GMimeObject *g, struct heard_part *p)
{
	const char *name = NULL;
	GMimeContentDisposition *d = g_mime_object_get_content_disposition(g);

	p->type = type_of(r, g);
	p->attached = d != NULL && g_mime_content_disposition_is_attachment(d);
	if (GMIME_IS_PART(g)) {
		GMimeDataWrapper *w = g_mime_part_get_content(GMIME_PART(g));
		gint64 n = w != NULL ? g_mime_stream_length(g_mime_data_wrapper_get_stream(w)) : 0;

		name = g_mime_part_get_filename(GMIME_PART(g));
		p->size = n > 0 ? (uint64_t)n : 0;
		text_of(r, GMIME_PART(g), p);
	} else if (GMIME_IS_MESSAGE_PART(g)) {
		head_of(r, GMIME_MESSAGE_PART(g), p);
	} else {
		p->protocol = field_text(r, parameter(g, "protocol"));
	}
	p->name = field_text(r, name);
}

static void walk(struct mime_reader *r, GMimeObject *g, int32_t parent, unsigned depth);

static void walk_inside(struct mime_reader *r, GMimeObject *g, int32_t self, unsigned depth)
{
	if (GMIME_IS_MULTIPART(g)) {
		int n = g_mime_multipart_get_count(GMIME_MULTIPART(g));

		for (int i = 0; i < n; i++)
			walk(r, g_mime_multipart_get_part(GMIME_MULTIPART(g), i), self, depth + 1);
	} else if (GMIME_IS_MESSAGE_PART(g)) {
		GMimeMessage *m = g_mime_message_part_get_message(GMIME_MESSAGE_PART(g));

		if (m != NULL)
			walk(r, g_mime_message_get_mime_part(m), self, depth + 1);
	}
}

static void walk(struct mime_reader *r, GMimeObject *g, int32_t parent, unsigned depth)
{
	struct heard_part p = { .parent = parent };

	if (g == NULL || r->given)
		return;
	if (r->h.parts.count == HEARD_PARTS || depth == HEARD_DEPTH) {
		r->h.left_out++;
		return;
	}
	if (r->want == (long)r->h.parts.count && GMIME_IS_PART(g)) {
		give(r, GMIME_PART(g));
		return;
	}
	if (r->want < 0)
		describe(r, g, &p);
	*list_add(&r->h.parts, r->a) = p;
	walk_inside(r, g, (int32_t)r->h.parts.count - 1, depth);
}

// ---- the child

// As much of it as has no more boundaries than the bound.
static struct str within(struct str mail, bool *cut)
{
	unsigned n = 0;

	for (struct str rest = mail; rest.n > 0; str_cut(&rest, '\n'))
		if (str_has_prefix(rest, S("--")) && ++n > MIME_BOUNDARIES) {
			*cut = true;
			return str_first(mail, (size_t)(rest.p - mail.p));
		}
	return mail;
}

static void parse(struct mime_reader *r)
{
	struct str mail = within(r->mail, &r->h.broken);
	GByteArray bytes = { (guint8 *)(uintptr_t)mail.p, (guint)mail.n };
	GMimeStream *s = g_mime_stream_mem_new();
	GMimeParser *p;
	GMimeMessage *m;

	g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(s),
					 &bytes); // not a copy, and not its own
	p = g_mime_parser_new_with_stream(s);
	m = g_mime_parser_construct_message(p, NULL);
	if (r->h.broken)
		r->h.left_out++;
	if (m != NULL) {
		fields(r, m);
		walk(r, g_mime_message_get_mime_part(m), -1, 0);
	} else {
		r->h.broken = true;
	}
}

int mime_read_child(void *context)
{
	struct mime_reader *r = context;
	struct buf b;
	struct err e;

	setrlimit(RLIMIT_CPU, &(struct rlimit){ SECONDS_OF_CPU, SECONDS_OF_CPU + 1 });
	cage_warm(HEAP);
	cage_enter();
	parse(r);
	if (r->want >= 0)
		return r->given || file_write_all(r->to, S("-"), &e) ? 0 : 1;
	b = (struct buf){ .p = arena_new(r->a, char, HEARD_BYTES), .cap = HEARD_BYTES };
	heard_write(&b, &r->h);
	return !b.over && file_write_all(r->to, buf_view(&b), &e) ? 0 : 1;
}

// ---- before the first

// What GLib makes at the first use of a type wakes those who wait for it: a call of the kernel.
static GType (*const types[])(void) = {
	g_mime_content_disposition_get_type,
	g_mime_content_type_get_type,
	g_mime_data_wrapper_get_type,
	g_mime_filter_basic_get_type,
	g_mime_filter_best_get_type,
	g_mime_filter_charset_get_type,
	g_mime_header_get_type,
	g_mime_header_list_get_type,
	g_mime_message_get_type,
	g_mime_message_part_get_type,
	g_mime_message_partial_get_type,
	g_mime_multipart_get_type,
	g_mime_multipart_encrypted_get_type,
	g_mime_multipart_signed_get_type,
	g_mime_param_get_type,
	g_mime_param_list_get_type,
	g_mime_part_get_type,
	g_mime_text_part_get_type,
	g_mime_stream_cat_get_type,
	g_mime_stream_filter_get_type,
	g_mime_stream_mem_get_type,
	g_mime_stream_null_get_type,
	internet_address_group_get_type,
	internet_address_list_get_type,
	internet_address_mailbox_get_type,
};
static const char first[] =
	"From: =?windows-1252?q?a?= <a@b.example>\nTo: c@d.example, G: e@f.example;\n"
	"Sender: a@b.example\nReply-To: a@b.example\nDate: Mon, 2 Mar 2026 12:00:00 +0000\n"
	"Message-ID: <1@b.example>\nReferences: <2@b.example>\nIn-Reply-To: <2@b.example>\n"
	"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
	"Content-Type: text/plain; charset=iso-8859-15\nContent-ID: <3@b.example>\n"
	"Content-Disposition: attachment; filename*=utf-8''a%20b\n"
	"Content-Transfer-Encoding: base64\n\naGVsbG8=\n--x\n"
	"Content-Type: text/plain\nContent-Transfer-Encoding: "
	"quoted-printable\n\n=41\n--x\n"
	"Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 "
	"a\n#0V%T\n`\nend\n"
	"--x\nContent-Type: message/rfc822\n\nSubject: s\n"
	"Date: Mon, 2 Mar 2026 12:00:00 +0200 (CEST)\n\nhello\n--x\n"
	"Content-Type: message/rfc822\n\nDate: Mon, 2 Mar 26 12:00 EST\n\nhello\n--x\n"
	"Content-Type: message/partial; id=a; number=1\n\nhello\n--x--\n";

static iconv_t opened[COUNTOF(sets)];

// All that GMime makes at its first use is made now, and a mail is read, so that nothing is left that
// asks the kernel for more than the cage allows.
void mime_read_begin(void)
{
	autoarena a = { 0 };
	struct mime_reader r = {
		.mail = { first, sizeof first - 1 }, .to = -1, .a = &a, .want = -1
	};

	if (opened[0] != NULL)
		return;
	g_mime_init();
	g_time_zone_unref(g_time_zone_new_utc()); // of a Date that has none that is known
	for (size_t i = 0; i < COUNTOF(types); i++)
		g_type_class_ref(types[i]());
	for (size_t i = 0; i < COUNTOF(sets); i++)
		opened[i] = g_mime_iconv_open("utf-8", sets[i]);
	arena_init(&a, MIME_ROOM);
	r.raw = arena_new(&a, char, HEARD_TEXT);
	parse(&r);
}
