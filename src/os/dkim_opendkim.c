#include "os/dkim_opendkim.h"

#include "codec/mail/mime_read.h"

#include <opendkim/dkim.h>
#include <stdio.h>
#include <stdlib.h>

enum { PIECE = DKIM_FIELD }; // of the text at a time

struct dkim_opendkim {
	DKIM_LIB *lib;
	dkim_ask ask;
	struct { // what the key of each was said to be, in the library's order of asking
		const DKIM_SIGINFO *of;
		enum dkim_answer answer;
	} asked[DKIM_SIGNATURES];
	size_t count;
	bool crlf;            // the mail's lines end so
	char room[2 * PIECE]; // to end them so
};

// The library says a sentence for each; those of a key are said by what the parent answered.
static const struct {
	int code;
	enum dkim_end end;
} ends[] = {
	{ DKIM_SIGERROR_OK, DKIM_FAIL },          { DKIM_SIGERROR_BADSIG, DKIM_FAIL },
	{ DKIM_SIGERROR_KEYTOOSMALL, DKIM_WEAK }, { DKIM_SIGERROR_KEYFAIL, DKIM_LATER },
	{ DKIM_SIGERROR_EXPIRED, DKIM_FAIL },     { DKIM_SIGERROR_FUTURE, DKIM_FAIL },
	{ DKIM_SIGERROR_TOOLARGE_L, DKIM_FAIL },
};

static DKIM_CBSTAT status_of(enum dkim_answer answer)
{
	switch (answer) {
	case DKIM_KEY_FOUND:
	case DKIM_KEY_SECURE:
		return DKIM_CBSTAT_CONTINUE;
	case DKIM_KEY_ABSENT:
	case DKIM_KEY_SEVERAL:
		return DKIM_CBSTAT_NOTFOUND;
	case DKIM_KEY_LATER:
		break;
	}
	return DKIM_CBSTAT_ERROR;
}

// The library asks again where it got none: nobody else is asked twice.
static DKIM_CBSTAT look_up(DKIM *m, DKIM_SIGINFO *s, unsigned char *to, size_t room)
{
	struct dkim_opendkim *l = dkim_get_user_context(m);
	const char *domain = (const char *)dkim_sig_getdomain(s);
	const char *selector = (const char *)dkim_sig_getselector(s);
	char record[DKIM_RECORD];
	enum dkim_answer answer;

	for (size_t i = 0; i < l->count; i++)
		if (l->asked[i].of == s && l->asked[i].answer > DKIM_KEY_SECURE)
			return status_of(l->asked[i].answer);
	if (l->count == DKIM_SIGNATURES || domain == NULL || selector == NULL)
		return DKIM_CBSTAT_ERROR;
	answer = l->ask(domain, selector, record);
	l->asked[l->count].of = s;
	l->asked[l->count++].answer = answer;
	if (answer > DKIM_KEY_SECURE)
		return status_of(answer);
	if (strlen(record) >= room)
		return DKIM_CBSTAT_ERROR;
	memcpy(to, record, strlen(record) + 1);
	return status_of(answer);
}

// Each by itself, whatever became of the one before it.
static DKIM_CBSTAT process_all(DKIM *m, DKIM_SIGINFO **all, int n)
{
	for (int i = 0; i < n; i++)
		(void)dkim_sig_process(m, all[i]);
	return DKIM_CBSTAT_CONTINUE;
}

// ---- a mail to the library

// Every line ends in CRLF: of a mail that a local pipe gave on none does. *before: the byte before
// the piece. (The library would do so by DKIM_LIBFLAGS_FIXCRLF, and fails on folded fields.)
static struct str lines(struct dkim_opendkim *l, struct str piece, char *before)
{
	size_t n = 0;

	if (l->crlf)
		return piece;
	for (size_t i = 0; i < piece.n; i++) {
		if (piece.p[i] == '\n' && *before != '\r')
			l->room[n++] = '\r';
		l->room[n++] = *before = piece.p[i];
	}
	return (struct str){ l->room, n };
}

static unsigned char *bytes_of(struct str s) // which the library reads only
{
	return (unsigned char *)(uintptr_t)s.p;
}

static bool give_head(struct dkim_opendkim *l, DKIM *m, struct str head)
{
	unsigned signatures = 0;
	struct str rest = head, name, value;

	for (const char *at = rest.p; mime_next_field(&rest, &name, &value); at = rest.p) {
		struct str field = { at, (size_t)(value.p + value.n - at) };
		const bool is = str_eq_nocase(name, S("DKIM-Signature"));
		char before = 0;

		if ((is && signatures++ >= DKIM_SIGNATURES) || name.n == 0 || str_has(name, ' ') ||
		    !str_has(field, ':') || memchr(field.p, 0, field.n) != NULL)
			continue; // what is no field cannot be signed
		if (field.n > DKIM_FIELD)
			return false;
		field = lines(l, field, &before);
		if (dkim_header(m, bytes_of(field), field.n) != DKIM_STAT_OK)
			return false;
	}
	return true;
}

static bool give_body(struct dkim_opendkim *l, DKIM *m, struct str body)
{
	char before = 0;

	while (body.n > 0) {
		struct str piece = str_first(body, PIECE), whole = lines(l, piece, &before);

		if (dkim_body(m, bytes_of(whole), whole.n) != DKIM_STAT_OK)
			return false;
		str_skip(&body, piece.n);
	}
	return true;
}

static bool give(struct dkim_opendkim *l, DKIM *m, struct str mail)
{
	struct mime_cut cut = mime_cut(mail);
	int got;

	if (!give_head(l, m, cut.head))
		return false;
	got = dkim_eoh(m);
	return (got == DKIM_STAT_OK || got == DKIM_STAT_CANTVRFY) && give_body(l, m, cut.body);
}

// ---- what it says

static enum dkim_answer answer_of(const struct dkim_opendkim *l, const DKIM_SIGINFO *s)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->asked[i].of == s)
			return l->asked[i].answer;
	return DKIM_KEY_FOUND;
}

static void say_error(const struct dkim_opendkim *l, DKIM_SIGINFO *s, struct dkim_said *to)
{
	const int code = dkim_sig_geterror(s);
	const char *says = dkim_sig_geterrorstr(code);

	to->end = DKIM_WRONG;
	for (size_t i = 0; i < COUNTOF(ends); i++)
		if (ends[i].code == code)
			to->end = ends[i].end;
	switch (answer_of(l, s)) {
	case DKIM_KEY_ABSENT:
		to->end = DKIM_WRONG;
		says = "its domain has no such key";
		break;
	case DKIM_KEY_SEVERAL:
		to->end = DKIM_WRONG;
		says = "its domain has several keys of that name";
		break;
	case DKIM_KEY_LATER:
		to->end = DKIM_LATER;
		says = "its key could not be asked for";
		break;
	case DKIM_KEY_FOUND:
	case DKIM_KEY_SECURE:
		if (code == DKIM_SIGERROR_OK)
			says = dkim_sig_getbh(s) == DKIM_SIGBH_MISMATCH
				       ? "the text was changed after it was signed"
				       : "it was not verified";
		if (code == DKIM_SIGERROR_BADSIG)
			says = "the head was changed after it was signed, or it is by another key";
		break;
	}
	snprintf(to->why, sizeof to->why, "%s", says != NULL ? says : "it cannot be verified");
}

// What holds, and is not taken all the same.
static const char *weakness(DKIM *m, DKIM_SIGINFO *s, const struct dkim_said *is)
{
	ssize_t all = 0, covered = 0, length = -1;
	dkim_alg_t algorithm = DKIM_SIGN_UNKNOWN;

	if (dkim_sig_getsignalg(s, &algorithm) != DKIM_STAT_OK || algorithm == DKIM_SIGN_RSASHA1)
		return "it is over SHA-1, which can be forged";
	if (algorithm != DKIM_SIGN_ED25519SHA256 && is->bits < DKIM_LEAST_BITS)
		return "its key is too short";
	if ((dkim_sig_getflags(s) & DKIM_SIGFLAG_TESTKEY) != 0)
		return "its domain says that the key is on trial";
	if (dkim_sig_getcanonlen(m, s, &all, &covered, &length) != DKIM_STAT_OK || length >= 0)
		return "it covers the first bytes of the text only (l=)";
	return !is->from ? "it does not cover From" : NULL;
}

static void copy(char *to, size_t room, const unsigned char *from)
{
	snprintf(to, room, "%s", from != NULL ? (const char *)from : "");
}

static void say(const struct dkim_opendkim *l, DKIM *m, DKIM_SIGINFO *s, struct dkim_said *to)
{
	const char *weak;
	unsigned bits = 0;

	*to = (struct dkim_said){ 0 };
	copy(to->domain, sizeof to->domain, dkim_sig_getdomain(s));
	copy(to->selector, sizeof to->selector, dkim_sig_getselector(s));
	copy(to->covers, sizeof to->covers,
	     dkim_sig_gettagvalue(s, false, (unsigned char[]){ "h" }));
	to->from = dkim_sig_hdrsigned(s, (unsigned char[]){ "from" });
	to->subject = dkim_sig_hdrsigned(s, (unsigned char[]){ "subject" });
	to->secure = answer_of(l, s) == DKIM_KEY_SECURE;
	if (dkim_sig_getkeysize(s, &bits) == DKIM_STAT_OK)
		to->bits = bits;
	if (dkim_sig_geterror(s) != DKIM_SIGERROR_OK || !DKIM_SIG_CHECK(s)) {
		say_error(l, s, to);
		return;
	}
	weak = weakness(m, s, to);
	to->end = weak != NULL ? DKIM_WEAK : DKIM_PASS;
	copy(to->why, sizeof to->why, (const unsigned char *)weak);
}

size_t dkim_opendkim_verify(struct dkim_opendkim *l, struct str mail, dkim_ask ask,
			    struct dkim_said out[DKIM_SIGNATURES])
{
	struct str rest = mail, line = str_cut(&rest, '\n');
	DKIM_SIGINFO **all = NULL;
	DKIM_STAT status = DKIM_STAT_OK;
	int n = 0;
	DKIM *m;

	l->ask = ask;
	l->count = 0;
	l->crlf = line.n > 0 && line.p[line.n - 1] == '\r';
	m = dkim_verify(l->lib, (const unsigned char *)"mail", NULL, &status);
	if (m == NULL)
		return 0;
	(void)dkim_set_user_context(m, l);
	if (give(l, m, mail))
		(void)dkim_eom(m, NULL);
	if (dkim_getsiglist(m, &all, &n) != DKIM_STAT_OK || n < 0)
		n = 0;
	n = n < DKIM_SIGNATURES ? n : DKIM_SIGNATURES;
	for (int i = 0; i < n; i++)
		say(l, m, all[i], &out[i]);
	dkim_free(m);
	return (size_t)n;
}

// ---- its life

// The keys of the examples of RFC 6376, C, and RFC 8463, A: to verify anything by them loads what is
// needed.
#define RSA_KEY                                                                                  \
	"v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkM"     \
	"oGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2" \
	"gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB"
#define ED_KEY "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
#define WARM                                                                                   \
	"From: a@b.example\r\n"                                                                \
	"DKIM-Signature: v=1; a=rsa-sha256; d=b.example; s=rsa; c=relaxed/simple; h=from;"     \
	" bh=frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=; b=" SIG "\r\n"                      \
	"DKIM-Signature: v=1; a=rsa-sha1; d=b.example; s=rsa; c=simple/relaxed; h=from;"       \
	" bh=uoq1oCgLlTqpdDX/iUbLy7J1Wic=; b=" SIG "\r\n"                                      \
	"DKIM-Signature: v=1; a=ed25519-sha256; d=b.example; s=ed; c=relaxed/relaxed; h=from;" \
	" bh=frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=; b=" SIG "\r\n\r\nx\r\n"
#define SIG                                                                                       \
	"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw=" \
	"="

static enum dkim_answer warm_key(const char *domain, const char *selector, char *record)
{
	(void)domain;
	snprintf(record, DKIM_RECORD, "%s", selector[0] == 'e' ? ED_KEY : RSA_KEY);
	return DKIM_KEY_FOUND;
}

struct dkim_opendkim *dkim_opendkim_new(void)
{
	struct dkim_opendkim *l = calloc(1, sizeof *l);
	struct dkim_said said[DKIM_SIGNATURES];
	unsigned bits = DKIM_LEAST_BITS;
	unsigned flags = DKIM_LIBFLAGS_DELAYSIGPROC | DKIM_LIBFLAGS_BADSIGHANDLES;

	if (l == NULL)
		abort();
	l->lib = dkim_init(NULL, NULL);
	if (l->lib == NULL || dkim_set_key_lookup(l->lib, look_up) != DKIM_STAT_OK ||
	    dkim_set_final(l->lib, process_all) != DKIM_STAT_OK ||
	    dkim_options(l->lib, DKIM_OP_SETOPT, DKIM_OPTS_FLAGS, &flags, sizeof flags) !=
		    DKIM_STAT_OK ||
	    dkim_options(l->lib, DKIM_OP_SETOPT, DKIM_OPTS_MINKEYBITS, &bits, sizeof bits) !=
		    DKIM_STAT_OK ||
	    dkim_opendkim_verify(l, S(WARM), warm_key, said) != 3) {
		dkim_opendkim_free(l);
		return NULL;
	}
	return l;
}

void dkim_opendkim_free(struct dkim_opendkim *l)
{
	if (l != NULL && l->lib != NULL)
		dkim_close(l->lib);
	free(l);
}
