// What a backup has in it, as a text: its last file, without which it is none. One thing a
// line, in this order:
//
//     waker backup 1
//     made 2026-11-25T17:20:00Z
//     version 0.1                     of the waker that made it
//     schema 12                       of its store
//     store file                      what the store was: "file" or "server"
//     place machine:/var/lib/waker    whose files lay in the inbox
//     rows member 24                  how many rows a table has
//     lacks archive/2026/…            a file that the home should have had, and had not
//     folder inbox/lab                one that is there also where it is empty
//     file SHA256 BYTES CHANGED PATH  in the order of the paths' bytes; CHANGED: microseconds
//     end SHA256                      of all lines before this one
//
// Paths go down from the backup's folder: no "/" in front, no empty step, no "." or "..". In
// them a backslash and control characters are written \xHH. Who reads compares the digest: it
// shows what chance changed, not who.
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/list.h"

enum { MANIFEST_SUM = 32, MANIFEST_PATH = 4000, MANIFEST_NAME = 80 };

struct manifest_file {
	struct str path;
	unsigned char sum[MANIFEST_SUM];
	uint64_t bytes;
	int64_t changed; // as base/time.h
};
struct manifest_rows {
	struct str table;
	int64_t count;
};
struct manifest {
	int64_t made, schema;
	struct str version, place;
	bool server;
	LIST(struct manifest_rows) rows;
	LIST(struct str) lacks, folders;
	LIST(struct manifest_file) files; // each path behind the one before it
	struct str summed;                // of what was read: the lines that `sum` is over
	unsigned char sum[MANIFEST_SUM];
};

// Texts point into bytes, or live in a. ERR_INPUT: "line 7: …"; it is cut off.
bool manifest_read(struct str bytes, struct arena *a, struct manifest *out, struct err *e) MUST_USE;

// All lines but the last, then that. Room for a line with a path: MANIFEST_LINE.
enum { MANIFEST_LINE = 4 * MANIFEST_PATH + 200 };
void manifest_write(const struct manifest *m, struct buf *b);
void manifest_end(const unsigned char sum[MANIFEST_SUM], struct buf *b);

// NULL: not there.
const struct manifest_file *manifest_find(const struct manifest *m, struct str path);

bool manifest_path_good(struct str path); // it goes down, and is no longer than it may be
