/* SPDX-License-Identifier: MIT */
/*
 * run.h - explore or replay one variant of a scenario.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_RUN_H
#define SCENARIO_RUN_H

#include "explore/explore.h"
#include "scenario/checkpoint.h"
#include "scenario/lookout.h"
#include "scenario/runner.h"

/* No bound on preemptions, whatever the scenario says. */
#define RUN_NO_BOUND (-2)

/* What the command line may override; the scenario's search block says the rest. */
struct run_options {
	int preemptions_max;      /* -1: as the scenario says; RUN_NO_BOUND */
	unsigned int steps_bound; /* this one, and the others: 0: as the scenario says */
	unsigned int seconds_max;
	unsigned int memory_max; /* MiB */
	uint64_t executions_max;
	unsigned int livelock;           /* steps that are one */
	bool permutations_only;          /* do not explore */
	bool fail_nth;                   /* show what came of each failure */
	bool coverage;                   /* gather the orders of conflicting accesses */
	bool first;                      /* 0, 1, 2... preemptions, up to the first failure */
	bool stops;                      /* at the first failure */
	bool strategy_given, seed_given; /* else as the scenario says */
	bool faults_given;
	int faults_max; /* -1: no bound */
	enum explore_strategy strategy;
	unsigned int depth; /* of pct */
	uint64_t seed;
	unsigned int jobs;                 /* processes that explore; 0 and 1: this one */
	struct checkpoint *checkpoint;     /* where searches go on, and are kept; may be NULL */
	struct lookout_listener *listener; /* is told how far a search has come; NULL: nobody */
	const char *command;               /* "build/baton": begins the printed replay command */
};

/* The search that @scenario asks for, and what @options override. */
struct explore_search run_search(const struct scenario *scenario,
				 const struct run_options *options);

/*
 * Which of the points and labels that a scenario names were ever passed, over all
 * variants that were run: one that never is is a mistake in the scenario. So is a line about
 * faults that lets no pass fail.
 */
struct run_coverage {
	VEC(bool) refs;   /* of order: two per constraint; then of each permutation's items */
	VEC(bool) passed; /* of the same: not only reached */
	VEC(struct fault_reach) faults;
};

void run_coverage_release(struct run_coverage *coverage);

/**
 * run_coverage_check() - after all variants and cells were run.
 * @err: names each point that was never reached, with its place in the file
 *
 * What the command line has added is left out: it may be meant for another scenario.
 *
 * Return: 0, or -1 if something that the scenario names was never reached.
 */
int run_coverage_check(const struct run_coverage *coverage, const struct scenario *scenario,
		       struct err *err);

/* Say why line @fault, which has come so far in all variants, has let nothing fail. */
void run_coverage_tell_fault(const struct scenario *scenario, const struct fault *fault,
			     const struct fault_reach *reach, struct err *err);

/**
 * run_variant() - explore one variant and judge its verdicts.
 * @coverage: added to
 * @result: initialised; filled, with a recorded execution for each verdict that shows one
 * @err: why it could not be run
 *
 * Context: no other simulation is open.
 * Return: 0 (the verdicts may be bad); 1 if only a part of the search is explored, because it
 *	   was interrupted or is a shard, and nothing is judged; -1 if it could not be run.
 */
int run_variant(const struct run_case *which, const struct run_options *options,
		struct run_coverage *coverage, struct variant_result *result, struct err *err);

#endif
