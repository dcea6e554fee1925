// What a caged child tells its parent, as frames of a pipe: a length, a type, and
// little-endian fields. Both ends are one program, but the child has read foreign
// bytes: the parent believes nothing and checks every length and every node.
#pragma once

#include "base/buf.h"
#include "base/err.h"

enum {
	WIRE_VERSION = 7,
	WIRE_HEAD = 5,              // length and type
	WIRE_MAX_FRAME = 512 << 10, // longest frame, head included
};

enum wire_type {
	WIRE_HELLO = 1,
	WIRE_HIT,
	WIRE_JUNK,
	WIRE_DONE,
	WIRE_ERROR,
	WIRE_PROGRESS,
	WIRE_TEXT,
	WIRE_NEXT // of several files: another is begun
};

// Writing: wire_begin, fields, wire_end; a frame that does not fit sets b->over.
size_t wire_begin(struct buf *b, enum wire_type type); // gives the place for wire_end
void wire_end(struct buf *b, size_t frame);
void wire_u8(struct buf *b, unsigned v);
void wire_u32(struct buf *b, uint32_t v);
void wire_u64(struct buf *b, uint64_t v);
void wire_str(struct buf *b, struct str s); // its length as u32 and the bytes

// Reading one frame's body: past the end everything reads as zero and `bad` is set.
struct wire_in {
	struct str rest;
	bool bad;
};
uint8_t wire_read_u8(struct wire_in *in);
uint32_t wire_read_u32(struct wire_in *in);
uint64_t wire_read_u64(struct wire_in *in);
struct str wire_read_str(struct wire_in *in); // points into the frame

// The frame at the start of bytes: its type and body, and in *used what it takes.
// False: not whole yet, or, with e->kind ERR_SYSTEM, no frame at all.
bool wire_frame(struct str bytes, enum wire_type *type, struct wire_in *body, size_t *used,
		struct err *e) MUST_USE;
