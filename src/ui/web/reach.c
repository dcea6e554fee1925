#include "task/reach/reach.h"

#include "codec/text/id.h"
#include "ui/web/views.h"

static bool open_page(struct web_call *c, struct reach_page *out, struct err *e)
{
	if (!reach_open(c->web->home->db, c->part, c->now, &c->web->a, out, e))
		return false;
	// Who got the mail reads its language, unless they asked for another.
	if (http_ask_query(c->ask, "l").n == 0 && out->language.n > 0)
		c->page.language = str_eq(out->language, S("nl")) ? PAGE_DUTCH : PAGE_ENGLISH;
	return true;
}

// machine: probably one pressed the button.
static void put(struct web_call *c, const struct reach_page *p, bool confirmed, bool machine)
{
	char id[ID_TEXT];

	id_write('N', p->number, id);
	web_begin(c, WORD_REACH_TITLE);
	page_reach_head(&c->page, str_of(id), p->member);
	if (machine)
		page_reach_machine(&c->page);
	if (confirmed)
		page_reach_done(&c->page);
	else
		page_reach_ask(&c->page);
	web_end(c);
}

bool web_reach(struct web_call *c, struct err *e)
{
	struct reach_page p;

	if (!open_page(c, &p, e))
		return false;
	put(c, &p, p.is.confirmed > 0, false);
	return true;
}

bool web_reached(struct web_call *c, struct err *e)
{
	struct reach_page p;
	bool doubted;

	if (!open_page(c, &p, e))
		return false;
	p.machines = web_from_machines(c);
	if (!reach_press(c->web->home->db, &p, c->now, &doubted, e))
		return false;
	put(c, &p, !doubted, doubted);
	return true;
}
