/* SPDX-License-Identifier: MIT */
/*
 * permutation.h - a strategy that follows one permutation block.
 *
 * For each item in turn its CPU runs until the item is passed; where that CPU waits
 * for an interrupt to be handled, the interrupt is. After the last item every CPU
 * runs to its end, the running one first. No fault happens.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_PERMUTATION_H
#define SCENARIO_PERMUTATION_H

#include "engine/strategy.h"
#include "scenario/refs.h"

struct permutation_strategy {
	struct strategy strategy;
	struct refs refs; /* one per item */
	const struct permutation *permutation;
	size_t next; /* item */
	bool infeasible;
	struct text why; /* "dio waits for ptl(P) held by kswapd before 'pin'" */
};

/* @runner must outlive it. */
void permutation_init(struct permutation_strategy *strategy, struct runner *runner,
		      const struct permutation *permutation);
void permutation_release(struct permutation_strategy *strategy);

#endif
