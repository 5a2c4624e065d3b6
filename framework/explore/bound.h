/* SPDX-License-Identifier: MIT */
/*
 * bound.h - wraps a strategy and forbids more than so many preemptions.
 *
 * A preemption is a step of another CPU than the one that made the last step,
 * although that one could have gone on. When the budget is used up, the running
 * CPU goes on as long as it can.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_BOUND_H
#define EXPLORE_BOUND_H

#include "engine/strategy.h"

struct bound {
	struct strategy strategy;
	unsigned int preemptions_max;
	unsigned int preemptions; /* in the current execution */
	bool reached;             /* some option was ever withheld: the search is not exhaustive */
};

void bound_init(struct bound *bound, struct strategy *inner, unsigned int preemptions_max);

#endif
