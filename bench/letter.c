// How many letters are written a second, without mail around them and without crypto: subject, text,
// HTML and both tables, in Dutch and English. usage: letter FINDINGS SECONDS
#include "model/notice/letter.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROOM = 64 << 20 };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct letter_finding finding(struct arena *a)
{
	struct letter_finding f = {
		.id = S("F-7K2QXM-5"),
		.issue = S("exposed.rdp"),
		.title = S("Remote desktop open to the internet"),
		.title_nl = S("Remote desktop open voor het internet"),
		.class = CLASS_EXPOSED,
		.severity = SEVERITY_HIGH,
		.state = FINDING_OPEN,
		.seen = S("192.0.2.17 tcp/3389"),
		.host = S("ts.veldzicht.example"),
		.sources = S("Shadowserver Foundation"),
		.first_seen = INT64_C(1795200000000000),
		.last_seen = INT64_C(1795600000000000),
		.asset = S("192.0.2.0/24"),
		.fresh = true,
	};
	static const struct letter_pair pairs[] = {
		{ { "source.ip", 9 }, { "192.0.2.17", 10 }, { 0 } },
		{ { "source.port", 11 }, { "3389", 4 }, { "3389", 4 } },
		{ { "protocol.transport", 18 }, { "tcp", 3 }, { 0 } },
		{ { "protocol.application", 20 }, { "rdp", 3 }, { 0 } },
		{ { "extra.banner", 12 }, { "a banner of some length, as servers have", 40 }, { 0 } },
		{ { "time.source", 11 }, { "2026-11-23T03:09:00Z", 20 }, { 0 } },
	};

	for (size_t i = 0; i < COUNTOF(pairs); i++)
		*list_add(&f.evidence, a) = pairs[i];
	return f;
}

int main(int argc, char **argv)
{
	uint64_t findings = 1, seconds = 1;
	struct arena kept = { 0 }, a = { 0 };
	struct letter l = {
		.kind = MESSAGE_DIGEST,
		.dutch = true,
		.id = S("N-9WKD47-K"),
		.team = { S("Z-CERT"), S("cert@z-cert.example"), S("+31 33 000 0000"), { 0 } },
		.member = S("Ziekenhuis Veldzicht"),
		.tlp = TLP_AMBER_STRICT,
		.now = INT64_C(1795700000000000),
		.separator = ',',
	};
	struct letter_out out;
	double begun;
	long n = 0;

	if (argc != 3 || !str_to_uint(str_of(argv[1]), 1000, &findings) ||
	    !str_to_uint(str_of(argv[2]), 60, &seconds)) {
		fputs("usage: letter FINDINGS SECONDS\n", stderr);
		return 64;
	}
	arena_init(&kept, ROOM);
	arena_init(&a, ROOM);
	for (uint64_t i = 0; i < findings; i++)
		*list_add(&l.findings, &kept) = finding(&kept);
	begun = now();
	while (now() - begun < (double)seconds) {
		char *mark = arena_mark(&a);

		letter_write(&l, &a, &out);
		arena_back(&a, mark);
		n++;
	}
	printf("%.0f\n", (double)n / (now() - begun));
	return 0;
}
