/* SPDX-License-Identifier: MIT */
/*
 * dependence.h - which accesses depend on each other, for searches that are told of them by
 * the engine as they come. The same relation as in dpor_step.h, without findings.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_DEPENDENCE_H
#define EXPLORE_DEPENDENCE_H

#include "engine/sim.h"

/* The CPU, or the one that it interrupts: what one core does is in order. */
static inline uint32_t dependence_core(const struct baton_program *program, uint32_t cpu)
{
	int host = program->cpus[cpu].host;

	return host < 0 ? cpu : (uint32_t)host;
}

/* Does the order of these accesses of two cores matter? */
static inline bool dependence_is(const struct sim_access *a, const struct sim_access *b)
{
	if (a->kind == BATON_LOCAL || b->kind == BATON_LOCAL || a->object != b->object)
		return false;
	return a->kind != b->kind || (a->kind != BATON_READ && a->kind != BATON_ADD);
}

#endif
