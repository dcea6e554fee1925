#include "os/http_server.h"

#include "base/time.h"
#include "os/clock.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

struct request { // one that has begun
	size_t n, room;
	uint64_t length; // that it says; UINT64_MAX: none
	bool over;       // longer than may be: nothing is kept
	// Put off: the connection sleeps.
	struct MHD_Connection *sleeps;
	int64_t asked; // clock_since, the first time; 0: not yet
	struct request *next;
	char body[];
};

struct http_server {
	// [0] accepts; [1] has those who met it before a new key: NULL: nobody
	struct MHD_Daemon *daemon[2];
	struct http_served how;
	struct http_place place; // its descriptor is the daemon's
	int epoll;               // of both
	struct http_peers peers;
	struct request *later; // what was put off
	int64_t woken;         // clock_since, when that was last asked
};

// ---- connections

static bool address_of(const struct sockaddr *at, struct address *out)
{
	if (at != NULL && at->sa_family == AF_INET) {
		const struct sockaddr_in *four = (const void *)at;

		*out = address_v4(ntohl(four->sin_addr.s_addr));
		return true;
	}
	if (at != NULL && at->sa_family == AF_INET6) {
		const struct sockaddr_in6 *six = (const void *)at;

		*out = address_of_bytes(six->sin6_addr.s6_addr);
		return true;
	}
	return false;
}

static enum MHD_Result may_connect(void *context, const struct sockaddr *at, socklen_t size)
{
	struct http_server *s = context;
	struct address from;

	(void)size;
	return http_peers_may(&s->peers, address_of(at, &from) ? &from : NULL) ? MHD_YES : MHD_NO;
}

static void met(void *context, struct MHD_Connection *c, void **peer,
		enum MHD_ConnectionNotificationCode code)
{
	struct http_server *s = context;
	struct address from;
	bool known;

	if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
		http_peers_drop(&s->peers, *peer);
		return;
	}
	known = address_of(
		MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr, &from);
	*peer = http_peers_add(
		&s->peers,
		MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd,
		known ? &from : NULL, clock_since());
}

static struct http_peer *peer_of(struct MHD_Connection *c)
{
	return MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static void shut_slow(struct http_server *s)
{
	int64_t now = clock_since();

	for (unsigned i = 0; i < s->peers.most; i++)
		if (s->peers.at[i].fd >= 0 && http_peer_late(&s->peers, &s->peers.at[i], now))
			shutdown(s->peers.at[i].fd, SHUT_RDWR);
}

// ---- one request

struct str http_ask_head(const struct http_ask *ask, const char *name)
{
	return str_of(MHD_lookup_connection_value(ask->head, MHD_HEADER_KIND, name));
}

struct str http_ask_query(const struct http_ask *ask, const char *name)
{
	return str_of(MHD_lookup_connection_value(ask->head, MHD_GET_ARGUMENT_KIND, name));
}

static struct request *begun(struct http_server *s, struct MHD_Connection *c)
{
	struct str says = str_of(
		MHD_lookup_connection_value(c, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH));
	bool open = MHD_lookup_connection_value(c, MHD_HEADER_KIND,
						MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL;
	uint64_t length = says.n == 0 ? 0 : UINT64_MAX;
	struct request *r;
	size_t room;

	if (says.n > 0 && !open && !str_to_uint(says, UINT64_MAX - 1, &length))
		length = UINT64_MAX;
	room = open || length > s->how.body ? s->how.body : (size_t)length;
	r = calloc(1, sizeof *r + room);
	if (r == NULL)
		abort();
	r->room = room;
	r->length = open ? UINT64_MAX : length;
	r->over = !open && length > s->how.body;
	return r;
}

// What is over its bound is not kept; much of it ends the connection.
static bool take_body(struct request *r, struct http_peer *peer, const char *p, size_t n)
{
	if (peer != NULL)
		peer->got += n;
	if (r->over || n > r->room - r->n) {
		r->over = true;
		r->n += n < HTTP_OVER ? n : HTTP_OVER;
		r->room = r->n > r->room ? r->n : r->room;
		return r->n < HTTP_OVER;
	}
	memcpy(r->body + r->n, p, n);
	r->n += n;
	return true;
}

static bool say(struct MHD_Connection *c, const struct http_server *s, const struct http_answer *a,
		bool last)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(
		a->body.n, (void *)(uintptr_t)a->body.p, MHD_RESPMEM_MUST_COPY);
	char after[16];
	bool said;

	if (r == NULL)
		return false;
	MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, a->type);
	MHD_add_response_header(r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	if (last)
		MHD_add_response_header(r, MHD_HTTP_HEADER_CONNECTION, "close");
	if (a->allow != NULL)
		MHD_add_response_header(r, MHD_HTTP_HEADER_ALLOW, a->allow);
	if (a->after > 0) {
		snprintf(after, sizeof after, "%u", a->after);
		MHD_add_response_header(r, MHD_HTTP_HEADER_RETRY_AFTER, after);
	}
	for (const struct http_field *f = s->how.fields; f != NULL && f->name != NULL; f++)
		MHD_add_response_header(r, f->name, f->value);
	said = MHD_queue_response(c, a->status, r) == MHD_YES;
	MHD_destroy_response(r);
	return said;
}

// What stands last was written by the proxy, what stands before it by anybody.
static void who_asks(const struct http_server *s, const struct http_peer *peer,
		     struct http_ask *ask)
{
	struct str via = s->how.proxied ? http_ask_head(ask, "X-Forwarded-For") : S(""), last = via;

	if (peer != NULL && peer->known) {
		ask->known = true;
		ask->from = peer->from;
	}
	while (via.n > 0)
		last = str_cut(&via, ',');
	if (last.n > 0 && address_read(str_trim(last), &ask->from)) {
		ask->known = true;
		ask->from = http_peers_key(ask->from);
	}
}

static void put_off(struct http_server *s, struct MHD_Connection *c, struct request *r)
{
	r->sleeps = c;
	r->next = s->later;
	s->later = r;
	MHD_suspend_connection(c);
}

// Each of them is asked again when the daemon works.
static void wake_all(struct http_server *s)
{
	s->woken = clock_since();
	for (struct request *r; (r = s->later) != NULL;) {
		s->later = r->next;
		MHD_resume_connection(TAKE(r->sleeps, NULL));
	}
}

static enum MHD_Result answer(struct http_server *s, struct MHD_Connection *c, struct http_ask *ask,
			      struct request *r)
{
	struct http_answer a = { .status = HTTP_ABSENT, .type = "text/plain" };
	struct http_peer *peer = peer_of(c);
	int64_t now = clock_since();
	bool unread = r->over || s->how.body == 0, last;

	ask->head = c;
	ask->again = r->asked != 0;
	r->asked = ask->again ? r->asked : now;
	ask->last = unread || now - r->asked >= HTTP_LATER_SECONDS * TIME_SECOND;
	who_asks(s, peer, ask);
	s->how.answer(s->how.context, ask, &a);
	http_peer_is(peer, HTTP_REPLY, clock_since());
	if (a.later && !ask->last) {
		put_off(s, c, r);
		return MHD_YES;
	}
	last = unread || !s->how.keep || peer == NULL || ++peer->asks >= HTTP_ASKS;
	return say(c, s, &a, last) ? MHD_YES : MHD_NO;
}

// Is called when the head is there, then for each piece of the body, then when that has ended, and
// again when it was put off.
static enum MHD_Result asked(void *context, struct MHD_Connection *c, const char *url,
			     const char *method, const char *version, const char *body,
			     size_t *body_size, void **request)
{
	struct http_server *s = context;
	struct http_ask ask = { .method = str_of(method), .path = str_of(url) };
	struct request *r = *request;

	(void)version;
	if (r == NULL) {
		*request = r = begun(s, c);
		http_peer_is(peer_of(c), HTTP_BODY, clock_since());
		if (s->how.body > 0 && !r->over)
			return MHD_YES;
		ask.too_long = r->over && s->how.body > 0;
		return answer(s, c, &ask, r);
	}
	if (*body_size > 0) {
		bool on = take_body(r, peer_of(c), body, *body_size);

		*body_size = 0;
		return on ? MHD_YES : MHD_NO;
	}
	ask.too_long = r->over;
	if (!r->over)
		ask.body = (struct str){ r->body, r->n };
	return answer(s, c, &ask, r);
}

static void over(void *context, struct MHD_Connection *c, void **request,
		 enum MHD_RequestTerminationCode why)
{
	(void)context;
	(void)why;
	http_peer_is(peer_of(c), HTTP_HEAD, clock_since());
	free(*request);
	*request = NULL;
}

// ---- the server

static struct MHD_Daemon *daemon_of(struct http_server *s, int fd, const struct http_key *key)
{
	const struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_HTTPS_MEM_CERT, 0,
		  key != NULL ? (void *)(uintptr_t)key->certificate : NULL },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, key != NULL ? (void *)(uintptr_t)key->key : NULL },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0,
		  (void *)(uintptr_t) "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2" },
		{ MHD_OPTION_END, 0, NULL },
	};

	return MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | (key != NULL ? MHD_USE_TLS : 0), 0,
		may_connect, s, asked, s, MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_NOTIFY_CONNECTION, met, s, MHD_OPTION_NOTIFY_COMPLETED, over, s,
		MHD_OPTION_CONNECTION_LIMIT, s->how.most, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)HTTP_HEAD_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY,
		key != NULL ? tls : &tls[COUNTOF(tls) - 1], MHD_OPTION_END);
}

static void watch(struct http_server *s, struct MHD_Daemon *d)
{
	struct epoll_event want = { .events = EPOLLIN };

	epoll_ctl(s->epoll, EPOLL_CTL_ADD,
		  MHD_get_daemon_info(d, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, &want);
}

bool http_server_open(struct http_place *place, const struct http_served *how,
		      const struct http_key *key, struct http_server **out, struct err *e)
{
	struct http_server *s = calloc(1, sizeof *s);

	if (s == NULL)
		abort();
	s->how = *how;
	s->place = TAKE(*place, HTTP_NOWHERE);
	http_peers_init(&s->peers, how->most, how->each);
	s->peers.patience = how->patience;
	s->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (s->epoll >= 0)
		s->daemon[0] = daemon_of(s, s->place.fd, key);
	if (s->daemon[0] != NULL) {
		s->place.fd = -1; // the daemon closes it
		watch(s, s->daemon[0]);
		*out = s;
		return true;
	}
	http_server_close(s);
	return key != NULL ? err_set(e, ERR_CONFIG,
				     "no TLS can be spoken with this certificate and key")
			   : err_set(e, ERR_SYSTEM, "the server of HTTP does not begin");
}

static void drop_daemon(struct http_server *s, unsigned which)
{
	if (s->daemon[which] != NULL)
		MHD_stop_daemon(TAKE(s->daemon[which], NULL));
}

void http_server_close(struct http_server *s)
{
	if (s == NULL)
		return;
	wake_all(s); // nobody may sleep when the daemon ends
	drop_daemon(s, 1);
	drop_daemon(s, 0);
	http_place_done(&s->place);
	if (s->epoll >= 0)
		close(s->epoll);
	free(s);
}

// The old one goes on with whom it has; the new one has the same listening socket, by a
// descriptor of its own.
bool http_server_renew(struct http_server *s, const struct http_key *key, struct err *e)
{
	int old = MHD_get_daemon_info(s->daemon[0], MHD_DAEMON_INFO_LISTEN_FD)->listen_fd;
	int fd = dup(old);
	struct MHD_Daemon *fresh;

	if (fd < 0)
		return err_set(e, ERR_SYSTEM, "another descriptor: %m");
	fresh = daemon_of(s, fd, key);
	if (fresh == NULL) {
		close(fd);
		return err_set(e, ERR_CONFIG, "no TLS can be spoken with this certificate and key");
	}
	wake_all(s);
	drop_daemon(s, 1);
	close(MHD_quiesce_daemon(s->daemon[0]));
	s->daemon[1] = s->daemon[0];
	s->daemon[0] = fresh;
	watch(s, fresh);
	return true;
}

// ---- its work

int http_server_fd(const struct http_server *s)
{
	return s->epoll;
}

int http_server_wait(const struct http_server *s)
{
	enum { LONGEST = 60000, SWEEP = 500 };
	MHD_UNSIGNED_LONG_LONG after;
	int wait = -1;

	for (unsigned i = 0; i < COUNTOF(s->daemon); i++)
		if (s->daemon[i] != NULL && MHD_get_timeout(s->daemon[i], &after) == MHD_YES &&
		    (wait < 0 || after < (MHD_UNSIGNED_LONG_LONG)wait))
			wait = after > LONGEST ? LONGEST : (int)after;
	if (s->peers.count > 0 && (wait < 0 || wait > SWEEP))
		wait = SWEEP;
	if (s->later != NULL && (wait < 0 || wait > HTTP_AGAIN))
		wait = HTTP_AGAIN;
	return wait;
}

void http_server_work(struct http_server *s)
{
	shut_slow(s);
	if (s->later != NULL && clock_since() - s->woken >= HTTP_AGAIN * (TIME_SECOND / 1000))
		wake_all(s);
	for (unsigned i = 0; i < COUNTOF(s->daemon); i++)
		if (s->daemon[i] != NULL)
			MHD_run(s->daemon[i]);
	if (s->daemon[1] != NULL &&
	    MHD_get_daemon_info(s->daemon[1], MHD_DAEMON_INFO_CURRENT_CONNECTIONS)
			    ->num_connections == 0)
		drop_daemon(s, 1);
}
