/* SPDX-License-Identifier: MIT */
#include "bench/rate.h"

#include <sys/resource.h>

static double seconds_of(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

static double cpu_seconds(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

/* @done: set to what @work did in @times calls. Return: the time that took. */
static double run_part(rate_fn work, void *arg, uint64_t times, uint64_t *done)
{
	double begin = cpu_seconds();

	*done = 0;
	for (uint64_t i = 0; i < times; i++) {
		uint64_t count = work(arg);

		if (!count) {
			*done = 0;
			break;
		}
		*done += count;
	}
	return cpu_seconds() - begin;
}

double rate_best(rate_fn work, void *arg, double seconds)
{
	uint64_t times = 1, done;
	double spent = run_part(work, arg, times, &done), best;

	/* Twice as often each time: looking at the clock must take no time itself. */
	while (done && spent <= seconds / RATE_PARTS) {
		times *= 2;
		spent = run_part(work, arg, times, &done);
	}
	best = done ? (double)done / spent : 0;
	for (int part = 1; done && spent * part < seconds; part++) {
		double part_spent = run_part(work, arg, times, &done);

		if ((double)done / part_spent > best)
			best = (double)done / part_spent;
	}
	return done ? best : 0;
}
