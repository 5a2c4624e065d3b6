/* SPDX-License-Identifier: MIT */
/*
 * asleep.c - what /proc says: see proc(5), and the kernel's Documentation/filesystems/proc.rst.
 */
#include "base/asleep.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#define CALL(name)                \
	{                         \
		SYS_##name, #name \
	}

/* Those in which code waits. */
static const struct {
	long number;
	const char *name;
} calls[] = {
	CALL(futex),           CALL(read),    CALL(readv),           CALL(nanosleep),
	CALL(clock_nanosleep), CALL(ppoll),   CALL(pselect6),        CALL(epoll_pwait),
	CALL(wait4),           CALL(waitid),  CALL(recvfrom),        CALL(recvmsg),
	CALL(accept),          CALL(connect), CALL(rt_sigtimedwait), CALL(rt_sigsuspend),
	CALL(flock),           CALL(fcntl),   CALL(mq_timedreceive), CALL(semtimedop),
#ifdef SYS_pause
	CALL(pause),           CALL(poll),    CALL(select),          CALL(epoll_wait),
#endif
};

#define CALLS (sizeof(calls) / sizeof(*calls))

/* The first line of /proc/@process/@file. Return: false: it cannot be read */
static bool read_line(pid_t process, const char *file, char *line, int size)
{
	char path[64];
	FILE *from;
	bool is_there;

	(void)snprintf(path, sizeof(path), "/proc/%ld/%s", (long)process, file);
	from = fopen(path, "re");
	if (!from)
		return false;
	is_there = fgets(line, size, from);
	fclose(from);
	return is_there;
}

/* "12 (name, which may have anything in it) S ..." */
static bool is_asleep(pid_t process)
{
	char line[512];
	const char *behind_name;

	if (!read_line(process, "stat", line, sizeof(line)))
		return false;
	behind_name = strrchr(line, ')');
	return behind_name && behind_name[1] == ' ' && behind_name[2] == 'S';
}

const char *asleep_in(pid_t process)
{
	char line[256], *end;
	long number;

	if (!is_asleep(process))
		return NULL;
	if (!read_line(process, "syscall", line, sizeof(line)))
		return "";
	number = strtol(line, &end, 10);
	if (end == line) /* "running": it has gone on meanwhile */
		return NULL;
	if (number == SYS_write || number == SYS_writev)
		return NULL;
	for (size_t i = 0; i < CALLS; i++)
		if (calls[i].number == number)
			return calls[i].name;
	return "";
}
