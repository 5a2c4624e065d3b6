/* SPDX-License-Identifier: MIT */
/*
 * command.c - baton_judge_command(): what the command `baton` says, as a message of a test.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "base/vec.h"
#include "baton/report.h"

extern char **environ;

static const char *command_name(void)
{
	const char *name = getenv("BATON_COMMAND");

	return name ? name : "baton";
}

/* Both of its outputs go to @fd. Return: 0, or an errno. */
static int start(const char *const *arguments, int fd, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	VEC(char *) words = { 0 };
	int error;

	vec_push(&words, xstrdup(command_name()));
	for (; *arguments; arguments++)
		vec_push(&words, xstrdup(*arguments));
	vec_push(&words, NULL);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fd, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, fd, STDERR_FILENO);
	error = posix_spawnp(pid, words.items[0], &actions, NULL, words.items, environ);
	posix_spawn_file_actions_destroy(&actions);
	for (size_t i = 0; i < words.count; i++)
		free(words.items[i]);
	vec_release(&words);
	return error;
}

static void read_all(int fd, struct text *out)
{
	char bytes[4096];
	ssize_t count;

	do {
		count = read(fd, bytes, sizeof(bytes));
		if (count > 0)
			text_add_bytes(out, bytes, (size_t)count);
	} while (count > 0 || (count < 0 && errno == EINTR));
}

/* Return: its exit code; -1 if it could not be run or did not exit. @out: what it said */
static int run(const char *const *arguments, struct text *out)
{
	int pipe_fds[2], status = -1, error;
	pid_t pid;

	if (pipe2(pipe_fds, O_CLOEXEC)) {
		text_addf(out, "no pipe: %s\n", strerror(errno));
		return -1;
	}
	error = start(arguments, pipe_fds[1], &pid);
	close(pipe_fds[1]);
	if (error)
		text_addf(out, "cannot run it: %s (set BATON_COMMAND to its path)\n",
			  strerror(error));
	else
		read_all(pipe_fds[0], out);
	close(pipe_fds[0]);
	while (!error && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return !error && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

char *baton_judge_command(int code, const char *const *arguments)
{
	struct text out = TEXT_INIT;
	int ended;

	text_add_shell(&out, command_name());
	for (const char *const *word = arguments; *word; word++) {
		text_add_char(&out, ' ');
		text_add_shell(&out, *word);
	}
	text_add_char(&out, '\n');
	ended = run(arguments, &out);
	if (ended == code) {
		text_release(&out);
		return NULL;
	}
	text_addf(&out, "exit code %d, expected %d\n", ended, code);
	return text_detach(&out);
}
