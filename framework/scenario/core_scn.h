/* SPDX-License-Identifier: MIT */
/*
 * core_scn.h - a core as a scenario: the one that failed, with an order block, and with the
 * one variant that it failed under. It names points and no steps, so it outlives changes of
 * the code that a schedule does not.
 *
 * Layer: scenario. May include: explain, explore, engine, base.
 */
#ifndef SCENARIO_CORE_SCN_H
#define SCENARIO_CORE_SCN_H

#include "explain/core.h"
#include "scenario/failing.h"

/* A comment between the scenario's own orders, where it has any, and those of the core. */
#define CORE_SCN_OWN_END "# Of the failure:"

struct core_scn {
	const struct failing *failing; /* closed */
	const struct core *core;       /* explained */
	const struct model *const *models;
	uint64_t limit; /* executions of the run that says what to expect */
};

/**
 * core_scn_write() - append the text of the scenario.
 * @why: appended: why there is none, if there is none
 *
 * It is parsed and run: what its variant expects is what that run showed, of the failure
 * first.
 *
 * Context: no simulation is open.
 * Return: 0; 1 if the core cannot be written as an order block; -1 on a BUG.
 */
int core_scn_write(const struct core_scn *wanted, struct text *text, struct text *why,
		   struct err *err);

/* Append the variant's title with the rules of the cell: "v5.19 + tlbflush=ipi". */
void core_scn_title(const struct run_case *which, struct text *text);

#endif
