/* SPDX-License-Identifier: MIT */
/*
 * measure.h - what a search takes.
 *
 * The search runs in a process of its own, so that its peak memory is its own, and
 * repeatedly until the CPU time means something. The same executions are then looked at
 * by another process that is not timed (survey.h), which at last runs one of them again
 * and again without any explorer (bare.h).
 *
 * Layer: bench. May include: scenarios, explore, engine, base.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include "bench/row.h"

/**
 * measure() - run @row.
 * @result: filled; its error says what went wrong
 */
void measure(const struct row *row, const struct limits *limits, struct measurement *result);

#endif
