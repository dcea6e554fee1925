// The half of os/mime.c that works in the cage, and the one file that knows GMime.
#pragma once

#include "os/mime.h"

enum { MIME_ROOM = 24 << 20 }; // of the arena, without a part's bytes

// What one mail is read with.
struct mime_reader {
	struct str mail;
	int to;
	struct arena *a;
	struct heard_whole h;
	char *raw;    // HEARD_TEXT bytes, of one part
	size_t texts; // bytes of text so far
	long want;    // the part whose bytes are wanted; -1: none
	bool given;
};

void mime_read_begin(void);
int mime_read_child(void *reader); // for cage_fork: ends when all is said
