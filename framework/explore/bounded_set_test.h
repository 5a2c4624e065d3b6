/* SPDX-License-Identifier: MIT */
/*
 * bounded_set_test.h - for tests: within a bound on preemptions, does memo run the traces
 * that dfs runs?
 *
 * Layer: explore, tests only. May include: engine, base.
 */
#ifndef EXPLORE_BOUNDED_SET_TEST_H
#define EXPLORE_BOUNDED_SET_TEST_H

#include "explore/bound.h"
#include "explore/memo.h"
#include "explore/trace_set_test.h"

/* What comparing the two on the open simulation showed. */
struct bounded_comparison {
	bool compared;       /* dfs came through within its limit */
	uint64_t executions; /* of dfs */
	uint64_t traces;     /* different ones among them */
	uint64_t reported;   /* executions of memo that count: not again, not dropped */
	uint64_t again;      /* executions of memo that came to their end for nothing */
	uint64_t dropped;    /* executions of memo that it stopped */
	uint64_t missed;     /* traces of dfs that memo did not run */
	uint64_t alien;      /* traces that only memo ran */
	bool failed;         /* not deterministic */
	bool reached;        /* the bound, by memo */
	bool reached_by_dfs;
};

/* As trace_set_collect(), of memo within a bound; only executions that count are marked. */
static inline void bounded_set_collect(struct trace_set *set, struct strategy *strategy,
				       struct memo *memo, uint64_t (*state)(void),
				       struct bounded_comparison *result, unsigned int steps_max)
{
	struct fingerprint fingerprint;
	bool more = true;

	*set = (struct trace_set){ .complete = true };
	fingerprint_init(&fingerprint, sim_program(), strategy);
	while (more) {
		struct strategy *outer = &fingerprint.strategy;
		enum sim_end end;
		bool again;

		outer->begin(outer);
		end = sim_execute(outer, steps_max, NULL);
		again = end != SIM_STOPPED && memo_is_again(memo);
		more = outer->end(outer);
		result->dropped += end == SIM_STOPPED;
		result->again += again;
		if (end != SIM_STOPPED && !again)
			vec_push(&set->marks,
				 ((struct trace_mark){ fingerprint_value(&fingerprint), state() }));
	}
	fingerprint_release(&fingerprint);
	qsort(set->marks.items, set->marks.count, sizeof(*set->marks.items), trace_mark_compare);
}

static inline void bounded_run_memo(struct trace_set *set, uint64_t (*state)(void),
				    unsigned int preemptions, size_t table_size,
				    struct bounded_comparison *result, unsigned int steps_max)
{
	struct bound bound;
	struct memo memo;
	struct dfs dfs;

	dfs_init(&dfs);
	memo_init(&memo, &dfs, sim_program(), table_size);
	bound_init(&bound, &memo.strategy);
	bound.preemptions_max = (int)preemptions;
	bounded_set_collect(set, &bound.strategy, &memo, state, result, steps_max);
	result->failed |= dfs.mismatch.found;
	result->reached = bound.preemptions_reached;
	memo_release(&memo);
	dfs_release(&dfs);
}

static inline void bounded_run_dfs(struct trace_set *set, uint64_t (*state)(void),
				   unsigned int preemptions, size_t limit,
				   struct bounded_comparison *result, unsigned int steps_max)
{
	struct bound bound;
	struct dfs dfs;

	dfs_init(&dfs);
	bound_init(&bound, &dfs.strategy);
	bound.preemptions_max = (int)preemptions;
	trace_set_collect(set, &bound.strategy, state, limit, steps_max);
	result->failed = dfs.mismatch.found;
	result->reached_by_dfs = bound.preemptions_reached;
	dfs_release(&dfs);
}

/* @limit: executions of dfs */
static inline struct bounded_comparison bounded_set_compare(uint64_t (*state)(void),
							    unsigned int preemptions, size_t limit,
							    unsigned int steps_max,
							    size_t table_size)
{
	struct bounded_comparison result = { .compared = true };
	struct trace_set all, reduced;

	bounded_run_dfs(&all, state, preemptions, limit, &result, steps_max);
	result.compared = all.complete;
	result.executions = all.marks.count;
	trace_set_unique(&all);
	result.traces = all.marks.count;
	if (result.compared) {
		bounded_run_memo(&reduced, state, preemptions, table_size, &result, steps_max);
		result.reported = reduced.marks.count;
		trace_set_unique(&reduced);
		result.missed = trace_set_missing(&all, &reduced);
		result.alien = trace_set_missing(&reduced, &all);
		vec_release(&reduced.marks);
	}
	vec_release(&all.marks);
	return result;
}

#endif
