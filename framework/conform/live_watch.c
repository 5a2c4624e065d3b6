/* SPDX-License-Identifier: MIT */
#include "conform/live_watch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Who reads what the front writes must not wait for this process. */
static void leave_terminal(void)
{
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

	for (int i = 0; i < 3 && nothing >= 0; i++)
		dup2(nothing, i);
	(void)setsid();
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
}

static _Noreturn void watch(struct live_shared *shared, int alive)
{
	struct text trouble = TEXT_INIT;
	char nothing;

	while (read(alive, &nothing, 1) < 0 && errno == EINTR)
		;
	(void)live_undo(&shared->made, &trouble);
	_exit(0);
}

int live_watch(struct live_shared *shared, int *alive)
{
	int ends[2];
	pid_t child;

	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	child = fork();
	if (!child) {
		close(ends[1]);
		leave_terminal();
		if (fork() == 0)
			watch(shared, ends[0]);
		_exit(0);
	}
	close(ends[0]);
	while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
		;
	if (child > 0) {
		*alive = ends[1];
		return 0;
	}
	close(ends[1]);
	return -EAGAIN;
}
