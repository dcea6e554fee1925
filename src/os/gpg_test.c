#include "base/test.h"
#include "os/file.h"
#include "os/folder.h"
#include "os/gpg.h"

#include <stdlib.h>
#include <unistd.h>

enum { ROOM = 64 << 20 };

static struct arena a;
static char place[] = "/tmp/waker-gpg-XXXXXX";

static void end(void)
{
	struct err e = { 0 };

	CHECK(folder_remove(place, &e));
	arena_done(&a);
}

static void begin(void)
{
	if (a.start != NULL)
		return;
	CHECK(mkdtemp(place) != NULL);
	arena_init(&a, ROOM);
	CHECK(atexit(end) == 0);
}

static struct gpg *home(const char *name)
{
	struct err e = { 0 };
	struct gpg *g = NULL;

	begin();
	CHECK(gpg_open(arena_fmt(&a, "%s/%s", place, name).p, GPG_OPENPGP, &g, &e));
	return g;
}

static struct str make(struct gpg *g, struct str name, struct str mail, int64_t seconds)
{
	struct gpg_new x = { name, mail, seconds, false };
	struct str fingerprint = S("");
	struct err e = { 0 };

	CHECK(gpg_make(g, &x, &a, &fingerprint, &e));
	return fingerprint;
}

static const char *file_of(struct gpg *g, struct str fingerprint)
{
	const char *path = arena_fmt(&a, "%s/" STR_FMT ".gpg", place, STR_ARG(fingerprint)).p;
	struct err e = { 0 };
	struct str bytes = S("");

	CHECK(gpg_export(g, fingerprint, GPG_PUBLIC, &a, &bytes, &e));
	CHECK(file_write(path, bytes, 0600, &e));
	return path;
}

TEST("gpg: what is sealed is opened by each addressee and by nobody else")
{
	autogpg ours = home("a");
	autogpg theirs = home("b");
	autogpg other = home("c");
	struct str us = make(ours, S("Team"), S("cert@z.example"), 86400);
	struct str one = make(theirs, S("One"), S("ciso@one.example"), 86400);
	struct str two = make(theirs, S("Two"), S("SOC@One.example"), 86400);
	const char *to[] = { file_of(theirs, one), file_of(theirs, two) };
	struct gpg_sealing how = { us, to, 2 };
	struct gpg_looked got;
	struct str sealed = S(""), armored = S("");
	struct gpg_keys keys;
	struct err e = { 0 };

	CHECK(gpg_seal(ours, &how, S("a finding\r\n"), &a, &sealed, &e));
	CHECK(str_has_prefix(sealed, S("-----BEGIN PGP MESSAGE-----")));
	CHECK(gpg_export(ours, us, GPG_ARMORED, &a, &armored, &e));
	CHECK(gpg_import(theirs, armored, &a, &keys, &e) && keys.at.count == 1);
	CHECK(str_eq(keys.at.at[0].mails, S("cert@z.example")) && !keys.at.at[0].secret);
	CHECK(gpg_unseal(theirs, sealed, &a, &got, &e));
	CHECK(str_eq(got.text, S("a finding\r\n")));
	CHECK(got.all.count == 1 && got.all.at[0].verdict == GPG_GOOD);
	CHECK(str_eq(got.all.at[0].fingerprint, us) && got.all.at[0].at > 0);
	CHECK(!gpg_unseal(other, sealed, &a, &got, &e) && e.kind == ERR_INPUT);
}

// The verdict on what was signed; -1: it is no signature.
static int verdict(struct gpg *g, struct str text, struct str signature)
{
	struct gpg_looked out;
	struct err e = { 0 };

	if (!gpg_verify(g, text, signature, &a, &out, &e)) {
		CHECK(e.kind == ERR_INPUT);
		return -1;
	}
	CHECK(out.all.count == 1 && out.text.n == 0);
	return (int)out.all.at[0].verdict;
}

TEST("gpg: a signature holds for its text alone")
{
	autogpg g = home("d");
	autogpg other = home("i");
	struct str us = make(g, S("Team"), S("cert@z.example"), 86400);
	struct gpg_signature signature;
	struct gpg_looked out;
	struct err e = { 0 };

	CHECK(gpg_sign(g, us, S("words\r\n"), &a, &signature, &e));
	CHECK(str_eq(str_of(signature.micalg), S("pgp-sha512")));
	CHECK(gpg_verify(g, S("words\r\n"), signature.armored, &a, &out, &e));
	CHECK(out.all.count == 1 && out.all.at[0].verdict == GPG_GOOD);
	CHECK(str_eq(out.all.at[0].fingerprint, us) && str_eq(out.all.at[0].digest, S("SHA512")));
	CHECK(verdict(g, S("wordz\r\n"), signature.armored) == GPG_BAD);
	CHECK(verdict(other, S("words\r\n"), signature.armored) == GPG_UNKNOWN_KEY);
	CHECK(verdict(g, S("words\r\n"), S("words")) == -1);
	CHECK(verdict(g, S("words\r\n"), S("")) == -1);
	CHECK(!gpg_sign(g, S("0123456789012345678901234567890123456789"), S("x"), &a, &signature,
			&e) &&
	      e.kind == ERR_CONFIG);
}

static void shell(const char *script)
{
	FILE *to = popen("exec sh >/dev/null 2>&1", "w");

	CHECK(to != NULL);
	fprintf(to, "cd '%s' && %s\n", place, script);
	CHECK(pclose(to) == 0);
}

// What GnuPG itself makes of a text.
static struct str by_gpg(struct str us, const char *how, struct str text)
{
	struct err e = { 0 };
	struct str bytes = S("");

	CHECK(file_write(arena_fmt(&a, "%s/in", place).p, text, 0600, &e));
	shell(arena_fmt(&a, "rm -f out && gpg --homedir j --batch -u " STR_FMT " %s -o out in",
			STR_ARG(us), how)
		      .p);
	CHECK(file_read(arena_fmt(&a, "%s/out", place).p, 1 << 20, &a, &bytes, &e));
	return bytes;
}

TEST("gpg: weak digests, keys that are over, and a text that has its signature in itself")
{
	autogpg g = home("j");
	struct str us = make(g, S("Team"), S("cert@z.example"), 86400);
	struct str short_ = make(g, S("One"), S("ciso@one.example"), 3);
	struct str is = by_gpg(short_, "-b", S("x")), sealed;
	struct gpg_looked out;
	struct err e = { 0 };

	CHECK(verdict(g, S("x"), is) == GPG_GOOD);
	sleep(4);
	CHECK(verdict(g, S("x"), is) == GPG_EXPIRED_KEY);
	CHECK(verdict(g, S("y"), is) == GPG_BAD);
	is = by_gpg(us, "--clear-sign", S("words\n- x\n"));
	CHECK(gpg_verify_whole(g, is, &a, &out, &e) && str_eq(out.text, S("words\n- x\n")));
	CHECK(out.all.count == 1 && out.all.at[0].verdict == GPG_GOOD);
	CHECK(!gpg_verify_whole(g, S("words"), &a, &out, &e) && e.kind == ERR_INPUT);
	CHECK(verdict(g, S("x"), by_gpg(us, "--digest-algo SHA1 -b", S("x"))) == GPG_WEAK);
	sealed = by_gpg(us, "-e --disable-mdc --rfc2440 --cipher-algo 3DES -r cert@z.example",
			S("x"));
	CHECK(!gpg_unseal(g, sealed, &a, &out, &e) && e.kind == ERR_INPUT);
	is = by_gpg(us, "-b", S("x"));
	shell("sed 's/^:---/---/' j/openpgp-revocs.d/*.rev | gpg --homedir j --batch --import");
	CHECK(verdict(g, S("x"), is) == GPG_REVOKED_KEY);
	CHECK(str_eq(gpg_verdict_word(GPG_WEAK), S("weak-digest")));
	CHECK(gpg_verdict_says(GPG_GOOD).n > 0);
}

TEST("gpg: a secret key moves to another home")
{
	autogpg g = home("e");
	autogpg h = home("f");
	struct str us = make(g, S("Team"), S("cert@z.example"), 86400), secret = S("");
	struct gpg_signature out;
	struct gpg_keys keys;
	struct gpg_key k;
	struct err e = { 0 };
	bool found;

	CHECK(gpg_export(g, us, GPG_SECRET, &a, &secret, &e));
	CHECK(gpg_import(h, secret, &a, &keys, &e) && keys.at.count == 1);
	CHECK(gpg_key(h, us, &a, &k, &found, &e) && found && k.secret && k.encrypts);
	CHECK(str_eq(k.algorithm, S("ed25519")));
	CHECK(k.expires > k.made && k.expires - k.made <= 86400 * TIME_SECOND);
	CHECK(gpg_sign(h, us, S("x"), &a, &out, &e));
	CHECK(gpg_key(h, S("0123456789012345678901234567890123456789"), &a, &k, &found, &e) &&
	      !found);
}

TEST("gpg: what is no key is said")
{
	autogpg g = home("g");
	struct str much = { arena_new(&a, char, GPG_MOST_BYTES + 1), GPG_MOST_BYTES + 1 };
	struct gpg_keys keys;
	struct err e = { 0 };

	CHECK(!gpg_import(g, S("words"), &a, &keys, &e) && e.kind == ERR_INPUT);
	CHECK(!gpg_import(g, S(""), &a, &keys, &e) && e.kind == ERR_INPUT);
	CHECK(!gpg_import(g, much, &a, &keys, &e) && e.kind == ERR_LIMIT);
}

TEST("gpg: what was packed small and is large does not come out")
{
	enum { LARGE = 200 << 20 };
	autogpg g = home("k");
	struct str us = make(g, S("Team"), S("cert@z.example"), 86400);
	const char *to[] = { file_of(g, us) };
	struct gpg_sealing how = { S(""), to, 1 };
	struct str zeros = { calloc(1, LARGE), LARGE }, sealed = S("");
	struct gpg_looked got;
	struct err e = { 0 };

	CHECK(zeros.p != NULL && gpg_seal(g, &how, zeros, &a, &sealed, &e));
	CHECK(sealed.n < LARGE / 100);
	CHECK(!gpg_unseal(g, sealed, &a, &got, &e) && e.kind == ERR_LIMIT);
	free((void *)(uintptr_t)zeros.p);
}

TEST("gpg: a key that ended is not sealed to")
{
	autogpg g = home("h");
	struct str us = make(g, S("Team"), S("cert@z.example"), 86400);
	struct str short_ = make(g, S("One"), S("ciso@one.example"), 1);
	const char *to[] = { file_of(g, short_) };
	struct gpg_sealing how = { us, to, 1 };
	struct str out;
	struct err e = { 0 };

	sleep(2);
	CHECK(!gpg_seal(g, &how, S("x"), &a, &out, &e) && e.kind == ERR_INPUT);
}

TEST("gpg: a long path is said")
{
	struct gpg *g;
	struct err e = { 0 };

	begin();
	CHECK(!gpg_open(arena_fmt(&a, "%s/%0100d", place, 1).p, GPG_OPENPGP, &g, &e) &&
	      e.kind == ERR_CONFIG);
}
