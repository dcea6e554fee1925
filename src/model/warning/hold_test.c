#include "base/test.h"
#include "model/warning/hold.h"

enum { LIMIT = 16 << 20 };

static struct str policy_error(const char *text, struct arena *a)
{
	struct warning_policy p;
	struct err e = { 0 };

	CHECK(!warning_policy_read(str_of(text), a, &p, &e) && e.kind == ERR_CONFIG);
	return arena_str(a, str_of(e.text));
}

TEST("policy.conf: a section is a list's row, [*] that of the others")
{
	static const char text[] = "[*]\nhold = none\n[a]\nhold = weak\nclasses = listed attacked\n"
				   "side = both\nexample = no\n[b]\nside = source\n";
	struct warning_policy p;
	const struct warning_row *row;
	autoarena a = { 0 };
	struct err e = { 0 };

	arena_init(&a, LIMIT);
	CHECK(warning_policy_read(str_of(text), &a, &p, &e) && p.rows.count == 3);
	row = warning_policy_row(&p, S("a"));
	CHECK(row->hold == HOLD_WEAK && row->sides == SIDES_BOTH && row->not_in_example);
	CHECK(row->classes == (1u << CLASS_LISTED | 1u << CLASS_ATTACKED));
	row = warning_policy_row(&p, S("b"));
	CHECK(row->hold == HOLD_USUAL && row->sides == SIDES_SOURCE && row->classes == 0);
	CHECK(warning_policy_row(&p, S("c"))->hold == HOLD_NONE);
	CHECK(warning_policy_read(S("[a]\nhold = all\n"), &a, &p, &e));
	CHECK(warning_policy_row(&p, S("c")) == NULL);
	CHECK(str_contains(policy_error("[a]\nhld = all", &a), S("did you mean \"hold\"")));
	CHECK(str_contains(policy_error("[a]\nhold = most", &a), S("line 2, column 8")));
	CHECK(str_contains(policy_error("[a]\nclasses = listed, exposed", &a), S("classes")));
	CHECK(str_contains(policy_error("[a]\nclasses =", &a), S("classes")));
	CHECK(str_contains(policy_error("hold = all", &a), S("line 1")));
	CHECK(str_contains(policy_error("[a]\n[a]", &a), S("line 1")));
}

// One list, met by an address on the side of the source, against cases of a finding.
static const struct {
	struct warning_row row;
	enum issue_class class;
	enum strength strength;
	enum hold_why why;
} rule[] = {
	{ { 0 }, CLASS_EXPOSED, STRENGTH_STRONG, WHY_OWN },
	{ { 0 }, CLASS_VULNERABLE, STRENGTH_STRONG, WHY_OWN },
	{ { 0 }, CLASS_INFECTED, STRENGTH_STRONG, WHY_OWN },
	{ { 0 }, CLASS_ATTACKING, STRENGTH_STRONG, WHY_OWN },
	{ { 0 }, CLASS_COMPROMISED, STRENGTH_STRONG, WHY_OWN },
	{ { 0 }, CLASS_ABUSED, STRENGTH_STRONG, WHY_OWN },
	{ { 0 }, CLASS_LEAKED, STRENGTH_STRONG, WHY_OWN },
	{ { 0 }, CLASS_LEAK_SITE, STRENGTH_STRONG, WHY_OWN },
	{ { 0 }, CLASS_ATTACKED, STRENGTH_STRONG, WHY_HELD },
	{ { 0 }, CLASS_LISTED, STRENGTH_STRONG, WHY_HELD },
	{ { 0 }, CLASS_EXPOSED, STRENGTH_MEDIUM, WHY_HELD },
	{ { 0 }, CLASS_INFECTED, STRENGTH_WEAK, WHY_HELD },
	{ { 0 }, CLASS_COMPROMISED, STRENGTH_WEAK, WHY_HELD },
	{ { .hold = HOLD_ALL }, CLASS_INFECTED, STRENGTH_STRONG, WHY_HELD },
	{ { .hold = HOLD_WEAK }, CLASS_LISTED, STRENGTH_STRONG, WHY_ROW_WEAK },
	{ { .hold = HOLD_WEAK }, CLASS_LISTED, STRENGTH_MEDIUM, WHY_HELD },
	{ { .hold = HOLD_WEAK }, CLASS_INFECTED, STRENGTH_WEAK, WHY_HELD },
	{ { .hold = HOLD_NONE }, CLASS_LISTED, STRENGTH_WEAK, WHY_ROW_NONE },
	{ { .classes = 1u << CLASS_LISTED }, CLASS_LISTED, STRENGTH_STRONG, WHY_HELD },
	{ { .classes = 1u << CLASS_LISTED }, CLASS_INFECTED, STRENGTH_WEAK, WHY_ROW_CLASS },
	{ { HOLD_ALL, 1u << CLASS_INFECTED, 0, false }, CLASS_INFECTED, STRENGTH_STRONG, WHY_HELD },
	{ { HOLD_ALL, 1u << CLASS_INFECTED, 0, false },
	  CLASS_EXPOSED,
	  STRENGTH_STRONG,
	  WHY_ROW_CLASS },
};

TEST("held back: what harms a member's own is told, unless the list's row says otherwise")
{
	for (size_t i = 0; i < COUNTOF(rule); i++) {
		struct warning_list list = { .name = S("l"), .row = rule[i].row };
		struct hold_looked looked = {
			.met = { { { &list, S("192.0.2.1") }, OF_ADDRESS, AT_SOURCE } }, .count = 1
		};
		struct hold_case c = { rule[i].class, rule[i].strength, false };
		struct hold_verdict v = hold_judge(&looked, &c);
		char text[HOLD_TEXT];
		struct buf b = BUF_ON(text);

		printf("# row %zu\n", i);
		CHECK(v.why == rule[i].why && v.met == &looked.met[0]);
		hold_write(&b, &v);
		CHECK(str_eq(buf_view(&b), S("l: 192.0.2.1")));
	}
}

// A strong match is by one side of the record; a value of its other side holds nothing.
static const struct {
	enum warning_kind kind;
	enum warning_side side;
	enum strength strength;
	bool by_name, concerns;
} concern[] = {
	{ OF_ADDRESS, AT_SOURCE, STRENGTH_STRONG, false, true },
	{ OF_ADDRESS, AT_SOURCE, STRENGTH_STRONG, true, false },
	{ OF_ADDRESS, AT_SOURCE, STRENGTH_WEAK, true, true },
	{ OF_NAME, AT_SOURCE, STRENGTH_STRONG, true, true },
	{ OF_NAME, AT_SOURCE, STRENGTH_STRONG, false, false },
	{ OF_NAME, AT_SOURCE, STRENGTH_WEAK, false, true },
	{ OF_MAIL, AT_SOURCE, STRENGTH_STRONG, false, false },
	{ OF_URL, AT_SOURCE, STRENGTH_STRONG, false, true },
	{ OF_HASH, AT_SOURCE, STRENGTH_STRONG, false, true },
	{ OF_ADDRESS, AT_DESTINATION, STRENGTH_STRONG, true, true },
};

TEST("held back: a strong match is judged by what was matched")
{
	for (size_t i = 0; i < COUNTOF(concern); i++) {
		struct warning_list list = { .name = S("l") };
		struct hold_looked looked = {
			.met = { { { &list, S("x") }, concern[i].kind, concern[i].side } },
			.count = 1
		};
		struct hold_case c = { CLASS_LISTED, concern[i].strength, concern[i].by_name };

		printf("# row %zu\n", i);
		CHECK((hold_judge(&looked, &c).why == WHY_HELD) == concern[i].concerns);
		CHECK((hold_judge(&looked, &c).why == WHY_CLEAR) == !concern[i].concerns);
	}
}

static const char *const lists[] = {
	"{\"type\":\"cidr\",\"list\":[\"192.0.2.0/24\"],\"matching_attributes\":[\"ip-src\"]}",
	"{\"type\":\"cidr\",\"list\":[\"192.0.2.0/25\"],\"matching_attributes\":[\"ip-dst\"]}",
	"{\"type\":\"hostname\",\"list\":[\"cloud.example\"],\"matching_attributes\":[\"domain\"]}",
	"{\"type\":\"string\",\"list\":[\"d41d8cd98f00b204e9800998ecf8427e\"]}",
	"{\"type\":\"substring\",\"list\":[\"/index\"],\"matching_attributes\":[\"url\"]}",
};

static const struct {
	const char *key, *value, *want; // letters of the lists
	enum column_role role;
} looked_at[] = {
	{ "source.ip", "192.0.2.1", "a", COLUMN_PLAIN },
	{ "destination.ip", "192.0.2.1", "b", COLUMN_PLAIN },
	{ "destination.ip", "192.0.2.129", "", COLUMN_PLAIN },
	{ "source.fqdn", "x.cloud.example", "c", COLUMN_PLAIN },
	{ "source.reverse_dns", "cloud.example.", "c", COLUMN_PLAIN },
	{ "destination.fqdn", "x.cloud.example", "", COLUMN_PLAIN },
	{ "source.url", "http://www.cloud.example/index", "ec", COLUMN_PLAIN },
	{ "source.url", "http://192.0.2.9:8080/", "a", COLUMN_PLAIN },
	{ "malware.hash.md5", "D41D8CD98F00B204E9800998ECF8427E", "d", COLUMN_PLAIN },
	{ "source.account", "me@cloud.example", "", COLUMN_PLAIN },
	{ "source.fqdn", "x.cloud.example", "", COLUMN_SECRET },
	{ "extra.ip", "192.0.2.1", "", COLUMN_PLAIN },
};

TEST("held back: the victim's side is looked at, the other only where the list says so")
{
	static const char *const name[] = { "a", "b", "c", "d", "e" };
	struct warning_list list[COUNTOF(lists)];
	struct warning_engine none = { 0 };
	struct warnings *x;
	autoarena a = { 0 };
	struct err e = { 0 };

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(lists); i++) {
		CHECK(warning_list_read(str_of(lists[i]), &a, &list[i], &e));
		list[i].name = str_of(name[i]);
	}
	CHECK(warnings_build(list, COUNTOF(lists), &none, &a, &x, &e));
	for (size_t i = 0; i < COUNTOF(looked_at); i++) {
		struct event_field field = { .key = str_of(looked_at[i].key),
					     .value = str_of(looked_at[i].value),
					     .role = looked_at[i].role };
		struct event event = { .fields = { &field, 1, 1 } };
		struct hold_looked looked;

		printf("# %s %s\n", looked_at[i].key, looked_at[i].value);
		hold_look(x, &event, NULL, &a, &looked);
		CHECK(looked.count == strlen(looked_at[i].want));
		for (unsigned k = 0; k < looked.count; k++)
			CHECK(looked.met[k].hit.list->name.p[0] == looked_at[i].want[k]);
	}
}

TEST("held back: a list that holds is named before one that does not")
{
	struct warning_list off = { .name = S("off"), .row = { .hold = HOLD_NONE } },
			    on = { .name = S("on") };
	struct hold_looked looked = { .met = { { { &off, S("x") }, OF_ADDRESS, AT_SOURCE },
					       { { &on, S("y") }, OF_ADDRESS, AT_SOURCE } },
				      .count = 2 };
	struct hold_case c = { CLASS_LISTED, STRENGTH_STRONG, false };
	struct hold_verdict v = hold_judge(&looked, &c);

	CHECK(v.why == WHY_HELD && str_eq(v.met->hit.list->name, S("on")));
	looked.count = 1;
	v = hold_judge(&looked, &c);
	CHECK(v.why == WHY_ROW_NONE && v.met == &looked.met[0]);
	looked.count = 0;
	CHECK(hold_judge(&looked, &c).why == WHY_CLEAR);
}
