// Writes the mails that tests/mails asks for. Standard input: values, each "KEY LENGTH\n" and its
// bytes; "write 0\n" ends a mail and begins the next. Standard output: for each mail "ok LENGTH\n"
// and its bytes, or "no LENGTH\n" and why.
#include "base/arena.h"
#include "codec/mail/mime.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_VALUE = 1 << 24, MAX_ARENA = 1 << 28, MAX_KEY = 24 };

struct asked {
	struct mime_head head, outer;
	struct header_mailbox to[MIME_MAX_TO];
	struct str references[2 * HEADER_MAX_IDS];
	struct mime_attachment attachments[MIME_MAX_ATTACHMENTS];
	struct mime_content content;
};

static const struct {
	const char *key;
	size_t at;
} texts[] = {
	{ "from", offsetof(struct asked, head.from.address) },
	{ "from_name", offsetof(struct asked, head.from.name) },
	{ "reply", offsetof(struct asked, head.reply_to.address) },
	{ "reply_name", offsetof(struct asked, head.reply_to.name) },
	{ "subject", offsetof(struct asked, head.subject) },
	{ "outer_subject", offsetof(struct asked, outer.subject) },
	{ "id", offsetof(struct asked, head.message_id) },
	{ "in_reply_to", offsetof(struct asked, head.in_reply_to) },
	{ "waker_ref", offsetof(struct asked, head.waker_ref) },
	{ "text", offsetof(struct asked, content.text) },
	{ "html", offsetof(struct asked, content.html) },
};

static void failed(const char *why)
{
	fprintf(stderr, "mail_writer: %s\n", why);
	exit(1);
}

// What comes in a number, or of which there may be several.
static void other(struct asked *m, struct str key, struct str value, const char *z)
{
	struct mime_content *c = &m->content;

	if (str_eq(key, S("date")))
		m->head.date = strtoll(z, NULL, 10);
	else if (str_eq(key, S("ahead")))
		m->head.ahead = strtoll(z, NULL, 10);
	else if (str_eq(key, S("seed")))
		c->seed = strtoull(z, NULL, 10);
	else if (str_eq(key, S("answers")))
		m->head.answers = true;
	else if (str_eq(key, S("protection")))
		c->protection = str_eq(value, S("signed")) ? MIME_SIGNED : MIME_SEALED;
	else if (str_eq(key, S("to_name")) && m->head.to_count < MIME_MAX_TO)
		m->to[m->head.to_count].name = value;
	else if (str_eq(key, S("to")) && m->head.to_count < MIME_MAX_TO)
		m->to[m->head.to_count++].address = value;
	else if (str_eq(key, S("reference")) && m->head.reference_count < COUNTOF(m->references))
		m->references[m->head.reference_count++] = value;
	else if (str_eq(key, S("file")) && c->attachment_count < MIME_MAX_ATTACHMENTS)
		m->attachments[c->attachment_count].name = value;
	else if (str_eq(key, S("type")) && c->attachment_count < MIME_MAX_ATTACHMENTS)
		m->attachments[c->attachment_count].type = value;
	else if (str_eq(key, S("bytes")) && c->attachment_count < MIME_MAX_ATTACHMENTS)
		m->attachments[c->attachment_count++].bytes = value;
	else
		failed(z);
}

static void take(struct asked *m, struct str key, struct str value, const char *z)
{
	for (size_t i = 0; i < COUNTOF(texts); i++)
		if (str_eq(key, str_of(texts[i].key))) {
			memcpy((char *)m + texts[i].at, &value, sizeof value);
			return;
		}
	other(m, key, value, z);
}

static void answer(const char *how, struct str bytes)
{
	printf("%s %zu\n", how, bytes.n);
	fwrite(bytes.p, 1, bytes.n, stdout);
	fflush(stdout);
}

static struct buf room_for(struct arena *a, size_t n)
{
	return (struct buf){ .p = arena_new(a, char, n), .cap = n };
}

static void write_mail(struct asked *m, struct arena *a)
{
	struct buf entity, whole;
	struct str outer = m->outer.subject;
	struct err e = { 0 };

	m->head.to = m->to;
	m->head.references = m->references;
	m->outer = m->head;
	if (outer.n > 0)
		m->outer.subject = outer;
	m->content.inner = &m->head;
	m->content.outer = &m->outer;
	m->content.attachments = m->attachments;
	entity = room_for(a, mime_room(&m->content));
	if (!mime_entity(&m->content, &entity, &e)) {
		answer("no", str_of(e.text));
		return;
	}
	whole = room_for(a, mime_head_room(&m->outer) + entity.n);
	if (!mime_message(&m->outer, buf_view(&entity), &whole, &e))
		answer("no", str_of(e.text));
	else if (entity.over || whole.over)
		answer("no", S("the room that was said to be enough was not"));
	else
		answer("ok", buf_view(&whole));
}

int main(void)
{
	static struct asked m;
	autoarena a = { 0 };
	char key[MAX_KEY];
	size_t n;

	arena_init(&a, MAX_ARENA);
	while (scanf("%23s %zu", key, &n) == 2 && getchar() == '\n') {
		char *bytes;

		if (str_eq(str_of(key), S("write"))) {
			write_mail(&m, &a);
			m = (struct asked){ 0 };
			arena_back(&a, a.start);
			continue;
		}
		if (n > MAX_VALUE)
			failed("a value is too long");
		bytes = arena_new(&a, char, n + 1);
		if (fread(bytes, 1, n, stdin) != n)
			failed("a value is not whole");
		take(&m, str_of(key), (struct str){ bytes, n }, bytes);
	}
	return 0;
}
