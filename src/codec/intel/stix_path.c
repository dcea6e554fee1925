#include "codec/intel/stix_path.h"

#include "base/buf.h"

#define W(word)                        \
	{                              \
		word, sizeof(word) - 1 \
	}

// clang-format off
static const struct {
	struct str name;
	unsigned digits;
} hashes[] = { // hash-algorithm-ov, and what the reference implementation knows besides
	{ W("MD5"),        32 },
	{ W("SHA-1"),      40 },
	{ W("SHA-256"),    64 },
	{ W("SHA-512"),   128 },
	{ W("SHA3-256"),   64 },
	{ W("SHA3-512"),  128 },
	{ W("SSDEEP"),      0 },
	{ W("TLSH"),        0 },
	{ W("SHA-224"),    56 },
	{ W("SHA-384"),    96 },
	{ W("SHA3-224"),   56 },
	{ W("SHA3-384"),   96 },
	{ W("RIPEMD-160"), 40 },
	{ W("WHIRLPOOL"), 128 },
};

static const struct {
	struct str type, path;
	enum stix_selects selects;
} selecting[] = {
	{ W("ipv4-addr"),         W("value"),                       STIX_ADDRESS },
	{ W("ipv6-addr"),         W("value"),                       STIX_ADDRESS },
	{ W("domain-name"),       W("value"),                       STIX_NAME    },
	{ W("domain-name"),       W("resolves_to_refs[*].value"),   STIX_HOST    },
	{ W("url"),               W("value"),                       STIX_URL     },
	{ W("network-traffic"),   W("src_ref.value"),               STIX_HOST    },
	{ W("network-traffic"),   W("dst_ref.value"),               STIX_HOST    },
	{ W("email-addr"),        W("value"),                       STIX_MAIL    },
	{ W("email-message"),     W("from_ref.value"),              STIX_MAIL    },
	{ W("email-message"),     W("sender_ref.value"),            STIX_MAIL    },
	{ W("email-message"),     W("to_refs[*].value"),            STIX_MAIL    },
	{ W("email-message"),     W("cc_refs[*].value"),            STIX_MAIL    },
	{ W("email-message"),     W("bcc_refs[*].value"),           STIX_MAIL    },
	{ W("autonomous-system"), W("number"),                      STIX_ASN     },
	{ W("ipv4-addr"),         W("belongs_to_refs[*].number"),   STIX_ASN     },
	{ W("ipv6-addr"),         W("belongs_to_refs[*].number"),   STIX_ASN     },
};
// clang-format on

// Without regard to case, hyphens and underscores: sha256, SHA_256, SHA-256.
static bool is_same_hash(struct str a, struct str b)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < a.n && (a.p[i] == '-' || a.p[i] == '_'))
			i++;
		while (k < b.n && (b.p[k] == '-' || b.p[k] == '_'))
			k++;
		if (i == a.n || k == b.n)
			return i == a.n && k == b.n;
		if (ascii_lower(a.p[i++]) != ascii_lower(b.p[k++]))
			return false;
	}
}

struct str stix_hash_name(struct str key, unsigned *digits)
{
	for (size_t i = 0; i < COUNTOF(hashes); i++) {
		if (!is_same_hash(key, hashes[i].name))
			continue;
		*digits = hashes[i].digits;
		return hashes[i].name;
	}
	*digits = 0;
	return key;
}

static bool is_plain(struct str key)
{
	for (size_t i = 0; i < key.n; i++) {
		char c = ascii_lower(key.p[i]);

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
			return false;
	}
	return key.n > 0;
}

static void write_step(struct buf *b, struct str key, bool first)
{
	bool plain = is_plain(key);

	if (!first)
		buf_char(b, '.');
	if (!plain)
		buf_char(b, '\'');
	buf_str(b, key);
	if (!plain)
		buf_char(b, '\'');
}

static struct str write_path(const struct stix_step *step, unsigned n, struct buf *b)
{
	for (unsigned i = 0; i < n; i++) {
		struct str key = step[i].key;
		unsigned digits;

		if (step[i].index) {
			buf_str(b, S("[*]"));
			continue;
		}
		if (i > 0 && !step[i - 1].index && str_eq(step[i - 1].key, S("hashes")))
			key = stix_hash_name(key, &digits);
		write_step(b, key, i == 0);
	}
	return buf_view(b);
}

struct str stix_path_text(const struct stix_step *step, unsigned n, struct arena *a)
{
	char text[STIX_MAX_PATH];
	struct buf b = BUF_ON(text);
	struct str path = write_path(step, n, &b);

	return b.over ? (struct str){ 0 } : arena_str(a, path);
}

enum stix_selects stix_path_selects(struct str type, const struct stix_step *step, unsigned n)
{
	char text[STIX_MAX_PATH];
	struct buf b = BUF_ON(text);
	struct str path = write_path(step, n, &b);

	if (n > 1 && !step[n - 2].index && str_eq(step[n - 2].key, S("hashes")))
		return STIX_HASH; // hashes.MD5, and hashes[*]: of whichever algorithm
	for (size_t i = 0; !b.over && i < COUNTOF(selecting); i++)
		if (str_eq(type, selecting[i].type) && str_eq(path, selecting[i].path))
			return selecting[i].selects;
	return STIX_NOTHING;
}
