/* SPDX-License-Identifier: MIT */
/*
 * fault_table.h - what came of each failure that the command line has added.
 *
 * A row is one pass of a fault point on one CPU, and what the executions showed in which it
 * failed though it was never expected.
 *
 * Where a point failed that may hinder or show (engine/model.h), something was not done. What the
 * scenario says of what may come of it is then about something else than what happened: its
 * predicates and invariants are not judged in such an execution, nor that something must always be
 * seen, nor oracles that tell of waste. The other oracles and findings are, whatever failed.
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

/* What may come, at most, of what failed in the last execution because the command line said so. */
enum model_fault_effect fault_table_effect(const struct scenario *scenario);

#endif
