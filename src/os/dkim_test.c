#include "base/buf.h"
#include "base/test.h"
#include "os/cage.h"
#include "os/dkim.h"
#include "os/file.h"
#include "os/folder.h"

#include <opendkim/dkim.h>
#include <unistd.h>

enum { ROOM = 64 << 20 };

static struct arena a;
static struct dkim_reader *reader;

// ---- keys by name

struct known {
	const char *name, *record;
};
static const struct known *known;
static unsigned asked;

static bool key_of(void *context, struct str name, struct arena *to, struct dkim_key *out,
		   struct err *e)
{
	(void)context;
	(void)to;
	asked++;
	for (const struct known *k = known; k->name != NULL; k++)
		if (str_eq(name, str_of(k->name))) {
			*out = (struct dkim_key){ str_of(k->record), true };
			return true;
		}
	if (str_has_prefix(name, S("late.")))
		return err_set(e, ERR_REMOTE, "nobody answers");
	return err_set(e, str_has_prefix(name, S("two.")) ? ERR_INPUT : ERR_ABSENT, "not one");
}

static void end(void)
{
	dkim_reader_free(reader);
	arena_done(&a);
}

static struct dkim_found of(struct str mail, const struct known *k)
{
	const struct dkim_keys keys = { key_of, NULL };
	struct dkim_found out;
	struct err e = { 0 };

	if (reader == NULL) {
		arena_init(&a, ROOM);
		reader = dkim_reader_new(&e);
		CHECK(reader != NULL && atexit(end) == 0);
	}
	known = k;
	asked = 0;
	CHECK(dkim_check(reader, mail, &keys, &a, &out, &e));
	return out;
}

// ---- mails of others

#define RFC8463                                                            \
	"DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"    \
	" d=football.example.com; i=@football.example.com;\r\n"            \
	" q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"          \
	" subject : date : message-id : from : subject : date;\r\n"        \
	" bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"            \
	" b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n"  \
	" Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\n"                            \
	"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n"        \
	" d=football.example.com; i=@football.example.com;\r\n"            \
	" q=dns/txt; s=test; t=1528637909; h=from : to : subject :\r\n"    \
	" date : message-id : from : subject : date;\r\n"                  \
	" bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"            \
	" b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3\r\n"  \
	" DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz\r\n"  \
	" dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=\r\n"  \
	"From: Joe SixPack <joe@football.example.com>\r\n"                 \
	"To: Suzie Q <suzie@shopping.example.net>\r\n"                     \
	"Subject: Is dinner ready?\r\n"                                    \
	"Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"                  \
	"Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n" \
	"\r\nHi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n"

static const struct known rfc8463[] = {
	{ "brisbane._domainkey.football.example.com",
	  "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=" },
	{ "test._domainkey.football.example.com",
	  "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5"
	  "qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3r"
	  "G4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB" },
	{ 0 },
};

TEST("dkim: the example of RFC 8463, signed by ed25519 and by RSA, in lines of CRLF and of LF")
{
	char *lf = calloc(1, sizeof RFC8463);
	size_t n = 0;

	CHECK(lf != NULL);
	for (const char *p = RFC8463; *p != '\0'; p++)
		if (*p != '\r')
			lf[n++] = *p;
	for (unsigned i = 0; i < 2; i++) {
		struct dkim_found f = of(i == 0 ? S(RFC8463) : (struct str){ lf, n }, rfc8463);

		CHECK(f.all.count == 2 && !f.more && asked == 2);
		for (unsigned k = 0; k < 2; k++) {
			const struct dkim_signature *s = &f.all.at[k];

			if (s->end != DKIM_PASS)
				printf("# " STR_FMT "\n", STR_ARG(s->why));
			CHECK(s->end == DKIM_PASS && s->from && s->subject && s->secure);
			CHECK(str_eq(s->domain, S("football.example.com")) && s->why.n == 0);
			CHECK(str_eq(s->covers,
				     S("from:to:subject:date:message-id:from:subject:date")));
		}
		CHECK(str_eq(f.all.at[0].selector, S("brisbane")) && f.all.at[1].bits == 1024);
	}
	free(lf);
}

// ---- mails that the test signs

#define MAIL "From: a@m1.example\r\nTo: cert@z.example\r\nSubject: x\r\n\r\nFIXED\r\nall\r\n"

struct pair {
	char secret[4096], record[2048];
};

static size_t from_shell(const char *script, char *to, size_t room)
{
	FILE *from = popen(script, "r");
	size_t n;

	CHECK(from != NULL);
	n = fread(to, 1, room - 1, from);
	to[n] = '\0';
	CHECK(pclose(from) == 0 && n > 0);
	return n;
}

static void make_pair(const char *bits, struct pair *out)
{
	char place[] = "/tmp/waker-dkim-XXXXXX", script[300];
	struct err e = { 0 };
	size_t n;

	CHECK(mkdtemp(place) != NULL);
	snprintf(script, sizeof script,
		 "cd %s && openssl genrsa -traditional -out k %s 2>/dev/null && cat k", place,
		 bits);
	from_shell(script, out->secret, sizeof out->secret);
	n = (size_t)snprintf(out->record, sizeof out->record, "v=DKIM1; k=rsa; p=");
	snprintf(script, sizeof script,
		 "cd %s && openssl rsa -in k -pubout -outform DER 2>/dev/null | base64 -w0", place);
	from_shell(script, out->record + n, sizeof out->record - n);
	CHECK(folder_remove(place, &e));
}

struct how {
	const char *domain, *selector;
	dkim_alg_t algorithm;
	ssize_t length; // -1: all of the text
};

// The mail with a signature above it.
static struct str sign(const struct pair *key, const struct how *how, struct str mail)
{
	DKIM_LIB *lib = dkim_init(NULL, NULL);
	struct str rest = mail, line;
	unsigned char *field;
	struct str out;
	size_t n;
	DKIM_STAT status;
	unsigned least = 512;
	DKIM *m;

	CHECK(lib != NULL);
	CHECK(dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_MINKEYBITS, &least, sizeof least) ==
	      DKIM_STAT_OK);
	m = dkim_sign(lib, (const unsigned char *)"t", NULL, (dkim_sigkey_t)(uintptr_t)key->secret,
		      (const unsigned char *)how->selector, (const unsigned char *)how->domain,
		      DKIM_CANON_RELAXED, DKIM_CANON_SIMPLE, how->algorithm, how->length, &status);
	CHECK(m != NULL);
	for (line = str_cut(&rest, '\n'); line.n > 1; line = str_cut(&rest, '\n'))
		CHECK(dkim_header(m, (unsigned char *)(uintptr_t)line.p, line.n - 1) ==
		      DKIM_STAT_OK);
	CHECK(dkim_eoh(m) == DKIM_STAT_OK);
	CHECK(dkim_body(m, (unsigned char *)(uintptr_t)rest.p, rest.n) == DKIM_STAT_OK);
	CHECK(dkim_eom(m, NULL) == DKIM_STAT_OK);
	CHECK(dkim_getsighdr_d(m, 16, &field, &n) == DKIM_STAT_OK);
	out = arena_fmt(&a, "DKIM-Signature: %s\r\n" STR_FMT, field, STR_ARG(mail));
	dkim_free(m);
	dkim_close(lib);
	return out;
}

static struct dkim_signature one(struct str mail, const struct known *k)
{
	struct dkim_found f = of(mail, k);

	CHECK(f.all.count == 1);
	return f.all.at[0];
}

static struct str put_instead(struct str in, const char *was, const char *is)
{
	const char *at = memmem(in.p, in.n, was, strlen(was));

	CHECK(at != NULL);
	return arena_fmt(&a, STR_FMT "%s" STR_FMT, (int)(at - in.p), in.p, is,
			 (int)(in.p + in.n - at) - (int)strlen(was), at + strlen(was));
}

TEST("dkim: what was changed behind a signature, or is too weak for one, does not pass")
{
	static const struct how plain = { "m1.example", "s1", DKIM_SIGN_RSASHA256, -1 };
	static const struct how part = { "m1.example", "s1", DKIM_SIGN_RSASHA256, 5 };
	static const struct how old = { "m1.example", "s1", DKIM_SIGN_RSASHA1, -1 };
	static const char name[] = "s1._domainkey.m1.example";
	struct pair key, small;
	struct str mail;

	(void)of(S("From: a@b.example\r\n\r\n"), NULL); // the arena
	make_pair("2048", &key);
	make_pair("768", &small);
	{
		char trial[2100];
		const struct known good[] = { { name, key.record }, { 0 } };
		const struct known trials[] = { { name, trial }, { 0 } };
		const struct known smalls[] = { { name, small.record }, { 0 } };

		snprintf(trial, sizeof trial, "%s; t=y", key.record);
		mail = sign(&key, &plain, S(MAIL));
		CHECK(one(mail, good).end == DKIM_PASS && one(mail, good).bits == 2048);
		CHECK(one(put_instead(mail, "FIXED", "fixed"), good).end == DKIM_FAIL);
		CHECK(one(put_instead(mail, "Subject: x", "Subject: y"), good).end == DKIM_FAIL);
		CHECK(one(put_instead(mail, "From: a@", "From: b@"), good).end == DKIM_FAIL);
		CHECK(one(mail, smalls).end == DKIM_FAIL);
		CHECK(one(mail, trials).end == DKIM_WEAK);
		mail = sign(&key, &part, S(MAIL));
		CHECK(one(mail, good).end == DKIM_WEAK);
		CHECK(one(arena_fmt(&a, STR_FMT "more\r\n", STR_ARG(mail)), good).end == DKIM_WEAK);
		CHECK(one(sign(&key, &old, S(MAIL)), good).end == DKIM_WEAK);
		CHECK(one(sign(&small, &plain, S(MAIL)), smalls).end == DKIM_WEAK);
	}
}

TEST("dkim: a key that is not there, not one, not right, or late is told apart")
{
	static const struct {
		const char *selector, *record;
		enum dkim_end end;
	} rows[] = {
		{ "none", NULL, DKIM_WRONG },
		{ "two", NULL, DKIM_WRONG },
		{ "late", NULL, DKIM_LATER },
		{ "s1", "v=DKIM1; p=", DKIM_WRONG }, // taken back
		{ "s1", "v=DKIM1; p=AAAA", DKIM_WRONG },
		{ "s1", "v=DKIM1; k=unheard; p=AAAA", DKIM_WRONG },
		{ "s1", "", DKIM_WRONG },
		{ "s1", "words", DKIM_WRONG },
	};
	struct pair key;

	make_pair("1024", &key);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const struct how how = { "m1.example", rows[i].selector, DKIM_SIGN_RSASHA256, -1 };
		const struct known k[] = { { rows[i].record != NULL ? "s1._domainkey.m1.example"
								    : NULL,
					     rows[i].record },
					   { 0 } };
		struct dkim_signature s = one(sign(&key, &how, S(MAIL)), k);

		if (s.end != rows[i].end)
			printf("# row %zu: " STR_FMT " " STR_FMT "\n", i,
			       STR_ARG(dkim_end_word(s.end)), STR_ARG(s.why));
		CHECK(s.end == rows[i].end && s.why.n > 0 && asked == 1);
	}
}

TEST("dkim: what is no signature is none, and there is a bound to all")
{
	static const struct str wrong[] = {
		S("DKIM-Signature: \r\n" MAIL),
		S("DKIM-Signature: words\r\n" MAIL),
		S("DKIM-Signature: v=1; a=rsa-sha256; d=m1.example; s=s1; h=to; bh=AAAA; "
		  "b=AAAA\r\n" MAIL),
		S("DKIM-Signature: v=1; a=rsa-sha256; d=a b\\\".example; s=s1; h=from; bh=AAAA; "
		  "b=AAAA\r\n" MAIL),
		S("DKIM-Signature: v=9; a=rsa-sha256; d=m1.example; s=s1; h=from; bh=AAAA; "
		  "b=AAAA\r\n" MAIL),
	};
	static const struct known none[] = { { 0 } };
	const struct dkim_keys keys = { key_of, NULL };
	struct dkim_found f;
	struct err e = { 0 };
	char *head;
	size_t n = 0;

	for (size_t i = 0; i < COUNTOF(wrong); i++) {
		f = of(wrong[i], none);
		for (size_t k = 0; k < f.all.count; k++)
			CHECK(f.all.at[k].end == DKIM_WRONG && f.all.at[k].why.n > 0);
	}
	CHECK(of(S(MAIL), none).all.count == 0 && of(S(""), none).all.count == 0);
	head = calloc(1, DKIM_HEAD + 2000);
	CHECK(head != NULL);
	for (unsigned i = 0; i < 7; i++)
		n += (size_t)snprintf(head + n, 200,
				      "DKIM-Signature: v=1; a=rsa-sha256; d=m%u.example; s=s; "
				      "h=from; bh=AAAA; b=AAAA\r\n",
				      i);
	snprintf(head + n, 200, MAIL);
	f = of(str_of(head), none);
	CHECK(f.all.count == DKIM_SIGNATURES && f.more && asked <= DKIM_SIGNATURES);
	memset(head + n, 'x', DKIM_HEAD);
	CHECK(!dkim_check(reader, str_of(head), &keys, &a, &f, &e) && e.kind == ERR_LIMIT);
	free(head);
	CHECK(str_eq(dkim_end_word(DKIM_LATER), S("temperror")));
}
