#include "task/tell/alert.h"

#include "base/time.h"
#include "base/utf8.h"
#include "model/notice/tlp.h"
#include "os/markdown.h"
#include "task/tell/act.h"

enum { LIMIT = 256 << 20 };

static bool is_text(struct str s, bool lines)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c < 0x20 && !(lines && (c == '\n' || c == '\t' || c == '\r'))) || c == 0x7f)
			return false;
	}
	return utf8_is(s);
}

// Members read it as mails show it: what they cannot show is said before it is sent.
static bool is_markdown(struct str body, struct err *e)
{
	autoarena a = { 0 };
	struct prose p;

	arena_init(&a, LIMIT);
	prose_begin(&p, &a);
	return markdown_read(body, 1, &p, e);
}

static bool check_one(struct str title, struct str body, const char *language, struct err *e)
{
	if (title.n == 0 && body.n == 0)
		return true;
	if (title.n == 0 || body.n == 0)
		return err_set(e, ERR_INPUT, "the %s text has no %s", language,
			       title.n == 0 ? "title" : "body");
	if (title.n > ALERT_TITLE || body.n > ALERT_BODY)
		return err_set(e, ERR_INPUT,
			       "the %s text is too long: a title has %d bytes, a body %d", language,
			       (int)ALERT_TITLE, (int)ALERT_BODY);
	if (!is_text(title, false) || !is_text(body, true))
		return err_set(
			e, ERR_INPUT,
			"the %s text has control characters or is not UTF-8, or its title has more "
			"than one line",
			language);
	return is_markdown(body, e) || err_in(e, "the %s text", language);
}

bool alert_check(const struct alert_row *x, struct err *e)
{
	enum tlp tlp;

	if (x->title.n == 0 && x->title_nl.n == 0)
		return err_set(e, ERR_INPUT, "there is no title: --title, --title-nl or both");
	if (!tlp_read(x->tlp, &tlp))
		return err_set(e, ERR_INPUT, "\"" STR_FMT "\" is no TLP label",
			       STR_ARG(str_first(x->tlp, 40)));
	if (tlp == TLP_RED)
		return err_set(
			e, ERR_INPUT,
			"TLP:RED is for those who are named, and never sent by a machine: call "
			"them");
	return check_one(x->title, x->body, "English", e) &&
	       check_one(x->title_nl, x->body_nl, "Dutch", e);
}

bool alert_send(struct db *d, struct alert_row *x, const struct audience *to, struct composed *out,
		struct err *e)
{
	autoarena a = { 0 };
	struct composing c = { .d = d, .a = &a, .now = x->made, .out = out };

	arena_init(&a, LIMIT);
	if (!compose_begin(&c, e))
		return false;
	if (c.t.mode == TELL_OFF)
		return err_set(e, ERR_CONFLICT,
			       "nothing leaves: the mode is off ('waker notice mode on')");
	if (!alert_add(d, x, e))
		return false;
	LIST_EACH (const int64_t, member, &to->members) {
		struct message_row m = {
			.member = *member,
			.kind = MESSAGE_ALERT,
			.urgency = URGENCY_AT_ONCE,
			.due = x->made + ALERT_HOLD_SECONDS * TIME_SECOND,
			.alert = x->id,
		};
		char *mark = arena_mark(&a);

		if (!compose_add(&c, &m, e) || !compose_deliver(&c, &m, false, e))
			return false;
		arena_back(&a, mark);
	}
	return true;
}

struct messages {
	LIST(struct message_row) at;
};

static bool messages_of(struct db *d, int64_t alert, struct arena *a, struct messages *out,
			struct err *e)
{
	struct message_filter f = { .state = -1, .alert = alert, .most = INT64_MAX };
	autorows r = NULL;
	struct message_row m;

	if (!message_list(d, &f, &r, e))
		return false;
	while (message_next_row(r, &m, e)) {
		m.slug = (struct str){ 0 }; // it goes with the row
		*list_add(&out->at, a) = m;
	}
	return e->kind == ERR_NONE;
}

bool alert_cancel(struct db *d, int64_t alert, int64_t now, int64_t *count, struct err *e)
{
	autoarena a = { 0 };
	struct messages all = { 0 };
	struct told_by by = { now, S("") };

	arena_init(&a, LIMIT);
	*count = 0;
	if (!messages_of(d, alert, &a, &all, e))
		return false;
	LIST_EACH (struct message_row, m, &all.at)
		if (message_may(m->state, MESSAGE_CANCEL)) {
			if (!tell_act(d, m, MESSAGE_CANCEL, &by, e))
				return false;
			*count += 1;
		}
	return true;
}
