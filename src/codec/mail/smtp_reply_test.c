#include "base/test.h"
#include "codec/mail/smtp_reply.h"

// The lines of a text, until one is refused.
static bool read_all(const char *text, struct smtp_reply *r, struct err *e)
{
	struct str rest = str_of(text);

	*r = (struct smtp_reply){ 0 };
	while (rest.n > 0)
		if (!smtp_reply_line(r, str_cut(&rest, '\n'), e))
			return false;
	return true;
}

static const struct {
	const char *lines;
	unsigned code;
	struct smtp_status status;
	bool whole;
	const char *text;
} read[] = {
	{ "250 2.0.0 Ok: queued as 4XYZ", 250, { 2, 0, 0 }, true, "Ok: queued as 4XYZ" },
	{ "250", 250, { 0, 0, 0 }, true, "" },
	{ "452 4.2.2 Mailbox full", 452, { 4, 2, 2 }, true, "Mailbox full" },
	{ "550-5.7.1 No\n550 5.7.1 thanks", 550, { 5, 7, 1 }, true, "No thanks" },
	{ "550-5.7.1 No", 550, { 5, 7, 1 }, false, "No" },
	{ "554 4.2.2 two minds", 554, { 0, 0, 0 }, true, "4.2.2 two minds" },
	{ "220 5.1 is our version", 220, { 0, 0, 0 }, true, "5.1 is our version" },
	{ "220 5.1.2345 likewise", 220, { 0, 0, 0 }, true, "5.1.2345 likewise" },
	{ "421 \x1b[2Jgone\x80", 421, { 0, 0, 0 }, true, "?[2Jgone?" },
};

TEST("smtp reply: code, enhanced status and text are read, over several lines")
{
	for (size_t i = 0; i < COUNTOF(read); i++) {
		struct smtp_reply r;
		struct err e = { 0 };

		CHECK(read_all(read[i].lines, &r, &e));
		CHECK(r.code == read[i].code && r.whole == read[i].whole);
		CHECK(r.status.kind == read[i].status.kind);
		CHECK(r.status.subject == read[i].status.subject);
		CHECK(r.status.detail == read[i].status.detail);
		CHECK(str_eq(smtp_reply_text(&r), str_of(read[i].text)));
	}
}

TEST("smtp reply: what is none is refused, with what it was")
{
	static const char *const wrong[] = { "",         "25",      "2x0 ok",          "250_ok",
					     "199 no",   "600 no",  "HTTP/1.1 400 no", " 250 ok",
					     "-250 odd", "+25 odd", "250-a\n251 b" };

	for (size_t i = 0; i < COUNTOF(wrong); i++) {
		struct smtp_reply r = { 0 };
		struct err e = { 0 };

		CHECK(!(wrong[i][0] == '\0' ? smtp_reply_line(&r, S(""), &e)
					    : read_all(wrong[i], &r, &e)));
		CHECK(e.kind == ERR_REMOTE && e.text[0] != '\0');
	}
}

TEST("smtp reply: lines without end are given up, and a long text is cut")
{
	struct smtp_reply r = { 0 };
	struct err e = { 0 };
	char line[SMTP_REPLY_LINE + 1] = "250-";

	memset(line + 4, 'x', sizeof line - 4);
	CHECK(!smtp_reply_line(&r, (struct str){ line, sizeof line }, &e));
	for (unsigned i = 0; i < SMTP_REPLY_LINES; i++)
		CHECK(smtp_reply_line(&r, (struct str){ line, sizeof line - 1 }, &e));
	CHECK(r.n == SMTP_REPLY_TEXT && !r.whole);
	CHECK(!smtp_reply_line(&r, S("250 end"), &e));
}
