// Questions to the past: which records of the archive are these assets'? (task/past/retro.h)
// Writing belongs in a transaction of the caller's.
#pragma once

#include "base/arena.h"
#include "store/past.h"

struct retro_row { // texts of a row that was read hold until the next one is
	int64_t id, made;
	struct str who, why;
	struct past_place place;     // what lies before it is still to be read
	int64_t batches, done, lost; // at the beginning; read, or passed over; not readable
	int64_t records;             // that were read
	int64_t found, again, early; // findings opened, and seen again; claims of before the proof
	int64_t ended;               // 0: it goes on
	int64_t assets;              // when reading
};

// By made, who and why; sets id.
bool retro_add(struct db *d, struct retro_row *r, struct err *e) MUST_USE;
bool retro_add_asset(struct db *d, int64_t retro, int64_t asset, struct err *e) MUST_USE;
// All but id, made, who and why.
bool retro_put(struct db *d, const struct retro_row *r, struct err *e) MUST_USE;

bool retro_list(struct db *d, bool all, struct db_rows **out, struct err *e)
	MUST_USE; // newest first; all: also what ended
bool retro_next_row(struct db_rows *r, struct retro_row *out, struct err *e) MUST_USE;
// Texts go to a. False + ERR_NONE: there is none.
bool retro_by_id(struct db *d, int64_t id, struct arena *a, struct retro_row *out, struct err *e)
	MUST_USE;
bool retro_assets(struct db *d, int64_t retro, struct db_rows **out, struct err *e) MUST_USE;
bool retro_next_asset(struct db_rows *r, int64_t *asset, struct err *e) MUST_USE; // by number
