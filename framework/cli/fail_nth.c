/* SPDX-License-Identifier: MIT */
/*
 * fail_nth.c - preloaded behind libfiu's POSIX points: one call of the C library fails, once.
 *
 * FAIL_POINT is the name of a point ("posix/io/rw/write"), FAIL_NTH says which of its calls
 * in a process fails, from 1, FAIL_ERRNO with which errno. The file FAIL_REPORT gets a line, the
 * name, when one does; it is written without the C library, which is what fails. With FAIL_KILL
 * the first process and this one are killed there instead. With 0 for FAIL_NTH none fails, and
 * there is a line for each call of each point of FAIL_POINT, which has any number then, with
 * blanks between them.
 */
#include <fcntl.h>
#include <fiu-control.h>
#include <fiu.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static unsigned long calls, nth;
static int error;
static const char *report;
static bool kills;
static pid_t first;

static void tell(const char *name)
{
	long file = syscall(SYS_openat, AT_FDCWD, report, O_WRONLY | O_CREAT | O_APPEND, 0666);
	char line[80];
	size_t length = strnlen(name, sizeof(line) - 1);

	memcpy(line, name, length);
	line[length] = '\n';
	syscall(SYS_write, file, line, length + 1);
	syscall(SYS_close, file);
}

static int fails(const char *name, int *failnum, void **failinfo, unsigned int *flags)
{
	(void)flags;
	*failnum = 0;
	if (nth && ++calls != nth)
		return 0;
	tell(name);
	if (!nth)
		return 0;
	if (kills) {
		syscall(SYS_kill, first, SIGKILL);
		syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
	}
	*failnum = 1;
	*failinfo = (void *)(intptr_t)error; /* NOLINT(performance-no-int-to-ptr) */
	return 1;
}

static unsigned long number(const char *name)
{
	const char *value = getenv(name);

	return value ? strtoul(value, NULL, 10) : 0;
}

__attribute__((constructor)) static void begin(void)
{
	char *point = getenv("FAIL_POINT");

	nth = number("FAIL_NTH");
	error = (int)number("FAIL_ERRNO");
	report = getenv("FAIL_REPORT");
	kills = getenv("FAIL_KILL");
	first = (pid_t)syscall(SYS_getpid);
	if (!point || !report)
		return;
	fiu_init(0);
	for (point = strtok(point, " \n\t"); point; point = strtok(NULL, " \n\t"))
		fiu_enable_external(point, 1, NULL, 0, fails);
}
