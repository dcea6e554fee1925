#include "base/test.h"
#include "model/feed/event_json.h"
#include "os/cage.h"
#include "os/file.h"
#include "task/watch/scan.h"

#include <stdlib.h>
#include <unistd.h>

enum { ROOM = 256 << 20, TOLD = 8 << 20 };

// What is told of a file is told whether it is read alone or behind the others.
enum file { GOOD, JUNK, CUT, OTHER, DEADLY, DEADLY_LATER, WIDE, FILES };
static const char *const says[FILES] = {
	[CUT] = "cut off",
	[OTHER] = "has no column \"ip\"",
	[DEADLY] = "the caged reader",
	[DEADLY_LATER] = "the caged reader",
};

struct world {
	struct arena a;
	char folder[32];
	struct feed csv, json, deadly;
	const char *path[FILES];
	struct buf told; // of the file at hand
};

static struct str many(struct world *w, struct str line, unsigned times, struct str end)
{
	struct buf b = { .cap = line.n * times + end.n };

	b.p = arena_new(&w->a, char, b.cap);
	for (unsigned i = 0; i < times; i++)
		buf_str(&b, line);
	buf_str(&b, end);
	return buf_view(&b);
}

static void put(struct world *w, enum file f, struct str bytes)
{
	struct err e;

	w->path[f] = arena_fmt(&w->a, "%s/%d", w->folder, (int)f).p;
	CHECK(file_write(w->path[f], bytes, 0600, &e));
}

static void feed_of(struct world *w, struct str kind, struct str more, struct feed *out)
{
	struct str text = arena_fmt(&w->a,
				    "[feed]\nname = t\n[format]\nkind = " STR_FMT
				    "\n[columns]\nip = source.ip\n[select]\nip = address\n" STR_FMT,
				    STR_ARG(kind), STR_ARG(more));
	struct err e = { 0 };

	if (!feed_read(S("t"), text, &w->a, out, &e))
		printf("# %s\n", e.text);
	CHECK(e.kind == ERR_NONE);
}

static void build(struct world *w)
{
	*w = (struct world){ .folder = "/tmp/scan-XXXXXX" };
	arena_init(&w->a, ROOM);
	CHECK(mkdtemp(w->folder) != NULL);
	w->told = (struct buf){ .p = arena_new(&w->a, char, TOLD), .cap = TOLD };
	feed_of(w, S("delimited\nheader = yes"), S(""), &w->csv);
	feed_of(w, S("json-lines"), S(""), &w->json);
	feed_of(w, S("json-lines"), S("[set]\nextra.b = x if ip is nothing\n"), &w->deadly);
	w->deadly.types.at[0].fixed.at[0].field.p =
		(const char *)1; // who looks for an extra.b dies
	put(w, GOOD, S("ip,port\n192.0.2.1,80\n192.0.2.2,81\n"));
	put(w, JUNK, S("tag,ip\na,192.0.2.3,x\nb\nc,192.0.2.300\nd,192.0.2.4\n"));
	put(w, CUT, S("\x28\xb5\x2f\xfd"));
	put(w, OTHER, S("tag,port\na,80\n"));
	put(w, DEADLY, S("{\"ip\":\"192.0.2.5\",\"b\":1}\n"));
	put(w, DEADLY_LATER,
	    many(w, S("{\"ip\":\"192.0.2.5\"}\n"), 20000, S("{\"ip\":\"192.0.2.5\",\"b\":1}\n")));
	put(w, WIDE, many(w, S("{\"ip\":\"192.0.2.6\",\"b\":true}\n"), 30000, S("{no\n")));
}

static void destroy(struct world *w)
{
	struct err e;

	for (unsigned i = 0; i < FILES; i++)
		CHECK(file_remove(w->path[i], &e));
	CHECK(rmdir(w->folder) == 0);
	arena_done(&w->a);
}

static bool each(void *context, const struct scan_hit *hit, struct err *e)
{
	struct world *w = context;

	(void)e;
	buf_fmt(&w->told, "%llu %llu %u ", (unsigned long long)hit->record,
		(unsigned long long)hit->offset, hit->length);
	event_json(&w->told, hit->event, false);
	buf_char(&w->told, '\n');
	return true;
}

static struct scan scan_of(struct world *w, enum file f)
{
	const struct feed *feed = f < DEADLY ? &w->csv : f < WIDE ? &w->deadly : &w->json;

	return (struct scan){ .feed = feed,
			      .type = &feed->types.at[0],
			      .path = w->path[f],
			      .fd = -1,
			      .jobs = 1,
			      .give = SCAN_EVENTS,
			      .events = true,
			      .each = each,
			      .context = w };
}

struct heard {
	bool good;
	struct err e;
	struct scan_tally tally;
	struct str told;
};

static struct heard take(struct world *w, struct scanning *x)
{
	struct heard h = { 0 };

	w->told.n = 0;
	h.good = scan_end(x, &h.tally, &h.e);
	h.told = arena_str(&w->a, buf_view(&w->told));
	return h;
}

static struct heard alone(struct world *w, enum file f)
{
	const struct scan s = scan_of(w, f);
	struct scanning *x = scan_begin(&s, 1);
	struct heard h = take(w, x);

	scan_drop(x);
	return h;
}

static void same(const struct heard *a, const struct heard *b)
{
	if (!str_eq(str_of(a->e.text), str_of(b->e.text)))
		printf("# got  %s\n# want %s\n", a->e.text, b->e.text);
	CHECK(a->good == b->good && a->e.kind == b->e.kind);
	CHECK(str_eq(str_of(a->e.text), str_of(b->e.text)));
	CHECK(memcmp(&a->tally, &b->tally, sizeof a->tally) == 0);
	CHECK(str_eq(a->told, b->told));
}

static void is_as_said(const struct heard *h, enum file f)
{
	if (h->good != (says[f] == NULL))
		printf("# file %d: \"%s\", %zu told\n", (int)f, h->e.text, h->told.n);
	CHECK(h->good == (says[f] == NULL));
	CHECK(says[f] == NULL || str_contains(str_of(h->e.text), str_of(says[f])));
	CHECK((h->told.n > 0) == (says[f] == NULL || f == DEADLY_LATER));
}

TEST("scan: of each file of a group is told what is told of it alone, whatever the others are")
{
	// clang-format off
	static const enum file orders[][FILES] = {
		{ GOOD, JUNK, CUT, OTHER, DEADLY, DEADLY_LATER, WIDE },
		{ WIDE, DEADLY_LATER, DEADLY, JUNK, OTHER, CUT, GOOD },
		{ JUNK, GOOD, DEADLY, WIDE, CUT, DEADLY_LATER, OTHER },
	};
	// clang-format on
	struct world w;
	struct heard own[FILES];

	build(&w);
	for (unsigned i = 0; i < FILES; i++) {
		own[i] = alone(&w, (enum file)i);
		is_as_said(&own[i], (enum file)i);
	}
	for (unsigned o = 0; o < COUNTOF(orders); o++) {
		struct scan s[FILES];
		struct scanning *x;

		for (unsigned i = 0; i < FILES; i++)
			s[i] = scan_of(&w, orders[o][i]);
		x = scan_begin(s, FILES);
		for (unsigned i = 0; i < FILES; i++) {
			struct heard h = take(&w, x);

			same(&h, &own[orders[o][i]]);
		}
		scan_drop(x);
	}
	destroy(&w);
}

TEST("scan: a group is told as scan_run tells its files")
{
	struct world w;

	build(&w);
	for (unsigned i = 0; i < FILES; i++) {
		const struct scan s = scan_of(&w, (enum file)i);
		struct heard in_group = alone(&w, (enum file)i), run = { 0 };

		w.told.n = 0;
		run.good = scan_run(&s, &run.tally, &run.e);
		run.told = buf_view(&w.told);
		same(&run, &in_group);
	}
	destroy(&w);
}

TEST("scan: a file that is not there is its own matter, and so is a group that is dropped")
{
	struct world w;
	struct scan s[3];
	struct scanning *x;
	struct heard h;

	build(&w);
	s[0] = scan_of(&w, GOOD);
	s[1] = scan_of(&w, JUNK);
	s[1].path = "/nonexistent/file";
	s[2] = scan_of(&w, WIDE);
	x = scan_begin(s, 3);
	h = take(&w, x);
	is_as_said(&h, GOOD);
	h = take(&w, x);
	CHECK(!h.good && h.e.kind == ERR_ABSENT);
	scan_drop(x);
	scan_drop(NULL);
	destroy(&w);
}

// What its child had read before may be why a file failed: here it is damaged for the first child, and
// no longer for another, as if the first had been.
TEST("scan: what failed behind another file, and told nothing, is read again by a child of its own")
{
	struct world w;
	struct err e;

	build(&w);
	for (unsigned first = 0; first < 2; first++) {
		struct scan s[2] = { scan_of(&w, first ? CUT : GOOD),
				     scan_of(&w, first ? GOOD : CUT) };
		struct scanning *x = scan_begin(s, 2);
		struct heard h[2];

		CHECK(file_write(w.path[CUT], S("ip\n192.0.2.9\n"), 0600, &e));
		h[0] = take(&w, x);
		h[1] = take(&w, x);
		CHECK(h[first ? 1 : 0].good && h[first ? 1 : 0].tally.records == 3);
		CHECK(h[first ? 0 : 1].good == !first);
		scan_drop(x);
		put(&w, CUT, S("\x28\xb5\x2f\xfd"));
	}
	destroy(&w);
}
