#include "base/test.h"
#include "os/ears.h"
#include "os/file.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

TEST("ears: signals, a word, a file that comes, the end of the supervisor, and time")
{
	char folder[] = "/tmp/ears.XXXXXX", path[64], beside[64];
	struct ears *x = NULL;
	struct err e = { 0 };
	int life[2];

	CHECK(mkdtemp(folder) != NULL && pipe(life) == 0);
	CHECK(ears_open(&x, &e) && ears_word(x, folder, "look", &e) && ears_folder(x, folder, &e));
	ears_lifeline(x, life[0]);
	CHECK(ears_wait(x, 0) == HEARD_NOTHING);
	raise(SIGHUP);
	raise(SIGCHLD);
	CHECK(ears_wait(x, 1000) == (HEARD_RELOAD | HEARD_CHILD));
	ears_tell(folder, "look");
	ears_tell(folder, "look");
	CHECK(ears_wait(x, 1000) == HEARD_LOOK && ears_wait(x, 0) == HEARD_NOTHING);
	ears_tell(folder, "nobody");
	CHECK(ears_wait(x, 0) == HEARD_NOTHING);
	snprintf(path, sizeof path, "%s/file", folder);
	snprintf(beside, sizeof beside, "%s/.file", folder);
	CHECK(file_write(path, S("x"), 0600, &e) && ears_wait(x, 1000) == HEARD_LOOK);
	CHECK(ears_wait(x, 0) == HEARD_NOTHING);
	CHECK(rename(path, beside) == 0 && ears_wait(x, 1000) == HEARD_LOOK);
	raise(SIGTERM);
	CHECK(ears_wait(x, 1000) == HEARD_STOP && ears_wait(x, 0) == HEARD_NOTHING);
	close(life[1]);
	CHECK(ears_wait(x, 1000) == HEARD_STOP);
	ears_close(x);
	unlink(beside);
	CHECK(rmdir(folder) == 0);
}
