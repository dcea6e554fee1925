#include "task/service/role.h"

#include "os/child.h"
#include "os/file.h"
#include "os/wall.h"
#include "task/service/drop.h"

#include <stdio.h>
#include <stdlib.h>

enum { HOME_BYTES = 1 << 20, ARGUMENTS = 4 };

#define X(id, name, kinds, powers, hears, tells, off) { name, kinds, powers, hears, tells, off },
const struct role_row roles[ROLE_COUNT] = { ROLES(X) };
#undef X

bool role_wanted(const struct home *h, enum role role)
{
	struct str is;

	if (roles[role].off == 0)
		return true;
	memcpy(&is, (const char *)h + roles[role].off, sizeof is);
	return !str_eq(is, S("off"));
}

static void service_done(struct service *s)
{
	if (s->own != NULL)
		s->own_done(s->own);
	home_close(&s->home);
	ears_close(s->ears);
	if (s->a.start != NULL)
		arena_done(&s->a);
}

static bool open_service(struct service *s, char **argv, struct err *e)
{
	struct arena *a = &s->a;

	arena_init(a, HOME_BYTES);
	s->worker = arena_str(a, str_of(argv[3]));
	if (!ears_open(&s->ears, e))
		return false;
	ears_lifeline(s->ears, CHILD_LIFELINE);
	if (!home_open_settled(str_of(argv[1]), s->store, a, &s->home, e))
		return false;
	s->place = drop_place(&s->home, a);
	return !roles[s->role].hears ||
	       ears_word(s->ears, home_path(&s->home, ROLE_FOLDER, a), roles[s->role].name, e);
}

// It writes to its home alone, starts no program and has no network, but where that is its
// power or the store's place.
static void begin_walled(struct service *s)
{
	static const char *const folders[] = { "archive", "inbox", "spool", "run" }; // may be links
	const char *writes[COUNTOF(folders) + 6] = { s->home.path.p,   "/dev/null",
						     "/tmp",           "/var/tmp",
						     getenv("TMPDIR"), getenv("SQLITE_TMPDIR") };
	unsigned powers = roles[s->role].powers;
	struct wall w = { writes, COUNTOF(writes), (powers & POWER_EXEC) != 0,
			  (powers & POWER_NET) != 0 || db_is_url(s->home.store) };
	struct log_said said = { "walls", { 0 } };

	for (size_t i = 0; i < COUNTOF(folders); i++)
		writes[i + 6] = home_path(&s->home, folders[i], &s->a);
	said.value = str_of(wall_enter(&w));
	log_say(&s->log, LOG_INFO, "begins", &said, 1);
}

int role_main(const struct role_does *does, int argc, char **argv)
{
	CLEANUP(service_done)
	struct service s = { .role = does->role, .store = does->store, .job = does->job };
	struct err e = { 0 };

	if (argc != ARGUMENTS) {
		fputs("this is a part of waker, which starts it: see `waker run`\n", stderr);
		return err_meaning(ERR_USAGE)->exit_status;
	}
	s.log = (struct log_by){ roles[does->role].name, argv[2] };
	if (!open_service(&s, argv, &e)) {
		log_err(&s.log, LOG_ERROR, "it cannot begin", &e);
		return err_meaning(e.kind)->exit_status;
	}
	begin_walled(&s);
	e = (struct err){ 0 };
	if (!does->loop(&s, &e)) {
		log_err(&s.log, LOG_ERROR, "it cannot go on", &e);
		return err_meaning(e.kind)->exit_status;
	}
	log_say(&s.log, LOG_INFO, "ends", NULL, 0);
	return 0;
}

void role_tell(const struct home *h, enum role role)
{
	autoarena a = { 0 };

	arena_init(&a, HOME_BYTES);
	ears_tell(home_path(h, ROLE_FOLDER, &a), roles[role].name);
}
