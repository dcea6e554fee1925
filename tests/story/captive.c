// A library that is laid under waker (LD_PRELOAD): what foreign bytes might make of the
// code that reads them. After the child has shut its cage, its next read of the input
// does what the environment variable CAPTIVE says. Nothing of it is in the product.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// Body of a frame WIRE_DONE: as long as any number of counts.
enum { DONE = 2048 };

static int caged, reads, after, out = -1;
static char does[32], loot[4096];

// Before the cage, since in it nothing can be asked for.
__attribute__((constructor)) static void begin(void)
{
	const char *what = getenv("CAPTIVE"), *where = getenv("CAPTIVE_LOOT"),
		   *n = getenv("CAPTIVE_AFTER");

	strncpy(does, what != NULL ? what : "", sizeof does - 1);
	strncpy(loot, where != NULL ? where : "", sizeof loot - 1);
	after = n != NULL ? (int)strtol(n, NULL, 10) : 0;
}

int prctl(int option, ...)
{
	unsigned long a, b;
	va_list ap;

	va_start(ap, option);
	a = va_arg(ap, unsigned long);
	b = va_arg(ap, unsigned long); // of those that take one
	va_end(ap);
	if (option == PR_SET_SECCOMP) {
		caged = 1;
		if (strncmp(does, "free-", 5) == 0) // as if there were no cage
			return 0;
	}
	return (int)syscall(SYS_prctl, option, a, option == PR_SET_SECCOMP ? b : 0, 0, 0);
}

static void say(const void *bytes, size_t n)
{
	syscall(SYS_write, out, bytes, n);
}

// A frame (codec/wire/hit.h): length, type, body.
static void frame(uint32_t length, uint8_t type, const char *body, size_t n)
{
	char head[5];

	length += sizeof head;
	memcpy(head, &length, 4);
	head[4] = (char)type;
	say(head, sizeof head);
	say(body, n);
}

static void act(void)
{
	const char *what = strncmp(does, "free-", 5) == 0 ? does + 5 : does;
	char zeros[DONE] = { 0 };

	if (strcmp(what, "open") == 0) {
		syscall(SYS_write, (int)syscall(SYS_open, loot, O_CREAT | O_WRONLY, 0600), "loot",
			4);
	} else if (strcmp(what, "socket") == 0) {
		if (syscall(SYS_socket, AF_INET, SOCK_STREAM, 0) >= 0)
			syscall(SYS_close, syscall(SYS_open, loot, O_CREAT | O_WRONLY, 0600));
	} else if (strcmp(what, "fork") == 0) {
		if (syscall(SYS_fork) == 0) {
			syscall(SYS_open, loot, O_CREAT | O_WRONLY, 0600);
			syscall(SYS_exit_group, 0);
		}
	} else if (strcmp(what, "crash") == 0) {
		__builtin_trap();
	} else if (strcmp(what, "leave") == 0) {
		syscall(SYS_exit, 0);
	} else if (strcmp(what, "fail") == 0) {
		syscall(SYS_exit, 3);
	} else if (strcmp(what, "noise") == 0) {
		say("\xff\xff\xff\xff\xff\xff\xff\xff", 8);
	} else if (strcmp(what, "no-version") == 0) {
		frame(12, 1, zeros, 12);
	} else if (strcmp(what, "no-node") == 0) { // a hit on a node that is not there
		memset(zeros + 20, 1, 1);
		memset(zeros + 23, 0x7f, 4);
		frame(35, 2, zeros, 35);
	} else if (strcmp(what, "cut-short") == 0) {
		frame(60, 2, zeros, 10);
		syscall(SYS_exit, 0);
	} else if (strcmp(what, "done-early") == 0) { // says that all is well, and dies
		frame(DONE, 4, zeros, DONE);
		__builtin_trap();
	}
}

ssize_t read(int fd, void *buffer, size_t size)
{
	if (caged && reads++ == after && does[0] != '\0')
		act();
	return syscall(SYS_read, fd, buffer, size);
}

ssize_t write(int fd, const void *buffer, size_t size)
{
	return syscall(SYS_write, fd, buffer, size);
}

int pipe2(int ends[2], int flags)
{
	int got = (int)syscall(SYS_pipe2, ends, flags);

	if (got == 0)
		out = ends[1];
	return got;
}
