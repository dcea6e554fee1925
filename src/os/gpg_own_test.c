#include "base/test.h"
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

static struct gpg *home(const char *name, enum gpg_engine engine)
{
	struct err e = { 0 };
	struct gpg *g = NULL;

	if (a.start == NULL) {
		CHECK(mkdtemp(place) != NULL);
		arena_init(&a, ROOM);
		CHECK(atexit(end) == 0);
	}
	CHECK(gpg_open(arena_fmt(&a, "%s/%s", place, name).p, engine, &g, &e));
	return g;
}

static struct str make(struct gpg *g, struct str name)
{
	struct gpg_new x = { name, S("cert@z.example"), 86400, false };
	struct str fingerprint = S("");
	struct err e = { 0 };

	CHECK(gpg_make(g, &x, &a, &fingerprint, &e));
	return fingerprint;
}

static struct str given(struct gpg *g, struct str key, enum gpg_part part)
{
	struct err e = { 0 };
	struct str out = S("");

	CHECK(gpg_export(g, key, part, &a, &out, &e));
	return out;
}

static bool certified(struct gpg *g, struct str by, struct str key)
{
	struct err e = { 0 };
	bool is = false;

	CHECK(gpg_certified(g, by, key, &a, &is, &e));
	return is;
}

static void take(struct gpg *g, struct str bytes)
{
	struct err e = { 0 };
	struct gpg_keys keys;

	CHECK(gpg_import(g, bytes, &a, &keys, &e) && keys.at.count == 1);
}

TEST("gpg_own: one key certifies another, which is seen where both are, and kept only where it is "
     "asked for")
{
	autogpg ours = home("a", GPG_CERTIFIED);
	autogpg plain = home("b", GPG_OPENPGP);
	autogpg other = home("c", GPG_CERTIFIED);
	struct str old = make(ours, S("Old")), new = make(ours, S("New")),
		   third = make(ours, S("Third"));
	struct err e = { 0 };

	CHECK(!certified(ours, old, new));
	CHECK(gpg_certify(ours, old, new, &a, &e));
	CHECK(certified(ours, old, new) && !certified(ours, third, new) &&
	      !certified(ours, new, old));
	take(other, given(ours, new, GPG_ARMORED));
	CHECK(!certified(other, old, new)); // by whom is not known there
	take(other, given(ours, old, GPG_CERTIFIED_BYTES));
	CHECK(certified(other, old, new));
	take(plain, given(ours, new, GPG_ARMORED));
	take(plain, given(ours, old, GPG_ARMORED));
	CHECK(!certified(plain, old, new));
	CHECK(!gpg_certify(other, old, new, &a, &e) &&
	      e.kind == ERR_CONFIG); // without its secret half
}

TEST("gpg_own: what revokes a key does so when it is taken in, and needs its secret half to be "
     "made")
{
	autogpg ours = home("d", GPG_CERTIFIED);
	autogpg theirs = home("e", GPG_OPENPGP);
	struct str key = make(ours, S("Team")), revocation = S("");
	struct gpg_key k;
	struct err e = { 0 };
	bool found;

	take(theirs, given(ours, key, GPG_ARMORED));
	CHECK(!gpg_revocation(theirs, key, GPG_COMPROMISED, &a, &revocation, &e));
	e = (struct err){ 0 };
	CHECK(gpg_revocation(ours, key, GPG_COMPROMISED, &a, &revocation, &e));
	CHECK(gpg_key(ours, key, &a, &k, &found, &e) && found && !k.revoked); // it was only made
	CHECK(!gpg_revoke(theirs, key, given(ours, make(ours, S("Other")), GPG_ARMORED), &a, &e) &&
	      e.kind == ERR_INPUT);
	CHECK(gpg_revoke(theirs, key, revocation, &a, &e));
	CHECK(gpg_key(theirs, key, &a, &k, &found, &e) && found && k.revoked);
	CHECK(gpg_revocation(ours, key, GPG_FOR_LATER, &a, &revocation, &e));
}

TEST("gpg_own: a text is signed by two keys, and both signatures hold")
{
	autogpg g = home("f", GPG_CERTIFIED);
	struct str by[] = { make(g, S("Old")), make(g, S("New")) }, out = S("");
	struct gpg_looked got;
	struct err e = { 0 };

	CHECK(gpg_sign_clear(g, &(struct gpg_signers){ by, 2 }, S("Words.\n"), &a, &out, &e));
	CHECK(str_has_prefix(out, S("-----BEGIN PGP SIGNED MESSAGE-----")) &&
	      str_contains(out, S("\nWords.\n")));
	CHECK(gpg_verify_whole(g, out, &a, &got, &e) && got.all.count == 2);
	for (size_t i = 0; i < 2; i++)
		CHECK(got.all.at[i].verdict == GPG_GOOD &&
		      (str_eq(got.all.at[i].fingerprint, by[0]) ||
		       str_eq(got.all.at[i].fingerprint, by[1])));
	CHECK(!str_eq(got.all.at[0].fingerprint, got.all.at[1].fingerprint));
	CHECK(!gpg_sign_clear(g, &(struct gpg_signers){ by, 0 }, S("Words.\n"), &a, &out, &e));
}
