#include "os/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { // of the first version, which every Landlock has
	EVERYTHING = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1,
	FILE_READ = LANDLOCK_ACCESS_FS_READ_FILE,
	FOLDER_READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
};

static void allow(int rules, const char *place)
{
	struct landlock_path_beneath_attr rule = { .parent_fd = open(place, O_PATH | O_CLOEXEC) };
	struct stat st;

	if (rule.parent_fd < 0)
		return;
	if (fstat(rule.parent_fd, &st) == 0) {
		rule.allowed_access = S_ISDIR(st.st_mode) ? FOLDER_READ : FILE_READ;
		syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	}
	close(rule.parent_fd);
}

bool landlock_only_read(const char *const *places, size_t n)
{
	struct landlock_ruleset_attr handled = { .handled_access_fs = EVERYTHING };
	int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
	bool shut;

	if (rules < 0)
		return false;
	for (size_t i = 0; i < n; i++)
		allow(rules, places[i]);
	shut = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close(rules);
	return shut;
}
