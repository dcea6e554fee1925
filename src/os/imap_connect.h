// The connection to a server that keeps our mail, until it has said that it knows us (os/imap.h).
#pragma once

#include "os/imap.h"
#include "os/transfer.h"

// `u`: fresh; after it curl_easy_send and _recv are the connection. Errors are those of imap_open.
bool imap_connect(CURL *u, const struct imap_place *p, struct err *e) MUST_USE;
