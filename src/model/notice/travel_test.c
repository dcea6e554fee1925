#include "base/test.h"
#include "model/notice/travel.h"

TEST("travel: what is sensitive is encrypted, or leaves as no more than a word that it waits")
{
	static const struct {
		struct travel t;
		enum form form;
	} rows[] = {
		{ { SENSITIVITY_LOW, false, false, false, false }, FORM_PLAIN },
		{ { SENSITIVITY_LOW, false, false, true, false }, FORM_SIGNED },
		{ { SENSITIVITY_LOW, false, false, true, true }, FORM_SIGNED },
		{ { SENSITIVITY_LOW, true, false, true, false }, FORM_PGP },
		{ { SENSITIVITY_MIDDLE, false, false, true, false }, FORM_TLS },
		{ { SENSITIVITY_MIDDLE, false, false, false, false }, FORM_TLS },
		{ { SENSITIVITY_MIDDLE, false, false, true, true }, FORM_NEUTRAL },
		{ { SENSITIVITY_MIDDLE, false, true, true, true }, FORM_SMIME },
		{ { SENSITIVITY_HIGH, false, false, true, false }, FORM_NEUTRAL },
		{ { SENSITIVITY_HIGH, true, true, true, false }, FORM_PGP },
		{ { SENSITIVITY_HIGH, false, true, true, true }, FORM_SMIME },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		printf("# row %zu\n", i);
		CHECK(travel_form(&rows[i].t) == rows[i].form);
	}
	CHECK(!travel_shows(FORM_NEUTRAL) && !travel_shows(FORM_NONE) && travel_shows(FORM_TLS));
}

TEST("travel: a feed makes a finding more sensitive than its class, never less")
{
	CHECK(travel_sensitivity(CLASS_EXPOSED, SENSITIVITY_LOW) == SENSITIVITY_LOW);
	CHECK(travel_sensitivity(CLASS_EXPOSED, SENSITIVITY_HIGH) == SENSITIVITY_HIGH);
	CHECK(travel_sensitivity(CLASS_LEAKED, SENSITIVITY_LOW) == SENSITIVITY_HIGH);
	CHECK(travel_sensitivity(CLASS_INFECTED, SENSITIVITY_LOW) == SENSITIVITY_MIDDLE);
}

TEST("travel: mail does not go to a domain that is compromised, or whose accounts are stolen")
{
	static const struct {
		enum issue_class class;
		const char *seen, *address;
		bool affected;
	} rows[] = {
		{ CLASS_LEAKED, "m1.example", "soc@m1.example", true },
		{ CLASS_LEAKED, "m1.example", "soc@M1.example", true },
		{ CLASS_LEAKED, "m1.example", "soc@mail.m1.example", true },
		{ CLASS_LEAKED, "m1.example", "soc@m11.example", false },
		{ CLASS_LEAKED, "1.example", "soc@m1.example", false },
		{ CLASS_LEAKED, "m1.example", "soc@umbrella.example", false },
		{ CLASS_COMPROMISED, "www.m1.example tcp/443", "soc@m1.example", false },
		{ CLASS_COMPROMISED, "m1.example tcp/443", "soc@m1.example", true },
		{ CLASS_COMPROMISED, "192.0.2.4 tcp/443", "soc@m1.example", false },
		{ CLASS_EXPOSED, "m1.example tcp/25", "soc@m1.example", false },
		{ CLASS_LEAKED, "soc@m1.example", "soc@m1.example", true },
		{ CLASS_LEAKED, "", "soc@m1.example", false },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		printf("# row %zu\n", i);
		CHECK(travel_affected(rows[i].class, str_of(rows[i].seen),
				      str_of(rows[i].address)) == rows[i].affected);
	}
}
