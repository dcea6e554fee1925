// Whole files and folders: reading one into an arena, writing one so that it stands
// there whole or not at all, and listing names.
#pragma once

#include "base/err.h"
#include "base/list.h"

// A descriptor that is closed with its scope; not one of the first three. -1: none.
void file_closed(int *fd);
#define autofd CLEANUP(file_closed) int

// The bytes of a file of at most `most` bytes, "-" being standard input. ERR_ABSENT: no
// such file; ERR_LIMIT: longer; ERR_SYSTEM: cannot be read. Lives in a.
bool file_read(const char *path, size_t most, struct arena *a, struct str *out, struct err *e)
	MUST_USE;

// Opens what bytes are to be read from. *plain: a file that can be opened again and read
// in parts; else a pipe or a device, whose bytes come once. ERR_INPUT: a folder, or a
// named pipe that nobody writes to, for which one would wait forever.
bool file_open(const char *path, int *out, bool *plain, struct err *e) MUST_USE;

// Beside its place, synced, renamed. mode as for open. Of several who write the same file at
// once each waits for the one before, at most 5 s: ERR_CONFLICT.
bool file_write(const char *path, struct str bytes, unsigned mode, struct err *e) MUST_USE;

// A new file (or an old one, emptied) to write to; mode 0600.
bool file_create(const char *path, int *fd, struct err *e) MUST_USE;
// As file_read, but only where nobody else may read it (mode 0600 or less, and its owner's):
// else ERR_CONFIG says what to do. A link is refused.
bool file_read_secret(const char *path, size_t most, struct arena *a, struct str *out,
		      struct err *e) MUST_USE;

bool file_is_link(const char *path); // a symbolic one

// "SIZE-MICROSECONDS" of its last change: another file of this name has another stamp.
bool file_stamp(const char *path, struct arena *a, struct str *out, struct err *e) MUST_USE;

bool file_write_all(int fd, struct str bytes, struct err *e) MUST_USE; // to a pipe too

// A file without a name, in memory, that goes with its descriptor; file_again is a path by
// which this process and its children can open it afresh.
enum { FILE_AGAIN = 40 };
bool file_in_memory(int *fd, struct err *e) MUST_USE;
void file_again(int fd, char out[FILE_AGAIN]);
// Likewise, for programs that are started with no descriptor of ours, as long as it is open here.
void file_from_outside(int fd, char out[FILE_AGAIN]);

// The bytes of a file as memory, shared with children; "" where it is empty. ERR_LIMIT: over `most`.
bool file_map(int fd, size_t most, struct str *out, struct err *e) MUST_USE;
void file_unmap(struct str *mapped);
#define automapped CLEANUP(file_unmap) struct str

bool file_exists(const char *path);
// Does somebody have it open for writing? False also where the kernel does not say: the file
// must be ours, on a disk of this machine.
bool file_is_written(const char *path);
bool file_rename(const char *from, const char *to, struct err *e) MUST_USE; // of one disk
bool file_remove(const char *path, struct err *e) MUST_USE;                 // gone already is well

struct file_names {
	LIST(struct str) names;
};

// The names in a folder that do not begin with a dot, sorted by bytes. A folder that is
// not there has none.
bool folder_names(const char *path, struct arena *a, struct file_names *out, struct err *e)
	MUST_USE;

// The folder is this process's until it ends. ERR_CONFLICT: it is another's. A folder
// that is not there is nobody's, and well.
bool folder_lock(const char *path, struct err *e) MUST_USE;

// Whoever comes to it may read it (a folder: look into it), though what this program writes is for its owner
// alone: what the world is to get. Where it is another's it stays as it is.
bool file_share(const char *path, struct err *e) MUST_USE;

// A folder that is there already is well. Its parents must be there.
bool folder_make(const char *path, unsigned mode, struct err *e) MUST_USE;
