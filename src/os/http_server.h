// A small server of HTTP for this machine: on a socket of a folder, or on a loopback port. It
// has no thread: its owner waits on one descriptor and lets it work. Every connection brings one
// request, without a body, is answered once and closed; it is shut when it takes too long,
// however much it drips. Libmicrohttpd is here and nowhere else.
#pragma once

#include "base/err.h"
#include "base/str.h"
#include "codec/net/loopback.h"

enum {
	HTTP_CONNECTIONS = 32,     // at a time; more wait in the kernel
	HTTP_HEAD_BYTES = 8 << 10, // of a request and of the head of its answer
	HTTP_SECONDS = 5,          // from connect to the last byte of the answer
	HTTP_OK = 200,
	HTTP_ABSENT = 404,
	HTTP_NO_METHOD = 405,
	HTTP_UNAVAILABLE = 503,
};

struct http_ask {                // texts hold for the call
	struct str method, path; // "GET", "/metrics": without what stands behind a ?
};

struct http_answer {
	unsigned status;
	const char *type;  // of the body
	const char *allow; // methods, of HTTP_NO_METHOD; NULL: none
	struct str body;   // is copied; of a HEAD not sent
};

struct http_served {
	void (*answer)(void *context, const struct http_ask *ask, struct http_answer *out);
	void *context;
};

struct http_server;

// FOLDER/NAME, mode 0600, in place of what is there; http_server_close removes it. The name has
// under 32 bytes.
bool http_server_on_socket(const char *folder, const char *name, struct http_served how,
			   struct http_server **out, struct err *e) MUST_USE;
// ERR_CONFIG: another process has the port.
bool http_server_on_port(const struct loopback *at, struct http_served how,
			 struct http_server **out, struct err *e) MUST_USE;
void http_server_close(struct http_server *s); // NULL is a no-op

int http_server_fd(const struct http_server *s);   // can be read when there is something to do …
int http_server_wait(const struct http_server *s); // … or after so many milliseconds; -1: only then
void http_server_work(struct http_server *s);
