// Where a server of HTTP waits for who connects: a socket of a folder, or a port.
#pragma once

#include "base/err.h"
#include "codec/net/endpoint.h"

enum { HTTP_PLACE_NAME = 32 };

struct http_place { // HTTP_NOWHERE: none
	int fd;
	int folder; // of the socket, which goes with it; -1: a port
	char name[HTTP_PLACE_NAME];
};
#define HTTP_NOWHERE ((struct http_place){ .fd = -1, .folder = -1 })

// FOLDER/NAME with these rights, in place of what is there. The name has under 32 bytes.
bool http_listen_socket(const char *folder, const char *name, unsigned mode, struct http_place *out,
			struct err *e) MUST_USE;
// "[::]" is any address of both families. ERR_CONFIG: another process has the port, or it is
// not this machine's, or not ours to have.
bool http_listen_port(const struct endpoint *at, struct http_place *out, struct err *e) MUST_USE;
void http_place_done(struct http_place *p);
