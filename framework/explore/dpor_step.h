/* SPDX-License-Identifier: MIT */
/*
 * dpor_step.h - what the reduction has to know of one step, and which steps depend.
 *
 * Two steps are independent if making them in either order leads to the same state.
 * All of the reduction rests on this relation: a step that is taken for independent
 * and is not makes it miss executions.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_DPOR_STEP_H
#define EXPLORE_DPOR_STEP_H

#include <stdbool.h>
#include <stdint.h>

/* Accesses to one object that are of the same class commute, unless they are exclusive. */
enum dpor_class {
	DPOR_EXCLUSIVE,
	DPOR_READS,
	DPOR_ADDS,
};

struct dpor_step {
	uint32_t object;  /* number in dpor_objects; 0: depends on nothing but its CPU */
	uint32_t outcome; /* of the choices in it, in dpor_outcomes; of a plan: how it begins */
	uint8_t cpu;
	uint8_t core; /* the CPU itself, or the one that it interrupts */
	uint8_t class;
	bool stops;   /* a finding: nothing comes after it, so all others depend on it */
	bool waits;   /* it may have to wait until it can be made */
	bool foreign; /* of a sleeper: plans that its exploration would add may not come here */
	bool partial; /* of a plan: not all that was planned behind it was kept */
};

static inline bool dpor_same_object_depends(uint8_t class, uint8_t other)
{
	return class != other || class == DPOR_EXCLUSIVE;
}

/* A CPU and the contexts that interrupt it never run at the same time: one core. */
static inline bool dpor_dependent(const struct dpor_step *a, const struct dpor_step *b)
{
	if (a->core == b->core)
		return true;
	if (a->object == b->object && a->object && dpor_same_object_depends(a->class, b->class))
		return true;
	return a->stops || b->stops;
}

#endif
