#include "base/test.h"
#include "model/notice/message.h"

static int64_t at(const char *text)
{
	int64_t t = 0;

	CHECK(time_read(str_of(text), &t));
	return t;
}

TEST("message: the first contact for warnings is told, and who asked for it")
{
	static const struct {
		const char *role[4], *mail[4], *wishes[4];
		size_t count;
		size_t who[4];
	} rows[] = {
		{ { "security" }, { "a@x.example" }, { "" }, 1, { 0 } },
		{ { "board", "security" }, { "a@x.example", "b@x.example" }, { "", "" }, 1, { 1 } },
		{ { "abuse", "technical" },
		  { "a@x.example", "b@x.example" },
		  { "", "" },
		  1,
		  { 1 } },
		{ { "abuse", "other" }, { "a@x.example", "b@x.example" }, { "", "" }, 1, { 0 } },
		{ { "security", "security" }, { "", "b@x.example" }, { "", "" }, 1, { 1 } },
		{ { "Security", "soc", "board" },
		  { "a@x.example", "b@x.example", "c@x.example" },
		  { "", "hours 24; also", "ALSO" },
		  3,
		  { 0, 1, 2 } },
		{ { "board", "press" },
		  { "a@x.example", "b@x.example" },
		  { "", "also not" },
		  0,
		  { 0 } },
		{ { "security" }, { "" }, { "also" }, 0, { 0 } },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct reachable all[4] = { 0 };
		struct addressee out[4];
		size_t n = 0;

		for (; n < 4 && rows[i].role[n] != NULL; n++)
			all[n] = (struct reachable){ (int64_t)n + 1, str_of(rows[i].role[n]),
						     str_of(rows[i].mail[n]),
						     str_of(rows[i].wishes[n]) };
		printf("# row %zu\n", i);
		CHECK(message_addressees(&(struct reachables){ all, n, false }, out,
					 COUNTOF(out)) == rows[i].count);
		for (size_t k = 0; k < rows[i].count; k++)
			CHECK(out[k].contact == rows[i].who[k] &&
			      out[k].why == (k == 0 ? TO_FIRST : TO_ALSO));
	}
}

TEST("message: who does not answer has one behind him that is told too")
{
	static const struct reachable all[] = {
		{ 1, S("board"), S("a@x.example"), S("") },
		{ 2, S("technical"), S("b@x.example"), S("") },
		{ 3, S("security"), S("c@x.example"), S("") },
		{ 4, S("press"), S("d@x.example"), S("also") },
	};
	struct addressee out[4];

	CHECK(message_addressees(&(struct reachables){ all, 4, true }, out, 4) == 3);
	CHECK(out[0].contact == 2 && out[0].why == TO_FIRST);
	CHECK(out[1].contact == 1 && out[1].why == TO_NEXT);
	CHECK(out[2].contact == 3 && out[2].why == TO_ALSO);
	CHECK(message_addressees(&(struct reachables){ all + 2, 1, true }, out, 4) == 1);
	CHECK(message_addressees(&(struct reachables){ all, 1, true }, out, 4) == 0);
}

TEST("message: a critical one is to be answered in a day, a high one in five working days")
{
	static const struct {
		enum severity worst;
		const char *now, *by;
	} rows[] = {
		{ SEVERITY_CRITICAL, "2026-11-23T04:10:00Z", "2026-11-24T11:00:00Z" },
		{ SEVERITY_CRITICAL, "2026-11-23T11:00:00Z", "2026-11-24T11:00:00Z" },
		{ SEVERITY_CRITICAL, "2026-11-23T11:00:01Z", "2026-11-24T16:00:00Z" },
		{ SEVERITY_CRITICAL, "2026-11-23T16:00:01Z", "2026-11-25T11:00:00Z" },
		{ SEVERITY_CRITICAL, "2026-03-28T12:00:00Z", "2026-03-29T15:00:00Z" },
		{ SEVERITY_HIGH, "2026-11-20T08:00:00Z", "2026-11-27T16:00:00Z" },
		{ SEVERITY_HIGH, "2026-11-21T08:00:00Z", "2026-11-27T16:00:00Z" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		printf("# row %zu\n", i);
		CHECK(message_answer_by(rows[i].worst, at(rows[i].now)) == at(rows[i].by));
	}
	CHECK(message_answer_by(SEVERITY_MEDIUM, at("2026-11-20")) == 0);
}

TEST("message: it is told when one delivery arrived and none is on its way")
{
	static const struct {
		struct message_counts c;
		enum message_state is;
	} rows[] = {
		{ { 1, 1, 0, 0, 2 }, MESSAGE_WAITS },     { { 0, 1, 0, 0, 2 }, MESSAGE_TOLD },
		{ { 0, 1, 1, 0, 2 }, MESSAGE_TOLD },      { { 0, 0, 1, 0, 1 }, MESSAGE_FAILED },
		{ { 0, 0, 0, 2, 2 }, MESSAGE_CANCELLED }, { { 0, 0, 0, 1, 2 }, MESSAGE_FAILED },
		{ { 0, 0, 0, 0, 0 }, MESSAGE_FAILED },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(message_after(&rows[i].c) == rows[i].is);
}

TEST("message: a machine, and a mail without detail, tell nobody")
{
	CHECK(message_tells(CHANNEL_MAIL, FORM_TLS) && message_tells(CHANNEL_MAIL, FORM_PLAIN));
	CHECK(message_tells(CHANNEL_PHONE, FORM_NONE) &&
	      !message_tells(CHANNEL_MAIL, FORM_NEUTRAL));
	CHECK(!message_tells(CHANNEL_WEBHOOK, FORM_TLS) && !message_tells(CHANNEL_FILE, FORM_TLS));
}
