// What the clients over libcurl share, and the one file that includes its header: handles, and
// the judging of the address to which a connection goes.
#pragma once

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
// For CURLOPT_OPENSOCKETFUNCTION, with a struct transfer_peer as its data.
curl_socket_t transfer_open(void *peer, curlsocktype purpose, struct curl_sockaddr *to);
