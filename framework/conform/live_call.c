/* SPDX-License-Identifier: MIT */
#include "conform/live_call.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"

int live_call_pair(int ends[2])
{
	return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) ? -errno : 0;
}

/* A descriptor as a control message; the alignment is that of its header. */
union passed {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int))];
};

static void pass(struct msghdr *message, union passed *control, int descriptor)
{
	memset(control, 0, sizeof(*control));
	message->msg_control = control->bytes;
	message->msg_controllen = sizeof(control->bytes);
	control->header.cmsg_level = SOL_SOCKET;
	control->header.cmsg_type = SCM_RIGHTS;
	control->header.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&control->header), &descriptor, sizeof(descriptor));
}

int live_call_send(int to, const struct live_call *call, int passed)
{
	struct live_call copy = *call;
	struct iovec vec = { &copy, sizeof(copy) };
	struct msghdr message = { .msg_iov = &vec, .msg_iovlen = 1 };
	union passed control;
	ssize_t sent;

	if (passed >= 0)
		pass(&message, &control, passed);
	do
		sent = sendmsg(to, &message, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? -errno : 0;
}

int live_call_receive(int from, struct live_call *call, int *passed)
{
	struct iovec vec = { call, sizeof(*call) };
	union passed control = { 0 };
	struct msghdr message = { .msg_iov = &vec, .msg_iovlen = 1 };
	ssize_t received;

	*passed = -1;
	do {
		message.msg_control = control.bytes;
		message.msg_controllen = sizeof(control.bytes);
		received = recvmsg(from, &message, MSG_CMSG_CLOEXEC);
	} while (received < 0 && errno == EINTR);
	if (received == (ssize_t)sizeof(*call) && CMSG_FIRSTHDR(&message))
		memcpy(passed, CMSG_DATA(&control.header), sizeof(*passed));
	return received == (ssize_t)sizeof(*call) ? 0 : -1;
}

int live_call_reply(int to, const struct live_reply *reply)
{
	ssize_t sent;

	do
		sent = send(to, reply, sizeof(*reply), MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent == (ssize_t)sizeof(*reply) ? 0 : -1;
}

int live_call_wait(int from, struct live_reply *reply, int milliseconds)
{
	uint64_t end = clock_ms() + (uint64_t)milliseconds, now;
	struct pollfd poller = { .fd = from, .events = POLLIN };

	for (;;) {
		now = clock_ms();
		if (now >= end)
			return -ETIMEDOUT;
		if (poll(&poller, 1, (int)(end - now)) <= 0)
			continue; /* a signal, or the time is over */
		if (recv(from, reply, sizeof(*reply), 0) != (ssize_t)sizeof(*reply))
			return -EPIPE;
		reply->text[LIVE_TEXT_SIZE - 1] = 0;
		return 0;
	}
}
