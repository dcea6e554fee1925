#include "task/watch/feed_switch.h"

#include "codec/text/ini.h"
#include "os/file.h"

enum { MAX_FILE = 1 << 20, MODE = 0600 };

static const char beginning[] =
	"# Which feeds are fetched by themselves, where that is not what their file says.\n"
	"# Written by `waker feed enable` and `waker feed disable`; lines of your own stay.\n"
	"\n[enabled]\n";

// The next line that says something of a feed. INI_END as ini_next.
static enum ini_kind next(struct ini *in, struct err *e)
{
	static const struct str sections[] = { { "enabled", 7 } };
	enum ini_kind kind;

	while ((kind = ini_next(in, e)) == INI_SECTION)
		if (!str_eq(in->section, sections[0])) {
			err_set(e, ERR_CONFIG, "line %u: only [enabled] stands in such a file",
				in->line);
			return INI_END;
		}
	if (kind == INI_END)
		return kind;
	if (!str_eq(in->section, sections[0]))
		err_set(e, ERR_CONFIG, "line %u: the line [enabled] is to stand before it",
			in->line);
	else if (!str_eq(in->value, S("yes")) && !str_eq(in->value, S("no")))
		err_set(e, ERR_CONFIG,
			"line %u, column %u: a feed is enabled yes or no, not \"" STR_FMT "\"",
			in->line, in->value_column, STR_ARG(str_first(in->value, 40)));
	return e->kind == ERR_NONE ? INI_PAIR : INI_END;
}

// Where one feed stands twice the last line counts.
static bool look(struct str text, struct str name, struct str *value, bool *headed, struct err *e)
{
	struct ini in = ini_of(text);

	*value = (struct str){ 0 };
	while (next(&in, e) != INI_END)
		if (str_eq(in.key, name))
			*value = in.value;
	*headed = in.section.n > 0;
	return e->kind == ERR_NONE;
}

static struct str path_in(struct str folder, struct arena *a)
{
	return arena_fmt(a, STR_FMT "/enabled.conf", STR_ARG(folder));
}

static bool read_text(struct str folder, struct arena *a, struct str *out, struct err *e)
{
	*out = (struct str){ 0 };
	if (file_read(path_in(folder, a).p, MAX_FILE, a, out, e))
		return true;
	if (e->kind != ERR_ABSENT)
		return false;
	e->kind = ERR_NONE;
	return true;
}

bool feed_switch_of(struct str folder, struct str name, struct arena *a, enum feed_switch *out,
		    struct err *e)
{
	struct str text, value;
	bool headed;

	*out = SWITCH_UNSAID;
	if (folder.n == 0)
		return true;
	if (!read_text(folder, a, &text, e))
		return false;
	if (!look(text, name, &value, &headed, e))
		return err_in(e, STR_FMT, STR_ARG(path_in(folder, a)));
	if (value.p != NULL)
		*out = str_eq(value, S("yes")) ? SWITCH_ON : SWITCH_OFF;
	return true;
}

bool feed_switch_text(struct str was, struct str name, bool on, struct arena *a, struct str *out,
		      struct err *e)
{
	struct str word = on ? S("yes") : S("no"), value, before, behind;
	bool headed;

	if (!look(was, name, &value, &headed, e))
		return false;
	if (value.p != NULL) {
		before = str_first(was, (size_t)(value.p - was.p));
		behind = str_from(was, before.n + value.n);
		*out = arena_fmt(a, STR_FMT STR_FMT STR_FMT, STR_ARG(before), STR_ARG(word),
				 STR_ARG(behind));
		return true;
	}
	*out = arena_fmt(a, STR_FMT "%s%s" STR_FMT " = " STR_FMT "\n", STR_ARG(was),
			 was.n > 0 && was.p[was.n - 1] != '\n' ? "\n" : "",
			 was.n == 0 ? beginning
			 : headed   ? ""
				    : "\n[enabled]\n",
			 STR_ARG(name), STR_ARG(word));
	return true;
}

bool feed_switch_all(const struct feed_switching *s, struct arena *a, bool *changed, struct err *e)
{
	struct str path = path_in(s->folder, a), text, made;
	bool any = false;

	if ((!s->dry && !folder_lock(arena_str(a, s->folder).p, e)) ||
	    !read_text(s->folder, a, &text, e))
		return false;
	for (size_t i = 0; i < s->count; i++) {
		if (!feed_switch_text(text, s->names[i], s->on, a, &made, e))
			return err_in(e, STR_FMT, STR_ARG(path));
		changed[i] = !str_eq(text, made);
		any = any || changed[i];
		text = made;
	}
	return s->dry || !any || file_write(path.p, text, MODE, e);
}
