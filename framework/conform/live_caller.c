/* SPDX-License-Identifier: MIT */
#include "conform/live_caller.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "conform/live_made.h"

#define PLACE 2 /* among the processes of the script */
#define STACK_SIZE 65536

/* errno is A's, too, which only waits when the caller uses it. */
static int run(void *arg)
{
	struct live_caller *caller = arg;

	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (caller->held_by >= 0)
		close(caller->held_by);
	caller->result = caller->call(caller->arg);
	return 0;
}

/* The pipe's other end is the caller's alone: it is closed when that has ended. */
long live_caller_start(struct live_caller *caller, const struct live_worker *worker)
{
	static char stack[STACK_SIZE] __attribute__((aligned(16)));
	int ends[2];
	long error;

	caller->end = -1;
	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	caller->end = ends[0];
	error = live_result(clone(run, stack + sizeof(stack),
				  CLONE_VM | CLONE_PARENT | CLONE_PARENT_SETTID | SIGCHLD, caller,
				  &worker->shared->pid[PLACE]) < 0);
	close(ends[1]);
	return error;
}

long live_caller_await(const struct live_caller *caller)
{
	struct pollfd poller = { .fd = caller->end };

	return poll(&poller, 1, LIVE_CALLER_MS) > 0 ? 0 : -ETIMEDOUT;
}

void live_caller_release(struct live_caller *caller)
{
	if (caller->end >= 0)
		close(caller->end);
	caller->end = -1;
}
