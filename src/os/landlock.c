#include "os/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { // of the first version, which every Landlock has
	EVERYTHING = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1,
	READS = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
	OF_FILES = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE,
	WRITES = (EVERYTHING & ~(READS | LANDLOCK_ACCESS_FS_EXECUTE)) | LANDLOCK_ACCESS_FS_REFER,
};

static int version(void)
{
	return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static void allow(int rules, const char *place, uint64_t access)
{
	struct landlock_path_beneath_attr rule = { .parent_fd = open(place, O_PATH | O_CLOEXEC) };
	struct stat st;

	if (rule.parent_fd < 0)
		return;
	if (fstat(rule.parent_fd, &st) == 0) {
		rule.allowed_access = S_ISDIR(st.st_mode) ? access : access & OF_FILES;
		syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	}
	close(rule.parent_fd);
}

// `handled` is taken away, and `access` given back there.
static bool shut(uint64_t handled, uint64_t access, const char *const *places, size_t n)
{
	struct landlock_ruleset_attr all = { .handled_access_fs = handled };
	int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
	bool done;

	if (rules < 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if (places[i] != NULL)
			allow(rules, places[i], access);
	done = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close(rules);
	return done;
}

bool landlock_only_read(const char *const *places, size_t n)
{
	return shut(EVERYTHING, READS, places, n);
}

bool landlock_only_write(const char *const *places, size_t n)
{
	return version() >= 2 && shut(WRITES, WRITES, places, n);
}
