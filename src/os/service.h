// What a service tells systemd, in the protocol of sd_notify(3): datagrams to the socket that
// NOTIFY_SOCKET names. Where there is none, nothing happens. The protocol is promised to stay
// (systemd's Interface Portability and Stability); doc/decisions/006 says why no library.
#pragma once

#include <stdint.h>

// "READY=1", "STATUS=…", several with newlines between.
void service_tell(const char *text);

// How often it wants to hear "WATCHDOG=1": microseconds; 0: not at all.
int64_t service_watchdog(void);
