/* SPDX-License-Identifier: MIT */
/*
 * passes.h - which of the names that a scenario uses were passed in a search, put together
 * from its parts: the points and labels of its order, and its fault points.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_PASSES_H
#define SCENARIO_PASSES_H

#include "engine/fault.h"
#include "explore/gather.h"
#include "scenario/refs.h"

struct passes {
	struct gatherer gatherer;
	struct refs *refs; /* of the order: ever_reached is what is gathered */
	unsigned int fault_count;
	struct fault_reach before[FAULT_RULES_MAX]; /* the last restart */
	struct fault_reach faults[FAULT_RULES_MAX]; /* merged from parts */
};

/* @refs: must outlive @passes */
void passes_init(struct passes *passes, struct refs *refs, unsigned int fault_count);

/* How far rule @index has come, in all that this process has run and in what was merged. */
struct fault_reach passes_fault(const struct passes *passes, unsigned int index);

#endif
