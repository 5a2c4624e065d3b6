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

/* What to compare on the open simulation. */
struct bounded_case {
	uint64_t (*state)(void); /* of the program, at the end of an execution */
	unsigned int preemptions;
	unsigned int steps_max; /* of an execution, then it is a livelock */
	size_t executions_max;  /* of dfs */
	size_t table_size;      /* of memo, bytes */
};

/* What comparing the two showed. */
struct bounded_comparison {
	bool compared;       /* dfs came through within its limit */
	uint64_t executions; /* of dfs */
	uint64_t traces;     /* different ones among them */
	uint64_t reported;   /* executions of memo that count: not again, not dropped */
	uint64_t again;      /* executions of memo that came to their end for nothing */
	uint64_t dropped;    /* executions of memo that it stopped */
	uint64_t missed;     /* traces of dfs that no execution was of that counts */
	uint64_t alien;      /* traces that only memo ran */
	bool failed;         /* not deterministic */
	bool reached;        /* the bound, by memo */
	bool reached_by_dfs;
};

/* One execution of memo, which @outer wraps. Return: true if there is another one. */
static inline bool bounded_run_one(struct strategy *outer, struct memo *memo,
				   const struct bounded_case *wanted,
				   struct bounded_comparison *result, struct trace_set *set)
{
	enum sim_end end;
	bool again, more;

	outer->begin(outer);
	end = sim_execute(outer, wanted->steps_max, NULL);
	again = end != SIM_STOPPED && memo_is_again(memo);
	more = outer->end(outer);
	result->dropped += end == SIM_STOPPED;
	result->again += again;
	if (end != SIM_STOPPED && !again)
		vec_push(&set->marks,
			 ((struct trace_mark){ fingerprint_value((struct fingerprint *)outer),
					       wanted->state() }));
	return more;
}

static inline void bounded_run_memo(const struct bounded_case *wanted,
				    struct bounded_comparison *result, struct trace_set *set)
{
	struct fingerprint fingerprint;
	struct bound bound;
	struct memo memo;
	struct dfs dfs;

	*set = (struct trace_set){ .complete = true };
	dfs_init(&dfs);
	memo_init(&memo, &dfs, sim_program(), wanted->table_size);
	bound_init(&bound, &memo.strategy);
	bound.preemptions_max = (int)wanted->preemptions;
	fingerprint_init(&fingerprint, sim_program(), &bound.strategy);
	while (bounded_run_one(&fingerprint.strategy, &memo, wanted, result, set))
		;
	result->failed |= dfs.mismatch.found;
	result->reached = bound.preemptions_reached;
	result->reported = set->marks.count;
	trace_set_sort(set);
	fingerprint_release(&fingerprint);
	memo_release(&memo);
	dfs_release(&dfs);
}

static inline void bounded_run_dfs(const struct bounded_case *wanted,
				   struct bounded_comparison *result, struct trace_set *set)
{
	struct bound bound;
	struct dfs dfs;

	dfs_init(&dfs);
	bound_init(&bound, &dfs.strategy);
	bound.preemptions_max = (int)wanted->preemptions;
	trace_set_collect(set, &bound.strategy, wanted->state, wanted->executions_max,
			  wanted->steps_max);
	result->failed = dfs.mismatch.found;
	result->reached_by_dfs = bound.preemptions_reached;
	result->compared = set->complete;
	result->executions = set->marks.count;
	dfs_release(&dfs);
}

static inline struct bounded_comparison bounded_set_compare(const struct bounded_case *wanted)
{
	struct bounded_comparison result = { .compared = true };
	struct trace_set all, reduced;

	bounded_run_dfs(wanted, &result, &all);
	trace_set_unique(&all);
	result.traces = all.marks.count;
	if (result.compared) {
		bounded_run_memo(wanted, &result, &reduced);
		trace_set_unique(&reduced);
		result.missed = trace_set_missing(&all, &reduced);
		result.alien = trace_set_missing(&reduced, &all);
		vec_release(&reduced.marks);
	}
	vec_release(&all.marks);
	return result;
}

#endif
