#include "base/test.h"
#include "model/desk/desk.h"

TEST("desk: what is critical is due sooner, and each kind is read by its word")
{
	enum desk_kind kind;

	for (unsigned i = 0; i < DESK_KIND_COUNT; i++) {
		enum desk_kind k = (enum desk_kind)i;

		CHECK(desk_kind_read(desk_kind_word(k), &kind) && kind == k);
		CHECK(desk_due(k, SEVERITY_CRITICAL, 0) <= desk_due(k, SEVERITY_LOW, 0));
		CHECK(desk_kind_says(k).n > 0 && str_has_prefix(desk_kind_see(k), S("waker ")));
	}
	CHECK(desk_due(DESK_CALL, SEVERITY_CRITICAL, 5) == 5);
	CHECK(desk_due(DESK_DISPUTE, (enum severity)0, 0) == 48 * TIME_HOUR);
	CHECK(!desk_kind_read(S("cal"), &kind));
	CHECK(desk_is_first(SEVERITY_CRITICAL, 5, 5) && !desk_is_first(SEVERITY_CRITICAL, 6, 5));
	CHECK(!desk_is_first(SEVERITY_HIGH, 4, 5) && !desk_is_first((enum severity)0, 4, 5));
}

TEST("desk: what cannot wait wakes who is on duty")
{
	CHECK(desk_wakes(DESK_CALL, SEVERITY_CRITICAL) && !desk_wakes(DESK_CALL, SEVERITY_HIGH));
	CHECK(desk_wakes(DESK_BREAKER, (enum severity)0));
	CHECK(!desk_wakes(DESK_REACH, SEVERITY_CRITICAL));
	for (unsigned i = 0; i < DESK_KIND_COUNT; i++)
		CHECK(((desk_waking() >> i) & 1) ==
		      desk_wakes((enum desk_kind)i, SEVERITY_CRITICAL));
}
