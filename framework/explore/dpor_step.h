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

/* What else a step does to others. */
enum dpor_effect {
	DPOR_STOPS_ALL = 1, /* a finding: nobody goes on after it */
	DPOR_ENDS = 2,      /* the last step: interrupts that are idle come to nothing */
	DPOR_INTERRUPTS = 4 /* an interrupt context leaves its idle loop */
};

struct dpor_step {
	uint32_t object;  /* number in dpor_objects; 0: depends on nothing but its CPU */
	uint32_t outcome; /* of the choices in it, in dpor_outcomes; of a plan: how it begins */
	uint8_t cpu;
	uint8_t core; /* the CPU itself, or the one that it interrupts */
	uint8_t class;
	uint8_t effects; /* enum dpor_effect */
};

/* Does nothing come after it? */
static inline bool dpor_ends(const struct dpor_step *step)
{
	return step->effects & (DPOR_STOPS_ALL | DPOR_ENDS);
}

static inline bool dpor_same_object_depends(uint8_t class, uint8_t other)
{
	return class != other || class == DPOR_EXCLUSIVE;
}

static inline bool dpor_effects_depend(uint8_t effects, uint8_t other)
{
	if ((effects | other) & DPOR_STOPS_ALL)
		return true;
	return (effects & DPOR_ENDS && other & DPOR_INTERRUPTS) ||
	       (effects & DPOR_INTERRUPTS && other & DPOR_ENDS);
}

/* A CPU and the contexts that interrupt it never run at the same time: one core. */
static inline bool dpor_dependent(const struct dpor_step *a, const struct dpor_step *b)
{
	if (a->core == b->core)
		return true;
	if (a->object == b->object && a->object && dpor_same_object_depends(a->class, b->class))
		return true;
	return (a->effects || b->effects) && dpor_effects_depend(a->effects, b->effects);
}

#endif
