/* SPDX-License-Identifier: MIT */
/*
 * judge.h - count in how many executions each predicate held, and keep the simplest
 * execution that shows it.
 *
 * The value of a predicate is its value at the end of an execution that ran to its
 * end; of an oracle, whether it was violated; of an invariant, whether it held
 * throughout; of a finding of the engine, whether the execution ended with it.
 * Simplest means: fewest faults, then preemptions, then steps, then first found.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_JUDGE_H
#define SCENARIO_JUDGE_H

#include "explore/explore.h"
#include "explore/gather.h"
#include "scenario/runner.h"

/* What costs in an execution; compared in this order. */
struct cost {
	unsigned int faults, preemptions, steps;
};

/* Of result->verdicts[i]. */
struct tally {
	const struct expr *predicate;   /* NULL: a rule or a finding, known by its name */
	const struct runner_rule *rule; /* NULL: not one of the runner's */
	bool invariant;
	bool shown, excused; /* by the execution judged last; see fault_table.h */
	struct cost cost;    /* of the execution kept */
};

struct judge {
	struct gatherer gatherer;
	struct runner *runner;
	struct variant_result *result;
	VEC(struct tally) tallies;
	size_t named;    /* tallies that judge_init() made; then findings that no verdict names */
	uint64_t number; /* of executions judged */
};

/* One verdict for each that the variant names, and one implied for each other rule. */
void judge_init(struct judge *judge, struct runner *runner, struct variant_result *result);
void judge_release(struct judge *judge);

/* Index of the verdict on @name, or the number of verdicts if there is none. */
size_t judge_find(const struct judge *judge, const char *name);

/* Add an implied verdict on finding @name, which must live as long as the runner. */
void judge_add_finding(struct judge *judge, const char *name);

bool judge_is_cheaper(struct cost a, struct cost b);

/* judge_gather.c: let the judge be put together from parts; called by judge_init(). */
void judge_gather_init(struct judge *judge);

/* Judge the execution that has just ended. A finding that no verdict names gets one. */
void judge_execution(struct judge *judge, enum sim_end end);

/* Count from 0, and keep the executions that were kept: what permutations showed is known,
 * but the search will run them again. */
void judge_restart(struct judge *judge);

/* Was anything seen, since the last restart, that is expected never to be seen? */
bool judge_has_failed(const struct judge *judge);

/* Set the outcome of each verdict and of the result, by its strength. */
void judge_conclude(struct judge *judge);

/* Should reports show an execution of this verdict? */
bool judge_shows(const struct verdict *verdict);

#endif
