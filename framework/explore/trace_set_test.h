/* SPDX-License-Identifier: MIT */
/*
 * trace_set_test.h - for tests: does dpor run the traces that dfs runs, and each once?
 *
 * Layer: explore, tests only. May include: engine, base.
 */
#ifndef EXPLORE_TRACE_SET_TEST_H
#define EXPLORE_TRACE_SET_TEST_H

#include <stdlib.h>

#include "explore/dfs.h"
#include "explore/dpor.h"
#include "explore/fingerprint.h"
#include "explore/pop.h"

struct trace_mark {
	uint64_t trace, state; /* of one execution */
};

struct trace_set {
	VEC(struct trace_mark) marks; /* sorted once complete */
	/* The same; of an execution that a finding cut short, only what the finding needed. */
	VEC(struct trace_mark) ends;
	uint64_t dropped; /* executions begun and stopped */
	bool complete;    /* no limit ended the search */
	bool awaits;      /* several objects, in an execution: sim_awaits_several() */
};

static inline int trace_mark_compare(const void *a, const void *b)
{
	const struct trace_mark *x = a, *y = b;

	if (x->trace != y->trace)
		return x->trace < y->trace ? -1 : 1;
	return x->state < y->state ? -1 : x->state > y->state;
}

static inline void trace_set_sort(struct trace_set *set)
{
	if (set->marks.count)
		qsort(set->marks.items, set->marks.count, sizeof(*set->marks.items),
		      trace_mark_compare);
	if (set->ends.count)
		qsort(set->ends.items, set->ends.count, sizeof(*set->ends.items),
		      trace_mark_compare);
}

/* The execution that has just ended. @state: of the program */
static inline void trace_set_add(struct trace_set *set, const struct fingerprint *fingerprint,
				 uint64_t state)
{
	struct trace_mark mark = { fingerprint_value(fingerprint), state };

	vec_push(&set->marks, mark);
	if (sim_cut_short())
		mark = (struct trace_mark){ fingerprint_cause(fingerprint), 0 };
	vec_push(&set->ends, mark);
}

static inline void trace_set_release(struct trace_set *set)
{
	vec_release(&set->marks);
	vec_release(&set->ends);
}

/* Run @strategy to its end, at most @executions_max executions. @state: of the program. */
static inline void trace_set_collect(struct trace_set *set, struct strategy *strategy,
				     uint64_t (*state)(void), size_t executions_max,
				     unsigned int steps_max)
{
	struct fingerprint fingerprint;
	bool more = true;

	*set = (struct trace_set){ .complete = true };
	fingerprint_init(&fingerprint, sim_program(), strategy);
	while (more) {
		struct strategy *outer = &fingerprint.strategy;
		enum sim_end end;

		if (set->marks.count == executions_max) {
			set->complete = false;
			break;
		}
		outer->begin(outer);
		end = sim_execute(outer, steps_max, NULL);
		set->awaits |= sim_awaits_several();
		more = outer->end(outer);
		if (end == SIM_STOPPED)
			set->dropped++;
		else
			trace_set_add(set, &fingerprint, state());
	}
	fingerprint_release(&fingerprint);
	trace_set_sort(set);
}

/* Make each mark occur once. Return: how many were there again. */
static inline size_t trace_set_unique(struct trace_set *set)
{
	size_t kept = 0, count = set->marks.count;

	for (size_t i = 0; i < count; i++)
		if (!kept || trace_mark_compare(&set->marks.items[kept - 1], &set->marks.items[i]))
			set->marks.items[kept++] = set->marks.items[i];
	set->marks.count = kept;
	return count - kept;
}

/* Marks of @set that @other has not. @other is unique. */
static inline size_t trace_marks_missing(const struct trace_mark *marks, size_t count,
					 const struct trace_mark *others, size_t other_count)
{
	size_t missing = 0, j = 0;

	for (size_t i = 0; i < count; i++) {
		while (j < other_count && trace_mark_compare(&others[j], &marks[i]) < 0)
			j++;
		missing += j == other_count || trace_mark_compare(&others[j], &marks[i]);
	}
	return missing;
}

static inline size_t trace_set_missing(const struct trace_set *set, const struct trace_set *other)
{
	return trace_marks_missing(set->marks.items, set->marks.count, other->marks.items,
				   other->marks.count);
}

/* The same, but how much was done before a finding that does not need it makes no difference. */
static inline size_t trace_set_ends_missing(const struct trace_set *set,
					    const struct trace_set *other)
{
	return trace_marks_missing(set->ends.items, set->ends.count, other->ends.items,
				   other->ends.count);
}

/* What comparing the two strategies on the open simulation showed. */
struct trace_comparison {
	bool compared; /* dfs came through within its limit */
	uint64_t interleavings, traces;
	uint64_t missed, again, alien; /* of dpor: traces it did not run, ran again, made up */
	uint64_t dropped;              /* executions it began in vain */
	uint64_t asked, infeasible, left_out;
	bool failed;
};

/* What dfs runs, and what @strategy does, which is to run each trace of it once. */
static inline struct trace_comparison trace_set_compare_with(struct strategy *strategy,
							     uint64_t (*state)(void), size_t limit,
							     unsigned int steps_max)
{
	struct trace_comparison result = { .compared = true };
	struct trace_set all, reduced;
	struct dfs dfs;

	dfs_init(&dfs);
	trace_set_collect(&all, &dfs.strategy, state, limit, steps_max);
	trace_set_collect(&reduced, strategy, state, limit, steps_max);
	/* Loops that wait for several objects are for another search. */
	result.compared = all.complete && !all.awaits;
	result.interleavings = all.marks.count;
	trace_set_unique(&all);
	result.traces = all.marks.count;
	result.again = trace_set_unique(&reduced);
	result.missed = trace_set_ends_missing(&all, &reduced);
	result.alien = trace_set_missing(&reduced, &all);
	result.dropped = reduced.dropped;
	result.failed = dfs.mismatch.found;
	dfs_release(&dfs);
	trace_set_release(&all);
	trace_set_release(&reduced);
	return result;
}

/* @plans_max: of dpor, nodes of plans; above them it may begin executions in vain */
static inline struct trace_comparison trace_set_compare(uint64_t (*state)(void), size_t limit,
							unsigned int steps_max, size_t plans_max)
{
	struct trace_comparison result;
	struct dpor dpor;

	dpor_init(&dpor, sim_program());
	dpor.wakeups.used_max = plans_max;
	result = trace_set_compare_with(&dpor.strategy, state, limit, steps_max);
	result.dropped -= dpor.asked;
	result.asked = dpor.asked;
	result.infeasible = dpor.infeasible;
	result.left_out = dpor.wakeups.left_out;
	result.failed |= dpor.mismatch.found || dpor.path.mixed;
	dpor_release(&dpor);
	return result;
}

/* The same of the parsimonious search, which has no plans. */
static inline struct trace_comparison trace_set_compare_pop(uint64_t (*state)(void), size_t limit,
							    unsigned int steps_max,
							    size_t plans_max)
{
	struct trace_comparison result;
	struct pop pop;

	(void)plans_max;
	pop_init(&pop, sim_program());
	result = trace_set_compare_with(&pop.strategy, state, limit, steps_max);
	result.dropped -= pop.asked;
	result.asked = pop.asked;
	result.infeasible = pop.infeasible;
	result.failed |= pop.mismatch.found || pop.path.mixed || pop.crowded;
	pop_release(&pop);
	return result;
}

#endif
