#include "codec/mail/mime.h"

#include "codec/mail/mime_body.h"

// A field of the head has a second name for when it is the outer one, told within what is
// encrypted (RFC 9788, 2.2).
#define FIELD(name)                     \
	{                               \
		name, "HP-Outer: " name \
	}
static const char *const names[][2] = {
	FIELD("From"),           FIELD("Reply-To"),    FIELD("To"),         FIELD("Subject"),
	FIELD("Date"),           FIELD("Message-ID"),  FIELD("References"), FIELD("In-Reply-To"),
	FIELD("Auto-Submitted"), FIELD("X-Waker-Ref"),
};
enum { FROM, REPLY_TO, TO, SUBJECT, DATE, MESSAGE_ID, REFERENCES, IN_REPLY_TO, AUTO, WAKER_REF };

static bool head_fields(const struct mime_head *h, bool outer, struct buf *b, struct err *e)
{
	if (h->to_count < 1 || h->to_count > MIME_MAX_TO)
		return err_set(e, ERR_LIMIT, "To: %zu addresses; it must be 1 to %d", h->to_count,
			       MIME_MAX_TO);
	if (!header_mailboxes(b, names[FROM][outer], &h->from, 1, e) ||
	    (h->reply_to.address.n > 0 &&
	     !header_mailboxes(b, names[REPLY_TO][outer], &h->reply_to, 1, e)) ||
	    !header_mailboxes(b, names[TO][outer], h->to, h->to_count, e))
		return false;
	header_text(b, names[SUBJECT][outer], h->subject);
	header_date(b, names[DATE][outer], h->date, h->ahead);
	header_ids(b, names[MESSAGE_ID][outer], &h->message_id, 1);
	header_ids(b, names[REFERENCES][outer], h->references, h->reference_count);
	header_ids(b, names[IN_REPLY_TO][outer], &h->in_reply_to, 1);
	header_text(b, names[AUTO][outer], h->answers ? S("auto-replied") : S("auto-generated"));
	if (h->waker_ref.n > 0)
		header_text(b, names[WAKER_REF][outer], h->waker_ref);
	return true;
}

void mime_boundary(uint64_t seed, char letter, char out[MIME_BOUNDARY])
{
	char digits[17] = { 0 };

	for (size_t i = 16; i-- > 0; seed >>= 4)
		digits[i] = "0123456789abcdef"[seed & 15];
	memcpy(out, "=_", 2);
	out[2] = letter;
	memcpy(out + 3, digits, sizeof digits);
}

// A type and what follows it, as its entity has it, and whether fields of the head come with it.
struct typed {
	struct str type;
	struct header_parameter of;
	const struct mime_content *protected; // NULL: no
};

static bool content_type(const struct typed *t, struct buf *b, struct err *e)
{
	const struct mime_content *c = t->protected;
	struct header_parameter at[3];
	size_t n = 0;

	if (t->of.name != NULL)
		at[n++] = t->of;
	if (c != NULL && c->protection != MIME_OPEN) {
		at[n++] = (struct header_parameter){ "protected-headers", S("v1") };
		at[n++] = (struct header_parameter){
			"hp",
			c->protection == MIME_SEALED ? S("cipher") : S("clear"),
		};
	}
	header_parameters(b, "Content-Type", t->type, at, n);
	if (c == NULL || c->protection == MIME_OPEN)
		return true;
	return head_fields(c->inner, false, b, e) &&
	       (c->protection != MIME_SEALED || head_fields(c->outer, true, b, e));
}

static void encoding(struct buf *b, struct str how)
{
	header_text(b, "Content-Transfer-Encoding", how);
}

static bool words(struct str type, struct str text, const struct mime_content *protected,
		  struct buf *b, struct err *e)
{
	if (!content_type(&(struct typed){ type, { "charset", S("utf-8") }, protected }, b, e))
		return false;
	encoding(b, S("quoted-printable"));
	buf_str(b, S("\r\n"));
	mime_quoted(b, text);
	return true;
}

static void part(struct buf *b, const char *boundary)
{
	buf_str(b, S("\r\n--"));
	buf_str(b, str_of(boundary));
	buf_str(b, S("\r\n"));
}

static void last_part(struct buf *b, const char *boundary)
{
	buf_str(b, S("\r\n--"));
	buf_str(b, str_of(boundary));
	buf_str(b, S("--\r\n"));
}

// The text, or the text and its HTML.
static bool letter(const struct mime_content *c, const struct mime_content *protected,
		   struct buf *b, struct err *e)
{
	char boundary[MIME_BOUNDARY];

	if (c->html.n == 0)
		return words(S("text/plain"), c->text, protected, b, e);
	mime_boundary(c->seed, 'a', boundary);
	if (!content_type(&(struct typed){ S("multipart/alternative"),
					   { "boundary", str_of(boundary) },
					   protected },
			  b, e))
		return false;
	part(b, boundary);
	if (!words(S("text/plain"), c->text, NULL, b, e))
		return false;
	part(b, boundary);
	if (!words(S("text/html"), c->html, NULL, b, e))
		return false;
	last_part(b, boundary);
	return true;
}

// type "/" subtype, of what may stand in both without quotes.
static bool type_good(struct str type)
{
	size_t slashes = 0;

	for (size_t i = 0; i < type.n; i++) {
		const char c = type.p[i], low = ascii_lower(c);

		slashes += c == '/';
		if (!(low >= 'a' && low <= 'z') && !(c >= '0' && c <= '9') &&
		    !str_has(S("/+-._"), c))
			return false;
	}
	return slashes == 1 && type.n <= 64 && type.p[0] != '/' && type.p[type.n - 1] != '/';
}

static void attachment(const struct mime_attachment *at, struct buf *b)
{
	static const struct header_parameter charset = { "charset", S("utf-8") };
	const struct header_parameter filename = { "filename", at->name };
	struct str type = type_good(at->type) ? at->type : S("application/octet-stream");

	header_parameters(b, "Content-Type", type, &charset, str_has_prefix(type, S("text/")));
	header_parameters(b, "Content-Disposition", S("attachment"), &filename, at->name.n > 0);
	encoding(b, S("base64"));
	buf_str(b, S("\r\n"));
	mime_base64(b, at->bytes);
}

static bool in_bounds(const struct mime_content *c, struct err *e)
{
	size_t n = c->text.n + c->html.n;

	if (c->attachment_count > MIME_MAX_ATTACHMENTS)
		return err_set(e, ERR_LIMIT, "%zu attachments; a mail may have %d",
			       c->attachment_count, MIME_MAX_ATTACHMENTS);
	for (size_t i = 0; i < c->attachment_count; i++)
		n += c->attachments[i].bytes.n;
	return n <= MIME_MAX_BYTES ||
	       err_set(e, ERR_LIMIT, "%zu bytes of text and attachments; a mail may have %d", n,
		       MIME_MAX_BYTES);
}

bool mime_entity(const struct mime_content *c, struct buf *out, struct err *e)
{
	char boundary[MIME_BOUNDARY];

	if (!in_bounds(c, e))
		return false;
	if (c->attachment_count == 0)
		return letter(c, c, out, e);
	mime_boundary(c->seed, 'm', boundary);
	if (!content_type(
		    &(struct typed){ S("multipart/mixed"), { "boundary", str_of(boundary) }, c },
		    out, e))
		return false;
	part(out, boundary);
	if (!letter(c, NULL, out, e))
		return false;
	for (size_t i = 0; i < c->attachment_count; i++) {
		part(out, boundary);
		attachment(&c->attachments[i], out);
	}
	last_part(out, boundary);
	return true;
}

bool mime_message(const struct mime_head *head, struct str entity, struct buf *out, struct err *e)
{
	if (!head_fields(head, false, out, e))
		return false;
	header_text(out, "MIME-Version", S("1.0"));
	buf_str(out, entity);
	return true;
}

// Of a value that may be encoded: no byte becomes more than three, lines are folded.
static size_t value_room(struct str s)
{
	return 64 + 4 * str_first(s, HEADER_MAX_VALUE).n;
}

static size_t mailbox_room(const struct header_mailbox *m)
{
	return value_room(m->name) + m->address.n;
}

size_t mime_head_room(const struct mime_head *h)
{
	enum { ID = HEADER_MAX_ID + sizeof "\r\n <>", NAMES = 512 };
	size_t n = NAMES + mailbox_room(&h->from) + mailbox_room(&h->reply_to);

	for (size_t i = 0; i < h->to_count; i++)
		n += mailbox_room(&h->to[i]);
	for (size_t i = 0; i < h->reference_count; i++)
		n += ID;
	return n + value_room(h->subject) + value_room(h->waker_ref) + 2 * ID;
}

size_t mime_room(const struct mime_content *c)
{
	enum { PARTS = 3, PART = 256 };
	size_t n = PARTS * (size_t)PART + 4 * (c->text.n + c->html.n);

	if (c->protection != MIME_OPEN)
		n += mime_head_room(c->inner);
	if (c->protection == MIME_SEALED)
		n += mime_head_room(c->outer);
	for (size_t i = 0; i < c->attachment_count; i++)
		n += PART + value_room(c->attachments[i].name) + c->attachments[i].bytes.n / 2 * 3;
	return n;
}
