/* SPDX-License-Identifier: MIT */
/*
 * rate.h - how often can something be done in a second?
 *
 * Other processes share caches and execution units with this one, so one and the same
 * work takes longer at times. The best of several parts is what the work itself takes.
 *
 * Layer: bench. May include: base.
 */
#ifndef BENCH_RATE_H
#define BENCH_RATE_H

#include <stdint.h>

#define RATE_PARTS 5

/* Do it once. Return: how many were done, 0 to give up. */
typedef uint64_t (*rate_fn)(void *arg);

/* Seconds since some moment: CPU time of this process; and of the clock. */
double rate_cpu_seconds(void);
double rate_clock_seconds(void);

/**
 * rate_best() - how many @work does in a second.
 * @clock: one of these two
 * @seconds: to spend at least, on all parts together
 *
 * Return: of the best part; 0 if @work gave up.
 */
double rate_best(rate_fn work, void *arg, double (*clock)(void), double seconds);

#endif
