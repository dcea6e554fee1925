#include "base/test.h"
#include "codec/mail/relay.h"

static const struct {
	const char *text, *host;
	uint16_t port;
	bool implicit, loopback;
} good[] = {
	{ "smtp://mail.team.example:25", "mail.team.example", 25, false, false },
	{ "smtp://mail.team.example", "mail.team.example", 587, false, false },
	{ "smtps://mail.team.example", "mail.team.example", 465, true, false },
	{ "smtp://127.0.0.1:2525", "127.0.0.1", 2525, false, true },
	{ "smtp://localhost:25", "localhost", 25, false, true },
	{ "smtps://[2001:db8::25]:465", "2001:db8::25", 465, true, false },
	{ "smtp://[::1]", "::1", 587, false, true },
	{ "smtp://192.0.2.25:587", "192.0.2.25", 587, false, false },
};

TEST("mail relay: host and port are read, with the standard's ports where none is said")
{
	for (size_t i = 0; i < COUNTOF(good); i++) {
		struct relay r;

		CHECK(relay_read(str_of(good[i].text), &r));
		CHECK(str_eq(r.host, str_of(good[i].host)) && r.port == good[i].port);
		CHECK(r.implicit == good[i].implicit && r.loopback == good[i].loopback);
	}
}

TEST("mail relay: what says more or less than host and port is none")
{
	static const char *const wrong[] = {
		"",
		"smtp://",
		"mail.team.example",
		"http://mail.team.example",
		"smtp://:25",
		"smtp://h:",
		"smtp://h:0",
		"smtp://h:65536",
		"smtp://h:2x",
		"smtp://u:p@h:25",
		"smtp://h/path",
		"smtp://h:25/path",
		"smtp://[::1",
		"smtp://[127.0.0.1]",
		"smtp://::1",
		"smtp://[::1]25",
		"smtp://h h",
		"smtp://h\r\n",
		"smtp://[h]:25",
		"smtp://[::1]:",
	};

	for (size_t i = 0; i < COUNTOF(wrong); i++) {
		struct relay r;

		CHECK(!relay_read(str_of(wrong[i]), &r));
	}
}

TEST("relay: a mailbox is a server of IMAP, and a folder")
{
	static const struct {
		const char *s, *host, *folder;
		unsigned port; // 0: refused
	} rows[] = {
		{ "imaps://mail.example", "mail.example", "INBOX", 993 },
		{ "imaps://mail.example/", "mail.example", "INBOX", 993 },
		{ "imap://127.0.0.1:4143/In/Waker 2", "127.0.0.1", "In/Waker 2", 4143 },
		{ "imaps://[::1]:9/x", "::1", "x", 9 },
		{ "smtp://mail.example", "", "", 0 },
		{ "imaps://u@mail.example", "", "", 0 },
		{ "imaps://mail.example/a\"b", "", "", 0 },
		{ "imaps:", "", "", 0 },
		{ "", "", "", 0 },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct mailbox m;
		bool read = mailbox_read(str_of(rows[i].s), &m);

		CHECK(read == (rows[i].port > 0));
		CHECK(!read ||
		      (str_eq(m.at.host, str_of(rows[i].host)) && m.at.port == rows[i].port &&
		       str_eq(m.folder, str_of(rows[i].folder))));
	}
}
