#include "task/audit/write.h"
#include "task/hear/hear.h"
#include "task/hear/keep.h"
#include "task/service/do.h"
#include "task/service/keys_desk.h"

enum { NOTE_ROOM = 1 << 20 };

static bool keep(struct service *s, const struct job_row *j, void *kept, struct err *e)
{
	(void)j;
	return hear_over(&s->home, kept, e);
}

// An answer is a row of the audit, whose newest is noted beside it.
static void after(struct service *s, void *kept)
{
	const struct heard_mail *m = kept;
	autoarena a = { 0 };
	struct err e = { 0 };

	arena_init(&a, NOTE_ROOM);
	if (m->answers.count > 0 && !audit_note_head(&s->home, &a, &e))
		log_err(&s->log, LOG_WARNING, "the audit's end is not noted", &e);
}

bool do_hear(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
{
	struct heard_mail *m = arena_new(a, struct heard_mail, 1);
	struct hearing h = { .home = &s->home };
	int64_t mail;

	if (!hear_key_read(key, &mail, e) || !keys_desk_reader(s, &h.reader, e) ||
	    !hear_mail(&h, mail, a, m, e))
		return false;
	out->result =
		m->gone ? S("it was read already")
			: arena_fmt(a, STR_FMT ": " STR_FMT, STR_ARG(mail_kind_word(m->row.kind)),
				    STR_ARG(m->row.says));
	out->keep = keep;
	out->after = after;
	out->kept = m;
	return true;
}
