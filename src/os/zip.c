#include "os/zip.h"

#include "base/word.h"
#include "os/gzip.h"

enum {
	MARK = 4,
	HEADER = 30,
	DESCRIPTOR = 24, // the longest: mark, CRC, two sizes of 8 bytes
	MAX_EXTRA = 65535,
	STORED = 0,
	DEFLATED = 8,
	FLAG_ENCRYPTED = 1 << 0 | 1 << 13, // or so is the directory
	FLAG_BEHIND = 1 << 3,              // CRC and sizes stand behind the bytes
	FLAG_PATCH = 1 << 5,
	EXTRA_ZIP64 = 1,
};
#define UNKNOWN UINT32_MAX // a size that stands in the zip64 field

enum place {
	AT_HEADER,
	AT_NAME,
	AT_EXTRA,
	AT_STORED,
	AT_DEFLATED,
	AT_DESCRIPTOR,
	AT_DESCRIPTOR_PERHAPS, // of a directory
	AT_TAIL,
};

struct zip {
	struct gzip *inflate;
	enum place at;
	char head[HEADER + DESCRIPTOR]; // read and not yet understood
	size_t have;
	char extra[MAX_EXTRA];
	size_t extra_have;

	// The member at hand: what its header says, and what came.
	unsigned member, flags, method;
	size_t name_left, extra_length;
	uint32_t crc, crc_got;
	uint64_t packed, size, packed_got, size_got;
	bool directory;
	char last; // byte given, of any member
	bool given;
};

struct zip *zip_open(struct arena *a)
{
	struct zip *z = arena_new(a, struct zip, 1);

	z->inflate = gzip_open_raw(a);
	return z->inflate != NULL ? z : NULL;
}

static uint32_t u16(const char *p)
{
	return (uint32_t)word_of(p, 2);
}

static uint32_t u32(const char *p)
{
	return (uint32_t)word_four(p);
}

static bool gather(struct zip *z, struct str *in, size_t n)
{
	size_t more = n > z->have ? n - z->have : 0;

	if (more > in->n)
		more = in->n;
	if (more > 0)
		memcpy(z->head + z->have, in->p, more);
	z->have += more;
	str_skip(in, more);
	return z->have >= n;
}

static void drop(struct zip *z, size_t n)
{
	z->have -= n;
	memmove(z->head, z->head + n, z->have);
}

static bool is_mark(const struct zip *z, const char *two)
{
	return memcmp(z->head, "PK", 2) == 0 && memcmp(z->head + 2, two, 2) == 0;
}

static bool damaged(const struct zip *z, const char *why, struct err *e)
{
	return err_set(e, ERR_INPUT, "the zip data is damaged (member %u: %s)", z->member, why);
}

static bool understand_header(struct zip *z, struct err *e)
{
	const char *p = z->head;

	z->member++;
	z->flags = u16(p + 6);
	z->method = u16(p + 8);
	z->crc = u32(p + 14);
	z->packed = u32(p + 18);
	z->size = u32(p + 22);
	z->name_left = u16(p + 26);
	z->extra_length = u16(p + 28);
	z->crc_got = 0;
	z->packed_got = z->size_got = z->extra_have = 0;
	z->directory = false;
	drop(z, HEADER);
	z->at = AT_NAME;
	if ((z->flags & FLAG_ENCRYPTED) != 0)
		return err_set(e, ERR_INPUT,
			       "member %u of the zip is encrypted: Waker opens no such archive, "
			       "unpack it first",
			       z->member);
	if ((z->method != STORED && z->method != DEFLATED) || (z->flags & FLAG_PATCH) != 0)
		return err_set(e, ERR_INPUT,
			       "member %u of the zip is packed by method %u; Waker reads stored "
			       "and deflate",
			       z->member, z->method);
	return true;
}

// The header of a member, or what comes behind the last one. False with ERR_NONE: more is
// needed.
static bool read_header(struct zip *z, struct str *in, struct err *e)
{
	if (!gather(z, in, MARK))
		return false;
	if (z->member == 0 && is_mark(z, "\7\10")) { // of an archive once in parts
		drop(z, MARK);
		return true;
	}
	if (is_mark(z, "\1\2") || is_mark(z, "\5\6") || is_mark(z, "\6\6") || is_mark(z, "\6\10")) {
		z->at = AT_TAIL;
		return true;
	}
	if (!is_mark(z, "\3\4")) {
		z->member++;
		return damaged(z, "no header where one must be", e);
	}
	return gather(z, in, HEADER) && understand_header(z, e);
}

static bool read_name(struct zip *z, struct str *in)
{
	size_t n = z->name_left < in->n ? z->name_left : in->n;

	if (n > 0)
		z->directory = in->p[n - 1] == '/';
	z->name_left -= n;
	str_skip(in, n);
	if (z->name_left > 0)
		return false;
	z->at = AT_EXTRA;
	return true;
}

// Sizes of 8 bytes, for those that the header leaves open.
static bool read_zip64(struct zip *z, struct str field)
{
	uint64_t *const sizes[] = { &z->size, &z->packed };

	for (size_t i = 0; i < COUNTOF(sizes); i++) {
		if (*sizes[i] != UNKNOWN)
			continue;
		if (field.n < 8)
			return false;
		*sizes[i] = word_eight(field.p);
		str_skip(&field, 8);
	}
	return true;
}

static bool understand_extra(struct zip *z)
{
	struct str rest = { z->extra, z->extra_length };

	while (rest.n >= 4) {
		size_t id = u16(rest.p), n = u16(rest.p + 2);

		str_skip(&rest, 4);
		if (n > rest.n)
			return true; // others pad with anything
		if (id == EXTRA_ZIP64 && !read_zip64(z, str_first(rest, n)))
			return false;
		str_skip(&rest, n);
	}
	return true;
}

static bool begin_member(struct zip *z, struct err *e)
{
	bool behind = (z->flags & FLAG_BEHIND) != 0;

	if (!understand_extra(z))
		return damaged(z, "its size is not told", e);
	if (z->method == DEFLATED && (behind || z->packed > 0)) {
		z->at = AT_DEFLATED;
		return true;
	}
	z->at = AT_STORED;
	if (z->method == STORED && z->packed != z->size)
		return damaged(z, "stored, and of two sizes", e);
	if (!behind || z->packed > 0)
		return true;
	z->at = AT_DESCRIPTOR_PERHAPS;
	return z->directory ||
	       err_set(e, ERR_INPUT,
		       "member %u of the zip is stored without saying how long it is, so that its "
		       "end cannot be known: pack it with deflate",
		       z->member);
}

static bool read_extra(struct zip *z, struct str *in, struct err *e)
{
	size_t n = z->extra_length - z->extra_have;

	if (n > in->n)
		n = in->n;
	if (n > 0)
		memcpy(z->extra + z->extra_have, in->p, n);
	z->extra_have += n;
	str_skip(in, n);
	return z->extra_have == z->extra_length && begin_member(z, e);
}

static bool end_member(struct zip *z, struct err *e)
{
	if (z->crc != z->crc_got)
		return damaged(z, "its CRC is another", e);
	if (z->size != z->size_got || z->packed != z->packed_got)
		return damaged(z, "its length is another", e);
	z->at = AT_HEADER;
	return true;
}

// A member's first line is none of the member's before.
static void break_line(struct zip *z, struct buf *out)
{
	if (z->size_got == 0 && z->given && z->last != '\n') {
		buf_char(out, '\n');
		z->last = '\n';
	}
}

static void note_given(struct zip *z, const struct buf *out, size_t from)
{
	struct str got = { out->p + from, out->n - from };

	z->crc_got = gzip_crc(z->crc_got, got);
	z->size_got += got.n;
	if (got.n > 0) {
		z->last = got.p[got.n - 1];
		z->given = true;
	}
}

static bool read_stored(struct zip *z, struct str *in, struct buf *out, struct err *e)
{
	uint64_t left = z->packed - z->packed_got;
	size_t n = left < in->n ? (size_t)left : in->n, from;

	if (n > 0)
		break_line(z, out);
	from = out->n;
	if (n > out->cap - out->n)
		n = out->cap - out->n;
	if (n > 0)
		buf_add(out, in->p, n);
	str_skip(in, n);
	z->packed_got += n;
	note_given(z, out, from);
	if (z->packed_got < z->packed)
		return false;
	if ((z->flags & FLAG_BEHIND) == 0)
		return end_member(z, e);
	z->at = AT_DESCRIPTOR;
	return true;
}

static bool read_deflated(struct zip *z, struct str *in, struct buf *out, struct err *e)
{
	size_t before = in->n, from;
	bool ended;

	break_line(z, out);
	from = out->n;
	if (!gzip_raw_more(z->inflate, in, out, &ended, e))
		return false;
	z->packed_got += before - in->n;
	note_given(z, out, from);
	if (!ended)
		return false;
	if ((z->flags & FLAG_BEHIND) == 0)
		return end_member(z, e);
	z->at = AT_DESCRIPTOR;
	return true;
}

// CRC and sizes behind the bytes: with a mark or not, sizes of 8 bytes or 4, as the writer
// liked. What came tells which, and that another header follows. Returns its length, 0: none.
static size_t descriptor(const struct zip *z)
{
	for (size_t mark = is_mark(z, "\7\10") ? MARK : 0, tries = 0; tries < 2; tries++, mark = 0)
		for (size_t wide = 4; wide <= 8; wide += 4) {
			const char *p = z->head + mark;
			size_t n = mark + 4 + 2 * wide;

			if (u32(p) == z->crc_got &&
			    word_of(p + 4, wide) ==
				    (wide == 8 ? z->packed_got : (uint32_t)z->packed_got) &&
			    word_of(p + 4 + wide, wide) ==
				    (wide == 8 ? z->size_got : (uint32_t)z->size_got) &&
			    (n + 2 > DESCRIPTOR || memcmp(z->head + n, "PK", 2) == 0))
				return n;
		}
	return 0;
}

static bool read_descriptor(struct zip *z, struct str *in, struct err *e)
{
	size_t n;

	if (z->at == AT_DESCRIPTOR_PERHAPS) {
		if (!gather(z, in, MARK))
			return false;
		if (!is_mark(z, "\7\10")) {
			z->at = AT_HEADER;
			return true;
		}
	}
	if (!gather(z, in, DESCRIPTOR)) // the directory follows, so there are as many
		return false;
	n = descriptor(z);
	if (n == 0)
		return damaged(z, "its CRC or length is another", e);
	drop(z, n);
	z->at = AT_HEADER;
	return true;
}

// False with ERR_NONE: more bytes, or more room, are needed.
static bool step(struct zip *z, struct str *in, struct buf *out, struct err *e)
{
	switch (z->at) {
	case AT_HEADER:
		return read_header(z, in, e);
	case AT_NAME:
		return read_name(z, in);
	case AT_EXTRA:
		return read_extra(z, in, e);
	case AT_STORED:
		return read_stored(z, in, out, e);
	case AT_DEFLATED:
		return read_deflated(z, in, out, e);
	case AT_DESCRIPTOR:
	case AT_DESCRIPTOR_PERHAPS:
		return read_descriptor(z, in, e);
	case AT_TAIL:
		break;
	}
	str_skip(in, in->n);
	return false;
}

bool zip_more(struct zip *z, struct str *in, struct buf *out, bool *whole, struct err *e)
{
	e->kind = ERR_NONE;
	while (out->n < out->cap)
		if (!step(z, in, out, e)) {
			if (e->kind != ERR_NONE)
				return false;
			if (in->n == 0 || z->at == AT_TAIL)
				break;
		}
	*whole = z->at == AT_TAIL;
	return true;
}
