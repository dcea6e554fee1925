#include "task/duty/take.h"

#include "codec/text/id.h"
#include "store/desk.h"

bool duty_take(struct db *d, const struct page_row *p, const struct audit_by *by, int64_t channel,
	       struct arena *a, struct err *e)
{
	const struct desk_row item = { .kind = (enum desk_kind)p->kind,
				       .thing = p->thing,
				       .owner = by->who };
	char id[ID_TEXT];
	const struct audit_entry x = { .by = *by, .subject = { id, ID_TEXT - 1 } };

	if (p->ended > 0)
		return err_set(e, ERR_CONFLICT, STR_FMT "%s", STR_ARG(p->taker),
			       p->taker.n > 0 ? " has it" : "it is over");
	id_write('P', (uint32_t)p->id, id);
	return (p->kind == PAGE_TEST || desk_put(d, &item, by->now, e)) &&
	       (channel == 0 || channel_tested(d, channel, by->now, e)) &&
	       page_end(d, p->id, by->now, by->who, e) && audit_write(d, &x, a, e);
}
