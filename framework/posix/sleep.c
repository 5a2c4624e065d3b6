/* SPDX-License-Identifier: MIT */
/*
 * sleep.c - time does not pass.
 *
 * Layer: posix. May include: engine.
 */
#include "baton/sleep.h"

#include <time.h>
#include <unistd.h>

#include "posix/posix.h"

unsigned int baton_sleep(unsigned int seconds)
{
	return posix_outside() ? (sleep)(seconds) : 0;
}

int baton_usleep(unsigned int microseconds)
{
	const struct timespec wanted = { .tv_sec = microseconds / 1000000,
					 .tv_nsec = microseconds % 1000000 * 1000L };

	return posix_outside() ? (nanosleep)(&wanted, NULL) : 0;
}

int baton_nanosleep(const struct timespec *wanted, struct timespec *left)
{
	return posix_outside() ? (nanosleep)(wanted, left) : 0;
}

int baton_clock_nanosleep(int clock, int flags, const struct timespec *wanted,
			  struct timespec *left)
{
	return posix_outside() ? (clock_nanosleep)(clock, flags, wanted, left) : 0;
}
