#include "os/http_server.h"

#include "base/time.h"
#include "os/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 64, NAME = 32, SOCKET_MODE = 0600 };

struct peer {
	int fd;        // -1: this place is free
	int64_t since; // clock_since
};

struct http_server {
	struct MHD_Daemon *daemon;
	struct http_served how;
	struct peer peers[HTTP_CONNECTIONS];
	int folder; // of the socket; -1: none
	char name[NAME];
};

// ---- one connection

// The library's own time limit counts silence: one who drips a byte now and then would stay.
static void met(void *context, struct MHD_Connection *c, void **peer,
		enum MHD_ConnectionNotificationCode code)
{
	struct http_server *s = context;

	if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
		if (*peer != NULL)
			((struct peer *)*peer)->fd = -1;
		return;
	}
	for (unsigned i = 0; i < HTTP_CONNECTIONS; i++)
		if (s->peers[i].fd < 0) {
			s->peers[i].fd =
				MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD)
					->connect_fd;
			s->peers[i].since = clock_since();
			*peer = &s->peers[i];
			return;
		}
}

static void shut_slow(struct http_server *s)
{
	int64_t before = clock_since() - HTTP_SECONDS * TIME_SECOND;

	for (unsigned i = 0; i < HTTP_CONNECTIONS; i++)
		if (s->peers[i].fd >= 0 && s->peers[i].since <= before)
			shutdown(s->peers[i].fd, SHUT_RDWR);
}

// When the head of a request is there: whatever body comes behind it is not read.
static enum MHD_Result asked(void *context, struct MHD_Connection *c, const char *url,
			     const char *method, const char *version, const char *body,
			     size_t *body_size, void **request)
{
	struct http_server *s = context;
	struct http_ask ask = { str_of(method), str_of(url) };
	struct http_answer a = { .status = HTTP_ABSENT, .type = "text/plain" };
	struct MHD_Response *r;
	enum MHD_Result result;

	(void)version;
	(void)body;
	(void)body_size;
	(void)request;
	s->how.answer(s->how.context, &ask, &a);
	r = MHD_create_response_from_buffer(a.body.n, (void *)(uintptr_t)a.body.p,
					    MHD_RESPMEM_MUST_COPY);
	if (r == NULL)
		return MHD_NO;
	MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, a.type);
	MHD_add_response_header(r, MHD_HTTP_HEADER_CONNECTION, "close");
	MHD_add_response_header(r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	if (a.allow != NULL)
		MHD_add_response_header(r, MHD_HTTP_HEADER_ALLOW, a.allow);
	result = MHD_queue_response(c, a.status, r);
	MHD_destroy_response(r);
	return result;
}

// ---- the socket

static int listening(int domain, const struct sockaddr *at, socklen_t size)
{
	int fd = socket(domain, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	const int on = 1;

	if (fd < 0)
		return -1;
	if (domain != AF_UNIX)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (domain == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
	if (bind(fd, at, size) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	close(fd);
	return -1;
}

// Takes the descriptor over, and the folder's.
static bool serve(int fd, int folder, const char *name, struct http_served how,
		  struct http_server **out, struct err *e)
{
	struct http_server *s = calloc(1, sizeof *s);

	if (s == NULL)
		abort();
	s->how = how;
	s->folder = folder;
	snprintf(s->name, sizeof s->name, "%s", name);
	for (unsigned i = 0; i < HTTP_CONNECTIONS; i++)
		s->peers[i].fd = -1;
	s->daemon = MHD_start_daemon(
		MHD_USE_EPOLL, 0, NULL, NULL, asked, s, MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_NOTIFY_CONNECTION, met, s, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)HTTP_CONNECTIONS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)HTTP_HEAD_BYTES, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)HTTP_SECONDS,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
	if (s->daemon != NULL) {
		*out = s;
		return true;
	}
	close(fd);
	http_server_close(s);
	return err_set(e, ERR_SYSTEM, "the server of HTTP does not begin");
}

// A path of any length fits, by way of the folder's descriptor.
bool http_server_on_socket(const char *folder, const char *name, struct http_served how,
			   struct http_server **out, struct err *e)
{
	int at = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC), fd = -1;
	struct sockaddr_un where = { .sun_family = AF_UNIX };

	snprintf(where.sun_path, sizeof where.sun_path, "/proc/self/fd/%d/%.31s", at, name);
	if (at >= 0 && (unlinkat(at, name, 0) == 0 || errno == ENOENT))
		fd = listening(AF_UNIX, (const struct sockaddr *)&where, sizeof where);
	if (fd >= 0 && fchmodat(at, name, SOCKET_MODE, 0) == 0)
		return serve(fd, at, name, how, out, e);
	err_set(e, ERR_SYSTEM, "%s/%s: %m", folder, name);
	if (fd >= 0)
		close(fd);
	if (at >= 0)
		close(at);
	return false;
}

bool http_server_on_port(const struct loopback *at, struct http_served how,
			 struct http_server **out, struct err *e)
{
	const struct sockaddr_in four = { .sin_family = AF_INET,
					  .sin_port = htons(at->port),
					  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const struct sockaddr_in6 six = { .sin6_family = AF_INET6,
					  .sin6_port = htons(at->port),
					  .sin6_addr = IN6ADDR_LOOPBACK_INIT };
	int fd = at->six ? listening(AF_INET6, (const struct sockaddr *)&six, sizeof six)
			 : listening(AF_INET, (const struct sockaddr *)&four, sizeof four);

	if (fd >= 0)
		return serve(fd, -1, "", how, out, e);
	return err_set(e, errno == EADDRINUSE ? ERR_CONFIG : ERR_SYSTEM, "port %u of %s: %m",
		       at->port, at->six ? "::1" : "127.0.0.1");
}

void http_server_close(struct http_server *s)
{
	if (s == NULL)
		return;
	if (s->daemon != NULL)
		MHD_stop_daemon(s->daemon);
	if (s->folder >= 0) {
		unlinkat(s->folder, s->name, 0);
		close(s->folder);
	}
	free(s);
}

// ---- its work

int http_server_fd(const struct http_server *s)
{
	return MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

int http_server_wait(const struct http_server *s)
{
	enum { LONGEST = 60000, SWEEP = 500 };
	MHD_UNSIGNED_LONG_LONG after;
	int wait = -1;

	if (MHD_get_timeout(s->daemon, &after) == MHD_YES)
		wait = after > LONGEST ? LONGEST : (int)after;
	for (unsigned i = 0; i < HTTP_CONNECTIONS; i++)
		if (s->peers[i].fd >= 0 && (wait < 0 || wait > SWEEP))
			wait = SWEEP;
	return wait;
}

void http_server_work(struct http_server *s)
{
	shut_slow(s);
	MHD_run(s->daemon);
}
