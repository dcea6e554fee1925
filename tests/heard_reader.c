// What the caged reader (os/mime.h) says of mails, for tests/heard: for each file that is named its
// fields and parts as "NAME LENGTH\n" and so many bytes, and "end 0\n" behind them.
// usage: heard_reader MAIL…
#include "os/file.h"
#include "os/mime.h"

#include <stdio.h>

enum { MOST = 64 << 20, ROOM = 160 << 20 };

static void say(const char *name, struct str value)
{
	printf("%s %zu\n", name, value.n);
	fwrite(value.p, 1, value.n, stdout);
}

static void say_number(const char *name, int64_t value)
{
	char room[32];

	say(name,
	    (struct str){ room, (size_t)snprintf(room, sizeof room, "%lld", (long long)value) });
}

static void say_heard(const struct heard_whole *h, const struct err *trouble)
{
	for (unsigned i = 0; i < HEARD_FIELD_COUNT; i++)
		if (h->field[i].p != NULL) {
			say("field", heard_field_name(i));
			say("value", h->field[i]);
		}
	LIST_EACH (const struct heard_part, p, &h->parts) {
		say("part", p->type);
		say("name", p->name);
		say("protocol", p->protocol);
		say_number("parent", p->parent);
		say_number("attached", p->attached);
		say_number("cut", p->cut);
		say_number("size", (int64_t)p->size);
		say("text", p->text);
	}
	say_number("body", heard_body(h) != NULL ? heard_body(h) - h->parts.at : -1);
	say_number("broken", h->broken);
	say_number("left_out", (int64_t)h->left_out);
	if (trouble != NULL)
		say("trouble", str_of(trouble->text));
	say("end", (struct str){ 0 });
}

int main(int argc, char **argv)
{
	struct err e = { 0 };
	automime r = mime_reader_new(&e);
	autoarena a = { 0 };

	arena_init(&a, ROOM);
	for (int i = 1; i < argc && r != NULL; i++) {
		char *mark = arena_mark(&a);
		struct str mail;
		struct heard_whole h;

		if (!file_read(argv[i], MOST, &a, &mail, &e) ||
		    !mime_reader_read(r, mail, &a, &h, &e))
			break;
		say_heard(&h, mime_reader_trouble(r));
		arena_back(&a, mark);
	}
	if (e.kind != ERR_NONE)
		fprintf(stderr, "%s\n", e.text);
	return e.kind != ERR_NONE;
}
