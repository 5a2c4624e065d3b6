/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/bisect_git.h"
#include "cli/interrupt.h"
#include "cli/progress.h"

/* Between two looks at whether the script has ended. */
#define LOOK_MS 20

static int write_all(int file, const struct text *text)
{
	size_t done = 0;

	while (done < text->length) {
		ssize_t length = write(file, text->bytes + done, text->length - done);

		if (length < 0 && errno != EINTR)
			return -1;
		done += length > 0 ? (size_t)length : 0;
	}
	return close(file);
}

/* It takes its work tree away before it ends: a signal is passed on. */
static int wait_for(pid_t child)
{
	const volatile sig_atomic_t *interrupted = interrupt_catch();
	bool passed_on = false;
	int status = -1;

	while (!waitpid(child, &status, WNOHANG)) {
		if (*interrupted && !passed_on)
			passed_on = !kill(child, (int)*interrupted);
		poll(NULL, 0, LOOK_MS);
	}
	return status;
}

/* Its exit code is the verb's. */
static enum code run_file(const char *path, struct err *err)
{
	pid_t child = fork();
	int status;

	if (!child) {
		if (progress_is_shown())
			setenv("BATON_PROGRESS", "1", 1);
		else
			unsetenv("BATON_PROGRESS");
		execlp("sh", "sh", path, (char *)NULL);
		_exit(CODE_ERROR);
	}
	if (child < 0) {
		err_add(err, "cannot run a script: %s", strerror(errno));
		return CODE_ERROR;
	}
	status = wait_for(child);
	if (!WIFEXITED(status) || WEXITSTATUS(status) > CODE_BUG)
		return CODE_ERROR;
	return (enum code)WEXITSTATUS(status);
}

enum code git_run(const struct text *script, struct err *err)
{
	const char *folder = getenv("TMPDIR");
	struct text path = TEXT_INIT;
	enum code code = CODE_ERROR;
	int file;

	text_addf(&path, "%s/baton-bisect-XXXXXX", folder ? folder : "/tmp");
	file = mkstemp(path.bytes);
	if (file < 0 || write_all(file, script))
		err_add(err, "cannot write '%s': %s", path.bytes, strerror(errno));
	else
		code = run_file(path.bytes, err);
	if (file >= 0)
		unlink(path.bytes);
	text_release(&path);
	interrupt_pass_on();
	return code;
}
