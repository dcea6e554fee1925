#include "os/transfer.h"

#include "model/roster/check.h"

#include <netinet/in.h>
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
