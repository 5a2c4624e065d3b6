/* SPDX-License-Identifier: MIT */
/*
 * random_check_test.h - for tests: a reduced search against dfs on many random programs.
 *
 * A failure names the number of a program, which says what it does.
 *
 * Layer: explore, tests only. May include: engine, base.
 */
#ifndef EXPLORE_RANDOM_CHECK_TEST_H
#define EXPLORE_RANDOM_CHECK_TEST_H

#include <criterion/criterion.h>

#include "explore/random_program_test.h"
#include "explore/trace_set_test.h"

/* trace_set_compare() or trace_set_compare_pop() */
typedef struct trace_comparison (*random_compare)(uint64_t (*state)(void), size_t limit,
						  unsigned int steps_max, size_t plans_max);

struct random_totals {
	size_t plans_max;
	uint64_t compared, interleavings, traces, asked, infeasible, dropped, left_out;
};

static inline void random_check_one(random_compare compare, const struct recipe *recipe,
				    unsigned int number, struct random_totals *totals)
{
	struct err err = ERR_INIT;
	struct trace_comparison result;

	random_program_build(recipe, number);
	cr_assert_eq(sim_init(&random_program, &err), 0);
	result = compare(random_program_state, 3000, 60, totals->plans_max);
	sim_release();
	if (!result.compared)
		return;
	totals->compared++;
	totals->interleavings += result.interleavings;
	totals->traces += result.traces;
	totals->asked += result.asked;
	totals->infeasible += result.infeasible;
	totals->dropped += result.dropped;
	totals->left_out += result.left_out;
	cr_expect(!result.failed, "program %u: failed", number);
	cr_expect(!result.missed && !result.alien,
		  "program %u: missed %llu of %llu traces, made up %llu", number,
		  (unsigned long long)result.missed, (unsigned long long)result.traces,
		  (unsigned long long)result.alien);
	cr_expect(!result.again && (!result.dropped || !totals->plans_max),
		  "program %u: %llu again, %llu in vain of %llu", number,
		  (unsigned long long)result.again, (unsigned long long)result.dropped,
		  (unsigned long long)result.traces);
}

/* The first @count programs of @recipe. @plans_max: above it, executions may be begun in vain */
static inline struct random_totals random_check(random_compare compare, const struct recipe *recipe,
						unsigned int count, size_t plans_max)
{
	struct random_totals totals = { .plans_max = plans_max };

	for (unsigned int number = 0; number < count; number++)
		random_check_one(compare, recipe, number, &totals);
	cr_log_info("%llu programs, %llu interleavings, %llu traces; %llu asked, %llu infeasible, "
		    "%llu in vain",
		    (unsigned long long)totals.compared, (unsigned long long)totals.interleavings,
		    (unsigned long long)totals.traces, (unsigned long long)totals.asked,
		    (unsigned long long)totals.infeasible, (unsigned long long)totals.dropped);
	cr_expect_gt(totals.compared, count / 2);
	cr_expect_lt(totals.traces * 2, totals.interleavings);
	return totals;
}

#endif
