#include "task/year/site.h"

#include "base/buf.h"
#include "codec/mail/header.h"
#include "codec/mail/wkd.h"
#include "os/digest.h"
#include "os/file.h"
#include "task/keys/aside.h"

enum { PATH = 512, TEXT = 16 << 10 };

struct writing {
	const struct home *home;
	const struct site_wish *wish;
	const char *folder;
	struct arena *a;
	struct site *out;
	struct gpg *gpg;
	struct master_key master; // fingerprint empty: none is known
};

static const char *at(const struct writing *w, struct str path)
{
	return arena_fmt(w->a, "%s/" STR_FMT, w->folder, STR_ARG(path)).p;
}

// Folders above it first. A web server reads all of it, so it is not for us alone.
static bool put(struct writing *w, struct str path, struct str bytes, struct err *e)
{
	*list_add(&w->out->files, w->a) = path;
	if (w->wish->dry)
		return true;
	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] == '/' && (!folder_make(at(w, str_first(path, i)), 0700, e) ||
					 !file_share(at(w, str_first(path, i)), e)))
			return false;
	return file_write(at(w, path), bytes, 0600, e) && file_share(at(w, path), e);
}

// One text or one file of bytes behind the other.
static struct str joined(const struct writing *w, struct str first, struct str then)
{
	struct buf b = { .cap = first.n + then.n };

	b.p = arena_new(w->a, char, b.cap + 1);
	buf_str(&b, first);
	buf_str(&b, then);
	return buf_view(&b);
}

// ---- which keys

// What is published, and either lasts or must be known as revoked. The newest that lasts goes first: of a
// directory's answer GnuPG uses the first.
static bool choose(struct writing *w, struct err *e)
{
	struct team_keys all;

	if (!team_key_all(w->home->db, w->a, &all, e) ||
	    (!master_key_now(w->home->db, w->a, &w->master, e) && e->kind != ERR_NONE))
		return false;
	for (unsigned revoked = 0; revoked < 2; revoked++)
		LIST_EACH (const struct team_key, k, &all.at)
			if (k->kind == KEY_OPENPGP && (k->revoked > 0) == (revoked != 0) &&
			    (k->revoked > 0 ||
			     (k->since != TIME_NEVER && k->expires > w->home->now)))
				*list_add(&w->out->keys, w->a) = *k;
	return w->out->keys.count > 0 ||
	       err_set(e, ERR_ABSENT, "the team has no key that could be published");
}

static bool is_in(const struct writing *w, int64_t key)
{
	LIST_EACH (const struct team_key, k, &w->out->keys)
		if (k->id == key)
			return true;
	return false;
}

// ---- the directory

static bool directory(const struct writing *w, struct str *out, struct err *e)
{
	struct gpg_keys keys;

	*out = S("");
	LIST_EACH (const struct team_key, k, &w->out->keys) {
		struct str bytes;

		if (!gpg_import(w->gpg, k->armored, w->a, &keys, e) ||
		    !gpg_export(w->gpg, k->fingerprint, GPG_CERTIFIED_BYTES, w->a, &bytes, e))
			return false;
		*out = joined(w, *out, bytes);
	}
	return true;
}

static void hash_of(struct str address, unsigned char out[WKD_HASH])
{
	char room[HEADER_MAX_ADDRESS];
	struct str local = str_cut(&address, '@');

	for (size_t i = 0; i < local.n; i++)
		room[i] = ascii_lower(local.p[i]);
	digest_sha1((struct str){ room, local.n }, out);
}

static bool put_directory(struct writing *w, struct err *e)
{
	const struct str address = w->home->mail.from;
	unsigned char hash[WKD_HASH];
	char name[WKD_NAME + 1];
	struct str bytes;

	if (!directory(w, &bytes, e))
		return false;
	hash_of(address, hash);
	wkd_name(hash, name);
	for (unsigned method = WKD_ADVANCED; method <= WKD_DIRECT; method++) {
		char room[PATH];
		struct buf b = BUF_ON(room);

		buf_str(&b, S("www/"));
		if (!wkd_folder(&b, (enum wkd_method)method, address))
			return err_set(e, ERR_CONFIG, "[mail] from is too long");
		if (!put(w, arena_fmt(w->a, STR_FMT "policy", STR_ARG(buf_view(&b))), S(""), e) ||
		    !put(w, arena_fmt(w->a, STR_FMT "hu/%s", STR_ARG(buf_view(&b)), name), bytes,
			 e))
			return false;
	}
	return true;
}

// ---- files

static struct str named(const struct writing *w, struct str fingerprint)
{
	return arena_fmt(w->a, "www/pgp/" STR_FMT ".asc", STR_ARG(fingerprint));
}

static bool put_keys(struct writing *w, struct err *e)
{
	struct str all = S("");

	LIST_EACH (const struct team_key, k, &w->out->keys) {
		if (!put(w, named(w, k->fingerprint), k->armored, e))
			return false;
		all = joined(w, all, k->armored);
	}
	return (w->master.fingerprint.n == 0 ||
		put(w, named(w, w->master.fingerprint), w->master.armored, e)) &&
	       put(w, S("keyservers/upload.asc"), all, e);
}

static bool put_statements(struct writing *w, struct err *e)
{
	autorows r = NULL;
	struct key_year y;

	if (!key_year_list(w->home->db, &r, e))
		return false;
	while (key_next_year(r, &y, e))
		if (is_in(w, y.key) &&
		    !put(w, arena_fmt(w->a, "www/pgp/transition-%d.txt", y.year), y.statement, e))
			return false;
	return e->kind == ERR_NONE;
}

// ---- and what to do with them

static void say_key(struct buf *b, const struct team_key *k, int64_t now)
{
	char day[TIME_TEXT];
	const int64_t t = k->revoked > 0 ? k->revoked : k->since > now ? k->since : k->expires;

	time_write(t, day);
	buf_fmt(b, "    " STR_FMT "  %s %.10s\n", STR_ARG(k->fingerprint),
		k->revoked > 0   ? "revoked on"
		: k->since > now ? "signs from"
				 : "valid until",
		t == TIME_NEVER ? "further notice" : day);
}

static void say(const struct writing *w, struct buf *b)
{
	struct str domain = w->home->mail.from;

	str_cut(&domain, '@');
	buf_fmt(b, "The OpenPGP keys of " STR_FMT " for " STR_FMT ":\n\n", STR_ARG(w->home->team),
		STR_ARG(w->home->mail.from));
	LIST_EACH (const struct team_key, k, &w->out->keys)
		say_key(b, k, w->home->now);
	if (w->master.fingerprint.n > 0)
		buf_fmt(b, "    " STR_FMT "  certifies them (master key)\n",
			STR_ARG(w->master.fingerprint));
	buf_fmt(b,
		"\n1. All of www/ goes onto the web sites https://openpgpkey." STR_FMT
		"/ and https://" STR_FMT "/:\n"
		"   the folder .well-known/openpgpkey is the Web Key Directory of both. Serve hu/ "
		"as\n"
		"   application/octet-stream, with the head \"Access-Control-Allow-Origin: *\", to "
		"anybody.\n"
		"   A host openpgpkey." STR_FMT
		" that exists must serve it: the other is then not asked.\n"
		"2. Look whether it is there, on a machine that has no key of ours:\n\n"
		"    gpg --auto-key-locate clear,wkd --locate-keys " STR_FMT "\n\n"
		"3. keyservers/upload.asc goes to the key servers that the team uses. On a machine "
		"with a\n"
		"   network:\n\n"
		"    gpg --import keyservers/upload.asc\n",
		STR_ARG(domain), STR_ARG(domain), STR_ARG(domain), STR_ARG(w->home->mail.from));
	LIST_EACH (const struct team_key, k, &w->out->keys)
		buf_fmt(b, "    gpg --keyserver hkps://keys.openpgp.org --send-keys " STR_FMT "\n",
			STR_ARG(k->fingerprint));
	buf_str(b, S("\n4. Put the fingerprints into the team's RFC 2350 text (2.8) and "
		     "security.txt.\n"));
}

static bool put_text(struct writing *w, struct err *e)
{
	struct buf b = { .cap = TEXT + w->home->team.n + w->home->mail.from.n * 4 };

	b.p = arena_new(w->a, char, b.cap);
	say(w, &b);
	return b.over ? err_set(e, ERR_LIMIT, "too many keys for one text")
		      : put(w, S("READ-ME.txt"), buf_view(&b), e);
}

static bool write_all(struct writing *w, struct err *e)
{
	return choose(w, e) && (w->wish->dry || folder_make(w->folder, 0700, e)) &&
	       put_keys(w, e) && put_statements(w, e) && put_directory(w, e) && put_text(w, e);
}

bool site_write(const struct home *h, const struct site_wish *wish, struct arena *a,
		struct site *out, struct err *e)
{
	autoaside s = { .kind = KEY_OPENPGP, .certified = true };
	struct writing w = {
		.home = h, .wish = wish, .folder = str_z(a, wish->folder), .a = a, .out = out
	};

	*out = (struct site){ 0 };
	if (w.folder == NULL || wish->folder.n == 0)
		return err_set(e, ERR_USAGE, "name the folder into which it goes");
	if (!header_address_good(h->mail.from))
		return err_set(e, ERR_CONFIG, "[mail] from is not set: keys are published for it");
	if (!aside_open(&s, e))
		return false;
	w.gpg = s.gpg;
	return write_all(&w, e);
}
