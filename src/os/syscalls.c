#include "os/syscalls.h"

#include <assert.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#define OTHER_ABI    0x40000000u // x32: the same architecture by other numbers
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#define OTHER_ABI    UINT32_MAX
#else
#error "os/syscalls.c: name this architecture as <linux/audit.h> does"
#endif

enum { STEPS_MOST = 2 * SYSCALLS_MOST + 12 };

struct program {
	struct sock_filter step[STEPS_MOST];
	unsigned short n;
};

static void add(struct program *p, struct sock_filter step)
{
	assert(p->n < STEPS_MOST);
	p->step[p->n++] = step;
}

static void load(struct program *p, size_t field)
{
	add(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)field));
}

static void end(struct program *p, unsigned what)
{
	add(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what));
}

// The next `n` steps are for this value alone.
static void where(struct program *p, unsigned value, unsigned char n)
{
	add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, n));
}

// What comes by another architecture's numbers ends so; then: each of these calls ends so.
static struct program begin(unsigned strange, const int *calls, size_t n, unsigned each)
{
	struct program p = { .n = 0 };

	load(&p, offsetof(struct seccomp_data, arch));
	add(&p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0));
	end(&p, strange);
	load(&p, offsetof(struct seccomp_data, nr));
	add(&p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, OTHER_ABI, 0, 1));
	end(&p, strange);
	for (size_t i = 0; i < n; i++) {
		where(&p, (unsigned)calls[i], 1);
		end(&p, each);
	}
	return p;
}

static bool enter(struct program *p)
{
	const struct sock_fprog all = { p->n, p->step };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &all) == 0;
}

static bool only(const int *calls, size_t n, unsigned others)
{
	struct program p = begin(SECCOMP_RET_KILL_PROCESS, calls, n, SECCOMP_RET_ALLOW);

	end(&p, others);
	return enter(&p);
}

bool syscalls_only(const int *calls, size_t n)
{
	return only(calls, n, SECCOMP_RET_KILL_PROCESS);
}

bool syscalls_only_or_absent(const int *calls, size_t n)
{
	return only(calls, n, SECCOMP_RET_ERRNO | ENOSYS);
}

bool syscalls_refuse(const int *calls, size_t n, bool inet)
{
	const unsigned refused = SECCOMP_RET_ERRNO | EPERM;
	struct program p = begin(refused, calls, n, refused);

	if (!inet) {
		where(&p, SYS_socket, 3);
		load(&p,
		     offsetof(struct seccomp_data, args)); // the low half: both are little-endian
		add(&p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0));
		end(&p, refused);
	}
	end(&p, SECCOMP_RET_ALLOW);
	return enter(&p);
}
