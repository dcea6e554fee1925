#include "task/rehearse/asked.h"

#include "os/digest.h"
#include "store/audit.h"

#define VERB S("rehearse") // `waker rehearse`, as the audit has it

static void name_of(struct str bytes, char out[DIGEST_TEXT])
{
	unsigned char sum[DIGEST_BYTES];

	audit_sha256(bytes, sum);
	digest_hex(sum, out);
}

struct audit_entry rehearsal_told(const struct rehearsal *r, const struct audit_by *by,
				  struct arena *a)
{
	struct audit_said *said = arena_new(a, struct audit_said, 3);
	char hex[DIGEST_TEXT];

	name_of(r->bytes, hex);
	said[0] = (struct audit_said){ "kind", str_of(rehearse_kind_says(r->kind)) };
	said[1] = (struct audit_said){ "file", r->path };
	said[2] = (struct audit_said){
		"days", arena_fmt(a, "%lld", (long long)((r->home->now - r->since) / TIME_DAY))
	};
	return (struct audit_entry){ *by, arena_str(a, str_of(hex)), said, 3 };
}

static bool has_past(const struct home *h, bool *out, struct err *e)
{
	autorows r = NULL;
	struct past_batch b;

	if (!past_as_they_came(h->db, h->now - REHEARSABLE_DAYS * TIME_DAY, 1, &r, e))
		return false;
	*out = past_next_batch(r, &b, e);
	return e->kind == ERR_NONE;
}

static bool was_rehearsed(const struct home *h, struct str bytes, bool *out, struct err *e)
{
	char hex[DIGEST_TEXT];
	autorows r = NULL;
	struct chain_row row;

	name_of(bytes, hex);
	if (!audit_list(h->db,
			&(struct audit_filter){
				.subject = str_of(hex),
				.since = h->now - REHEARSED_DAYS * TIME_DAY,
			},
			&r, e))
		return false;
	*out = false;
	while (!*out && audit_next_row(r, &row, e))
		*out = str_eq(row.verb, VERB);
	return e->kind == ERR_NONE;
}

bool rehearsal_is_due(const struct home *h, struct str bytes, bool *due, struct err *e)
{
	bool was = false;

	*due = false;
	if (!has_past(h, due, e))
		return false;
	if (*due && !was_rehearsed(h, bytes, &was, e))
		return false;
	*due = *due && !was;
	return true;
}
