#include "store/asset.h"

#include "store/statements.gen.h"

static const struct asset_more nothing_more;

static bool change(struct db *d, const struct asset *x, struct err *e)
{
	const struct asset_more *more = x->more != NULL ? x->more : &nothing_more;
	struct db_value args[] = {
		DB_I(x->id),         DB_T(x->value),   DB_I(x->since),          DB_I(x->until),
		DB_I(x->proven),     DB_I(x->dynamic), DB_I(x->tell_enclosing), DB_T(more->care),
		DB_T(more->vouched),
	};

	return db_run(d, STATEMENT_ASSET_CHANGE, args, COUNTOF(args), e);
}

bool asset_put(struct db *d, int64_t member, struct asset *x, const struct asset_key *key,
	       struct err *e)
{
	const struct asset_more *more = x->more != NULL ? x->more : &nothing_more;
	unsigned char low[16] = { 0 }, high[16] = { 0 };
	struct str first = { (char *)low, 16 }, last = { (char *)high, 16 };
	bool ranged = asset_has_range(x);
	struct db_value args[] = {
		member != 0 ? DB_I(member) : DB_0,
		DB_T(asset_kind_word((enum asset_kind)x->kind)),
		DB_T(x->value),
		DB_T(key->text),
		ranged ? DB_B(first) : DB_0,
		ranged ? DB_B(last) : DB_0,
		DB_I(x->since),
		DB_I(x->until),
		DB_I(x->proven),
		DB_I(x->dynamic),
		DB_I(x->tell_enclosing),
		DB_T(more->care),
		DB_T(more->vouched),
	};

	if (x->id != 0)
		return change(d, x, e);
	address_bytes(key->range.first, low);
	address_bytes(key->range.last, high);
	return db_one(d, STATEMENT_ASSET_ADD, args, COUNTOF(args), &x->id, e);
}

bool asset_end(struct db *d, int64_t id, int64_t until, struct err *e)
{
	struct db_value args[] = { DB_I(id), DB_I(until) };

	return db_run(d, STATEMENT_ASSET_END, args, COUNTOF(args), e);
}
