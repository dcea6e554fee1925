#include "os/wall.h"

#include "base/attr.h"
#include "os/landlock.h"
#include "os/syscalls.h"

#include <sys/syscall.h>

// What nothing of Waker does; the first two are for who starts programs.
static const int refused[] = {
	SYS_execve,
	SYS_execveat,
	SYS_ptrace,
	SYS_process_vm_readv,
	SYS_process_vm_writev,
	SYS_mount,
	SYS_umount2,
	SYS_pivot_root,
	SYS_chroot,
	SYS_unshare,
	SYS_setns,
	SYS_bpf,
	SYS_perf_event_open,
	SYS_userfaultfd,
	SYS_keyctl,
	SYS_add_key,
	SYS_request_key,
	SYS_init_module,
	SYS_finit_module,
	SYS_delete_module,
	SYS_kexec_load,
	SYS_io_uring_setup,
	SYS_open_by_handle_at,
	SYS_truncate,
};
enum { EXECS = 2 };

const char *wall_enter(const struct wall *w)
{
	size_t pass = w->exec ? EXECS : 0;
	bool files = landlock_only_write(w->writes, w->n);
	bool calls = syscalls_refuse(refused + pass, COUNTOF(refused) - pass, w->inet);

	return files && calls ? "files, calls" : files ? "files" : calls ? "calls" : "none";
}
