#include "base/time.h"
#include "store/web.h"
#include "ui/web/views.h"

enum {
	STUCK_MINUTES = 15
}; // since which what is to leave at once, or is to be sealed or sent, waits

static bool say_text(struct web_call *c, struct str text, const char *type)
{
	c->out->type = type;
	c->out->body = text;
	return true;
}

bool web_health(struct web_call *c, struct err *e)
{
	(void)e;
	return say_text(c, S("ok\n"), "text/plain; charset=utf-8");
}

bool web_ready(struct web_call *c, struct err *e)
{
	int64_t since;

	if (!web_stuck_since(c->web->home->db, c->now, &c->web->a, &since, e))
		return false;
	if (since == 0 || since > c->now - STUCK_MINUTES * TIME_MINUTE)
		return say_text(c, S("ready\n"), "text/plain; charset=utf-8");
	c->out->status = HTTP_UNAVAILABLE;
	return say_text(c, S("not ready: what is to be sent waits\n"), "text/plain; charset=utf-8");
}

bool web_style(struct web_call *c, struct err *e)
{
	(void)e;
	return say_text(c, page_style, "text/css; charset=utf-8");
}
