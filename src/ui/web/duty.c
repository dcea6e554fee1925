#include "store/duty.h"

#include "codec/text/id.h"
#include "model/notice/letter.h"
#include "task/answer/link.h"
#include "task/duty/take.h"
#include "ui/web/views.h"

static bool find(struct web_call *c, struct try_link *out, struct err *e)
{
	unsigned char digest[DIGEST_BYTES];

	answer_digest(c->part, digest);
	return try_by_token(c->web->home->db, (struct str){ (const char *)digest, sizeof digest },
			    &c->web->a, out, e) ||
	       (e->kind == ERR_NONE && err_set(e, ERR_ABSENT, "there is no such page"));
}

static void put_head(struct web_call *c, const struct page_row *p)
{
	const bool dutch = c->page.language == PAGE_DUTCH;
	const enum severity s = p->severity > 0 ? p->severity : SEVERITY_CRITICAL;
	char id[ID_TEXT], at[LETTER_TIME];

	id_write('P', (uint32_t)p->id, id);
	web_begin(c, WORD_DUTY_TITLE);
	page_duty_head(&c->page, str_of(id), web_level(c, s),
		       letter_time(p->made, dutch, false, at), p->kind == PAGE_TEST);
}

bool web_page(struct web_call *c, struct err *e)
{
	struct try_link link;

	if (!find(c, &link, e))
		return false;
	put_head(c, &link.page);
	if (link.page.ended == 0)
		page_duty_take(&c->page);
	else if (link.page.taker.n > 0)
		page_duty_taken(&c->page, link.page.taker);
	else
		page_duty_over(&c->page);
	web_end(c);
	return true;
}

// Who takes what another took a moment before sees who that is.
bool web_page_taken(struct web_call *c, struct err *e)
{
	struct audit_by by = { .verb = S("page take"), .now = c->now };
	struct try_link link;

	if (!find(c, &link, e))
		return false;
	by.who = link.name;
	if (link.page.ended > 0) {
		c->undo = true;
		return web_page(c, e);
	}
	if (!duty_take(c->web->home->db, &link.page, &by, link.channel, &c->web->a, e))
		return false;
	put_head(c, &link.page);
	page_duty_yours(&c->page, link.page.kind == PAGE_TEST);
	web_end(c);
	return true;
}
