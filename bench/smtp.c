// How many mails a second go over one connection, of 8 KiB each:
// smtp HOST PORT COUNT none|must. The server is a loopback one.
#include "base/time.h"
#include "os/clock.h"
#include "os/smtp_client.h"

#include <stdio.h>

enum { MAIL_BYTES = 8 << 10, LINE = 76 };

static void compose(char *p)
{
	static const char head[] = "Subject: bench\r\n\r\n";

	memset(p, 'x', MAIL_BYTES);
	memcpy(p, head, sizeof head - 1);
	for (size_t at = sizeof head - 1 + LINE; at + LINE < MAIL_BYTES; at += LINE)
		memcpy(p + at, "\r\n", 2);
	memcpy(p + MAIL_BYTES - 2, "\r\n", 2);
}

static bool send_all(struct smtp_client *c, const struct smtp_hop *hop, unsigned count,
		     struct err *e)
{
	static char bytes[MAIL_BYTES];
	struct smtp_answer out;
	struct smtp_mail m = { S("cert@team.example"),
			       S("security@member.example"),
			       { bytes, MAIL_BYTES } };

	compose(bytes);
	for (unsigned i = 0; i < count; i++)
		if (!smtp_send(c, hop, &m, &out, e))
			return false;
	return true;
}

int main(int argc, char **argv)
{
	struct smtp_client *c = smtp_client_new();
	struct smtp_hop hop = { .lan = true, .helo = S("bench.example") };
	uint64_t port = 0, count = 0;
	struct err e = { 0 };
	int64_t began = clock_since();

	if (argc != 5 || !str_to_uint(str_of(argv[2]), UINT16_MAX, &port) ||
	    !str_to_uint(str_of(argv[3]), 1000000, &count))
		return 64;
	hop.host = str_of(argv[1]);
	hop.port = (uint16_t)port;
	hop.tls.level = argv[4][0] == 'm' ? TLS_MUST : TLS_NONE;
	if (!send_all(c, &hop, (unsigned)count, &e)) {
		fprintf(stderr, "%s\n", e.text);
		return 1;
	}
	printf("%.0f\n", (double)count * (double)TIME_SECOND / (double)(clock_since() - began));
	smtp_client_free(c);
	return 0;
}
