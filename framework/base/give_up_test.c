/* SPDX-License-Identifier: MIT */
#include "base/give_up.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define BYTES 128

TestSuite(give_up, .timeout = 10);

static void say(const char *what)
{
	(void)!write(STDERR_FILENO, what, strlen(what));
}

static void hear(const char *why)
{
	say("heard: ");
	say(why);
}

/* Exit handlers want what there is none of. */
static void handle_exit(void)
{
	say("an exit handler");
}

/* Give up in a process. @said: gets what it writes to stderr. Return: its exit code. */
static int give_up_apart(void (*listener)(const char *why), char *said)
{
	size_t length = 0;
	ssize_t got;
	int ends[2], status;
	pid_t process;

	cr_assert_eq(pipe(ends), 0);
	process = fork();
	cr_assert_geq(process, 0);
	if (!process) {
		dup2(ends[1], STDERR_FILENO);
		(void)atexit(handle_exit);
		give_up_listen(listener);
		give_up("out of memory");
	}
	close(ends[1]);
	while (length < BYTES - 1 && (got = read(ends[0], said + length, BYTES - 1 - length)) > 0)
		length += (size_t)got;
	said[length] = '\0';
	close(ends[0]);
	cr_assert_eq(waitpid(process, &status, 0), process);
	cr_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

Test(give_up, says_why_and_ends_with_code_2)
{
	char said[BYTES];

	cr_expect_eq(give_up_apart(NULL, said), 2);
	cr_expect_str_eq(said, "baton: error: out of memory\n");
}

Test(give_up, leaves_saying_it_to_who_listens)
{
	char said[BYTES];

	cr_expect_eq(give_up_apart(hear, said), 2);
	cr_expect_str_eq(said, "heard: out of memory");
}
