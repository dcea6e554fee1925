// A server of HTTP. It has no thread: its owner waits on one descriptor and lets it work. A head,
// a body, an answer and a connection have each their bound and their time (os/http_peers.h), however
// much it drips. With a key it speaks TLS 1.2 and 1.3, and can be given another key while it serves.
// Libmicrohttpd is here and nowhere else.
#pragma once

#include "base/err.h"
#include "base/str.h"
#include "os/http_listen.h"
#include "os/http_peers.h"

enum {
	HTTP_HEAD_BYTES = 16 << 10, // of a request and of the head of its answer
	HTTP_ASKS = 100,            // requests of one connection
	HTTP_AGAIN = 50,            // milliseconds until what was put off is asked again
	HTTP_LATER_SECONDS = 10,    // from the first to the last time
	HTTP_OVER = 1 << 20,        // bytes beyond its bound that a body without a length may have
	HTTP_OK = 200,
	HTTP_ACCEPTED = 202,
	HTTP_BAD = 400,
	HTTP_DENIED = 403,
	HTTP_ABSENT = 404,
	HTTP_NO_METHOD = 405,
	HTTP_CONFLICT = 409,
	HTTP_TOO_LONG = 413,
	HTTP_NO_TYPE = 415,
	HTTP_TOO_MANY = 429,
	HTTP_FAILED = 500,
	HTTP_UNAVAILABLE = 503,
};

struct http_ask {                // texts hold for the call
	struct str method, path; // "GET", "/metrics": decoded, without what stands behind a ?
	struct str body;
	bool too_long;       // the body is over its bound, and not read
	struct address from; // who asks: http_peers_key
	bool known;          // else by a socket, and nobody says who
	bool again;          // it was put off before
	bool last;           // and will not be put off any more
	void *head;          // of http_ask_head, http_ask_query
};
// A field of the head, or of what stands behind the ?; empty: there is none.
struct str http_ask_head(const struct http_ask *ask, const char *name);
struct str http_ask_query(const struct http_ask *ask, const char *name);

struct http_field {
	const char *name, *value;
};
struct http_answer {
	unsigned status;
	const char *type;  // of the body
	const char *allow; // methods, of HTTP_NO_METHOD; NULL: none
	unsigned after;    // seconds, of HTTP_TOO_MANY; 0: not said
	struct str body;   // is copied; of a HEAD not sent
	// Nothing of this is sent, and the same is asked again in HTTP_AGAIN: what it takes is in another's
	// hands. Others are answered meanwhile. Is not looked at where ask->last is true.
	bool later;
};

struct http_served {
	void (*answer)(void *context, const struct http_ask *ask, struct http_answer *out);
	void *context;
	unsigned most, each; // connections at a time, of one address (0: any); at most HTTP_PEERS
	size_t body;         // bytes of a body; 0: none is read
	bool keep;           // a connection lives for more requests than one
	bool proxied;        // who asks is the last address of X-Forwarded-For
	struct http_patience patience;
	const struct http_field *fields; // of each answer; the last has no name
};

struct http_key { // PEM, NUL-terminated
	const char *certificate, *key;
};

struct http_server;

// Takes the place over, also where it fails. key NULL: without TLS. ERR_CONFIG: the certificate
// and the key are none, or not of each other.
bool http_server_open(struct http_place *place, const struct http_served *how,
		      const struct http_key *key, struct http_server **out, struct err *e) MUST_USE;
void http_server_close(struct http_server *s); // NULL is a no-op

// Who connects from now on gets this one; who is connected keeps theirs to the end. The listening
// socket stays open meanwhile. ERR_CONFIG: likewise, and nothing changes.
bool http_server_renew(struct http_server *s, const struct http_key *key, struct err *e) MUST_USE;

int http_server_fd(const struct http_server *s);   // can be read when there is something to do …
int http_server_wait(const struct http_server *s); // … or after so many milliseconds; -1: only then
void http_server_work(struct http_server *s);
