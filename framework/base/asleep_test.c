/* SPDX-License-Identifier: MIT */
#include "base/asleep.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(asleep, .timeout = 60);

static int ends[2];

static void reads(void)
{
	char byte;

	(void)!read(ends[0], &byte, 1);
}

/* More than the pipe takes. */
static void writes(void)
{
	static const char bytes[65536];

	for (;;)
		(void)!write(ends[1], bytes, sizeof(bytes));
}

static void computes(void)
{
	for (volatile int i = 0;; i++)
		;
}

/* What a process that does @work is seen to sleep in, when it has come so far. */
static const char *seen(void (*work)(void))
{
	const char *in = NULL;
	pid_t process;

	cr_assert_eq(pipe(ends), 0);
	process = fork();
	if (!process) {
		work();
		_exit(0);
	}
	for (int i = 0; i < 20 && !in; i++) {
		(void)poll(NULL, 0, 10);
		in = asleep_in(process);
	}
	kill(process, SIGKILL);
	waitpid(process, NULL, 0);
	return in;
}

Test(asleep, names_the_call)
{
	const char *in = seen(reads);

	/* Without the name, where no process may look at another one. */
	cr_assert_not_null(in);
	cr_expect(!strcmp(in, "read") || !*in, "%s", in);
}

Test(asleep, who_writes_waits_for_a_reader)
{
	if (access("/proc/self/syscall", R_OK))
		cr_skip_test("nobody may look at the system calls of another process");
	cr_expect_null(seen(writes));
}

Test(asleep, who_computes_is_not)
{
	cr_expect_null(seen(computes));
}

Test(asleep, nobody_is_not)
{
	cr_expect_null(asleep_in(-1));
}
