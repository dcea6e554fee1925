#include "base/time.h"
#include "os/file.h"
#include "os/imap.h"
#include "task/credentials.h"
#include "task/hear/keep.h"
#include "task/service/do.h"

#include <stdio.h>
#include <unistd.h>

enum {
	AT_A_TIME = 50,    // mails of one look
	WAIT = 4000,       // milliseconds that a word of the server is waited for at a time …
	WAITS = 5,         // … and how often, before the job is written down as done
	SHUT_MINUTES = 60, // after which a connection is made anew: settings and passwords change
};

// What this role keeps open.
struct collector {
	struct imap *box;
	int64_t opened;
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

static bool open_box(struct service *s, struct collector *c, struct err *e)
{
	const struct home *h = &s->home;
	struct imap_place p = { .lan = true };
	autocredentials secret = { 0 };

	if (c->box != NULL && h->now < c->opened + SHUT_MINUTES * TIME_MINUTE)
		return true;
	imap_close(TAKE(c->box, NULL));
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
	return imap_open(&p, &c->box, e);
}

// Kept, and only then marked: one that is kept and not marked comes again, and is known by its bytes.
static bool take(struct service *s, struct collector *c, uint32_t uid, struct arena *a,
		 struct err *e)
{
	struct hear_kept kept;
	autofd fd = -1;

	if (!file_in_memory(&fd, e) || !imap_get(c->box, uid, HEAR_BYTES, fd, e)) {
		if (e->kind != ERR_ABSENT && e->kind != ERR_LIMIT)
			return false;
		log_err(&s->log, LOG_WARNING, "a mail was left in the mailbox", e);
		*e = (struct err){ 0 };
		return imap_mark(c->box, uid, e);
	}
	if (lseek(fd, 0, SEEK_SET) != 0)
		return err_set(e, ERR_SYSTEM, "the mail cannot be read again: %m");
	return hear_keep(&s->home, MAIL_BY_IMAP, fd, a, &kept, e) && imap_mark(c->box, uid, e);
}

static bool collect(struct service *s, struct collector *c, struct arena *a, unsigned *count,
		    struct err *e)
{
	uint32_t uid[AT_A_TIME];
	size_t n = AT_A_TIME;

	if (!imap_new(c->box, uid, &n, e))
		return false;
	for (size_t i = 0; i < n && !s->stop; i++) {
		if (!take(s, c, uid[i], a, e))
			return false;
		(*count)++;
	}
	return true;
}

static bool wait_for_more(struct service *s, struct collector *c, struct err *e)
{
	bool came = false;

	for (unsigned i = 0; i < WAITS && !came && !s->stop; i++)
		if (!imap_wait(c->box, WAIT, &came, e))
			return false;
	return true;
}

static bool collect_all(struct service *s, struct collector *c, struct arena *a, unsigned *count,
			struct err *e)
{
	return open_box(s, c, e) && collect(s, c, a, count, e) &&
	       (*count > 0 || wait_for_more(s, c, e)) && (*count > 0 || collect(s, c, a, count, e));
}

bool do_collect(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
{
	struct collector *c = collector_of(s);
	unsigned count = 0;

	(void)key; // there is one mailbox
	if (str_eq(s->home.mail.inbox, S("none"))) {
		out->result = S("no mailbox is set");
		return true;
	}
	if (!collect_all(s, c, a, &count, e)) {
		imap_close(TAKE(c->box, NULL));
		return false;
	}
	out->result = arena_fmt(a, "%u came", count);
	out->next = home_moment(&s->home);
	return true;
}
