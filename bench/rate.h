/* SPDX-License-Identifier: MIT */
/*
 * rate.h - how often can something be done in a second of CPU time?
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

/**
 * rate_best() - how many @work does in a second of CPU time.
 * @seconds: CPU time to spend at least, on all parts together
 *
 * Return: of the best part; 0 if @work gave up.
 */
double rate_best(rate_fn work, void *arg, double seconds);

#endif
