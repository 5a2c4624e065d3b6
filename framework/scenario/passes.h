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
	unsigned long faults_before[FAULT_RULES_MAX]; /* fault_passes() at the last restart */
	bool faults[FAULT_RULES_MAX];                 /* merged from parts */
};

/* @refs: must outlive @passes */
void passes_init(struct passes *passes, struct refs *refs, unsigned int fault_count);

/* Was the fault point of rule @index passed since the last restart, or in what was merged? */
bool passes_fault(const struct passes *passes, unsigned int index);

#endif
