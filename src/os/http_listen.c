#include "os/http_listen.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 512 };

static int listening(int domain, const struct sockaddr *at, socklen_t size, bool both)
{
	int fd = socket(domain, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	const int on = 1, only = !both;

	if (fd < 0)
		return -1;
	if (domain != AF_UNIX)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (domain == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof only);
	if (bind(fd, at, size) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	close(fd);
	return -1;
}

void http_place_done(struct http_place *p)
{
	if (p->fd >= 0)
		close(p->fd);
	if (p->folder >= 0) {
		unlinkat(p->folder, p->name, 0);
		close(p->folder);
	}
	*p = HTTP_NOWHERE;
}

// A path of any length fits, by way of the folder's descriptor.
bool http_listen_socket(const char *folder, const char *name, unsigned mode, struct http_place *out,
			struct err *e)
{
	struct http_place p = { .fd = -1,
				.folder = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC) };
	struct sockaddr_un where = { .sun_family = AF_UNIX };

	snprintf(p.name, sizeof p.name, "%s", name);
	snprintf(where.sun_path, sizeof where.sun_path, "/proc/self/fd/%d/%.31s", p.folder, name);
	if (p.folder >= 0 && (unlinkat(p.folder, name, 0) == 0 || errno == ENOENT))
		p.fd = listening(AF_UNIX, (const struct sockaddr *)&where, sizeof where, false);
	if (p.fd >= 0 && fchmodat(p.folder, name, mode, 0) == 0) {
		*out = p;
		return true;
	}
	err_set(e, ERR_SYSTEM, "%s/%s: %m", folder, name);
	http_place_done(&p);
	return false;
}

bool http_listen_port(const struct endpoint *x, struct http_place *out, struct err *e)
{
	char text[ADDRESS_TEXT];
	struct buf b = BUF_ON(text);
	const struct sockaddr_in four = { .sin_family = AF_INET,
					  .sin_port = htons(x->port),
					  .sin_addr.s_addr = htonl((uint32_t)x->at.low) };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons(x->port) };
	bool any = x->at.high == 0 && x->at.low == 0;
	int fd;

	address_bytes(x->at, six.sin6_addr.s6_addr);
	fd = address_is_v4(x->at)
		     ? listening(AF_INET, (const struct sockaddr *)&four, sizeof four, false)
		     : listening(AF_INET6, (const struct sockaddr *)&six, sizeof six, any);
	if (fd >= 0) {
		*out = HTTP_NOWHERE;
		out->fd = fd;
		return true;
	}
	address_write(&b, x->at);
	return err_set(e,
		       errno == EADDRINUSE || errno == EADDRNOTAVAIL || errno == EACCES
			       ? ERR_CONFIG
			       : ERR_SYSTEM,
		       "port %u of " STR_FMT ": %m", x->port, STR_ARG(buf_view(&b)));
}
