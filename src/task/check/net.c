// What fetching needs of this machine: its process, certificates, and names.
#include "base/time.h"
#include "codec/net/url.h"
#include "model/feed/fetch.h"
#include "os/fetch_role.h"
#include "os/file.h"
#include "os/idn.h"
#include "os/libexec.h"
#include "os/machine.h"
#include "task/check/checking.h"
#include "task/service/role.h"

enum { BUNDLE_BYTES = 64 << 20, NAMED = 3 };

#define NAMES_WAIT (5 * TIME_SECOND) // as the row says

void checking_roles(struct checking *c)
{
	char path[LIBEXEC_PATH];
	struct err e = { 0 };

	c->fetches = fetch_role_trust(c->a, &c->trust, &e);
	for (unsigned i = 0; i < ROLE_COUNT && e.kind == ERR_NONE; i++)
		if (!libexec_find(roles[i].name, path, &e))
			break;
	if (e.kind == ERR_NONE)
		checking_ok(c, S("all parts are there, and fetch can be started"));
	else
		checking_failed(c, &e,
				S("install waker anew: the programs in its libexec folder come "
				  "with it, and must be executable"));
}

// ---- certificates

static size_t certificates_in(struct str bytes)
{
	size_t n = 0;

	for (; bytes.n > 0; str_cut(&bytes, '\n'))
		n += str_has_prefix(bytes, S("-----BEGIN CERTIFICATE-----")) ||
		     str_has_prefix(bytes, S("-----BEGIN TRUSTED CERTIFICATE-----"));
	return n;
}

static bool has_certificates(struct checking *c, const char *path, struct str remedy, size_t *n)
{
	char *mark = arena_mark(c->a);
	struct str bytes;
	struct err e = { 0 };
	bool read = file_read(path, BUNDLE_BYTES, c->a, &bytes, &e);

	*n = read ? certificates_in(bytes) : 0;
	arena_back(c->a, mark);
	if (!read)
		checking_failed(c, &e, remedy);
	else if (*n == 0)
		checking_tell(c, CHECK_WRONG, arena_fmt(c->a, "%s has no certificate in it", path),
			      remedy);
	return *n > 0;
}

// How many files of a folder have some.
static size_t files_with_some(const struct checking *c, struct str folder)
{
	char *mark = arena_mark(c->a);
	struct file_names in;
	struct err e = { 0 };
	size_t n = 0;

	if (!folder_names(folder.p, c->a, &in, &e))
		return 0;
	LIST_EACH (const struct str, name, &in.names) {
		char *here = arena_mark(c->a);
		struct str path =
			arena_fmt(c->a, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(*name));
		struct str bytes;

		n += file_read(path.p, BUNDLE_BYTES, c->a, &bytes, &e) &&
		     certificates_in(bytes) > 0;
		arena_back(c->a, here);
	}
	arena_back(c->a, mark);
	return n;
}

// The system's, as the role says where they are.
static bool system_has_some(struct checking *c, struct str *says)
{
	static const char remedy[] = "install the package ca-certificates anew, or run "
				     "`update-ca-certificates`";
	size_t n = 0;

	*says = S("the library of TLS has its own");
	if (c->trust.file.n > 0) {
		if (!has_certificates(c, str_z(c->a, c->trust.file), str_of(remedy), &n))
			return false;
		*says = arena_fmt(c->a, STR_FMT " has %zu", STR_ARG(c->trust.file), n);
	} else if (c->trust.folder.n > 0) {
		n = files_with_some(c, c->trust.folder);
		*says = arena_fmt(c->a, STR_FMT " has %zu files with certificates",
				  STR_ARG(c->trust.folder), n);
		if (n == 0)
			checking_tell(c, CHECK_WRONG, *says, str_of(remedy));
	}
	return n > 0 || (c->trust.file.n == 0 && c->trust.folder.n == 0);
}

void checking_certificates(struct checking *c)
{
	struct str says;
	size_t own;
	bool good;

	if (!c->fetches) {
		checking_tell(c, CHECK_WARNING,
			      S("they were not looked at: what fetches knows where they are"),
			      S("see roles"));
		return;
	}
	good = system_has_some(c, &says);
	LIST_EACH (const struct feed, f, &c->feeds)
		if (f->fetch != NULL && f->fetch->ca.n > 0)
			good = has_certificates(
				       c, arena_str(c->a, f->fetch->ca).p,
				       arena_fmt(c->a,
						 "put the publisher's certificates there, or `ca` "
						 "in the file of feed " STR_FMT " right",
						 STR_ARG(f->name)),
				       &own) &&
			       good;
	if (good)
		checking_ok(c, says);
}

// ---- names

struct wanted { // a host, and the first feed that wants it
	const char *name;
	struct str feed;
};
struct all_wanted {
	LIST(struct wanted) at;
};

static void want(struct checking *c, struct all_wanted *all, struct str feed, struct str url)
{
	struct host host;

	if (url_host(url, idn_to_ascii, &host) != HOST_NAME)
		return;
	LIST_EACH (const struct wanted, w, &all->at)
		if (str_eq(str_of(w->name), name_str(&host.name)))
			return;
	*list_add(&all->at, c->a) = (struct wanted){ str_z(c->a, name_str(&host.name)), feed };
}

static void want_all(struct checking *c, struct all_wanted *all)
{
	LIST_EACH (const struct feed, f, &c->feeds) {
		if (f->fetch == NULL || !feed_fetch_built(f->fetch->how) ||
		    feed_fetch_sent(f->fetch->how))
			continue;
		want(c, all, f->name, f->fetch->from);
		LIST_EACH (const struct str, more, &f->fetch->more)
			want(c, all, f->name, *more);
	}
}

// "a.example, b.example, c.example and 9 more": those of this state.
static struct str listed(struct checking *c, const struct all_wanted *all,
			 const enum machine_name *is, enum machine_name which, size_t *count)
{
	struct str text = S("");
	size_t n = 0;

	for (size_t i = 0; i < all->at.count; i++) {
		if (is[i] != which || n++ >= NAMED)
			continue;
		text = arena_fmt(c->a, STR_FMT "%s%s", STR_ARG(text), n > 1 ? ", " : "",
				 all->at.at[i].name);
	}
	if (n > NAMED)
		text = arena_fmt(c->a, STR_FMT " and %zu more", STR_ARG(text), n - NAMED);
	*count = n;
	return text;
}

static void tell_absent(struct checking *c, const struct wanted *w)
{
	checking_tell(c, CHECK_WRONG,
		      arena_fmt(c->a, "%s has no address, and feed " STR_FMT " is fetched from it",
				w->name, STR_ARG(w->feed)),
		      arena_fmt(c->a,
				"look whether the publisher moved, and put `from` in its file "
				"right; or `waker feed disable " STR_FMT "`",
				STR_ARG(w->feed)));
}

// One that is not there may have moved; where none is there, who is asked is at fault.
static void tell_found(struct checking *c, const struct all_wanted *all,
		       const enum machine_name *is)
{
	static const struct {
		enum machine_name is;
		const char *says;
	} faults[] = {
		{ NAME_ABSENT, "none has an address that is known here" },
		{ NAME_SILENT, "no answer within 5 s" },
		{ NAME_REFUSED, "the resolver cannot answer" },
	};
	size_t n, found, absent;

	listed(c, all, is, NAME_FOUND, &found);
	listed(c, all, is, NAME_ABSENT, &absent);
	for (size_t i = 0; i < all->at.count; i++)
		if (is[i] == NAME_ABSENT && (found > 0 || absent == 1))
			tell_absent(c, &all->at.at[i]);
	for (size_t i = 0; i < COUNTOF(faults); i++) {
		struct str text = listed(c, all, is, faults[i].is, &n);

		if (n == 0 || (faults[i].is == NAME_ABSENT && (found > 0 || absent == 1)))
			continue;
		checking_tell(c, CHECK_WRONG,
			      arena_fmt(c->a, "%s: " STR_FMT, faults[i].says, STR_ARG(text)),
			      S("look at /etc/resolv.conf, and whether this machine reaches the "
				"resolver that it names; a firewall must let DNS through"));
	}
	if (found == all->at.count)
		checking_ok(c,
			    arena_fmt(c->a, "the %zu hosts of the feeds that are on have addresses",
				      found));
}

void checking_names(struct checking *c)
{
	struct all_wanted all = { 0 };
	const char **names;
	enum machine_name *is;
	struct err e = { 0 };

	want_all(c, &all);
	if (all.at.count == 0) {
		checking_ok(c, S("nothing is fetched by name"));
		return;
	}
	if (c->wish->offline) {
		checking_ok(c,
			    arena_fmt(c->a, "not asked for the %zu hosts of the feeds: --offline",
				      all.at.count));
		return;
	}
	names = arena_new(c->a, const char *, all.at.count);
	is = arena_new(c->a, enum machine_name, all.at.count);
	for (size_t i = 0; i < all.at.count; i++)
		names[i] = all.at.at[i].name;
	if (machine_look_up(names, all.at.count, NAMES_WAIT, is, &e))
		tell_found(c, &all, is);
	else
		checking_failed(c, &e, S("end some processes of this machine, and try again"));
}
