/* SPDX-License-Identifier: MIT */
/*
 * estimates_test.c - estimates of the numbers of executions, against the true ones.
 *
 * An estimate is unbiased, so it is off by a few standard errors at most: by more than 4
 * once in 15,000 times, if it were normal. Seeds are fixed, and what is here passes; a mistake
 * in the weights is a factor, which no standard error covers.
 */
#include <criterion/criterion.h>
#include <math.h>

#include "baton/explore.h"
#include "explore/estimate.h"
#include "scenarios/programs/programs.h"

TestSuite(estimates, .timeout = 120);

#define WALKS 10000

static struct estimate_result estimate(const struct baton_program *program,
				       struct explore_search search)
{
	struct estimate_result result;
	struct err err = ERR_INIT;

	cr_assert_eq(sim_init(program, &err), 0);
	estimate_run(&search, NULL, WALKS, &result);
	sim_release();
	return result;
}

static void expect(const struct baton_program *program, struct explore_search search,
		   double expected)
{
	struct estimate_result result = estimate(program, search);

	cr_expect_leq(fabs(result.mean - expected), 4 * result.error + 1e-9 * expected,
		      "%s: %g +- %g, expected %g", program->name, result.mean, result.error,
		      expected);
	cr_expect_leq(result.error, expected / 4, "%s: +- %g", program->name, result.error);
	cr_expect_leq(result.at_least, expected, "%s: at least %g", program->name, result.at_least);
	cr_expect_geq(result.at_least, expected / 5, "%s: at least %g", program->name,
		      result.at_least);
}

static void expect_traces(const struct baton_program *program, double expected)
{
	const struct explore_search search = EXPLORE_ALL;

	expect(program, search, expected);
}

static void expect_interleavings(const struct baton_program *program, int preemptions_max,
				 double expected)
{
	struct explore_search search = EXPLORE_ALL;

	search.strategy = EXPLORE_DFS;
	search.preemptions_max = preemptions_max;
	expect(program, search, expected);
}

/* The numbers are those of traces_test.c. */
Test(estimates, traces)
{
	expect_traces(sb_program(2), 3);
	expect_traces(sb_program(4), 15);
	expect_traces(sb_program(8), 255);
	expect_traces(mutex_program(2), 6);
	expect_traces(mutex_program(3), 90);
	expect_traces(mutex_program(4), 2520);
	expect_traces(pin_program(1), 6);
	expect_traces(pin_program(2), 87);
	expect_traces(pin_program(3), 2236);
	expect_traces(readers_program(2), 4);
	expect_traces(readers_program(8), 256);
	expect_traces(readers_program(13), 8192);
	expect_traces(lastzero_program(5), 64);
	expect_traces(counter_program(6), 720);
	expect_traces(counter_program(8), 40320);
	expect_traces(inc_return_program(5), 120);
	expect_traces(inc_program(12), 1);
	expect_traces(indexer_program(12), 8);
	expect_traces(filesystem_program(16), 8);
	expect_traces(litmus_program("IRIW"), 15);
}

/*
 * A finding cuts executions short, and each set of steps before it is a trace: of the 4 of
 * 13 (15 of 79) that end so, some are not counted. That is so much, and no more.
 */
Test(estimates, findings)
{
	const struct explore_search search = EXPLORE_ALL;
	struct estimate_result two = estimate(pinbug_program(2), search);
	struct estimate_result three = estimate(pinbug_program(3), search);

	cr_expect(two.mean <= 13 && two.mean >= 13 - 4, "%g", two.mean);
	cr_expect(three.mean <= 79 && three.mean >= 79 - 15, "%g", three.mean);
}

/* The numbers are those of counts_test.c. */
Test(estimates, interleavings)
{
	expect_interleavings(sb_program(2), -1, 6);
	expect_interleavings(sb_program(3), -1, 90);
	expect_interleavings(sb_program(4), -1, 2520);
	expect_interleavings(mutex_program(3), -1, 90);
	expect_interleavings(mutex_program(4), -1, 2520);
	expect_interleavings(pin_program(1), -1, 16);
	expect_interleavings(pin_program(2), -1, 2732);
	expect_interleavings(pin_program(3), -1, 1968480);
}

/* Counted by dfs, here. */
static void expect_within(const struct baton_program *program, int preemptions_max)
{
	const struct baton_search search = { .preemptions_max = preemptions_max,
					     .strategy = BATON_DFS };
	struct baton_result result;

	cr_assert_eq(baton_explore(program, &search, &result), 0, "%s", result.finding);
	cr_expect_gt(result.executions, 10);
	expect_interleavings(program, preemptions_max, (double)result.executions);
	baton_result_release(&result);
}

/* Uniform walks would be off by more than half: they use the budget up at once. */
Test(estimates, bounded)
{
	expect_within(pin_program(3), 1);
	expect_within(pin_program(3), 3);
	expect_within(mutex_program(4), 2);
	expect_within(sb_program(4), 2);
}
