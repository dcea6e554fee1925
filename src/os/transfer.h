// What the clients over libcurl share, and the one file that includes its header: handles, and
// the judging of the address to which a connection goes.
#pragma once

#include "base/err.h"
#include "codec/net/address.h"

#include <curl/curl.h>

CURL *transfer_new(void); // ends the process without memory

// Where a connection goes. The address is judged when the name is resolved, so a name that leads
// inside is refused as the number would be.
struct transfer_peer {
	bool lan; // it may be a private one
	char where[ADDRESS_TEXT];
	const char *whose; // why the address at `where` was refused, NULL: it was not
};
// Bytes over a connection that was made alone (CURLOPT_CONNECT_ONLY), by a moment of clock_since. ERR_REMOTE:
// it is over, or the other side hung up; nobody can say what it has.
bool transfer_write(CURL *u, int64_t deadline, struct str bytes, struct err *e) MUST_USE;
// Some, at least one, at most `room`. A deadline holds for bytes that come one by one, too.
struct transfer_room {
	char *at;
	size_t n; // of it; then how many came
};
bool transfer_read(CURL *u, int64_t deadline, struct transfer_room *to, struct err *e) MUST_USE;

// For CURLOPT_OPENSOCKETFUNCTION, with a struct transfer_peer as its data.
curl_socket_t transfer_open(void *peer, curlsocktype purpose, struct curl_sockaddr *to);
