// How many mails a second are written on one processor: a document of some 6 kB as text and HTML,
// with two attachments, as an entity and a message. usage: mails [SECONDS]
#include "base/arena.h"
#include "codec/mail/mime.h"
#include "codec/text/prose.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { FINDINGS = 12, ROWS = 20, ROOM = 1 << 17 };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void document(struct prose *p)
{
	prose_heading(p, 1);
	prose_text(p, S("KRITIEK – 1 systeem van u kan nu worden overgenomen; 2 andere meldingen "
			"zijn hoog."));
	for (unsigned i = 0; i < FINDINGS; i++) {
		prose_heading(p, 2);
		prose_text(p, S("VPN-gateway X"));
		prose_pair(p, S("Wat"));
		prose_foreign(p, PROSE_CODE, S("vpn.veldzicht.example (198.51.100.9)"));
		prose_pair(p, S("Gezien"));
		prose_text(p, S("ma 23 nov 04:09 (CET), voor het laatst di 24 nov 03:12 (CET)"));
		prose_pair(p, S("Doe nu"));
		prose_text(p, S("zet versie 13.1-55 of nieuwer; kan dat niet vóór 12:00, sluit de "
				"beheerpoort dan af en laat ons dat weten."));
		prose_bullet(p, 1);
		prose_link(p, S("antwoord"), S("https://waker.example/a/0123456789abcdef"));
		prose_bullet(p, 1);
		prose_text(p, S("of beantwoord deze mail; dag en nacht ook per telefoon."));
	}
}

static size_t one(struct arena *a, const struct mime_attachment *files)
{
	static const struct header_mailbox to = { S("Zoë de Vries"), S("zoe@m.example") };
	static const struct mime_head head = {
		.from = { S("Z-CERT"), S("desk@z.example") },
		.to = &to,
		.to_count = 1,
		.subject = S("[TLP:AMBER+STRICT] [Z-CERT N-9WKD47-K] Kritiek: antwoord vóór 12:00"),
		.date = 1795640866000000,
		.message_id = S("n-9wkd47-k@z.example"),
		.waker_ref = S("N-9WKD47-K"),
	};
	struct buf text = { .p = arena_new(a, char, ROOM), .cap = ROOM };
	struct buf html = { .p = arena_new(a, char, ROOM), .cap = ROOM }, entity, whole;
	struct mime_content c = { .attachments = files, .attachment_count = 2 };
	struct prose p;
	struct err e;

	prose_begin(&p, a);
	document(&p);
	prose_write_text(&p, &text);
	prose_write_html(&p, S("nl"), S("N-9WKD47-K"), &html);
	c.text = buf_view(&text);
	c.html = buf_view(&html);
	c.protection = MIME_SIGNED;
	c.inner = &head;
	entity = (struct buf){ .cap = mime_room(&c) };
	entity.p = arena_new(a, char, entity.cap);
	whole = (struct buf){ .cap = mime_head_room(&head) + entity.cap };
	whole.p = arena_new(a, char, whole.cap);
	if (!mime_entity(&c, &entity, &e) || !mime_message(&head, buf_view(&entity), &whole, &e) ||
	    whole.over)
		exit(1);
	return text.n + (whole.n << 32);
}

int main(int argc, char **argv)
{
	const double seconds = argc > 1 ? strtod(argv[1], NULL) : 2, start = now();
	char bytes[ROWS * 100];
	struct buf rows = BUF_ON(bytes);
	struct mime_attachment files[2];
	autoarena a = { 0 };
	size_t n = 0, sizes = 0;

	for (unsigned i = 0; i < ROWS; i++)
		buf_str(&rows, S("198.51.100.9,vpn.veldzicht.example,2026-11-24T03:12:00Z,x\n"));
	files[0] = (struct mime_attachment){ S("N.csv"), S("text/csv"), buf_view(&rows) };
	files[1] =
		(struct mime_attachment){ S("N.jsonl"), S("application/jsonl"), buf_view(&rows) };
	arena_init(&a, 1 << 24);
	for (; n % 64 != 0 || now() - start < seconds; n++) {
		char *mark = arena_mark(&a);

		sizes = one(&a, files);
		arena_back(&a, mark);
	}
	printf("%zu bytes of text, %zu of the message: %.0f mails a second\n", sizes & UINT32_MAX,
	       sizes >> 32, (double)n / (now() - start));
	return 0;
}
