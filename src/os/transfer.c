#include "os/transfer.h"

#include "base/time.h"
#include "model/roster/check.h"
#include "os/clock.h"

#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>

CURL *transfer_new(void)
{
	CURL *curl;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || (curl = curl_easy_init()) == NULL)
		abort();
	return curl;
}

// NAT64 stands for the IPv4 address in it (RFC 6052): where it is in use, every name has one.
static struct address meant(struct address a)
{
	bool nat64 = a.high == UINT64_C(0x0064ff9b00000000) && a.low >> 32 == 0;

	return nat64 ? address_v4((uint32_t)a.low) : a;
}

static bool address_of(const struct curl_sockaddr *to, struct address *out)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	// Its type says sockaddr, which is too short; behind it lies as much as addrlen says.
	const char *at = (const char *)to + offsetof(struct curl_sockaddr, addr);

	if (to->family == AF_INET && to->addrlen >= sizeof v4) {
		memcpy(&v4, at, sizeof v4);
		*out = address_v4(ntohl(v4.sin_addr.s_addr));
		return true;
	}
	if (to->family != AF_INET6 || to->addrlen < sizeof v6)
		return false;
	memcpy(&v6, at, sizeof v6);
	*out = address_of_bytes(v6.sin6_addr.s6_addr);
	return true;
}

curl_socket_t transfer_open(void *peer, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct transfer_peer *p = peer;
	struct buf where = { .p = p->where, .cap = sizeof p->where - 1 };
	struct address a;
	bool inside;

	if (purpose != CURLSOCKTYPE_IPCXN || !address_of(to, &a))
		return CURL_SOCKET_BAD;
	if (!p->lan) {
		p->whose = special_range((struct range){ meant(a), meant(a) }, false, &inside);
		if (p->whose != NULL) {
			address_write(&where, a);
			p->where[where.n] = '\0';
			return CURL_SOCKET_BAD;
		}
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

// ---- bytes

// A signal wakes it early, and it is asked again.
static bool waits(CURL *u, short events, int64_t deadline, struct err *e)
{
	curl_socket_t fd = CURL_SOCKET_BAD;
	int64_t left = deadline - clock_since();
	struct pollfd p = { .events = events };

	if (left <= 0)
		return err_set(e, ERR_REMOTE, "no answer in time");
	if (curl_easy_getinfo(u, CURLINFO_ACTIVESOCKET, &fd) != CURLE_OK || fd == CURL_SOCKET_BAD)
		return err_set(e, ERR_REMOTE, "the connection is gone");
	p.fd = fd;
	(void)poll(&p, 1, (int)(left / (TIME_SECOND / 1000)) + 1);
	return true;
}

bool transfer_write(CURL *u, int64_t deadline, struct str bytes, struct err *e)
{
	while (bytes.n > 0) {
		size_t n = 0;
		CURLcode code = curl_easy_send(u, bytes.p, bytes.n, &n);

		if (code == CURLE_AGAIN) {
			if (!waits(u, POLLOUT, deadline, e))
				return false;
			continue;
		}
		if (code != CURLE_OK)
			return err_set(e, ERR_REMOTE, "it hung up");
		str_skip(&bytes, n);
	}
	return true;
}

bool transfer_read(CURL *u, int64_t deadline, struct transfer_room *to, struct err *e)
{
	for (;;) {
		size_t n = 0;
		CURLcode code;

		if (clock_since() >= deadline)
			return err_set(e, ERR_REMOTE, "no answer in time");
		code = curl_easy_recv(u, to->at, to->n, &n);
		if (code == CURLE_AGAIN) {
			if (!waits(u, POLLIN, deadline, e))
				return false;
			continue;
		}
		if (code != CURLE_OK || n == 0)
			return err_set(e, ERR_REMOTE, "it hung up");
		to->n = n;
		return true;
	}
}
