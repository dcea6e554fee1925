#include "codec/mail/signed.h"

#include "codec/mail/mime_read.h"

static const struct {
	const char *word, *says;
} forms[] = {
#define X(id, word, says) [id] = { word, says },
	SIGNED_FORMS(X)
#undef X
};

struct str signed_form_word(enum signed_form form)
{
	return str_of(forms[form].word);
}

struct str signed_form_says(enum signed_form form)
{
	return str_of(forms[form].says);
}

struct cutting {
	struct arena *a;
	struct signed_cut *out;
	bool crlf; // the mail's lines end so
};

// ---- parts, byte by byte

struct parts {
	struct str rest, boundary;
	bool inside; // the first boundary is behind
	bool last;   // so is the one that ends all
};

// The end of line before a boundary is the boundary's.
static struct str without_end(struct str s)
{
	if (s.n > 0 && s.p[s.n - 1] == '\n')
		s.n--;
	if (s.n > 0 && s.p[s.n - 1] == '\r')
		s.n--;
	return s;
}

static bool next_part(struct parts *p, struct str *out)
{
	const char *start = p->rest.p;

	while (p->rest.n > 0 && !p->last) {
		const char *at = p->rest.p;
		const bool was_inside = p->inside;

		if (!mime_delimits(str_cut(&p->rest, '\n'), p->boundary, &p->last))
			continue;
		p->inside = true;
		if (was_inside) {
			*out = without_end((struct str){ start, (size_t)(at - start) });
			return true;
		}
		start = p->rest.p;
	}
	return false;
}

static struct str type_of(struct str entity, struct arena *a)
{
	return mime_field(mime_cut(entity).head, S("Content-Type"), a);
}

static bool type_is(struct str type, struct str word)
{
	return str_eq_nocase(mime_value(type), word);
}

// The bytes of a part that holds no others.
static struct str decoded(struct str entity, struct arena *a)
{
	struct mime_parts parts;

	mime_parts(entity, a, &parts);
	return parts.at.count == 1 ? parts.at.at[0].bytes : (struct str){ 0 };
}

static struct str canonical(const struct cutting *c, struct str s)
{
	char *out;
	size_t n = 0;

	if (c->crlf || !str_has(s, '\n'))
		return s;
	out = arena_new(c->a, char, 2 * s.n);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n' && (i == 0 || s.p[i - 1] != '\r'))
			out[n++] = '\r';
		out[n++] = s.p[i];
	}
	return (struct str){ out, n };
}

// ---- S/MIME in one piece

// A length of BER behind its tag; not more than what is there is skipped.
static bool skip_length(struct str *s)
{
	unsigned char first;
	size_t more;

	if (s->n == 0)
		return false;
	first = (unsigned char)s->p[0];
	more = first > 0x80 ? first & 0x7fu : 0;
	if (more > 8 || s->n < 1 + more)
		return false;
	str_skip(s, 1 + more);
	return true;
}

// By its content type (RFC 5652, 3; RFC 5083), not by what Content-Type says of it.
static enum signed_form cms_form(struct str der)
{
	static const struct {
		struct str oid;
		enum signed_form form;
	} types[] = {
		{ { "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", 11 }, SIGNED_CMS },
		{ { "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03", 11 }, SEALED_CMS },
		{ { "\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17", 13 }, SEALED_CMS },
	};

	if (!str_starts(der, 0x30))
		return SIGNED_NOT;
	str_skip(&der, 1);
	if (!skip_length(&der))
		return SIGNED_NOT;
	for (size_t i = 0; i < COUNTOF(types); i++)
		if (str_has_prefix(der, types[i].oid))
			return types[i].form;
	return SIGNED_NOT;
}

static bool cut_cms(const struct cutting *c, struct str entity, struct str type)
{
	struct str der;

	if (!type_is(type, S("application/pkcs7-mime")) &&
	    !type_is(type, S("application/x-pkcs7-mime")))
		return false;
	der = decoded(entity, c->a);
	c->out->form = cms_form(der);
	if (c->out->form != SIGNED_NOT)
		c->out->bytes = der;
	else
		c->out->broken = "its S/MIME is neither signed nor sealed, or is damaged";
	return true;
}

// ---- OpenPGP within a text

// From a line that is `begin` to the end of the line that is `end`. *around: something else stands
// before or behind it.
static bool cut_armor(struct str text, struct str begin, struct str end, struct str *out,
		      bool *around)
{
	struct str rest = text;
	const char *start = NULL;

	*around = false;
	while (rest.n > 0) {
		const char *at = rest.p;
		struct str line = str_cut(&rest, '\n');
		const bool marks = str_starts(line, '-');

		line = str_trim(line);
		if (start == NULL && marks && str_eq(line, begin)) {
			start = at;
		} else if (start == NULL) {
			*around = *around || line.n > 0;
		} else if (marks && str_eq(line, end)) {
			*out = (struct str){ start, (size_t)(text.p + text.n - start) };
			if (rest.n > 0)
				out->n = (size_t)(rest.p - start);
			*around = *around || str_trim(rest).n > 0;
			return true;
		}
	}
	return false;
}

static bool cut_text(const struct cutting *c, struct str entity, struct str type)
{
	struct str text = decoded(entity, c->a), block;
	bool around, sealed;

	if (!str_contains(text, S("-----BEGIN PGP ")))
		return false;
	sealed = !cut_armor(text, S("-----BEGIN PGP SIGNED MESSAGE-----"),
			    S("-----END PGP SIGNATURE-----"), &block, &around);
	if (sealed && !cut_armor(text, S("-----BEGIN PGP MESSAGE-----"),
				 S("-----END PGP MESSAGE-----"), &block, &around))
		return false;
	c->out->form = sealed ? SEALED_PGP_TEXT : SIGNED_PGP_TEXT;
	c->out->bytes = block;
	c->out->type = type;
	c->out->whole = c->out->whole && !around &&
			(type.n == 0 || type_is(type, S("text/plain")) ||
			 type_is(type, S("application/pgp")));
	return true;
}

// ---- multipart

static enum signed_form signature_form(struct str type)
{
	if (type_is(type, S("application/pgp-signature")))
		return SIGNED_PGP;
	return type_is(type, S("application/pkcs7-signature")) ||
			       type_is(type, S("application/x-pkcs7-signature"))
		       ? SIGNED_SMIME
		       : SIGNED_NOT;
}

// RFC 1847, 2: two parts, no more, to the end.
static bool two_parts(struct parts p, struct str part[2])
{
	struct str other;

	return next_part(&p, &part[0]) && next_part(&p, &part[1]) && p.last &&
	       !next_part(&p, &other);
}

static void cut_signed(const struct cutting *c, struct parts p, struct str type)
{
	struct str part[2], protocol = mime_parameter(type, S("protocol"), c->a);
	enum signed_form form;

	if (!two_parts(p, part)) {
		c->out->broken =
			"it says that it is signed, and has not the two parts that it must";
		return;
	}
	form = signature_form(type_of(part[1], c->a));
	if (form == SIGNED_NOT || (protocol.n > 0 && signature_form(protocol) != form)) {
		c->out->broken = "it says that it is signed, by what is no signature known here";
		return;
	}
	c->out->form = form;
	c->out->bytes = canonical(c, part[0]);
	c->out->signature = decoded(part[1], c->a);
}

static void cut_sealed(const struct cutting *c, struct parts p)
{
	struct str part[2];

	if (!two_parts(p, part) ||
	    !type_is(type_of(part[0], c->a), S("application/pgp-encrypted"))) {
		c->out->broken = "it says that it is sealed, and is not as OpenPGP has it";
		return;
	}
	c->out->form = SEALED_PGP;
	c->out->bytes = decoded(part[1], c->a);
}

static bool cut(const struct cutting *c, struct str entity, unsigned depth);

// One part among others is never the whole.
static bool cut_within(const struct cutting *c, struct parts p, unsigned depth)
{
	struct str part;

	if (depth == SIGNED_DEPTH)
		return false;
	c->out->whole = false;
	for (unsigned i = 0; i < SIGNED_PARTS && next_part(&p, &part); i++)
		if (cut(c, part, depth + 1))
			return true;
	return false;
}

static bool cut_multipart(const struct cutting *c, struct str entity, struct str type,
			  unsigned depth)
{
	struct parts p = { .rest = mime_cut(entity).body,
			   .boundary = mime_parameter(type, S("boundary"), c->a) };

	if (p.boundary.n == 0 || p.boundary.n > SIGNED_BOUNDARY)
		return false;
	if (type_is(type, S("multipart/signed")))
		cut_signed(c, p, type);
	else if (type_is(type, S("multipart/encrypted")))
		cut_sealed(c, p);
	else
		return cut_within(c, p, depth);
	return true;
}

static bool is_text(struct str type)
{
	return type.n == 0 || type_is(type, S("text/plain")) ||
	       type_is(type, S("application/pgp")) || type_is(type, S("application/octet-stream"));
}

// True: it is one, if perhaps a broken one.
static bool cut(const struct cutting *c, struct str entity, unsigned depth)
{
	struct str type = type_of(entity, c->a);

	if (str_eq_nocase(str_first(type, 10), S("multipart/")))
		return cut_multipart(c, entity, type, depth);
	return cut_cms(c, entity, type) || (is_text(type) && cut_text(c, entity, type));
}

bool signed_cut(struct str mail, struct arena *a, struct signed_cut *out)
{
	struct cutting c = { .a = a, .out = out };
	struct str rest = mail, line;

	*out = (struct signed_cut){ .whole = true };
	if (mail.n > SIGNED_MOST)
		return false;
	line = str_cut(&rest, '\n');
	c.crlf = line.n > 0 && line.p[line.n - 1] == '\r';
	if (!cut(&c, mail, 0))
		*out = (struct signed_cut){ 0 };
	return true;
}
