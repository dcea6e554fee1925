// Who is connected to a server of HTTP (os/http_server.c), and who takes too long: the library's own
// limit counts silence alone, so that one who drips a byte now and then would stay for ever. A table
// without memory or clock of its own.
#pragma once

#include "codec/net/address.h"

enum { HTTP_PEERS = 512 }; // at a time, of any server

struct http_patience {  // seconds; 0: no bound
	unsigned head;  // from connecting, or the last answer, to the whole head of a request
	unsigned body;  // beyond what its bytes may take, at HTTP_BODY_RATE
	unsigned reply; // from there to the last byte of the answer
	unsigned whole; // of a connection
};
enum { HTTP_BODY_RATE = 1024 }; // bytes a second, of a body at least

enum http_phase { HTTP_HEAD, HTTP_BODY, HTTP_REPLY };

struct http_peer {
	int fd;              // -1: this place is free
	struct address from; // as http_peers_key has it
	bool known;          // from is one; else a socket of this machine
	enum http_phase phase;
	int64_t begun, since; // clock_since: connected; the phase began
	uint64_t got;         // bytes of the body
	unsigned asks;        // requests that were answered
};
struct http_peers {
	struct http_peer at[HTTP_PEERS];
	unsigned most, each; // at a time; of one address, 0: any
	unsigned count;      // those that are there
	struct http_patience patience;
};

void http_peers_init(struct http_peers *p, unsigned most, unsigned each);

// One who has a /64 has as many addresses as they like: it counts as one.
struct address http_peers_key(struct address a);

// May one more come from there? from NULL: by a socket of this machine.
bool http_peers_may(const struct http_peers *p, const struct address *from);
// NULL: no place is left.
struct http_peer *http_peers_add(struct http_peers *p, int fd, const struct address *from,
				 int64_t now);
void http_peers_drop(struct http_peers *p, struct http_peer *x);            // NULL is a no-op
void http_peer_is(struct http_peer *x, enum http_phase phase, int64_t now); // NULL is a no-op

// Is it over its time?
bool http_peer_late(const struct http_peers *p, const struct http_peer *x, int64_t now);
