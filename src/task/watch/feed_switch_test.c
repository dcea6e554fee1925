#include "base/test.h"
#include "os/file.h"
#include "task/watch/feed_switch.h"

#include <stdlib.h>

static struct arena a;

static struct str switched(const char *was, const char *name, bool on)
{
	struct err e = { 0 };
	struct str out = { 0 };

	if (a.start == NULL)
		arena_init(&a, 1 << 22);
	if (!feed_switch_text(str_of(was), str_of(name), on, &a, &out, &e)) {
		CHECK(e.kind == ERR_CONFIG);
		return str_of(e.text);
	}
	return out;
}

TEST("feed_switch: only the line of the feed changes, comments stay")
{
	static const struct {
		const char *was, *name;
		bool on;
		const char *becomes;
	} rows[] = {
		{ "[enabled]\nacme = no\n", "acme", true, "[enabled]\nacme = yes\n" },
		{ "# mine\n[enabled]\n\n# why\nacme=yes \nb = no", "acme", false,
		  "# mine\n[enabled]\n\n# why\nacme=no \nb = no" },
		{ "[enabled]\nacme = yes\n", "acme", true, "[enabled]\nacme = yes\n" },
		{ "[enabled]\nb = yes", "acme", true, "[enabled]\nb = yes\nacme = yes\n" },
		{ "# only this\n", "acme", false, "# only this\n\n[enabled]\nacme = no\n" },
		{ "[enabled]\nacme = no\nacme = no\n", "acme", true,
		  "[enabled]\nacme = no\nacme = yes\n" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(str_eq(switched(rows[i].was, rows[i].name, rows[i].on),
			     str_of(rows[i].becomes)));
	CHECK(str_has_suffix(switched("", "acme", true), S("\n[enabled]\nacme = yes\n")));
}

TEST("feed_switch: a file that is none is told with its line")
{
	CHECK(strstr(switched("[feeds]\nacme = yes\n", "acme", true).p, "line 1") != NULL);
	CHECK(strstr(switched("acme = yes\n", "acme", true).p, "line 1") != NULL);
	CHECK(strstr(switched("[enabled]\nb = perhaps\n", "acme", true).p, "line 2") != NULL);
}

TEST("feed_switch: several are switched at once, a second time changes nothing")
{
	char folder[] = "/tmp/waker-switch-XXXXXX", clean[64];
	const struct str names[] = { { "b", 1 }, { "acme", 4 } };
	struct feed_switching s = { .names = names, .count = 2, .on = true, .dry = true };
	enum feed_switch is;
	struct err e = { 0 };
	bool changed[2];

	if (a.start == NULL)
		arena_init(&a, 1 << 22);
	CHECK(mkdtemp(folder) != NULL);
	s.folder = str_of(folder);
	CHECK(feed_switch_all(&s, &a, changed, &e) && changed[0] && changed[1]);
	CHECK(feed_switch_of(s.folder, names[0], &a, &is, &e) && is == SWITCH_UNSAID);
	s.dry = false;
	CHECK(feed_switch_all(&s, &a, changed, &e) && changed[0] && changed[1]);
	CHECK(feed_switch_of(s.folder, names[1], &a, &is, &e) && is == SWITCH_ON);
	s.dry = true; // the lock is this process's until it ends
	CHECK(feed_switch_all(&s, &a, changed, &e) && !changed[0] && !changed[1]);
	CHECK(feed_switch_of(S(""), names[1], &a, &is, &e) && is == SWITCH_UNSAID);
	snprintf(clean, sizeof clean, "rm -r %s", folder);
	CHECK(system(clean) == 0);
}
