/* SPDX-License-Identifier: MIT */
#include "base/errno_name.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "base/vec.h"

/* What the C library does not know: second names, and numbers that stay inside of the kernel. */
static const struct {
	const char *name;
	int number;
} others[] = {
	{ "EWOULDBLOCK", EWOULDBLOCK },
	{ "EDEADLOCK", EDEADLOCK },
	{ "EOPNOTSUPP", EOPNOTSUPP },
	{ "ENOTSUP", ENOTSUP },
	{ "ERESTARTSYS", 512 },
	{ "ERESTARTNOINTR", 513 },
	{ "ERESTARTNOHAND", 514 },
	{ "ENOIOCTLCMD", 515 },
	{ "ERESTART_RESTARTBLOCK", 516 },
	{ "EPROBE_DEFER", 517 },
	{ "EOPENSTALE", 518 },
	{ "ENOPARAM", 519 },
	{ "EBADHANDLE", 521 },
	{ "ENOTSYNC", 522 },
	{ "EBADCOOKIE", 523 },
	{ "ENOTSUPP", 524 },
	{ "ETOOSMALL", 525 },
	{ "ESERVERFAULT", 526 },
	{ "EBADTYPE", 527 },
	{ "EJUKEBOX", 528 },
	{ "EIOCBQUEUED", 529 },
	{ "ERECALLCONFLICT", 530 },
	{ "ENOGRACE", 531 },
};

const char *errno_name(int number)
{
	const char *name = number > 0 && number <= ERRNO_MAX ? strerrorname_np(number) : NULL;

	for (size_t i = 0; i < ARRAY_SIZE(others) && !name; i++)
		if (others[i].number == number)
			name = others[i].name;
	return name;
}

int errno_number(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		if (!strcmp(others[i].name, name))
			return others[i].number;
	for (int number = 1; number <= ERRNO_MAX; number++) {
		const char *candidate = strerrorname_np(number);

		if (candidate && !strcmp(candidate, name))
			return number;
	}
	return 0;
}
