// The program `dkim`: verifies the DKIM signatures of a mail for `waker mail verify`, which itself loads
// neither what verifies them nor what asks the DNS. It has no store, and prints what it found; see
// task/proof/domain.h.
#include "os/dns.h"
#include "os/file.h"
#include "task/proof/domain.h"

#include <stdio.h>

enum { ROOM = 256 << 20, MOST = 100 << 20 };

static bool look(const struct home *h, const char *path, struct arena *a, struct dkim_found *out,
		 struct err *e)
{
	const char *anchors = home_path(h, HOME_ANCHORS, a);
	const struct dns_how how = { .resolver = h->mail.resolver,
				     .anchors = file_exists(anchors) ? anchors : NULL };
	autodkim reader = dkim_reader_new(e);
	struct dns *dns = NULL;
	struct dkim_keys keys;
	struct str mail;
	bool good;

	if (reader == NULL || !file_read(path, MOST, a, &mail, e) || !dns_open(&how, &dns, e))
		return false;
	keys = dkim_keys_by_dns(dns);
	good = dkim_check(reader, mail, &keys, a, out, e);
	dns_close(dns);
	return good;
}

int main(int argc, char **argv)
{
	autoarena a = { 0 };
	struct dkim_found found = { 0 };
	struct home h;
	struct err e = { 0 };

	if (argc != 3) {
		fputs("this is a part of waker, which starts it: see `waker mail verify`\n",
		      stderr);
		return 64;
	}
	arena_init(&a, ROOM);
	if (home_read(str_of(argv[1]), &a, &h, &e) && look(&h, argv[2], &a, &found, &e))
		domain_print(&found);
	else
		printf("!%s\n", e.text);
	return 0;
}
