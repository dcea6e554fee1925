#include "codec/mail/signed.h"

#include "base/buf.h"
#include "codec/mail/mime_read.h"

// The place of the next line that is this boundary, and what is behind it.
struct border {
	size_t at, behind; // at: of the line's first byte
};

static bool next_border(struct str s, struct str boundary, struct border *out)
{
	for (struct str rest = s; rest.n > 0;) {
		const char *at = rest.p;
		struct str line = str_cut(&rest, '\n');

		if (!str_has_prefix(line, S("--")) || !str_has_prefix(str_from(line, 2), boundary))
			continue;
		line = str_trim(str_from(line, 2 + boundary.n));
		if (line.n > 0 && !str_eq(line, S("--")))
			continue;
		out->at = (size_t)(at - s.p);
		out->behind = rest.n > 0 ? (size_t)(rest.p - s.p) : s.n;
		return true;
	}
	return false;
}

// The next part of the body, as it stands between two boundary lines; *rest begins at the second.
static bool next_part(struct str *rest, struct str boundary, struct str *out)
{
	struct border first, second;
	struct str inside;

	if (!next_border(*rest, boundary, &first))
		return false;
	inside = str_from(*rest, first.behind);
	if (!next_border(inside, boundary, &second))
		return false;
	*out = str_first(inside, second.at);
	*rest = str_from(inside, second.at);
	if (str_has_suffix(*out, S("\n"))) // belongs to the boundary (RFC 2046, 5.1.1)
		out->n--;
	if (str_has_suffix(*out, S("\r")))
		out->n--;
	return true;
}

static struct str with_crlf(struct str s, struct arena *a)
{
	struct buf b = { .p = arena_new(a, char, 2 * s.n + 1), .cap = 2 * s.n + 1 };

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n' && (i == 0 || s.p[i - 1] != '\r'))
			buf_char(&b, '\r');
		buf_char(&b, s.p[i]);
	}
	return buf_view(&b);
}

// From its first line to its last; empty: there is none.
static struct str armored_in(struct str text, struct str what)
{
	size_t at = 0, end;

	for (; at + what.n <= text.n; at++)
		if ((at == 0 || text.p[at - 1] == '\n') && str_has_prefix(str_from(text, at), what))
			break;
	if (at + what.n > text.n)
		return (struct str){ 0 };
	for (end = at; end < text.n; end++)
		if (str_has_prefix(str_from(text, end), S("-----END PGP "))) {
			struct str line = str_from(text, end);

			line = str_cut(&line, '\n');
			return str_trim((struct str){ text.p + at, end + line.n - at });
		}
	return (struct str){ 0 };
}

static void cut_signed(struct str body, struct str boundary, struct arena *a,
		       struct signed_cut *out)
{
	struct str entity, signature;

	if (!next_part(&body, boundary, &entity) || !next_part(&body, boundary, &signature))
		return;
	out->signature = armored_in(mime_cut(signature).body, S("-----BEGIN PGP SIGNATURE-----"));
	out->entity = with_crlf(entity, a);
	if (out->signature.n > 0)
		out->kind = SIGNED_PGP;
}

void signed_cut(struct str mail, struct arena *a, struct signed_cut *out)
{
	struct mime_cut m = mime_cut(mail);
	struct str type = mime_field(m.head, S("Content-Type"), a);
	struct str value = mime_value(type), boundary = mime_parameter(type, S("boundary"), a);
	struct str protocol = mime_parameter(type, S("protocol"), a);

	*out = (struct signed_cut){ .kind = SIGNED_NOT };
	if (str_eq_nocase(value, S("multipart/signed")) && boundary.n > 0 &&
	    str_eq_nocase(protocol, S("application/pgp-signature"))) {
		cut_signed(m.body, boundary, a, out);
		return;
	}
	if (!str_eq_nocase(value, S("multipart/encrypted")) && value.n > 0 &&
	    !str_eq_nocase(value, S("text/plain")))
		return;
	out->armored = armored_in(m.body, S("-----BEGIN PGP MESSAGE-----"));
	if (out->armored.n > 0)
		out->kind = SEALED_PGP;
}
