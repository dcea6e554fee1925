#include "ui/mail_verify.h"

#include "base/time.h"
#include "os/file.h"
#include "task/hear/keep.h"
#include "task/proof/proof.h"

// clang-format off
static const struct column columns[] = {
	{ "proof", "Proven", false },           { "from", "From", true },
	{ "domain", NULL, false },              { "domain_by", "Domain by", false },
	{ "member", "Member", false },          { "contact", NULL, false },
	{ "form", "Signed", false },            { "key", NULL, false },
	{ "subject", "Subject", true },         { "subject_signed", NULL, false },
	{ "replay", NULL, false },              { "says", NULL, false },
};
static const struct column signature_columns[] = {
	{ "form", "Signature", false },    { "verdict", "Verdict", false },
	{ "key", NULL, false },            { "short", "Key ends in", false },
	{ "at", "Made", false },           { "digest", NULL, false },
	{ "address", "Key of", true },     { "state", NULL, false },
	{ "method", "Verified by", false },{ "until", "Until", false },
	{ "whole", NULL, false },          { "counts", "Counts", false },
	{ "why", "Why not", true },        { "replay", NULL, false },
};
static const struct column dkim_columns[] = {
	{ "dkim", "DKIM of", true },       { "selector", NULL, false },
	{ "result", "Result", false },     { "bits", NULL, false },
	{ "covers_from", NULL, false },    { "covers", NULL, false },
	{ "dnssec", NULL, false },         { "why", "Why", true },
};
// clang-format on

static void put_text(struct out *o, struct str s)
{
	if (s.n > 0)
		out_text(o, s);
	else
		out_none(o);
}

static void put_proof(struct out *o, const struct proof *p)
{
	out_record(o, columns, COUNTOF(columns));
	out_text(o, mail_proof_word(p->level));
	put_text(o, p->sender.address);
	put_text(o, p->sender.domain);
	out_text(o, domain_end_word(p->domain.end));
	put_text(o, p->writer.slug);
	put_text(o, p->writer.name);
	put_text(o, p->layers.form);
	put_text(o, p->by != NULL ? p->by->is.fingerprint : (struct str){ 0 });
	out_text(o, p->subject);
	out_flag(o, p->subject_signed);
	put_text(o, p->replay);
	out_texts(o, p->says.at, p->says.count);
	out_end(o);
}

static void put_key(struct out *o, const struct whose_key *k)
{
	if (!k->known) {
		out_none(o);
		out_none(o);
		out_none(o);
		out_none(o);
		return;
	}
	out_text(o, k->address);
	out_text(o, key_state_word(k->is.state));
	if (k->method < 0)
		out_none(o);
	else
		out_text(o, key_method_word((enum key_method)k->method));
	out_time(o, k->is.until > 0 ? k->is.until : TIME_NEVER);
}

static void put_signatures(struct out *o, const struct proof *p)
{
	char spelled[KEY_SPELLED];

	out_table(o, signature_columns, COUNTOF(signature_columns));
	LIST_EACH (const struct proof_signature, s, &p->signatures) {
		struct str key = s->is.fingerprint;
		struct str end = str_from(key, key.n > 16 ? key.n - 16 : 0);

		out_text(o, signed_form_word(s->is.form));
		out_text(o, gpg_verdict_word(s->is.verdict));
		put_text(o, key);
		out_text(o, (struct str){ spelled, key_spell(end, spelled) });
		out_time(o, s->is.at > 0 ? s->is.at : TIME_NEVER);
		put_text(o, s->is.digest);
		put_key(o, &s->key);
		out_flag(o, s->is.whole);
		out_flag(o, s->counts);
		out_text(o, s->why);
		out_text(o, str_of(s->is.replay));
	}
	out_end(o);
}

static void put_dkim(struct out *o, const struct dkim_found *f)
{
	out_table(o, dkim_columns, COUNTOF(dkim_columns));
	LIST_EACH (const struct dkim_signature, s, &f->all) {
		out_text(o, s->domain);
		out_text(o, s->selector);
		out_text(o, dkim_end_word(s->end));
		out_int(o, s->bits);
		out_flag(o, s->from);
		out_text(o, s->covers);
		out_flag(o, s->secure);
		out_text(o, s->why);
	}
	out_end(o);
}

bool mail_verify(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	struct domain_how how = { &h, !call_has(call, "offline") };
	struct proof p;
	struct str bytes;

	if (!home_open(app->home, app->arena, &h, e) ||
	    !file_read(str_z(app->arena, call->arg[0]), HEAR_BYTES, app->arena, &bytes, e) ||
	    !proof_of(&how, bytes, app->arena, &p, e))
		return false;
	put_proof(&app->out, &p);
	if (p.signatures.count > 0)
		put_signatures(&app->out, &p);
	if (p.domain.dkim.all.count > 0)
		put_dkim(&app->out, &p.domain.dkim);
	if (app->out.form == OUT_HUMAN)
		LIST_EACH (const struct str, s, &p.says) {
			out_clean(app->out.to, *s); // it has words of the mail
			fputc('\n', app->out.to);
		}
	if (p.level == PROOF_NOTHING)
		app->ended = EXIT_FOUND;
	return true;
}
