/* SPDX-License-Identifier: MIT */
/*
 * bound.h - wraps a strategy and forbids more than so many preemptions, faults and switches.
 *
 * A preemption is a step of another CPU than the one that made the last step,
 * although that one could have gone on. When the budget is used up, the running
 * CPU goes on as long as it can. A fault is a choice of a fault that is answered
 * "fails"; when that budget is used up, everything works. A switch is a step of another
 * CPU than the one that made the last step; when that budget is used up, an execution that
 * needs another one is dropped.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_BOUND_H
#define EXPLORE_BOUND_H

#include "engine/strategy.h"

struct bound {
	struct strategy strategy;
	int preemptions_max, faults_max;            /* -1: no bound */
	unsigned int switches_max;                  /* 0: no bound */
	unsigned int preemptions, faults, switches; /* in the current execution */
	/* Some option was ever withheld: the search is not exhaustive. */
	bool preemptions_reached, faults_reached, switches_reached;
};

/* No bounds yet: set preemptions_max and faults_max. */
void bound_init(struct bound *bound, struct strategy *inner);

#endif
