/* SPDX-License-Identifier: MIT */
/*
 * sleep.h - no time passes on simulated CPUs: who sleeps there has slept.
 *
 * For unchanged code: with the folder baton/dropin/threads in front of the other include paths its
 * `#include <unistd.h>` and `<time.h>` find this file, too. Between two steps of a CPU all others
 * may run, as long as they like: a sleep adds no order that would not be tried without it, so it is
 * no step. A loop that sleeps until somebody has written is noticed as any other (baton_atomic()).
 *
 * Outside a simulated CPU these are the C library's functions.
 *
 * Layer: public. May include: baton/decl.h.
 */
#ifndef BATON_SLEEP_H
#define BATON_SLEEP_H

#include <time.h>
#include <unistd.h>

#include "baton/decl.h"

BATON_BEGIN

/*
 * What the macros below expand to. Context: anywhere; does not switch. Return: on a CPU 0; outside
 * what the C library's function says, which sleep() and the others stand for.
 * Source: POSIX.1-2017, the page of the function that each stands for.
 */
unsigned int baton_sleep(unsigned int seconds);
int baton_usleep(unsigned int microseconds);
int baton_nanosleep(const struct timespec *wanted, struct timespec *left);
int baton_clock_nanosleep(int clock, int flags, const struct timespec *wanted,
			  struct timespec *left);

/* In C++ it may be a member of anything. */
#ifndef __cplusplus
#define sleep(seconds) baton_sleep(seconds)
#endif
#define usleep(microseconds) baton_usleep(microseconds)
#define nanosleep(wanted, left) baton_nanosleep(wanted, left)
#define clock_nanosleep(clock, flags, wanted, left) \
	baton_clock_nanosleep(clock, flags, wanted, left)

BATON_END

#endif
