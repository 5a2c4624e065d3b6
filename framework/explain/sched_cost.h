/* SPDX-License-Identifier: MIT */
/*
 * sched_cost.h - how much happens in a schedule. The smallest one is the easiest to read.
 *
 * Costs are compared in the order of their fields: a schedule with fewer faults is smaller
 * whatever else it needs.
 *
 * Layer: explain. May include: explore, engine, base.
 */
#ifndef EXPLAIN_SCHED_COST_H
#define EXPLAIN_SCHED_COST_H

#include "base/text.h"
#include "engine/schedule.h"

struct sched_cost {
	unsigned int faults;      /* choices of a fault that are answered "fails" */
	unsigned int preemptions; /* steps of another CPU than the last one, which could go on */
	unsigned int switches;    /* steps of another CPU than the last one, for any reason */
	unsigned int steps;       /* scheduling steps; what setup and finally do is none */
	unsigned int cpus;        /* that make a step; interrupt contexts count by themselves */
};

/* Of the last execution. */
struct sched_cost sched_cost_of_execution(void);

/* Return: less than 0 if @a is smaller than @b, 0 if they are equal. */
int sched_cost_compare(const struct sched_cost *a, const struct sched_cost *b);

/* Append "0 faults, 2 preemptions, 5 switches, 64 steps, 3 CPUs". */
void sched_cost_format(const struct sched_cost *cost, struct text *text);

#endif
