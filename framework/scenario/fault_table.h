/* SPDX-License-Identifier: MIT */
/*
 * fault_table.h - what came of each failure that the command line has added.
 *
 * A row is one pass of a fault point on one CPU, and what the executions showed in which it
 * failed though it was never expected.
 *
 * A point that may show (engine/model.h) tells who asked that it failed. What the scenario says of
 * what may come of it is then about something else than what happened, so its predicates and
 * invariants are not judged in such an execution; oracles and findings are, whatever failed.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_FAULT_TABLE_H
#define SCENARIO_FAULT_TABLE_H

#include "scenario/judge.h"

struct fault_table {
	struct gatherer gatherer;
	const struct judge *judge;
	struct fault_table_result *result;
};

/* @result: of the judge's result; its rows are filled */
void fault_table_init(struct fault_table *table, const struct judge *judge);

/* After the judge: add the execution that has just ended. */
void fault_table_execution(struct fault_table *table);

/* When all is gathered: put the rows in order, and what may show among the notes. */
void fault_table_conclude(struct fault_table *table);

/* Did something fail in the last execution, added by the command line, that may show? */
bool fault_table_excuses(const struct scenario *scenario);

#endif
