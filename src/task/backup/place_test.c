#include "base/test.h"
#include "base/time.h"
#include "os/folder.h"
#include "task/backup/place.h"

TEST("backup: a name is a moment, and nothing else is one")
{
	static const char *const no[] = { "",
					  "20261125T172000Z.part",
					  "20261125T172000z",
					  "20261325T172000Z",
					  "2026-1-2T172000Z",
					  "20261125 172000Z" };
	char name[BACKUP_NAME];
	int64_t made = 0;

	backup_name(time_of_date(2026, 11, 25) + 7 * TIME_HOUR + 999, name);
	CHECK(strcmp(name, "20261125T070000Z") == 0);
	CHECK(backup_name_read(str_of(name), &made) &&
	      made == time_of_date(2026, 11, 25) + 7 * TIME_HOUR);
	for (size_t i = 0; i < COUNTOF(no); i++)
		CHECK(!backup_name_read(str_of(no[i]), &made));
}

TEST("backup: of a place the newest whole one is found, and what else lies there is seen")
{
	char at[] = "/tmp/waker-backup-XXXXXX";
	struct file_names whole;
	struct backup_at b;
	struct str other;
	autoarena a;
	struct err e;

	arena_init(&a, 1 << 24);
	CHECK(mkdtemp(at) != NULL);
	CHECK(!backup_find(str_of(at), &a, &b, &e) && e.kind == ERR_ABSENT);
	CHECK(folder_make_to(at, S("20261125T070000Z/x"), &e));
	CHECK(folder_make_to(at, S("20261126T070000Z/x"), &e));
	CHECK(folder_make_to(at, S("20261127T070000Z.part/x"), &e));
	CHECK(file_write(arena_fmt(&a, "%s/20261125T070000Z/" BACKUP_MANIFEST, at).p, S("x"), 0600,
			 &e));
	CHECK(backup_names(at, &a, &whole, &other, &e) && whole.names.count == 1 && other.n == 0);
	CHECK(backup_find(str_of(at), &a, &b, &e) &&
	      str_has_suffix(b.folder, S("/20261125T070000Z")) &&
	      b.made == time_of_date(2026, 11, 25) + 7 * TIME_HOUR);
	CHECK(!backup_find(arena_fmt(&a, "%s/20261126T070000Z", at), &a, &b, &e) &&
	      e.kind == ERR_INPUT);
	CHECK(!backup_find(arena_fmt(&a, "%s/20261127T070000Z.part", at), &a, &b, &e) &&
	      e.kind == ERR_INPUT);
	CHECK(file_write(arena_fmt(&a, "%s/letter", at).p, S("x"), 0600, &e));
	CHECK(backup_names(at, &a, &whole, &other, &e) && str_eq(other, S("letter")));
	CHECK(folder_remove(at, &e));
}
