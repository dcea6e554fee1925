#include "base/test.h"
#include "model/guardian/columns.h"

#define CHECK_TEXT(is, wanted) CHECK(str_eq((is), str_of(wanted)))

static const struct feed_column read_columns[] = { { .name = { "ip", 2 },
						     .field = { "source.ip", 9 } },
						   { .name = { "note", 4 }, .field = { "-", 1 } } };
static const struct feed_select selects[] = { { .column = { "ip", 2 } },
					      { .column = { "host", 4 }, .by = { "by", 2 } } };

static struct feed_type type_of(void)
{
	return (struct feed_type){
		.columns = { .at = (struct feed_column *)(uintptr_t)read_columns, .count = 2 },
		.selects = { .at = (struct feed_select *)(uintptr_t)selects, .count = 2 },
	};
}

static struct columns_had had(const char *names)
{
	return (struct columns_had){ str_of(names), str_of(names), true };
}

TEST("columns: runs are counted, read and written")
{
	autoarena a = { 0 };

	arena_init(&a, 1 << 20);
	struct column_runs c = { 0 }, again;
	const struct columns_had one = had("ip\nhost\n"), two = had("ip\nnote\nip\n");

	columns_learn(&c, &one, &a, &c);
	CHECK_TEXT(columns_write(&c, &a), "1 ip\n1 host\n");
	columns_learn(&c, &two, &a, &c);
	CHECK_TEXT(columns_write(&c, &a), "2 ip\n1 note\n");
	for (unsigned i = 0; i < 20; i++)
		columns_learn(&c, &one, &a, &c);
	CHECK_TEXT(columns_write(&c, &a), "9 ip\n9 host\n");
	columns_read(columns_write(&c, &a), &a, &again);
	CHECK_TEXT(columns_write(&again, &a), "9 ip\n9 host\n");
	columns_read(S("x y\n\n0 z\n99 z\n3\n3 \n2 good name\n"), &a, &again);
	CHECK_TEXT(columns_write(&again, &a), "2 good name\n");
}

TEST("columns: what is gone, and what is new")
{
	static const struct {
		const char *before, *names, *kind, *says;
		bool header;
	} rows[] = {
		{ "5 ip\n5 host\n5 note\n", "host\nip\nnote\n", "", "", true }, // in any order
		{ "5 ip\n5 host\n5 note\n", "host\nip\n", "changed", "column \"note\" is gone",
		  true },
		{ "5 ip\n5 host\n5 note\n", "note\nip\n", "missing!", "column \"host\" is gone",
		  true },
		{ "5 ip\n5 by\n", "ip\n", "missing!", "column \"by\" is gone", true },
		{ "5 ip\n5 host\n", "ip\nHost\n", "missing!",
		  "columns changed: gone \"host\"; new \"Host\"", true },
		{ "5 ip\n", "ip\na\nb\n", "changed", "columns \"a\", \"b\" are new", true },
		{ "5 ip\n", "ip\na\nb\nc\nd\ne\nf\ng\n", "changed",
		  "columns \"a\", \"b\", \"c\", \"d\", \"e\", … are new", true },
		{ "5 ip\n4 host\n", "ip\n", "", "", true }, // it came and went
		{ "4 ip\n4 host\n", "x\n", "", "", true },  // not known well enough
		{ "5 ip\n5 host\n", "", "", "", true },     // nothing is known of this batch
		{ "5 ip\n5 host\n", "ip\n", "missing!", "column \"host\" is gone", false },
		{ "5 ip\n", "ip\nhost\n", "", "", false },
	};
	const struct feed_type t = type_of();
	autoarena a = { 0 };

	arena_init(&a, 1 << 20);

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct columns_had names = had(rows[i].names);
		struct faults f = { 0 };
		struct column_runs c;

		printf("# row %zu\n", i);
		names.header = rows[i].header;
		columns_read(str_of(rows[i].before), &a, &c);
		columns_judge(&t, &c, &names, &a, &f);
		CHECK(f.count == (rows[i].kind[0] != '\0'));
		if (f.count == 0)
			continue;
		CHECK_TEXT(arena_fmt(&a, STR_FMT "%s", STR_ARG(fault_word(f.at[0].kind)),
				     f.at[0].holds ? "!" : ""),
			   rows[i].kind);
		CHECK_TEXT(f.at[0].says, rows[i].says);
	}
}
