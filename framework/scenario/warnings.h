/* SPDX-License-Identifier: MIT */
/*
 * warnings.h - what makes a result worth less than it looks.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_WARNINGS_H
#define SCENARIO_WARNINGS_H

#include "explore/explore.h"
#include "scenario/runner.h"

/**
 * warnings_add() - look for reasons to mistrust a result, and add them to its notes.
 * @search: as it was run
 * @ordered: an order narrowed it
 * @result: its executions and strength are known
 * @err: why the program could not be run
 *
 * Runs some executions of the program.
 *
 * Context: no simulation is open.
 * Return: 0, or -1.
 */
int warnings_add(struct runner *runner, const struct explore_search *search, bool ordered,
		 struct variant_result *result, struct err *err);

#endif
