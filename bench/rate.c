/* SPDX-License-Identifier: MIT */
#include "bench/rate.h"

#include <sys/resource.h>

#include "base/clock.h"

static double seconds_of(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

double rate_cpu_seconds(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

double rate_clock_seconds(void)
{
	return (double)clock_ms() * 1e-3;
}

/* Return: what @work did in @times calls; 0 if it gave up. */
static uint64_t repeat(rate_fn work, void *arg, uint64_t times)
{
	uint64_t done = 0;

	for (uint64_t i = 0; i < times; i++) {
		uint64_t count = work(arg);

		if (!count)
			return 0;
		done += count;
	}
	return done;
}

double rate_best(rate_fn work, void *arg, double (*clock)(void), double seconds)
{
	double total = 0, best = 0;
	uint64_t times = 1;

	do {
		double begin = clock(), spent;
		uint64_t done = repeat(work, arg, times);

		if (!done)
			return 0;
		spent = clock() - begin;
		/* Twice as often each time: looking at the clock must take no time itself. */
		if (spent <= seconds / RATE_PARTS) {
			times *= 2;
			continue;
		}
		total += spent;
		if ((double)done / spent > best)
			best = (double)done / spent;
	} while (total <= seconds);
	return best;
}
