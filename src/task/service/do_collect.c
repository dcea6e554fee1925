#include "base/time.h"
#include "os/file.h"
#include "os/imap.h"
#include "task/credentials.h"
#include "task/hear/keep.h"
#include "task/hear/noted.h"
#include "task/service/do.h"

#include <stdio.h>
#include <unistd.h>

enum {
	AT_A_TIME = 50,    // mails of one look
	WAIT = 4000,       // milliseconds that a word of the server is waited for at a time …
	WAITS = 5,         // … and how often, before the job is written down as done
	SHUT_MINUTES = 60, // after which a connection is made anew: settings and passwords change
	EMPTY_SECONDS = 1, // and it is looked again, whatever the server says meanwhile
	FIRST_AGAIN = 1,   // seconds after a failure; twice that after each that follows …
	LAST_AGAIN = 320,  // … up to this: mail is never given up
	NO_AGAIN = 900,    // where a person is needed: a locked account is not asked more often
};

// What this role keeps open. `noted`: where the mailbox keeps no marks it is all that was fetched, and a
// file; else it only says which mails could not be.
struct collector {
	struct imap *box;
	int64_t opened;
	struct noted noted;
	bool unmarked; // it keeps no marks
	bool said;     // and that was said
	size_t marked; // in the last look, over this connection
	uint32_t mark[AT_A_TIME];
	unsigned failures; // since one went well
	unsigned came;     // in this job
};

static void collector_done(void *own)
{
	struct collector *c = own;

	imap_close(c->box);
}

static struct collector *collector_of(struct service *s)
{
	if (s->own == NULL) {
		s->own = arena_new(&s->a, struct collector, 1);
		s->own_done = collector_done;
	}
	return s->own;
}

// ---- where it keeps no marks

static const char *noted_path(const struct service *s, struct arena *a)
{
	return home_path(&s->home, HOME_HEARD, a);
}

// It keeps no marks: what was fetched is noted here from now on.
static void note_instead(struct service *s, struct collector *c, struct arena *a)
{
	const uint32_t validity = imap_folder_of(c->box)->validity;
	const struct noted was = c->noted;

	c->unmarked = true;
	c->noted = noted_load(noted_path(s, a), s->home.mail.inbox, a);
	noted_folder(&c->noted, validity);
	for (size_t i = 0; i < was.n && was.validity == validity; i++)
		(void)!noted_left(&c->noted,
				  was.left[i]); // what is below it was fetched, or is left too
	if (!c->said)
		log_say(&s->log, LOG_WARNING,
			"the mailbox keeps no marks: what was fetched is noted in " HOME_HEARD
			" instead",
			NULL, 0);
	c->said = true;
}

static bool was_marked(const struct collector *c, uint32_t uid)
{
	for (size_t i = 0; i < c->marked; i++)
		if (c->mark[i] == uid)
			return true;
	return false;
}

// ---- the mailbox

static bool connect_box(struct service *s, struct collector *c, struct arena *a, struct err *e)
{
	const struct home *h = &s->home;
	struct imap_place p = { .lan = true };
	autocredentials secret = { 0 };

	imap_close(TAKE(c->box, NULL));
	c->marked = 0;
	c->unmarked = false;
	if (!mailbox_read(h->mail.inbox, &p.at))
		return err_set(e, ERR_CONFIG, "[mail] inbox is no mailbox");
	if (!credentials_read(h->path, S("imap"), &secret, e) && e->kind != ERR_ABSENT)
		return false;
	*e = (struct err){ 0 };
	p.user = secret.user;
	p.password = secret.password;
	if (!str_eq(h->mail.authorities, S("system")))
		p.ca = h->mail.authorities;
	c->opened = h->now;
	if (!imap_open(&p, &c->box, e))
		return false;
	if (imap_folder_of(c->box)->no_marks)
		note_instead(s, c, a);
	else
		noted_folder(&c->noted, imap_folder_of(c->box)->validity);
	return true;
}

static bool open_box(struct service *s, struct collector *c, struct arena *a, struct err *e)
{
	return (c->box != NULL && s->home.now < c->opened + SHUT_MINUTES * TIME_MINUTE) ||
	       connect_box(s, c, a, e);
}

static bool mark(struct service *s, struct collector *c, uint32_t uid, struct arena *a,
		 struct err *e)
{
	noted_taken(&c->noted, uid);
	if (!c->unmarked && imap_mark(c->box, uid, e)) {
		c->mark[c->marked++] = uid;
		return true;
	}
	if (!c->unmarked) {
		if (e->kind != ERR_DENIED)
			return false;
		*e = (struct err){ 0 };
		note_instead(s, c, a);
		noted_taken(&c->noted, uid);
	}
	return noted_save(noted_path(s, a), s->home.mail.inbox, &c->noted, e);
}

// ---- mails

// What one mail is about that could not be fetched; others are, before it is tried again.
static bool leave(struct service *s, struct collector *c, uint32_t uid, struct arena *a,
		  struct err *e)
{
	struct err none = { 0 };

	if (!noted_left(&c->noted, uid))
		return false;
	if (c->unmarked && !noted_save(noted_path(s, a), s->home.mail.inbox, &c->noted, &none))
		log_err(&s->log, LOG_WARNING, "what was fetched is not noted", &none);
	return e->kind == ERR_DENIED;
}

// One that is too large stays in the mailbox, as fetched: it would be as large the next time. Its bytes
// are on their way, so the connection is made anew.
static bool pass_over(struct service *s, struct collector *c, uint32_t uid, struct arena *a,
		      struct err *e)
{
	log_err(&s->log, LOG_WARNING, "a mail was left in the mailbox", e);
	*e = (struct err){ 0 };
	return connect_box(s, c, a, e) && mark(s, c, uid, a, e);
}

// Kept, and only then marked: one that is kept and not marked comes again, and is known by its bytes.
static bool take(struct service *s, struct collector *c, uint32_t uid, struct arena *a,
		 struct err *e)
{
	struct hear_kept kept;
	autofd fd = -1;

	if (!file_in_memory(&fd, e))
		return false;
	if (!imap_get(c->box, uid, HEAR_BYTES, fd, e)) {
		if (e->kind == ERR_LIMIT)
			return pass_over(s, c, uid, a, e);
		if (e->kind != ERR_ABSENT)
			return false;
		noted_taken(&c->noted, uid); // somebody removed it
		*e = (struct err){ 0 };
		return true;
	}
	if (lseek(fd, 0, SEEK_SET) != 0)
		return err_set(e, ERR_SYSTEM, "the mail cannot be read again: %m");
	if (!hear_keep(&s->home, MAIL_BY_IMAP, fd, a, &kept, e))
		return false;
	c->came++;
	return mark(s, c, uid, a, e);
}

// What is new, in the order in which it is taken; *n: room for AT_A_TIME, then how many.
static bool look(struct service *s, struct collector *c, uint32_t *uid, size_t *n, struct arena *a,
		 struct err *e)
{
	char set[NOTED_TEXT];
	size_t all = AT_A_TIME, to = 0;

	if (!imap_new(c->box, c->unmarked ? noted_set(&c->noted, set) : S(""), uid, &all, e))
		return false;
	for (size_t i = 0; i < all && !c->unmarked; i++)
		if (was_marked(c, uid[i])) { // it says that it marks, and does not
			note_instead(s, c, a);
			return look(s, c, uid, n, a, e);
		}
	for (size_t i = 0; i < all; i++)
		if (!c->unmarked || noted_wants(&c->noted, uid[i]))
			uid[to++] = uid[i];
	noted_order(&c->noted, uid, to);
	*n = to;
	c->marked = 0;
	return true;
}

static bool collect(struct service *s, struct collector *c, struct arena *a, struct err *e)
{
	struct err first = { 0 };
	uint32_t uid[AT_A_TIME];
	size_t n = 0;

	if (!look(s, c, uid, &n, a, e))
		return false;
	for (size_t i = 0; i < n && !s->stop; i++) {
		*e = (struct err){ 0 };
		if (take(s, c, uid[i], a, e))
			continue;
		if ((e->kind != ERR_REMOTE && e->kind != ERR_DENIED) || !leave(s, c, uid[i], a, e))
			return false;
		first = first.kind == ERR_NONE ? *e : first;
	}
	*e = first;
	return first.kind == ERR_NONE;
}

static bool wait_for_more(struct service *s, struct collector *c, struct err *e)
{
	bool came = false;

	for (unsigned i = 0; i < WAITS && !came && !s->stop; i++)
		if (!imap_wait(c->box, WAIT, &came, e))
			return false;
	return true;
}

static bool collect_all(struct service *s, struct collector *c, struct arena *a, struct err *e)
{
	return open_box(s, c, a, e) && collect(s, c, a, e) &&
	       (c->came > 0 || (wait_for_more(s, c, e) && collect(s, c, a, e)));
}

// However long a server is away, its mail is asked for when it is there again.
static int64_t again(struct collector *c, const struct err *e, int64_t now)
{
	int64_t wait = FIRST_AGAIN;

	for (unsigned i = 0; i < c->failures && wait < LAST_AGAIN; i++)
		wait *= 2;
	c->failures++;
	return now + (e->kind == ERR_CONFIG ? NO_AGAIN : wait) * TIME_SECOND;
}

bool do_collect(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
{
	struct collector *c = collector_of(s);

	(void)key; // there is one mailbox
	c->came = 0;
	if (str_eq(s->home.mail.inbox, S("none"))) {
		out->result = S("no mailbox is set");
		return true;
	}
	if (!collect_all(s, c, a, e)) {
		if (e->kind != ERR_DENIED)
			imap_close(TAKE(c->box, NULL));
		if (c->came > 0)
			c->failures = 0;
		out->again = again(c, e, home_moment(&s->home));
		return false;
	}
	c->failures = 0;
	out->result = arena_fmt(a, "%u came", c->came);
	out->next = home_moment(&s->home) + (c->came > 0 ? 0 : EMPTY_SECONDS * TIME_SECOND);
	return true;
}
