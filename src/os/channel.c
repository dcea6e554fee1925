#include "os/channel.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

union one_fd { // room for one descriptor, aligned as its header wants
	struct cmsghdr head;
	char room[CMSG_SPACE(sizeof(int))];
};

bool channel_pair(int out[2], struct err *e)
{
	return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, out) == 0 ||
	       err_set(e, ERR_SYSTEM, "cannot make a channel: %m");
}

bool channel_send(int channel, struct str message, int fd, struct err *e)
{
	union one_fd control = { 0 };
	struct iovec part = { (void *)(uintptr_t)message.p, message.n };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1 };
	ssize_t n;

	if (fd >= 0) {
		m.msg_control = control.room;
		m.msg_controllen = sizeof control.room;
		control.head = (struct cmsghdr){ .cmsg_level = SOL_SOCKET,
						 .cmsg_type = SCM_RIGHTS,
						 .cmsg_len = CMSG_LEN(sizeof fd) };
		memcpy(CMSG_DATA(&control.head), &fd, sizeof fd);
	}
	while ((n = sendmsg(channel, &m, MSG_NOSIGNAL)) < 0 && errno == EINTR)
		;
	if (n < 0 && (errno == EPIPE || errno == ECONNRESET))
		return err_set(e, ERR_ABSENT, "the other end of the channel is gone");
	return n >= 0 || err_set(e, ERR_SYSTEM, "the channel takes no more: %m");
}

static int fd_of(struct msghdr *m)
{
	struct cmsghdr *c = CMSG_FIRSTHDR(m);
	int fd = -1;

	if (c != NULL && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS &&
	    c->cmsg_len == CMSG_LEN(sizeof fd))
		memcpy(&fd, CMSG_DATA(c), sizeof fd);
	return fd;
}

static bool wait_for(int channel, int wait, struct err *e)
{
	struct pollfd p = { .fd = channel, .events = POLLIN };
	int n;

	while ((n = poll(&p, 1, wait)) < 0 && errno == EINTR)
		;
	if (n == 0)
		return err_set(e, ERR_REMOTE, "no word for %d seconds", wait / 1000);
	return n > 0 || err_set(e, ERR_SYSTEM, "cannot wait for the channel: %m");
}

bool channel_receive(int channel, int wait, struct buf *to, int *fd, struct err *e)
{
	union one_fd control = { 0 };
	struct iovec part = { to->p, to->cap };
	struct msghdr m = { .msg_iov = &part,
			    .msg_iovlen = 1,
			    .msg_control = control.room,
			    .msg_controllen = sizeof control.room };
	ssize_t n;

	e->kind = ERR_NONE;
	if (!wait_for(channel, wait, e))
		return false;
	while ((n = recvmsg(channel, &m, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR)
		;
	if (n == 0 || (n < 0 && errno == ECONNRESET))
		return false;
	if (n < 0)
		return err_set(e, ERR_SYSTEM, "the channel cannot be read: %m");
	*fd = fd_of(&m);
	if ((m.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
		if (*fd >= 0)
			close(*fd);
		return err_set(e, ERR_SYSTEM, "a message over its bound came by the channel");
	}
	to->n = (size_t)n;
	return true;
}
