#include "base/attr.h"
#include "base/test.h"
#include "model/mail/reports.h"

TEST("reports by mail: each has a feed and an address")
{
	struct str rest = S(" cert-bund:reports@a.example ,n6 : x@b.example");
	struct reports_row row;
	bool well;

	CHECK(reports_next(&rest, &row, &well));
	CHECK(str_eq(row.feed, S("cert-bund")));
	CHECK(str_eq(row.address, S("reports@a.example")));
	CHECK(reports_next(&rest, &row, &well));
	CHECK(str_eq(row.feed, S("n6")));
	CHECK(str_eq(row.address, S("x@b.example")));
	CHECK(!reports_next(&rest, &row, &well) && well);
}

TEST("reports by mail: what is none is refused, and nothing else")
{
	static const char *const bad[] = { "",
					   " ",
					   "n6",
					   "n6:",
					   ":x@b.example",
					   "N6:x@b.example",
					   "n6:b.example",
					   "n6:x@b.example,,n7:y@b.example",
					   "../n6:x@b.example",
					   "n6:x@b.example y@b.example" };

	CHECK(reports_well(S("n6:x@b.example")));
	CHECK(reports_well(S("n6:x@b.example, n6:y@b.example")));
	for (size_t i = 0; i < COUNTOF(bad); i++)
		CHECK(!reports_well(str_of(bad[i])));
}
