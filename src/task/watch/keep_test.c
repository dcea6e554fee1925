#include "base/test.h"
#include "store/finding.h"
#include "store/store.h"
#include "task/watch/keep.h"

enum { LIMIT = 16 << 20 };

#define DAY(n) (time_of_date(2026, 3, 1) + ((n)-1) * TIME_DAY)

struct world {
	struct arena arena, merging;
	struct roster roster;
	struct index *index;
	struct merge merge;
	struct db *db;
	const char *held; // the warninglist that holds back what is added; NULL: none
};

static void asset(struct world *w, int32_t member, struct str value)
{
	*list_add(&w->roster.assets, &w->arena) = (struct asset){
		.id = (int64_t)w->roster.assets.count,
		.member = member,
		.kind = ASSET_PREFIX,
		.value = value,
		.since = TIME_EVER,
		.until = TIME_NEVER,
	};
}

static void build(struct world *w)
{
	struct err e;

	arena_init(&w->arena, LIMIT);
	arena_init(&w->merging, MERGE_BYTES);
	merge_init(&w->merge, &w->merging);
	CHECK(store_open((struct db_place){ ":memory:", NULL }, STORE_MAKE, 0, &w->db, &e));
	CHECK(db_script(w->db,
			"INSERT INTO member VALUES (1,'m1','','','','','','','',0,0),"
			"(2,'m2','','','','','','','',0,0);"
			"INSERT INTO feed VALUES (1,'shadow'),(2,'list');",
			&e));
	*list_add(&w->roster.members, &w->arena) = (struct member){ .id = 1, .slug = S("m1") };
	*list_add(&w->roster.members, &w->arena) = (struct member){ .id = 2, .slug = S("m2") };
	asset(w, 0, S("198.18.1.0/24"));
	asset(w, 1, S("198.18.1.128/26"));
	CHECK(index_build(&w->roster, NULL, &w->arena, &w->index, &e));
}

static void destroy(struct world *w)
{
	db_close(w->db);
	arena_done(&w->merging);
	arena_done(&w->arena);
}

struct says { // what a batch says once
	int64_t time;
	const char *seen;
	enum strength strength;
	bool news;
};

static void add(struct world *w, const struct says *s, int32_t place)
{
	struct address a;
	struct event_field field = { .key = S("source.ip"), .value = S("198.18.1.\"9\n\xff") };
	struct event event = { .fields = { &field, 1, 1 } };
	struct merge_add one = { .event = &event };

	CHECK(address_read(place == 0 ? S("198.18.1.1") : S("198.18.1.129"), &a));
	one.what = (struct merged){
		.member = place + 1,
		.issue = S("exposed.rdp"),
		.seen = str_of(s->seen),
		.strength = s->strength,
		.news = s->news,
		.time = s->time,
		.asset = place,
		.node = index_address(w->index, a),
		.warned = str_of(w->held),
		.verdict = w->held != NULL ? WHY_HELD : WHY_CLEAR,
	};
	merge_add(&w->merge, &one);
}

static struct keep keep(struct world *w, int64_t feed, int64_t batch)
{
	struct keep k = {
		.db = w->db,
		.roster = &w->roster,
		.index = w->index,
		.feed = feed == 1 ? S("shadow") : S("list"),
		.source = feed == 1 ? S("shadow/") : S("list/"),
		.feed_id = feed,
		.batch = batch,
	};
	struct err e;

	CHECK(db_begin(w->db, &e));
	CHECK(keep_merged(&k, &w->merge, &e));
	CHECK(db_commit(w->db, &e));
	return k;
}

// All findings in a line: "m1 seen state first last sightings feeds;"
static struct str listed(struct world *w)
{
	struct finding_filter any = { .state = -1, .severity = -1 };
	char *text = arena_new(&w->arena, char, 4096);
	struct buf b = { .p = text, .cap = 4096 };
	struct finding_row f;
	autorows r = NULL;
	struct err e;

	CHECK(finding_list(w->db, &any, &r, &e));
	while (finding_next_row(r, &f, &e))
		buf_fmt(&b, STR_FMT " " STR_FMT " " STR_FMT " %d %d %d " STR_FMT ";",
			STR_ARG(f.slug), STR_ARG(f.seen),
			STR_ARG(finding_state_word(f.life.state, false)),
			(int)((f.first_seen - DAY(1)) / TIME_DAY),
			(int)((f.last_seen - DAY(1)) / TIME_DAY), (int)f.sightings,
			STR_ARG(f.sources));
	CHECK(e.kind == ERR_NONE);
	return buf_view(&b);
}

static bool is(struct str got, struct str want)
{
	if (!str_eq(got, want))
		printf("# " STR_FMT "\n# " STR_FMT "\n", STR_ARG(got), STR_ARG(want));
	return str_eq(got, want);
}

TEST("keep: equal records are one finding, one sighting a feed and day")
{
	struct world w = { 0 };
	struct keep k;

	build(&w);
	for (int i = 0; i < 3; i++)
		add(&w, &(struct says){ DAY(2) + i, "x", STRENGTH_STRONG, true }, 0);
	add(&w, &(struct says){ DAY(3), "x", STRENGTH_STRONG, true }, 0);
	k = keep(&w, 1, 1);
	CHECK(k.fresh == 1 && k.refreshed == 0);
	CHECK(is(listed(&w), S("m1 x open 1 2 2 shadow/;")));
	add(&w, &(struct says){ DAY(3), "x", STRENGTH_STRONG, true }, 0); // the same day again
	add(&w, &(struct says){ DAY(5), "x", STRENGTH_STRONG, true }, 0);
	k = keep(&w, 1, 2);
	CHECK(k.fresh == 0 && k.refreshed == 1);
	add(&w, &(struct says){ DAY(5), "x", STRENGTH_STRONG, true }, 0); // by another feed
	add(&w, &(struct says){ DAY(5), "x", STRENGTH_STRONG, true }, 1); // another member's
	k = keep(&w, 2, 3);
	CHECK(k.fresh == 1 && k.refreshed == 1);
	CHECK(is(listed(&w), S("m1 x open 1 4 4 list/ shadow/;m2 x open 4 4 1 list/;")));
	destroy(&w);
}

TEST("keep: what is old when it comes opens nothing, and is evidence on what is there")
{
	struct world w = { 0 };
	struct keep k;

	build(&w);
	add(&w, &(struct says){ DAY(1), "x", STRENGTH_STRONG, false }, 0);
	k = keep(&w, 1, 1);
	CHECK(k.old == 1 && k.fresh == 0 && listed(&w).n == 0);
	add(&w, &(struct says){ DAY(1), "x", STRENGTH_STRONG, false }, 0);
	add(&w, &(struct says){ DAY(9), "x", STRENGTH_STRONG, true }, 0);
	k = keep(&w, 1, 2);
	CHECK(is(listed(&w), S("m1 x open 8 8 1 shadow/;")));
	add(&w, &(struct says){ DAY(1), "x", STRENGTH_STRONG, false }, 0);
	k = keep(&w, 1, 3);
	CHECK(k.refreshed == 1);
	CHECK(is(listed(&w), S("m1 x open 0 8 2 shadow/;")));
	destroy(&w);
}

TEST("keep: a weak match is a candidate, and a second feed makes it a finding")
{
	struct world w = { 0 };
	struct keep k;

	build(&w);
	add(&w, &(struct says){ DAY(1), "x", STRENGTH_WEAK, true }, 0);
	k = keep(&w, 1, 1);
	CHECK(k.candidates == 1 && k.fresh == 0);
	add(&w, &(struct says){ DAY(2), "x", STRENGTH_WEAK, true }, 0);
	k = keep(&w, 1, 2);
	CHECK(k.promoted == 0);
	CHECK(is(listed(&w), S("m1 x candidate 0 1 2 shadow/;")));
	add(&w, &(struct says){ DAY(2), "x", STRENGTH_WEAK, true }, 0);
	k = keep(&w, 2, 3);
	CHECK(k.promoted == 1);
	CHECK(is(listed(&w), S("m1 x open 0 1 3 list/ shadow/;")));
	destroy(&w);
}

TEST("keep: the evidence is the newest record, as JSON, with the owners around the asset")
{
	struct world w = { 0 };
	struct evidence_row v;
	autorows r = NULL;
	struct err e;

	build(&w);
	add(&w, &(struct says){ DAY(2), "x", STRENGTH_STRONG, true }, 1);
	add(&w, &(struct says){ DAY(1), "x", STRENGTH_STRONG, true }, 1);
	keep(&w, 1, 1);
	CHECK(db_script(w.db, "INSERT INTO batch VALUES (1,1,'',0,x'00',0,0,0,2,'',0,'f','a')",
			&e));
	CHECK(evidence_of(w.db, 1, &r, &e) && evidence_next_row(r, &v, &e));
	CHECK(v.time == DAY(2) && str_eq(v.asset_value, S("198.18.1.128/26")));
	CHECK(is(v.enclosing, S("m1 198.18.1.0/24")));
	CHECK(is(v.event, S("{\"source.ip\":\"198.18.1.\\\"9\\n\xef\xbf\xbd\"}")));
	CHECK(!evidence_next_row(r, &v, &e) && e.kind == ERR_NONE);
	db_end(TAKE(r, NULL));
	destroy(&w);
}

TEST("keep: a transaction that is undone leaves nothing, and done again gives the same")
{
	struct world w = { 0 };
	struct keep k = { 0 };
	struct err e;

	build(&w);
	add(&w, &(struct says){ DAY(1), "x", STRENGTH_STRONG, true }, 0);
	k = (struct keep){ .db = w.db,
			   .roster = &w.roster,
			   .index = w.index,
			   .feed = S("shadow"),
			   .source = S("shadow/"),
			   .feed_id = 1,
			   .batch = 1 };
	CHECK(db_begin(w.db, &e) && keep_merged(&k, &w.merge, &e));
	db_abort(w.db);
	CHECK(listed(&w).n == 0);
	add(&w, &(struct says){ DAY(1), "x", STRENGTH_STRONG, true }, 0);
	keep(&w, 1, 1);
	CHECK(is(listed(&w), S("m1 x open 0 0 1 shadow/;")));
	destroy(&w);
}

static bool held_is(struct world *w, const char *want)
{
	struct finding_filter any = { .state = -1, .severity = -1 };
	struct finding_row f;
	autorows r = NULL;
	struct err e;
	int64_t count;

	CHECK(finding_list(w->db, &any, &r, &e) && finding_next_row(r, &f, &e));
	CHECK(is(f.held, str_of(want)));
	any.held = want[0] != '\0' ? HELD_ONLY : HELD_NOT;
	db_end(TAKE(r, NULL));
	CHECK(finding_list(w->db, &any, &r, &e) && finding_next_row(r, &f, &e));
	any.held = want[0] != '\0' ? HELD_NOT : HELD_ONLY;
	db_end(TAKE(r, NULL));
	CHECK(finding_list(w->db, &any, &r, &e) && !finding_next_row(r, &f, &e));
	return finding_held(w->db, &any, &count, &e) && count == (want[0] != '\0');
}

// What comes, batch by batch, and what then holds the finding back.
static const struct {
	int64_t feed;
	bool news;
	const char *by[2]; // what holds each record back; NULL: none, "": there is no such record
	const char *held;
	unsigned fresh, kept, released;
} holding[] = {
	{ 1, true, { "l: a", "" }, "l: a", 0, 1, 0 },
	{ 2, true, { "m: b", "" }, "l: a", 0, 0, 0 },
	{ 2, false, { NULL, "" }, "l: a", 0, 0, 0 }, // no news frees nothing
	{ 2, true, { "l: a", NULL }, "", 0, 0, 1 },
	{ 1, true, { "l: a", "" }, "", 0, 0, 0 }, // once free it stays free
};

TEST("keep: what a warninglist holds back stays so until news comes that none holds")
{
	struct world w = { 0 };

	build(&w);
	for (size_t i = 0; i < COUNTOF(holding); i++) {
		struct keep k;

		printf("# batch %zu\n", i + 1);
		for (size_t n = 0; n < COUNTOF(holding[i].by); n++) {
			w.held = holding[i].by[n];
			if (w.held == NULL || w.held[0] != '\0')
				add(&w,
				    &(struct says){ DAY(1), "x", STRENGTH_STRONG, holding[i].news },
				    0);
		}
		k = keep(&w, holding[i].feed, (int64_t)i + 1);
		CHECK(k.fresh == holding[i].fresh && k.held == holding[i].kept);
		CHECK(k.released == holding[i].released && k.candidates == 0);
		CHECK(held_is(&w, holding[i].held));
	}
	destroy(&w);
}

TEST("keep: evidence keeps which list had it and what the rule made of that")
{
	struct world w = { 0 };
	struct evidence_row v;
	autorows r = NULL;
	struct err e;

	build(&w);
	add(&w, &(struct says){ DAY(1), "x", STRENGTH_STRONG, true }, 1);
	w.held = "l: a";
	add(&w, &(struct says){ DAY(2), "x", STRENGTH_STRONG, true }, 1);
	keep(&w, 1, 1);
	CHECK(held_is(&w, ""));
	CHECK(db_script(w.db, "INSERT INTO batch VALUES (1,1,'',0,x'00',0,0,0,2,'',0,'f','a')",
			&e));
	CHECK(evidence_of(w.db, 1, &r, &e) && evidence_next_row(r, &v, &e));
	CHECK(is(v.warned, S("l: a")) && v.verdict == WHY_HELD);
	db_end(TAKE(r, NULL));
	destroy(&w);
}
