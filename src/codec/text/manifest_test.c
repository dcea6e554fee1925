#include "base/test.h"
#include "base/time.h"
#include "codec/text/manifest.h"

#define SUM "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define HEAD                                                                        \
	"waker backup 1\nmade 2026-11-25T17:20:00Z\nversion 0.1\nschema 12\nstore " \
	"file\nplace here:/srv/home\n"
#define END "end " SUM "\n"

static bool reads(const char *text, struct manifest *out, struct err *e)
{
	static struct arena a;

	if (a.start == NULL)
		arena_init(&a, 1 << 22);
	e->kind = ERR_NONE;
	return manifest_read(str_of(text), &a, out, e);
}

TEST("manifest: what was written is read")
{
	struct manifest_rows rows[] = { { S("asset"), 0 }, { S("member"), 24 } };
	struct str lacks[] = { S("archive/2026/a.zst") };
	struct str folders[] = { S("inbox/a b") };
	struct manifest_file files[] = {
		{ S("archive/2026/b.zst"), { 1, 2 }, 7, -5 },
		{ S("inbox/lab/a\nb\\c \xc3\xa9"), { 255 }, UINT64_C(1) << 40, TIME_DAY },
	};
	struct manifest m = { .made = TIME_DAY,
			      .schema = 12,
			      .version = S("0.1"),
			      .place = S("here:/a b"),
			      .server = true,
			      .rows = { rows, 2, 2 },
			      .lacks = { lacks, 1, 1 },
			      .folders = { folders, 1, 1 },
			      .files = { files, 2, 2 } },
			got;
	char text[4096], again[4096];
	struct buf b = BUF_ON(text), c = BUF_ON(again);
	struct err e;

	manifest_write(&m, &b);
	manifest_end(files[0].sum, &b);
	buf_char(&b, '\0');
	CHECK(!b.over && reads(text, &got, &e));
	CHECK(got.made == TIME_DAY && got.schema == 12 && got.server && got.files.count == 2);
	CHECK(str_eq(got.files.at[1].path, files[1].path) && got.files.at[0].changed == -5);
	CHECK(got.folders.count == 1 && str_eq(got.folders.at[0], folders[0]));
	CHECK(str_has_suffix(got.summed, S("a\\x0ab\\x5cc \xc3\xa9\n")));
	manifest_write(&got, &c);
	CHECK(str_eq(buf_view(&c), got.summed));
	CHECK(manifest_find(&got, S("archive/2026/b.zst")) == &got.files.at[0]);
	CHECK(manifest_find(&got, S("archive/2026/c.zst")) == NULL);
}

TEST("manifest: what is not one, or is not whole, is refused with the line")
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "", "line 1: it does not begin" },
		{ "waker backup 2\n", "line 1: it does not begin" },
		{ HEAD, "it is cut off behind line 6" },
		{ HEAD "end " SUM, "it is cut off behind line 6" },
		{ HEAD "file " SUM " 1 2 a\n", "it is cut off behind line 7" },
		{ "waker backup 1\nversion 0.1\n", "line 2: it is not what belongs there" },
		{ HEAD "made 2026-11-25T17:20:00Z\n" END, "line 7" },
		{ HEAD "file " SUM " 1 2 /etc/passwd\n" END, "line 7" },
		{ HEAD "file " SUM " 1 2 a/../../b\n" END, "line 7" },
		{ HEAD "file " SUM " 1 2 a//b\n" END, "line 7" },
		{ HEAD "file " SUM " 1 2 a/\n" END, "line 7" },
		{ HEAD "file " SUM " 1 2 ..\n" END, "line 7" },
		{ HEAD "file " SUM " 1 2 \\x2e.\n" END, "line 7" },
		{ HEAD "file " SUM " 1 2 a\\x\n" END, "line 7" },
		{ HEAD "file " SUM " 1 2 \n" END, "line 7" },
		{ HEAD "file 00 1 2 a\n" END, "line 7" },
		{ HEAD "file " SUM " -1 2 a\n" END, "line 7" },
		{ HEAD "file " SUM " 99999999999999999999 2 a\n" END, "line 7" },
		{ HEAD "file " SUM " 1 2 b\nfile " SUM " 1 2 a\n" END, "line 8" },
		{ HEAD "file " SUM " 1 2 a\nfile " SUM " 1 2 a\n" END, "line 8" },
		{ HEAD "file " SUM " 1 2 a\nrows member 1\n" END, "line 8" },
		{ HEAD END "more\n", "line 7" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct manifest m;
		struct err e;

		CHECK(!reads(cases[i].text, &m, &e) && e.kind == ERR_INPUT);
		if (strstr(e.text, cases[i].says) == NULL)
			printf("# case %zu: %s\n", i, e.text);
		CHECK(strstr(e.text, cases[i].says) != NULL);
	}
}
