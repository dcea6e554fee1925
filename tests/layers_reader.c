// What task/proof/layers.h makes of mails, for tests/proofs: by the keys of files, whatever they are
// worth. A line for each mail: its layers, whether they are the whole, each signature as
// VERDICT:FINGERPRINT:DIGEST, why not all was read, and the subject within.
// usage: layers_reader [-k KEYS]… [-s SECRETS]… MAIL…
#include "codec/mail/mime_read.h"
#include "os/file.h"
#include "task/proof/layers.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST = 64 << 20, ROOM = 512 << 20, FILES = 64 };

struct files {
	const char *keys[FILES], *secrets[FILES];
	size_t n, ns;
};

static bool put(struct gpg *g, enum key_kind kind, const char *const *files, size_t n,
		struct err *e)
{
	autoarena a = { 0 };

	arena_init(&a, MOST * 2);
	for (size_t i = 0; i < n; i++) {
		struct gpg_keys keys;
		struct str bytes;
		struct err why = { 0 };

		if (!file_read(files[i], MOST, &a, &bytes, e))
			return false;
		if (str_contains(bytes, S("-----BEGIN CERTIFICATE-----")) == (kind == KEY_SMIME))
			(void)!gpg_import(g, bytes, &a, &keys, &why); // what it cannot read
	}
	return true;
}

static bool senders(void *context, struct gpg *g, enum key_kind kind, struct err *e)
{
	const struct files *f = context;

	return put(g, kind, f->keys, f->n, e);
}

static bool named(void *context, struct gpg *g, enum key_kind kind, struct str fingerprint,
		  bool *some, struct err *e)
{
	(void)context, (void)g, (void)kind, (void)fingerprint, (void)e;
	*some = false;
	return true;
}

static bool secret(void *context, struct gpg *g, enum key_kind kind, bool *some, struct err *e)
{
	const struct files *f = context;

	*some = kind == KEY_OPENPGP && f->ns > 0;
	return !*some || put(g, kind, f->secrets, f->ns, e);
}

static void say(const struct layers *l, struct arena *a)
{
	printf(STR_FMT "\t%s\t", STR_ARG(l->form), l->whole ? "whole" : "part");
	LIST_EACH (const struct layers_signature, s, &l->signatures)
		printf("%s" STR_FMT ":" STR_FMT ":" STR_FMT, s == l->signatures.at ? "" : ",",
		       STR_ARG(gpg_verdict_word(s->verdict)), STR_ARG(s->fingerprint),
		       STR_ARG(s->digest));
	printf("\t" STR_FMT "\t" STR_FMT "\n", STR_ARG(l->not_read),
	       STR_ARG(mime_words(mime_field(mime_cut(l->inside).head, S("Subject"), a), a)));
}

int main(int argc, char **argv)
{
	struct files f = { .n = 0 };
	const struct layers_keys keys = { senders, named, secret, &f };
	autoarena a = { 0 };
	struct err e = { 0 };

	arena_init(&a, ROOM);
	for (int i = 1; i < argc && e.kind == ERR_NONE; i++) {
		char *mark = arena_mark(&a);
		struct layers l;
		struct str mail;

		if (argv[i][0] == '-' && i + 1 < argc && f.n < FILES && f.ns < FILES) {
			if (argv[i][1] == 'k')
				f.keys[f.n++] = argv[i + 1];
			else
				f.secrets[f.ns++] = argv[i + 1];
			i++;
			continue;
		}
		if (file_read(argv[i], MOST, &a, &mail, &e) && layers_read(mail, &keys, &a, &l, &e))
			say(&l, &a);
		arena_back(&a, mark);
	}
	if (e.kind != ERR_NONE)
		fprintf(stderr, "%s\n", e.text);
	return e.kind != ERR_NONE;
}
