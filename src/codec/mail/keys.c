#include "codec/mail/keys.h"

#include "codec/text/base64.h"

// Of types that hold one, whatever is in them.
static bool type_holds(struct str type)
{
	static const struct str types[] = {
		S("application/pgp-keys"),
		S("application/pkix-cert"),
		S("application/x-x509-ca-cert"),
		S("application/x-x509-user-cert"),
		S("application/x-pkcs7-certificates"),
		S("application/pkcs7-signature"),
		S("application/x-pkcs7-signature"),
	};

	for (size_t i = 0; i < COUNTOF(types); i++)
		if (str_eq(type, types[i]))
			return true;
	return false;
}

static bool holds(const struct mime_part *p)
{
	return type_holds(p->type) ||
	       str_contains(p->bytes, S("-----BEGIN PGP PUBLIC KEY BLOCK-----")) ||
	       str_contains(p->bytes, S("-----BEGIN CERTIFICATE-----")) ||
	       str_contains(p->bytes, S("-----BEGIN PKCS7-----"));
}

// "addr=a@b.example; prefer-encrypt=mutual; keydata=BASE64": blanks may stand in it.
static struct str autocrypt(struct str value, struct arena *a)
{
	struct str data = { 0 };
	size_t n = 0;
	char *out;

	while (value.n > 0) {
		struct str part = str_trim(str_cut(&value, ';'));

		if (str_has_prefix(part, S("keydata=")))
			data = str_from(part, sizeof "keydata=" - 1);
	}
	out = arena_new(a, char, data.n + 1);
	return base64_read(data, out, &n) ? (struct str){ out, n } : (struct str){ 0 };
}

void mail_keys(struct str mail, struct arena *a, struct mail_keys *out)
{
	struct str field = mime_field(mime_cut(mail).head, S("Autocrypt"), a), key;
	struct mime_parts parts = { 0 };

	mime_parts(mail, a, &parts);
	LIST_EACH (const struct mime_part, p, &parts.at)
		if (holds(p))
			*list_add(&out->at, a) = p->bytes;
	key = field.p != NULL ? autocrypt(field, a) : (struct str){ 0 };
	if (key.n > 0)
		*list_add(&out->at, a) = key;
}
