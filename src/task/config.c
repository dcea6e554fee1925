#include "task/config.h"

#include "os/ears.h"
#include "os/file.h"
#include "task/service/role.h"

struct str config_force_word(enum config_force force)
{
	static const char *const words[] = {
		[CONFIG_ALONE] = "no service runs",
		[CONFIG_FORCE] = "in force",
		[CONFIG_RELOAD] = "waits for a reload",
		[CONFIG_RESTART] = "waits for a restart",
	};

	return str_of(words[force]);
}

bool config_check(const char *file, struct str home, struct arena *a, struct config_problems *out,
		  struct err *e)
{
	struct config_problems all = { 0 };
	struct home h = { .path = home.n > 0 ? arena_str(a, home) : S("") };
	struct settings s;
	struct err wrong = { 0 };

	if (!settings_load(file, a, &s, e))
		return false;
	LIST_EACH (const struct err, w, &s.wrong) {
		struct err *to = list_add(&all.all, a);

		*to = *w;
		(void)err_in(to, "%s", file);
	}
	if (all.all.count == 0) {
		settings_give(&s, &h);
		if (!home_store_names(&h, a, &wrong)) {
			(void)err_in(&wrong, "%s: line %u", file,
				     s.found[settings_row(offsetof(struct home, store))].line);
			*list_add(&all.all, a) = wrong;
		}
	}
	*out = all;
	return true;
}

// What a running service works by; false where none runs.
static bool in_force(const struct home *h, struct arena *a, struct settings *out)
{
	struct err e = { 0 };

	return ears_listen(home_path(h, ROLE_FOLDER, a), roles[ROLE_CLOCK].name) &&
	       settings_load(home_path(h, HOME_FORCE, a), a, out, &e) && out->wrong.count == 0;
}

bool config_show(const struct home *h, struct arena *a, struct config_rows *out, struct err *e)
{
	const char *path = home_path(h, "waker.conf", a);
	struct config_rows all = { 0 };
	struct settings said, force;
	bool runs = in_force(h, a, &force);

	if (!settings_load(path, a, &said, e))
		return false;
	if (said.wrong.count > 0) {
		*e = said.wrong.at[0];
		return err_in(e, "%s", path);
	}
	for (size_t i = 0; i < settings_count; i++) {
		struct config_row r = { .setting = &settings[i],
					.value = said.found[i].value,
					.line = said.found[i].line,
					.force = runs ? CONFIG_FORCE : CONFIG_ALONE };

		if (runs && !str_eq(r.value, force.found[i].value)) {
			r.force = settings[i].settled ? CONFIG_RESTART : CONFIG_RELOAD;
			r.in_force = force.found[i].value;
		}
		*list_add(&all.rows, a) = r;
	}
	*out = all;
	return true;
}
