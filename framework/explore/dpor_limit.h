/* SPDX-License-Identifier: MIT */
/*
 * dpor_limit.h - how many faults may fail in one execution.
 *
 * The order of the steps has no influence on how many there are. So a limit leaves out
 * whole traces, and what a plan or an execution is made of says whether it is one of them.
 * Whatever is said to be explored already must itself be within the limits.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_DPOR_LIMIT_H
#define EXPLORE_DPOR_LIMIT_H

#include "engine/fault.h"
#include "explore/dpor_outcome.h"

/* Failures of the rules of the plan, by number from 1; [0] of all, without a rule too. */
struct dpor_failures {
	uint16_t of[FAULT_RULES_MAX + 1];
};

void dpor_failures_add(struct dpor_failures *failures, const struct dpor_choice *choices,
		       size_t count);
void dpor_failures_add_outcome(struct dpor_failures *failures, const struct dpor_outcomes *outcomes,
			       uint32_t outcome);

/* Are there no more than the plan allows, and than outcomes->faults_max? */
bool dpor_failures_allowed(const struct dpor_failures *failures,
			   const struct dpor_outcomes *outcomes);

#endif
