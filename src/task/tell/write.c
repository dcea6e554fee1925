#include "task/tell/write.h"

#include "base/time.h"
#include "base/zone.h"
#include "codec/mail/mime.h"
#include "codec/text/id.h"
#include "codec/text/json_out.h"

enum { IDS = HEADER_MAX_IDS, HEAD = 4096, MACHINE_ROOM = 8 << 10 };

// ---- mail

static struct str domain_of(struct str address)
{
	str_cut(&address, '@');
	return address;
}

// "N-9WKD47-K.TAG@DOMAIN": the same however often it is sent.
static struct str message_id(struct str number, struct str tag, const struct home *h,
			     struct arena *a)
{
	struct str domain = domain_of(h->mail.from);

	return arena_fmt(a, STR_FMT "." STR_FMT "@" STR_FMT, STR_ARG(number), STR_ARG(tag),
			 STR_ARG(domain));
}

struct thread {
	struct str ids[IDS];
	size_t n;
};

static bool thread_of(const struct writing *w, struct arena *a, struct thread *out, struct err *e)
{
	const struct home *h = w->fill->home;
	autorows r = NULL;
	uint32_t number;
	struct str tag;

	out->n = 0;
	if (!delivery_thread(h->db, w->delivery, w->message->thread, &r, e))
		return false;
	while (out->n < IDS && delivery_next_thread(r, &number, &tag, e)) {
		char id[ID_TEXT];

		id_write('N', number, id);
		out->ids[out->n++] = message_id(str_of(id), tag, h, a);
	}
	return e->kind == ERR_NONE;
}

struct attachments {
	struct mime_attachment at[4];
	size_t n;
};

static void attach(struct attachments *to, struct str name, const char *type, struct str bytes)
{
	if (bytes.n > 0 && bytes.n <= WRITE_ATTACHED)
		to->at[to->n++] = (struct mime_attachment){ name, str_of(type), bytes };
}

static struct attachments attachments_of(const struct letter *l, const struct letter_out *w,
					 struct arena *a)
{
	const struct letter_team_key *k = &l->team_key;
	struct attachments to = { 0 };

	attach(&to, arena_fmt(a, STR_FMT ".csv", STR_ARG(l->id)), "text/csv", w->csv);
	attach(&to, arena_fmt(a, STR_FMT ".jsonl", STR_ARG(l->id)), "application/jsonl", w->jsonl);
	attach(&to, arena_fmt(a, STR_FMT ".asc", STR_ARG(k->fingerprint)), "application/pgp-keys",
	       k->armored);
	attach(&to, arena_fmt(a, "transition-%d.txt", k->year), "text/plain", k->statement);
	return to;
}

// The protected head stands within; outside it is the same, for a subject says no more than a
// number, how urgent it is, and of how many.
static void protect(const struct writing *w, const struct mime_head *head, struct mime_content *c)
{
	static const enum mime_protection as[] = {
		[RING_NOTHING] = MIME_OPEN,
		[RING_SIGNS] = MIME_SIGNED,
		[RING_SEALS] = MIME_SEALED,
	};

	c->protection = w->fill->ring == NULL ? MIME_OPEN : as[ring_does(w->with)];
	c->inner = head;
	c->outer = head;
}

static bool entity_of(const struct writing *x, const struct mime_head *head,
		      const struct letter_out *w, struct arena *a, struct str *out, struct err *e)
{
	const struct letter *l = &x->filled->letter;
	const struct attachments files = attachments_of(l, w, a);
	struct mime_content c = { .text = w->text, .html = w->html, .seed = x->with->seed };
	struct buf b = { 0 };

	c.attachments = files.at;
	c.attachment_count = files.n;
	protect(x, head, &c);
	b.cap = mime_room(&c);
	b.p = arena_new(a, char, b.cap);
	if (!mime_entity(&c, &b, e))
		return false;
	*out = buf_view(&b);
	if (b.over)
		return err_set(e, ERR_LIMIT, "the mail is too long");
	return c.protection == MIME_OPEN || ring_protect(x->fill->ring, x->with, *out, a, out, e);
}

bool write_mail(const struct writing *w, struct arena *a, struct str *out, struct err *e)
{
	const struct home *h = w->fill->home;
	const struct letter *l = &w->filled->letter;
	struct header_mailbox to = { w->filled->name, w->delivery->address };
	int64_t now = home_moment(h);
	struct thread *thread = arena_new(a, struct thread, 1);
	struct mime_head head = { .from = { h->team, h->mail.from },
				  .to = &to,
				  .to_count = 1,
				  .date = now,
				  .ahead = zone_ahead(now),
				  .waker_ref = l->id };
	struct letter_out words;
	struct str entity;
	struct buf b = { 0 };

	if (str_eq(h->mail.from, S("none")))
		return err_set(e, ERR_CONFIG, "[mail] from is not set: nobody can be written to");
	if (!thread_of(w, a, thread, e))
		return false;
	letter_write(l, a, &words);
	head.subject = words.subject;
	head.message_id = message_id(l->id, w->delivery->tag, h, a);
	if (!str_eq(h->mail.reply_to, S("none")))
		head.reply_to = (struct header_mailbox){ h->team, h->mail.reply_to };
	if (thread->n > 0)
		head.in_reply_to = thread->ids[thread->n - 1];
	head.references = thread->ids;
	head.reference_count = thread->n;
	if (!entity_of(w, &head, &words, a, &entity, e))
		return false;
	b.cap = mime_head_room(&head) + entity.n + HEAD;
	b.p = arena_new(a, char, b.cap);
	if (!mime_message(&head, entity, &b, e))
		return false;
	*out = buf_view(&b);
	return !b.over || err_set(e, ERR_LIMIT, "the mail is too long");
}

// ---- for machines

static void member(struct buf *b, const char *key, struct str value)
{
	buf_fmt(b, ",\"%s\":", key);
	json_str(b, value);
}

static void member_time(struct buf *b, const char *key, int64_t t)
{
	char text[TIME_TEXT];

	if (t <= 0)
		return;
	text[time_write(t, text)] = '\0';
	member(b, key, str_of(text));
}

// What of a message is said to a machine, besides its findings. One that may not hear more is told
// of it by number alone.
static void say(struct buf *b, const struct message_row *m, const struct filled *f)
{
	const struct letter *l = &f->letter;

	buf_str(b, S("\"notice\":"));
	json_str(b, l->id);
	member_time(b, "made", m->made);
	member(b, "tlp", tlp_label(l->neutral ? TLP_CLEAR : l->tlp));
	if (l->neutral)
		return;
	member(b, "kind", message_kind_word(m->kind));
	member_time(b, "answer_by", m->answer);
	if (l->title.n > 0)
		member(b, "title", l->title);
	if (l->title_nl.n > 0)
		member(b, "title_nl", l->title_nl);
}

struct str write_hook(const struct message_row *m, const struct filled *f, struct arena *a)
{
	struct letter_out w = { 0 };
	struct buf b = { 0 };
	struct str lines;
	bool first = true;

	letter_write(&f->letter, a, &w);
	b.cap = w.jsonl.n + MACHINE_ROOM;
	b.p = arena_new(a, char, b.cap);
	buf_str(&b, S("{\"type\":\"notice"));
	if (!f->letter.neutral)
		buf_fmt(&b, "." STR_FMT, STR_ARG(message_kind_word(m->kind)));
	buf_char(&b, '"');
	member_time(&b, "timestamp", m->made);
	buf_str(&b, S(",\"data\":{"));
	say(&b, m, f);
	buf_str(&b, S(",\"findings\":["));
	for (lines = w.jsonl; lines.n > 0; first = false) {
		if (!first)
			buf_char(&b, ',');
		buf_str(&b, str_cut(&lines, '\n'));
	}
	buf_str(&b, S("]}}"));
	return buf_view(&b);
}

struct str write_file(const struct message_row *m, const struct filled *f, struct arena *a)
{
	struct letter_out w = { 0 };
	struct buf b = { 0 };

	letter_write(&f->letter, a, &w);
	b.cap = w.jsonl.n + MACHINE_ROOM;
	b.p = arena_new(a, char, b.cap);
	buf_char(&b, '{');
	say(&b, m, f);
	buf_str(&b, S("}\n"));
	buf_str(&b, w.jsonl);
	return buf_view(&b);
}
