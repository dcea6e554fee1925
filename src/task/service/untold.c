#include "task/service/untold.h"

#include "base/time.h"
#include "codec/text/id.h"
#include "store/message.h"

static void need_one(const struct message_row *m, struct arena *a, struct status *s)
{
	char id[ID_TEXT];

	id_write('N', m->number, id);
	*list_add(&s->needs, a) = (struct status_need){
		CONDITION_UNTOLD, arena_str(a, str_of(id)),
		arena_fmt(a,
			  m->kind == MESSAGE_REMINDER ? "nobody answers %s (" STR_FMT ", " STR_FMT
							"): an officer calls"
						      : "%s (" STR_FMT ", " STR_FMT
							") reached nobody: an officer calls",
			  id, STR_ARG(m->slug), STR_ARG(message_kind_word(m->kind))),
		arena_fmt(a, "waker calls show %s", id)
	};
}

static void need_all(int64_t n, struct arena *a, struct status *s)
{
	*list_add(&s->needs, a) =
		(struct status_need){ CONDITION_UNTOLD, S(""),
				      arena_fmt(a, "%lld notices reached nobody", (long long)n),
				      S("waker calls list") };
}

static bool need_failed(struct db *d, struct arena *a, struct status *s, struct err *e)
{
	struct message_filter f = { .state = MESSAGE_FAILED, .most = INT64_MAX };
	size_t before = s->needs.count;
	autorows r = NULL;
	struct message_row m;
	int64_t n = 0;

	if (!message_list(d, &f, &r, e))
		return false;
	while (message_next_row(r, &m, e))
		if (++n <= UNTOLD_MOST)
			need_one(&m, a, s);
	if (n > UNTOLD_MOST) {
		s->needs.count = before;
		need_all(n, a, s);
	}
	return e->kind == ERR_NONE;
}

bool untold_need(struct db *d, struct arena *a, struct status *s, struct err *e)
{
	struct telling t;
	char since[TIME_TEXT];

	if (!telling(d, a, &t, e))
		return false;
	if (t.stopped != 0) {
		since[time_write(t.stopped, since)] = '\0';
		*list_add(&s->needs, a) =
			(struct status_need){ CONDITION_SENDING, S(""),
					      arena_fmt(a,
							"all sending is held since %s, by " STR_FMT,
							since, STR_ARG(t.who)),
					      S("waker notice resume") };
	}
	return need_failed(d, a, s, e);
}
