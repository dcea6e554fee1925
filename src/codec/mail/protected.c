#include "codec/mail/protected.h"

#include "codec/mail/header.h"
#include "codec/mail/mime.h"
#include "codec/mail/mime_body.h"

enum { AROUND = 2048 }; // heads and boundaries

size_t protected_room(size_t inside, size_t other)
{
	return AROUND + 2 * (inside + other); // a line may be an LF alone; base64 is less
}

// Its lines as those of a mail.
static void lines(struct buf *b, struct str text)
{
	while (text.n > 0) {
		struct str line = str_cut(&text, '\n');

		if (line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		buf_str(b, line);
		buf_str(b, S("\r\n"));
	}
}

static void between(struct buf *b, const char *boundary, const char *end)
{
	buf_fmt(b, "\r\n--%s%s\r\n", boundary, end);
}

static void field(struct buf *b, const char *name, struct str value)
{
	header_parameters(b, name, value, NULL, 0);
}

static void file(struct buf *b, struct str type, struct str name)
{
	const struct header_parameter at[] = { { "name", name }, { "filename", name } };

	header_parameters(b, "Content-Type", type, at, 1);
	header_parameters(b, "Content-Disposition", S("inline"), at + 1, 1);
}

void protected_signed(struct buf *b, struct str entity, struct str signature, struct str micalg,
		      uint64_t seed)
{
	char boundary[MIME_BOUNDARY];
	struct header_parameter at[] = {
		{ "micalg", micalg },
		{ "protocol", S("application/pgp-signature") },
		{ "boundary", { 0 } },
	};

	mime_boundary(seed, 's', boundary);
	at[2].value = str_of(boundary);
	header_parameters(b, "Content-Type", S("multipart/signed"), at, COUNTOF(at));
	between(b, boundary, "");
	buf_str(b, entity);
	between(b, boundary, "");
	file(b, S("application/pgp-signature"), S("signature.asc"));
	field(b, "Content-Description", S("OpenPGP digital signature"));
	buf_str(b, S("\r\n"));
	lines(b, signature);
	between(b, boundary, "--");
}

void protected_sealed(struct buf *b, struct str armored, uint64_t seed)
{
	char boundary[MIME_BOUNDARY];
	struct header_parameter at[] = {
		{ "protocol", S("application/pgp-encrypted") },
		{ "boundary", { 0 } },
	};

	mime_boundary(seed, 'e', boundary);
	at[1].value = str_of(boundary);
	header_parameters(b, "Content-Type", S("multipart/encrypted"), at, COUNTOF(at));
	between(b, boundary, "");
	field(b, "Content-Type", S("application/pgp-encrypted"));
	buf_str(b, S("\r\nVersion: 1\r\n"));
	between(b, boundary, "");
	file(b, S("application/octet-stream"), S("encrypted.asc"));
	buf_str(b, S("\r\n"));
	lines(b, armored);
	between(b, boundary, "--");
}

void protected_enveloped(struct buf *b, struct str der)
{
	const struct header_parameter at[] = { { "smime-type", S("enveloped-data") },
					       { "name", S("smime.p7m") } };
	const struct header_parameter named = { "filename", S("smime.p7m") };

	header_parameters(b, "Content-Type", S("application/pkcs7-mime"), at, COUNTOF(at));
	header_parameters(b, "Content-Disposition", S("attachment"), &named, 1);
	field(b, "Content-Transfer-Encoding", S("base64"));
	buf_str(b, S("\r\n"));
	mime_base64(b, der);
	buf_str(b, S("\r\n"));
}
