/* SPDX-License-Identifier: MIT */
/*
 * first_bug_test.c - how many executions does a random walk take to the bug of pinbug 3?
 *
 * Not a matter of luck: with equal seeds the walks are equal. One uniform walk breaks the
 * rule with probability 0.131, so half of all seeds should have seen it after 5.
 */
#include <criterion/criterion.h>

#include "explore/explore.h"
#include "scenarios/programs/programs.h"

TestSuite(first_bug, .timeout = 60);

#define SEEDS 100u
#define EXECUTIONS_MAX 1000u

static bool until_bug(void *arg, enum sim_end end, uint64_t number)
{
	(void)arg;
	(void)number;
	return end != SIM_FINDING;
}

/* Return: the number of the first execution with a finding. */
static uint64_t first_bug(uint64_t seed)
{
	const struct explore_judge judge = { .execution = until_bug };
	struct explore_search search = EXPLORE_ALL;
	struct explore_result result;
	struct err err = ERR_INIT;

	search.strategy = EXPLORE_RANDOM;
	search.executions_max = EXECUTIONS_MAX;
	search.seed = seed;
	cr_assert_eq(explore_run(&search, NULL, &judge, &result, &err), 0, "%s", err.text.bytes);
	cr_assert_lt(result.executions, EXECUTIONS_MAX, "seed %llu: no bug",
		     (unsigned long long)seed);
	return result.executions;
}

static int compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

Test(first_bug, median_of_100_seeds)
{
	uint64_t first[SEEDS];
	struct err err = ERR_INIT;

	cr_assert_eq(sim_init(pinbug_program(3), &err), 0);
	for (uint64_t seed = 0; seed < SEEDS; seed++)
		first[seed] = first_bug(seed);
	sim_release();
	qsort(first, SEEDS, sizeof(first[0]), compare);
	cr_log_info("first bug: median %llu, worst %llu", (unsigned long long)first[SEEDS / 2],
		    (unsigned long long)first[SEEDS - 1]);
	cr_expect_leq(first[SEEDS / 2], 5, "the median is execution %llu",
		      (unsigned long long)first[SEEDS / 2]);
}
