/* SPDX-License-Identifier: MIT */
/*
 * bare.h - one execution again and again, with nobody who decides anything.
 *
 * What is left is what every strategy pays for: setup, fibers, steps, finally. No
 * search that runs the program anew for each execution can be faster.
 *
 * Layer: bench. May include: engine, base.
 */
#ifndef BENCH_BARE_H
#define BENCH_BARE_H

#include "engine/sim.h"

/**
 * bare_rate() - executions of @schedule in a second of CPU time.
 * @seconds: to measure for, at least
 *
 * Context: a simulation is open.
 */
double bare_rate(const struct schedule *schedule, double seconds);

#endif
