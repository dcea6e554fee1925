#include "base/test.h"
#include "os/file.h"
#include "task/settings.h"

enum { ROOM = 8 << 20 };

static struct settings read_z(const char *text, struct arena *a)
{
	struct settings s;

	settings_read(str_of(text), a, &s);
	return s;
}

TEST("settings: what init writes is read back as the rows say, and says what each may be")
{
	autoarena a = { 0 };
	struct str none[SETTINGS_MOST] = { 0 }, text;
	struct settings s;

	arena_init(&a, ROOM);
	text = settings_text(none, &a);
	settings_read(text, &a, &s);
	CHECK(s.wrong.count == 0);
	for (size_t i = 0; i < settings_count; i++) {
		CHECK(s.found[i].line > 0);
		CHECK(str_eq(s.found[i].value, str_of(settings[i].standard)));
		CHECK(str_contains(text, str_of(settings[i].wants)));
	}
}

TEST("settings: each goes to its field")
{
	autoarena a = { 0 };
	struct settings s;
	struct home h = { 0 };

	arena_init(&a, ROOM);
	s = read_z("[team]\nname = Us\nlanguage = nl\n[watch]\njobs = 7\n"
		   "[home]\nexample = yes\nstore = postgresql://u@h/d\n",
		   &a);
	CHECK(s.wrong.count == 0);
	settings_give(&s, &h);
	CHECK(str_eq(h.team, S("Us")) && str_eq(h.language, S("nl")) && h.jobs == 7 && h.example);
	CHECK(str_eq(h.store, S("postgresql://u@h/d")));
	s = read_z("", &a);
	settings_give(&s, &h);
	CHECK(str_eq(h.team, S("CERT")) && h.jobs == 1 && !h.example);
}

static const struct {
	const char *text, *says; // all sentences, one behind the other
} wrong[] = {
	{ "[team]\nnme = x\n",
	  "line 2, column 1: unknown key \"nme\" in [team]; did you mean \"name\"?" },
	{ "[tem]\nname = x\nlanguage = y\n",
	  "line 1: there is no section [tem]; did you mean [team]?" },
	{ "[quux]\n", "line 1: there is no section [quux]" },
	{ "[team]\njobs = 2\n", "line 2, column 1: jobs stands in [watch], not in [team]" },
	{ "[watch]\njobs = 0\n", "line 2, column 8: jobs is 1 to 64, not \"0\"" },
	{ "[watch]\njobs = 65\n", "line 2, column 8: jobs is 1 to 64, not \"65\"" },
	{ "[team]\nname =\n", "line 2, column 7: name is 1 to 80 bytes, not \"\"" },
	{ "[team]\nlanguage = n\n", "line 2, column 12: language is nl or en, not \"n\"" },
	{ "[home]\nexample = true\n", "line 2, column 11: example is yes or no, not \"true\"" },
	{ "[service]\nmetrics = 0.0.0.0:9464\n",
	  "line 2, column 11: metrics is socket, off, 127.0.0.1:PORT or [::1]:PORT, not "
	  "\"0.0.0.0:9464\"" },
	{ "[team]\nname = a\nname = b\n",
	  "line 3, column 1: name is said in line 2 already: keep one" },
	{ "[team]\nnme = x\n[watch]\njobs = no\n",
	  "line 2, column 1: unknown key \"nme\" in [team]; did you mean \"name\"?"
	  "line 4, column 8: jobs is 1 to 64, not \"no\"" },
	{ "name = x\n", "line 1, column 1: name stands in [team], not in []" },
	{ "[team]\nname\n[watch]\njobs = no\n",
	  "line 2, column 1: neither `key = value` nor [section] nor # comment"
	  "line 4, column 8: jobs is 1 to 64, not \"no\"" },
};

TEST("settings: what is wrong is told, all of it, with its line and what is allowed")
{
	for (size_t i = 0; i < COUNTOF(wrong); i++) {
		autoarena a = { 0 };
		struct settings s;
		struct str all = { "", 0 };

		arena_init(&a, ROOM);
		s = read_z(wrong[i].text, &a);
		LIST_EACH (const struct err, w, &s.wrong) {
			CHECK(w->kind == ERR_CONFIG);
			all = arena_fmt(&a, STR_FMT "%s", STR_ARG(all), w->text);
		}
		if (!str_eq(all, str_of(wrong[i].says)))
			printf("# %s: " STR_FMT "\n", wrong[i].text, STR_ARG(all));
		CHECK(str_eq(all, str_of(wrong[i].says)));
	}
}

TEST("settings: a secret is refused with what to do, and is in no sentence")
{
	static const char *const texts[] = {
		"[home]\nstore = postgresql://u:hunter2@h/d\n",
		"[home]\nstore = postgresql://h/d?password=hunter2\n",
		"[home]\nstore = mysql://u:hunter2@h/d\n",
		"[team]\npassword = hunter2\n",
		"[misp]\napi_key = hunter2\n",
		"[home]\nsecret_token = hunter2\n",
		"[home]\nstore = host=db password=hunter2\n",
		"[home]\nstore = postgresql:/u:hunter2@h/d\n",
	};

	for (size_t i = 0; i < COUNTOF(texts); i++) {
		autoarena a = { 0 };
		struct settings s;
		bool told = false;

		arena_init(&a, ROOM);
		s = read_z(texts[i], &a);
		LIST_EACH (const struct err, w, &s.wrong) {
			CHECK(!str_contains(str_of(w->text), S("hunter2")));
			told = told || str_contains(str_of(w->text), S("credentials/"));
		}
		CHECK(told);
	}
	{
		autoarena a = { 0 };

		arena_init(&a, ROOM);
		CHECK(read_z("[home]\nstore = postgresql://u@[::1]:5432/d\n", &a).wrong.count == 0);
	}
}

static struct str one_line(const char *says, struct arena *a)
{
	struct str s = arena_str(a, str_of(says));

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\n')
			((char *)(uintptr_t)s.p)[i] = ' ';
	return s;
}

TEST("settings: waker.conf(5) says of each what it is, may be, and is by default")
{
	autoarena a = { 0 };
	struct str page, from, rest;
	size_t said = 0;
	struct err e = { 0 };

	arena_init(&a, ROOM);
	CHECK(file_read("doc/waker.conf.5.md", ROOM / 4, &a, &page, &e));
	for (size_t i = 0; i < settings_count; i++) {
		const struct setting *s = &settings[i];

		from = arena_fmt(&a, "\n| `[%s]` | `%s` | %s | `%s` | " STR_FMT " |\n", s->section,
				 s->key, s->wants, s->standard, STR_ARG(one_line(s->says, &a)));
		if (!str_contains(page, from))
			printf("# wanted: " STR_FMT, STR_ARG(str_from(from, 1)));
		CHECK(str_contains(page, from));
	}
	for (rest = page; rest.n > 0;)
		said += str_has_prefix(str_cut(&rest, '\n'), S("| `["));
	CHECK(said == settings_count); // and of nothing that is gone
}

TEST("settings: our relay's authorities check nobody else, but in an example")
{
	struct home h = { .mail.authorities = S("/etc/relay.pem") };

	CHECK(home_authorities(&h).n == 0);
	h.example = true;
	CHECK(str_eq(home_authorities(&h), S("/etc/relay.pem")));
	h.mail.authorities = S("system");
	CHECK(home_authorities(&h).n == 0);
}
