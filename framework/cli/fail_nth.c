/* SPDX-License-Identifier: MIT */
/*
 * fail_nth.c - preloaded behind libfiu's POSIX points: one call of the C library fails, once.
 *
 * FAIL_POINT is the name of a point ("posix/io/rw/write"), FAIL_NTH says which of its calls
 * in a process fails, from 1, FAIL_ERRNO with which errno. The file FAIL_REPORT gets a byte
 * when one does; it is written without the C library, which is what fails.
 */
#include <fcntl.h>
#include <fiu-control.h>
#include <fiu.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static unsigned long calls, nth;
static int error;
static const char *report;

static void tell(void)
{
	long file = syscall(SYS_openat, AT_FDCWD, report, O_WRONLY | O_CREAT | O_APPEND, 0666);

	syscall(SYS_write, file, "!", (size_t)1);
	syscall(SYS_close, file);
}

static int fails(const char *name, int *failnum, void **failinfo, unsigned int *flags)
{
	(void)name;
	(void)flags;
	*failnum = 0;
	if (++calls != nth)
		return 0;
	tell();
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
	const char *point = getenv("FAIL_POINT");

	nth = number("FAIL_NTH");
	error = (int)number("FAIL_ERRNO");
	report = getenv("FAIL_REPORT");
	if (!point || !report || !nth)
		return;
	fiu_init(0);
	fiu_enable_external(point, 1, NULL, 0, fails);
}
