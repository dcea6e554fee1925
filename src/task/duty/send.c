#include "task/duty/send.h"

#include "base/time.h"
#include "codec/mail/smtp_write.h"
#include "codec/text/id.h"
#include "os/program.h"
#include "store/duty.h"
#include "task/answer/link.h"
#include "task/hook/hook.h"
#include "task/hook/post.h"
#include "task/mail/note.h"

enum { SAID = 200, TEXT = 256, PRINTED = 4096 };

void duty_sender_close(struct duty_sender *s)
{
	if (s->open)
		ways_close(&s->ways);
	smtp_client_free(s->smtp);
	http_client_free(s->http);
	*s = (struct duty_sender){ .home = s->home };
}

// ---- what it says

struct paging {
	struct duty_sender *s;
	const struct try_row *x;
	struct arena *a;
	char id[ID_TEXT];
	struct str head, link; // "P-00000A-7 priority 1"; where it is taken
};

static void say(struct paging *p, struct str token)
{
	const struct str portal = p->s->home->portal;

	id_write('P', (uint32_t)p->x->page, p->id);
	if (p->x->kind == PAGE_TEST)
		p->head = arena_fmt(p->a, "%s test", p->id);
	else if (p->x->severity > 0)
		p->head = arena_fmt(p->a, "%s priority %u", p->id, (unsigned)p->x->severity);
	else
		p->head = arena_fmt(p->a, "%s priority 1", p->id);
	p->link = str_eq(portal, S("none"))
			  ? arena_fmt(p->a, "waker page take %s", p->id)
			  : arena_fmt(p->a, STR_FMT "/p/" STR_FMT, STR_ARG(portal), STR_ARG(token));
}

static struct str line_of(const struct paging *p)
{
	return arena_fmt(p->a, STR_FMT ". Take it: " STR_FMT, STR_ARG(p->head), STR_ARG(p->link));
}

// ---- by each way

static bool by_mail(struct paging *p, struct err *e)
{
	const struct home *h = p->s->home;
	struct smtp_mail m = { .from = h->mail.from, .to = p->x->address };
	struct smtp_answer got;
	struct route route;
	struct str domain;
	unsigned hop;

	if (str_eq(m.from, S("none")))
		return err_set(e, ERR_CONFIG, "[mail] from is not set");
	if (!smtp_address(m.to, &domain, e) || (!p->s->open && !ways_open(h, &p->s->ways, e)))
		return false;
	p->s->open = true;
	if (p->s->smtp == NULL)
		p->s->smtp = smtp_client_new();
	m.bytes = note_mail(&(struct note){ m.from, m.to, p->head,
					    arena_fmt(p->a, STR_FMT "\r\n", STR_ARG(line_of(p))),
					    home_moment(h) },
			    p->a);
	return route_mail(&p->s->ways, domain, false, p->a, &route, e) &&
	       route_send(p->s->smtp, &route, &m, &hop, &got, e);
}

static bool by_hook(struct paging *p, struct err *e)
{
	const struct home *h = p->s->home;
	struct hook hook = { .url = p->x->address, .example = h->example };
	struct hook_message m = { .moment = home_moment(h) / TIME_SECOND };
	struct hook_answer got;
	bool ok;

	if (p->s->http == NULL)
		p->s->http = http_client_new();
	m.id = arena_fmt(p->a, "%s-%lld", p->id, (long long)p->x->id);
	m.body = arena_fmt(p->a,
			   "{\"page\":\"%s\",\"test\":%s,\"priority\":%u,\"link\":\"" STR_FMT "\"}",
			   p->id, p->x->kind == PAGE_TEST ? "true" : "false",
			   p->x->severity > 0 ? (unsigned)p->x->severity : 1, STR_ARG(p->link));
	ok = hook_secrets(h, DUTY_HOOK, hook.secret, e) &&
	     hook_post(p->s->http, &hook, &m, &got, e);
	explicit_bzero(hook.secret, sizeof hook.secret);
	return ok;
}

static bool by_gateway(struct paging *p, struct err *e)
{
	const struct home *h = p->s->home;
	const char *const args[] = { str_z(p->a, page_way_word(p->x->way)),
				     str_z(p->a, p->x->address), NULL };
	const struct program run = { .path = str_z(p->a, h->duty.gateway),
				     .args = args,
				     .in = arena_fmt(p->a, STR_FMT "\n", STR_ARG(line_of(p))),
				     .errors = true,
				     .seconds = DUTY_GATEWAY_SECONDS };
	struct buf said = { .p = arena_new(p->a, char, PRINTED), .cap = PRINTED };
	struct str first;

	if (str_eq(h->duty.gateway, S("none")))
		return err_set(e, ERR_CONFIG, "[duty] gateway is not set");
	if (program_run(&run, &said, e))
		return true;
	first = buf_view(&said);
	first = str_trim(str_cut(&first, '\n'));
	return err_in(e, STR_FMT "%s" STR_FMT, STR_ARG(h->duty.gateway), first.n > 0 ? ": " : "",
		      STR_ARG(str_first(first, SAID)));
}

static bool give(struct paging *p, struct err *e)
{
	switch (p->x->way) {
	case PAGE_BY_MAIL:
		return by_mail(p, e);
	case PAGE_BY_HOOK:
		return by_hook(p, e);
	case PAGE_BY_SMS:
	case PAGE_BY_VOICE:
		return by_gateway(p, e);
	case PAGE_WAY_COUNT:
		break;
	}
	return err_set(e, ERR_INPUT, "there is no such way");
}

// ---- one after another

static bool begun(struct db *d, int64_t id, struct str token, struct err *e)
{
	unsigned char digest[DIGEST_BYTES];

	answer_digest(token, digest);
	if (!db_begin(d, e))
		return false;
	if (try_begun(d, id, (struct str){ (const char *)digest, sizeof digest }, e))
		return db_commit(d, e);
	db_abort(d);
	return false;
}

static bool over(const struct home *h, const struct try_row *x, const struct err *why,
		 struct err *e)
{
	const bool given = why->kind == ERR_NONE;

	if (!db_begin(h->db, e))
		return false;
	if (try_over(h->db, x->id, given ? PAGE_SENT : PAGE_FAILED, str_of(why->text), e) &&
	    (given || page_hurry(h->db, x->page, home_moment(h), e)))
		return db_commit(h->db, e);
	db_abort(h->db);
	return false;
}

static bool send_one(struct duty_sender *s, const struct try_row *x, struct arena *a, struct err *e)
{
	struct paging p = { .s = s, .x = x, .a = a };
	char token[ANSWER_TOKEN], code[ANSWER_CODE];
	const struct str drawn = { token, sizeof token };
	struct err why = { 0 };

	answer_token(token, code);
	say(&p, drawn);
	if (!begun(s->home->db, x->id, drawn, e))
		return false;
	if (give(&p, &why))
		why = (struct err){ 0 };
	return over(s->home, x, &why, e);
}

bool duty_send(struct duty_sender *s, struct arena *a, unsigned *sent, struct err *e)
{
	LIST(struct try_row) all = { 0 };
	autorows r = NULL;
	struct try_row x;

	*sent = 0;
	if (!try_waiting(s->home->db, DUTY_AT_A_TIME, &r, e))
		return false;
	while (try_next_waiting(r, &x, e)) {
		x.address = arena_str(a, x.address);
		*list_add(&all, a) = x;
	}
	if (e->kind != ERR_NONE)
		return false;
	LIST_EACH (const struct try_row, t, &all) {
		if (!send_one(s, t, a, e))
			return false;
		(*sent)++;
	}
	return true;
}
