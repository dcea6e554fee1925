#include "os/mime_gmime.h"

#include "codec/mail/heard_mailbox.h"
#include "codec/mail/heard_text.h"
#include "codec/mail/mime_mend.h"
#include "codec/mail/mime_read.h"
#include "codec/mail/mime_weigh.h"
#include "os/cage.h"
#include "os/mime_head.h"
#include "os/mime_text.h"

#include <gmime/gmime.h>
#include <stdlib.h>

enum {
	PIECE = 8 << 10,
	GROUPS = 4, // of addresses in each other that are looked into
	STATUS_NO_MEMORY = 65,
	ALL = UINT32_MAX,
};

struct mime_gmime {
	struct mime_text *text;
	GMimeParserOptions *options; // of addresses and parameters
};

// One mail on its way.
struct work {
	struct arena *a;
	struct str mail; // what GMime was given
	struct heard_whole *out;
	size_t texts; // bytes that may still be kept
	uint32_t wanted;
	GMimeObject *found; // the wanted part; not owned
};

// Memory that is at its end is what it tells as an error; all else is no matter.
static GLogWriterOutput told(GLogLevelFlags level, const GLogField *fields, size_t n, void *context)
{
	(void)fields, (void)n, (void)context;
	if (level & G_LOG_LEVEL_ERROR)
		cage_leave(STATUS_NO_MEMORY);
	return G_LOG_WRITER_HANDLED;
}

static void told_plainly(const char *domain, GLogLevelFlags level, const char *text, void *context)
{
	(void)domain, (void)text;
	told(level, NULL, 0, context);
}

void mime_gmime_alone(void)
{
	g_log_set_default_handler(told_plainly, NULL);
	g_log_set_writer_func(told, NULL, NULL);
}

struct mime_gmime *mime_gmime_new(void)
{
	static const char *guesses[] = { "utf-8", "windows-1252", NULL };
	struct mime_gmime *g = calloc(1, sizeof *g);

	if (g == NULL)
		abort();
	g_mime_init();
	g->text = mime_text_new();
	g->options = g_mime_parser_options_new();
	g_mime_parser_options_set_fallback_charsets(g->options, guesses);
	g_mime_parser_options_set_allow_addresses_without_domain(g->options, TRUE);
	return g;
}

void mime_gmime_free(struct mime_gmime *g)
{
	if (g == NULL)
		return;
	g_mime_parser_options_free(g->options);
	mime_text_free(g->text);
	free(g); // what g_mime_init made stays: others of the process may use it
}

// ---- addresses

static void put_list(struct buf *out, InternetAddressList *list, unsigned depth)
{
	const int n = list != NULL ? internet_address_list_length(list) : 0;

	for (int i = 0; i < n; i++) {
		InternetAddress *one = internet_address_list_get_address(list, i);

		if (INTERNET_ADDRESS_IS_MAILBOX(one))
			heard_mailbox(out, str_of(internet_address_get_name(one)),
				      str_of(internet_address_mailbox_get_addr(
					      (InternetAddressMailbox *)one)));
		else if (INTERNET_ADDRESS_IS_GROUP(one) && depth < GROUPS)
			put_list(out,
				 internet_address_group_get_members((InternetAddressGroup *)one),
				 depth + 1);
	}
}

struct str mime_gmime_addresses(const struct mime_gmime *g, struct str value, struct arena *a)
{
	struct buf out = { .p = arena_new(a, char, HEARD_FIELD), .cap = HEARD_FIELD };
	const char *z = str_z(a, value);
	InternetAddressList *list;

	if (z == NULL) // a NUL
		return value;
	list = internet_address_list_parse(g->options, z);
	put_list(&out, list, 0);
	if (list != NULL)
		g_object_unref(list);
	return out.n > 0 ? buf_view(&out) : value;
}

// ---- a part

static struct str media_type(GMimeObject *o, struct arena *a)
{
	GMimeContentType *t = g_mime_object_get_content_type(o);
	char room[HEARD_TYPE + 2];
	struct buf b = BUF_ON(room);

	if (t == NULL)
		return S("text/plain");
	buf_str(&b, str_of(g_mime_content_type_get_media_type(t)));
	buf_char(&b, '/');
	buf_str(&b, str_of(g_mime_content_type_get_media_subtype(t)));
	if (b.over)
		b.n = 0;
	return heard_type(buf_view(&b), a);
}

// The bytes of the mail that are its content, not yet decoded.
static struct str content_of(const struct work *w, GMimePart *part, GMimeContentEncoding *how)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *s = content != NULL ? g_mime_data_wrapper_get_stream(content) : NULL;
	uint64_t start, end;

	*how = GMIME_CONTENT_ENCODING_DEFAULT;
	if (s == NULL || s->bound_start < 0)
		return (struct str){ 0 };
	*how = g_mime_data_wrapper_get_encoding(content);
	start = (uint64_t)s->bound_start;
	end = s->bound_end < 0 ? w->mail.n : (uint64_t)s->bound_end;
	if (end > w->mail.n || start > end)
		return (struct str){ 0 };
	if (end > start && end < w->mail.n && w->mail.p[end] == '\n' &&
	    w->mail.p[end - 1] == '\r') // before a boundary that is the mail's end
		end--;
	return (struct str){ w->mail.p + start, end - start };
}

static bool decode(GMimePart *part, const struct mime_sink *to)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *source = g_mime_data_wrapper_get_stream(content);
	GMimeFilter *basic = g_mime_filter_basic_new(g_mime_data_wrapper_get_encoding(content), 0);
	GMimeStream *filter = g_mime_stream_filter_new(source);
	char piece[PIECE];
	bool ok = true;
	ssize_t n;

	g_mime_stream_reset(source);
	g_mime_stream_filter_add((GMimeStreamFilter *)filter, basic);
	while (ok && (n = g_mime_stream_read(filter, piece, sizeof piece)) > 0)
		ok = to->put(to->context, (struct str){ piece, (size_t)n });
	g_object_unref(filter);
	g_object_unref(basic);
	return ok;
}

static bool is_plain(GMimeContentEncoding how)
{
	return how != GMIME_CONTENT_ENCODING_BASE64 &&
	       how != GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE &&
	       how != GMIME_CONTENT_ENCODING_UUENCODE;
}

struct kept {
	struct buf b;
	uint64_t size;
};

static bool keep(void *context, struct str piece)
{
	struct kept *k = context;

	k->size += piece.n;
	buf_str(&k->b, str_first(piece, k->b.cap - k->b.n));
	return true;
}

// Its text, of up to `most` bytes decoded, into p; a mail inside: its head.
static void read_text(struct work *w, const struct str *charset, struct str bytes,
		      struct heard_part *p)
{
	const size_t room = w->texts < HEARD_TEXT ? w->texts : HEARD_TEXT;
	struct buf text = { .cap = 3 * bytes.n < room ? 3 * bytes.n : room };
	char *mark;

	text.p = arena_new(w->a, char, text.cap + 1);
	mark = arena_mark(w->a);
	p->cut = !heard_text(mime_text_utf8(*charset, bytes, w->a), &text) || p->cut;
	arena_back(w->a, mark);
	p->text = buf_view(&text);
	w->texts -= text.n;
}

static bool is_mail(struct str type)
{
	return str_eq(type, S("message/rfc822")) || str_eq(type, S("message/rfc2822")) ||
	       str_eq(type, S("message/global")) || str_eq(type, S("message/news"));
}

// A leaf: its size, and its text where it is one.
static void read_leaf(struct work *w, GMimePart *part, struct heard_part *p)
{
	const bool text =
		str_has_prefix(p->type, S("text/")) || str_has_prefix(p->type, S("message/"));
	const char *set = g_mime_object_get_content_type_parameter((GMimeObject *)part, "charset");
	struct str charset = str_of(set), bytes;
	struct kept k = { .size = 0 };
	GMimeContentEncoding how;

	bytes = content_of(w, part, &how);
	p->size = bytes.n;
	if (bytes.n == 0)
		return;
	if (!is_plain(how)) {
		const struct mime_sink to = { keep, &k };

		k.b.cap = !text ? 0 : bytes.n < HEARD_TEXT ? bytes.n : HEARD_TEXT;
		k.b.p = arena_new(w->a, char, k.b.cap + 1);
		if (!decode(part, &to))
			return;
		p->size = k.size;
		bytes = buf_view(&k.b);
	}
	if (!text)
		return;
	if (is_mail(p->type))
		bytes = mime_cut(bytes).head;
	p->cut = !is_plain(how) && k.size > k.b.n;
	if (bytes.n > HEARD_TEXT) {
		bytes.n = HEARD_TEXT;
		p->cut = true;
	}
	read_text(w, &charset, bytes, p);
}

// Where its first field stands in the mail.
static size_t first_field(const struct work *w, GMimeObject *o)
{
	GMimeHeaderList *list = o != NULL ? g_mime_object_get_header_list(o) : NULL;
	gint64 at;

	if (list == NULL || g_mime_header_list_get_count(list) == 0)
		return w->mail.n;
	at = g_mime_header_get_offset(g_mime_header_list_get_header_at(list, 0));
	return at >= 0 && (uint64_t)at < w->mail.n ? (size_t)at : w->mail.n;
}

static void read_inner_head(struct work *w, GMimeMessage *m, struct heard_part *p)
{
	const size_t a = first_field(w, (GMimeObject *)m);
	const size_t b = first_field(w, g_mime_message_get_mime_part(m));
	struct str head = mime_cut(str_from(w->mail, a < b ? a : b)).head, unsaid = S("");

	p->cut = head.n > HEARD_TEXT;
	read_text(w, &unsaid, str_first(head, HEARD_TEXT), p);
}

static void read_part(struct work *w, GMimeObject *o, int32_t parent)
{
	const char *disposition = g_mime_object_get_disposition(o);
	const char *name = g_mime_object_get_content_disposition_parameter(o, "filename");
	struct heard_part p = { .parent = parent, .type = media_type(o, w->a) };

	if (name == NULL)
		name = g_mime_object_get_content_type_parameter(o, "name");
	if (name != NULL)
		p.name = heard_line(str_of(name), HEARD_NAME, w->a);
	if (str_eq(p.type, S("multipart/signed")) || str_eq(p.type, S("multipart/encrypted")))
		p.protocol = heard_type(
			str_of(g_mime_object_get_content_type_parameter(o, "protocol")), w->a);
	p.attached = str_eq_nocase(str_of(disposition), S("attachment"));
	if (GMIME_IS_PART(o))
		read_leaf(w, (GMimePart *)o, &p);
	else if (GMIME_IS_MESSAGE_PART(o) &&
		 g_mime_message_part_get_message((GMimeMessagePart *)o) != NULL)
		read_inner_head(w, g_mime_message_part_get_message((GMimeMessagePart *)o), &p);
	*list_add(&w->out->parts, w->a) = p;
}

static void walk(struct work *w, GMimeObject *o, int32_t parent, unsigned depth);

static void walk_into(struct work *w, GMimeObject *o, int32_t at, unsigned depth)
{
	if (GMIME_IS_MULTIPART(o)) {
		GMimeMultipart *many = (GMimeMultipart *)o;
		const int n = g_mime_multipart_get_count(many);

		w->out->broken = w->out->broken || !many->write_end_boundary;
		for (int i = 0; i < n; i++)
			walk(w, g_mime_multipart_get_part(many, i), at, depth);
	} else if (GMIME_IS_MESSAGE_PART(o)) {
		GMimeMessage *m = g_mime_message_part_get_message((GMimeMessagePart *)o);
		GMimeObject *inner = m != NULL ? g_mime_message_get_mime_part(m) : NULL;

		if (inner != NULL)
			walk(w, inner, at, depth);
	}
}

// Each part in its order. The library bounds how deep they lie (1,024).
static void walk(struct work *w, GMimeObject *o, int32_t parent, unsigned depth)
{
	const size_t at = w->out->parts.count;
	const bool counts = at < HEARD_PARTS && depth <= HEARD_DEPTH;

	if (!counts)
		w->out->left_out++;
	else if (w->wanted == ALL)
		read_part(w, o, parent);
	else
		*list_add(&w->out->parts, w->a) = (struct heard_part){ .parent = parent };
	if (counts && at == w->wanted)
		w->found = o;
	walk_into(w, o, (int32_t)at, depth + 1);
}

// ---- the whole

static void warned(gint64 offset, GMimeParserWarning what, const char *item, void *context)
{
	struct heard_whole *h = context;

	(void)offset;
	switch (what) {
	case GMIME_CRIT_CONFLICTING_HEADER: // of a mail's others some may come more than once
		h->broken = h->broken || str_eq_nocase(str_first(str_of(item), 8), S("content-"));
		break;
	case GMIME_WARN_MALFORMED_MULTIPART:
	case GMIME_WARN_MALFORMED_MESSAGE:
	case GMIME_CRIT_INVALID_HEADER_NAME:
	case GMIME_CRIT_CONFLICTING_PARAMETER:
	case GMIME_CRIT_MULTIPART_WITHOUT_BOUNDARY:
	case GMIME_CRIT_NESTING_OVERFLOW:
	case GMIME_CRIT_PART_WITHOUT_HEADERS_OR_CONTENT:
		h->broken = true;
		break;
	case GMIME_WARN_DUPLICATED_HEADER:
	case GMIME_WARN_DUPLICATED_PARAMETER:
	case GMIME_WARN_UNENCODED_8BIT_HEADER:
	case GMIME_WARN_INVALID_CONTENT_TYPE:
	case GMIME_WARN_INVALID_RFC2047_HEADER_VALUE:
	case GMIME_WARN_INVALID_PARAMETER:
	case GMIME_WARN_INVALID_ADDRESS_LIST:
	case GMIME_WARN_PART_WITHOUT_CONTENT:
	case GMIME_WARN_TRUNCATED_MESSAGE: // also where a head is all there is; walk() sees the rest
		break;
	}
}

struct tree {
	GByteArray *bytes; // the mail, where it stands
	GMimeObject *root; // NULL: it has no head
};

static struct tree tree_of(const struct mime_gmime *g, const struct work *w)
{
	GMimeParserOptions *options = g_mime_parser_options_clone(g->options);
	// NOLINTNEXTLINE(performance-no-int-to-ptr): it is not written to
	struct tree t = { g_byte_array_new_take((guint8 *)(uintptr_t)w->mail.p, w->mail.n), NULL };
	GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(t.bytes);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);

	g_mime_stream_mem_set_owner((GMimeStreamMem *)stream, FALSE);
	g_mime_parser_options_set_warning_callback(options, warned, w->out);
	g_mime_parser_set_persist_stream(parser, TRUE); // its parts point into the mail
	t.root = g_mime_parser_construct_part(parser, options);
	g_object_unref(parser);
	g_object_unref(stream);
	g_mime_parser_options_free(options);
	return t;
}

static void tree_done(struct tree *t)
{
	if (t->root != NULL)
		g_object_unref(t->root);
	g_byte_array_free(t->bytes, FALSE);
}

// What has no head is all text.
static void only_text(struct work *w)
{
	struct heard_part p = { .type = S("text/plain"), .parent = -1, .size = w->mail.n };
	struct str unsaid = S("");

	p.cut = w->mail.n > HEARD_TEXT;
	read_text(w, &unsaid, str_first(w->mail, HEARD_TEXT), &p);
	*list_add(&w->out->parts, w->a) = p;
	w->out->broken = true;
}

// Parts that none of their boundaries cut: a person would still read what stands there.
static void uncut_text(struct work *w)
{
	struct str body = mime_cut(w->mail).body, unsaid = S("");
	struct heard_part p = { .type = S("text/plain"), .size = body.n };

	LIST_EACH (const struct heard_part, x, &w->out->parts)
		if (!str_has_prefix(x->type, S("multipart/")))
			return;
	if (w->out->left_out > 0 || w->out->parts.count == HEARD_PARTS)
		return;
	p.cut = body.n > HEARD_TEXT;
	read_text(w, &unsaid, str_first(body, HEARD_TEXT), &p);
	*list_add(&w->out->parts, w->a) = p;
	w->out->broken = true;
}

// Cuts off what is over the limits.
static void weigh(struct work *w)
{
	struct mime_weight weight;

	mime_weigh(w->mail, &weight);
	w->out->broken = w->out->broken || weight.until < w->mail.n;
	w->out->left_out += weight.left_out;
	w->mail.n = weight.until;
}

void mime_gmime_fields(const struct mime_gmime *g, struct str mail, struct arena *a,
		       struct heard_whole *out)
{
	bool ignored;

	*out = (struct heard_whole){ .left_out = 1, .broken = true };
	mime_head(g, mime_cut(mime_mend(mail, a, &ignored)).head, a, out);
}

void mime_gmime_read(const struct mime_gmime *g, struct str mail, struct arena *a,
		     struct heard_whole *out)
{
	struct work w = { .a = a, .out = out, .texts = HEARD_TEXTS, .wanted = ALL };
	struct tree t;

	*out = (struct heard_whole){ 0 };
	w.mail = mime_mend(mail, a, &out->broken);
	mime_head(g, mime_cut(w.mail).head, a, out);
	weigh(&w);
	t = tree_of(g, &w);
	if (t.root != NULL)
		walk(&w, t.root, -1, 0);
	else
		only_text(&w);
	uncut_text(&w);
	tree_done(&t);
}

static bool put_part(const struct work *w, const struct mime_sink *to)
{
	GMimeContentEncoding how;
	struct str bytes;

	if (w->found == NULL || !GMIME_IS_PART(w->found))
		return false;
	bytes = content_of(w, (GMimePart *)w->found, &how);
	return bytes.n == 0 ||
	       (is_plain(how) ? to->put(to->context, bytes) : decode((GMimePart *)w->found, to));
}

bool mime_gmime_part(const struct mime_gmime *g, struct str mail, uint32_t part, struct arena *a,
		     const struct mime_sink *to)
{
	struct heard_whole ignored = { 0 };
	struct work w = { .a = a, .out = &ignored, .wanted = part };
	struct tree t;
	bool ok;

	w.mail = mime_mend(mail, a, &ignored.broken);
	weigh(&w);
	t = tree_of(g, &w);
	if (t.root == NULL && part == 0) {
		ok = to->put(to->context, w.mail);
	} else {
		if (t.root != NULL)
			walk(&w, t.root, -1, 0);
		ok = put_part(&w, to);
	}
	tree_done(&t);
	return ok;
}
