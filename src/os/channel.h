// Whole messages between two processes of ours on one machine, a descriptor with each
// where wanted (SOCK_SEQPACKET, SCM_RIGHTS).
#pragma once

#include "base/buf.h"
#include "base/err.h"

bool channel_pair(int out[2], struct err *e) MUST_USE; // both closed by exec

// `fd` goes along; -1: none. ERR_ABSENT: the other end is gone.
bool channel_send(int channel, struct str message, int fd, struct err *e) MUST_USE;

// The next message, from the start of `to`; *fd is the caller's to close, -1 where none
// came. False + ERR_NONE: the other end is gone; ERR_REMOTE: nothing came for `wait`
// milliseconds (-1: for ever).
bool channel_receive(int channel, int wait, struct buf *to, int *fd, struct err *e) MUST_USE;
