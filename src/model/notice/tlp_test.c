#include "base/test.h"
#include "model/notice/tlp.h"

TEST("tlp: a label is read in both forms, and the stricter of two holds")
{
	enum tlp t = TLP_CLEAR;

	CHECK(tlp_read(S("TLP:AMBER+STRICT"), &t) && t == TLP_AMBER_STRICT);
	CHECK(tlp_read(S("AMBER"), &t) && t == TLP_AMBER && str_eq(tlp_word(t), S("AMBER")));
	CHECK(tlp_read(S("WHITE"), &t) && t == TLP_CLEAR);
	CHECK(!tlp_read(S("amber"), &t) && !tlp_read(S(""), &t) && !tlp_read(S("TLP:"), &t));
	CHECK(tlp_stricter(TLP_AMBER, TLP_AMBER_STRICT) == TLP_AMBER_STRICT);
	CHECK(tlp_stricter(TLP_RED, TLP_GREEN) == TLP_RED);
}
