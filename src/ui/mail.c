#include "task/home.h"
#include "task/mail/steps.h"
#include "ui/mail_in.h"
#include "ui/mail_verify.h"
#include "ui/nouns.h"

static const struct column columns[] = {
	{ "step", "Step", false },
	{ "state", "State", false },
	{ "says", "Says", true },
	{ "remedy", NULL, false },
};

static void put_steps(struct app *app, const struct steps *all)
{
	out_table(&app->out, columns, COUNTOF(columns));
	LIST_EACH (const struct step, s, &all->all) {
		out_text(&app->out, s->what);
		out_text(&app->out, str_of(check_state_word(s->state)));
		out_text(&app->out, s->says);
		out_text(&app->out, s->remedy);
		if (s->state == CHECK_WRONG)
			app->ended = EXIT_FOUND;
	}
	out_end(&app->out);
	LIST_EACH (const struct step, s, &all->all)
		if (s->state != CHECK_OK)
			app_say(app, "waker mail test: " STR_FMT ": " STR_FMT " -> " STR_FMT,
				STR_ARG(s->what), STR_ARG(s->says), STR_ARG(s->remedy));
}

static bool test(struct app *app, const struct call *call, struct err *e)
{
	struct steps_wish w = { .home = app->home,
				.dry = app->dry_run,
				.enforced = call_has(call, "enforced") };
	struct steps all;
	struct home h;

	w.to = str_z(app->arena, call->arg[0]);
	if (w.to == NULL || w.to[0] == '\0')
		return err_set(e, ERR_USAGE, "whom? name an address");
	if (!home_read(app->home, app->arena, &h, e) ||
	    (!app->dry_run && !app_confirm(app, 1, "would send 1 mail", e)) ||
	    !steps_run(&w, app->arena, &all, e))
		return false;
	put_steps(app, &all);
	if (all.sent && app->ended == EXIT_FOUND)
		app->ended = EXIT_PARTLY;
	return true;
}

static const struct option options[] = {
	{ "enforced", NULL, NULL,
	  "only where TLS is enforced, as for details of middle sensitivity" },
	{ 0 },
};

static const struct option verify_options[] = {
	{ "offline", NULL, NULL, "ask nobody for the keys of DKIM signatures" },
	{ 0 },
};

// clang-format off
static const struct command rows[] = {
	{ "mail test", "ADDRESS", "Send one test mail, and show each step of its way", CHANGES | AUDITS_DONE, 1, 1, options,
	  { "waker mail test cert@member.example",
	    "waker mail test --dry-run --enforced cert@member.example" },
	  "The settings of [mail], the way (our relay, or the servers of the address's domain with what enforces "
	  "TLS to each: a pin of mail.pins, DANE, MTA-STS), the key and certificate that the server shows, and its answer. "
	  "--dry-run goes as far as the server, and sends nothing. Status 7: it did not arrive, and the remedy says whether "
	  "a second one could be a double; 3: it did, by a later server than the first.", test },
	{ "mail receive", "[FILE]", "Take in a mail: from a mail server's pipe, or a file", CHANGES, 0, 1, NULL,
	  { "waker mail receive < mail.eml", "waker mail receive saved.eml" },
	  "It is kept as it came before anything reads it. Postfix: '|waker -C /var/lib/waker mail receive' as a pipe, "
	  "whose status tells it whether to try again.", mail_receive },
	{ "mail explain", "FILE", "Say what would become of a mail, and change nothing", READS, 1, 1, NULL,
	  { "waker mail explain saved.eml", "waker mail explain saved.eml --json" }, NULL, mail_explain },
	{ "mail verify", "FILE", "Say what is proven about a mail, and about whom", READS, 1, 1, verify_options,
	  { "waker mail verify saved.eml", "waker mail verify --offline saved.eml --json" },
	  "Its sender's domain, by what our own mail server found ([mail] trusted: DMARC), else by a DKIM signature that is "
	  "aligned with From; a contact, by an OpenPGP or S/MIME signature over all that is shown, with a key that an officer "
	  "verified (key verify) for the very address in From. Where our key is here, what is sealed is opened. The digest "
	  "`replay` is the same for the same signature in another mail. Status 7: nothing is proven.", mail_verify },
	{ "mail list", "", "List mail that came in, newest first", READS, 0, 0, mail_list_options,
	  { "waker mail list --state officer", "waker mail list --of zeehaven --json" }, NULL, mail_all },
	{ "mail show", "MAIL", "Show what is known of a mail that came in", READS, 1, 1, NULL,
	  { "waker mail show 12", "waker mail show 12 --json" }, NULL, mail_show },
	{ "mail raw", "MAIL", "Give the bytes of a mail as it came", READS | AUDITS_LOOK, 1, 1, NULL,
	  { "waker mail raw 12 > 12.eml", "waker mail raw 12 | head -n 40" }, NULL, mail_raw },
	{ "mail done", "MAIL", "Say that a person dealt with a mail", CHANGES, 1, 1, mail_done_options,
	  { "waker mail done 12 --reason \"called back\"", "waker mail done 12 --by j.doe" }, NULL, mail_done },
	{ "mail put", "MAIL FEED", "Put the files of a mail into a feed's inbox", CHANGES, 2, 2, mail_done_options,
	  { "waker mail put 12 cert-bund", "waker mail put 12 cert-bund --reason \"sent on by the bank\"" },
	  "For a report that nothing proves, or that came from an address that [mail] reports of waker.conf does not name: you have "
	  "looked at it. They are batches from then on.", mail_put },
	{ "mail bounces", "", "List addresses that do not take mail, which goes round them", READS, 0, 0, NULL,
	  { "waker mail bounces", "waker mail bounces --json" }, NULL, mail_bounces },
	{ "mail trust", "ADDRESS", "Send mail to an address again", CHANGES, 1, 1, mail_trust_options,
	  { "waker mail trust soc@zeehaven.example", "waker mail trust soc@zeehaven.example --reason \"mended\"" }, NULL, mail_trust },
};
// clang-format on

const struct noun noun_mail = { "mail", "mail: the way by which it leaves, and what came in", rows,
				COUNTOF(rows) };
