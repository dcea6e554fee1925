#include "base/test.h"
#include "codec/mail/auto.h"

TEST("auto: what a machine wrote is known by its fields")
{
	static const struct {
		enum heard_field field;
		const char *value;
		enum auto_kind kind;
	} rows[] = {
		{ HEARD_AUTO_SUBMITTED, "auto-replied; owner=x", AUTO_REPLY },
		{ HEARD_AUTO_SUBMITTED, "no", AUTO_NOT },
		{ HEARD_SUBJECT, "Automatisch antwoord: [Z-CERT N-9WKD47-K]", AUTO_REPLY },
		{ HEARD_SUBJECT, "Re: [Z-CERT N-9WKD47-K]", AUTO_NOT },
		{ HEARD_PRECEDENCE, "bulk", AUTO_LIST },
		{ HEARD_PRECEDENCE, "auto_reply", AUTO_REPLY },
		{ HEARD_LIST_ID, "<l.example>", AUTO_LIST },
		{ HEARD_SPAM, "YES", AUTO_SPAM },
		{ HEARD_AUTOREPLY, "yes", AUTO_REPLY },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct heard_whole h = { 0 };

		h.field[HEARD_FROM] = S("a@m1.example");
		h.field[rows[i].field] = str_of(rows[i].value);
		CHECK(auto_kind(&h, S("z.example")) == rows[i].kind);
	}
}

TEST("auto: our own mail is known by its number and its domain, both")
{
	struct heard_whole h = { 0 };

	h.field[HEARD_FROM] = S("cert@z.example");
	CHECK(auto_kind(&h, S("z.example")) == AUTO_NOT);
	h.field[HEARD_WAKER_REF] = S("N-9WKD47-K");
	CHECK(auto_kind(&h, S("z.example")) == AUTO_LOOP);
	h.field[HEARD_FROM] = S("cert@m1.example"); // who forwards or quotes our fields
	CHECK(auto_kind(&h, S("z.example")) == AUTO_NOT);
}

TEST("auto: a name before the @ is a program's as a whole word")
{
	CHECK(auto_is_server(S("Postmaster@m1.example")) &&
	      auto_is_server(S("bounce+1@x.example")));
	CHECK(!auto_is_server(S("no-reply@x.example")) && auto_is_daemon(S("no-reply@x.example")));
	CHECK(!auto_is_daemon(S("smtpeter@x.example")) && !auto_is_daemon(S("bouncer@x.example")));
}
