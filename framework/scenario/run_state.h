/* SPDX-License-Identifier: MIT */
/*
 * run_state.h - what one search of a scenario needs, before it is run and while it is.
 *
 * Shared by who runs a variant from beginning to end (run.c) and who explores parts of it for
 * others (ahead.c).
 *
 * Layer: scenario, private to it.
 */
#ifndef SCENARIO_RUN_STATE_H
#define SCENARIO_RUN_STATE_H

#include "explore/coverage.h"
#include "scenario/fault_table.h"
#include "scenario/judge.h"
#include "scenario/order.h"
#include "scenario/passes.h"
#include "scenario/run.h"

struct run {
	struct runner *runner;
	struct judge judge;
	struct order order;
	struct passes passes;
	struct fault_table faults; /* if the command line has added some */
	struct coverage pairs;     /* if options ask for it */
	bool covers;
	struct explore_search search;
	struct run_coverage *coverage;
	struct variant_result *result;
	const struct run_case *which;
	struct checkpoint *checkpoint;     /* may be NULL */
	struct lookout_listener *listener; /* may be NULL */
	bool first;                        /* deepen */
	bool stops;                        /* at the first failure */
	size_t refs;                       /* of coverage, passed over so far */
};

/**
 * run_init() - put together what is needed to explore a variant.
 * @run: must stay where it is until run_release()
 * @which: must outlive @run
 * @result: initialised; gets the names, and owns what the judge needs until it is released
 *
 * Return: 0, or -1 if the variant cannot be put together; then there is nothing to release.
 */
int run_init(struct run *run, const struct run_case *which, const struct run_options *options,
	     struct variant_result *result, struct err *err);
void run_release(struct run *run);

/* Open its simulation, with its faults planned. Return: 0, or -1. */
int run_open(struct run *run, struct err *err);
void run_close(void);

/* What sees its executions. */
struct explore_judge run_judge(struct run *run);

/* What its order allows; NULL without one. */
struct explore_filter *run_filter(struct run *run);

#endif
