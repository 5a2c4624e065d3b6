/* SPDX-License-Identifier: MIT */
/*
 * public_test.c - the bounds and limits of baton_explore().
 */
#include <criterion/criterion.h>

#include "baton/explore.h"

TestSuite(public, .timeout = 60);

static int x;

/* Three choices: 8 executions. All that fail: a finding. */
static void fails(void *arg)
{
	unsigned int failed = 0;

	(void)arg;
	for (int i = 0; i < 3; i++) {
		baton_access(BATON_HERE("x"), &x, BATON_WRITE);
		failed += baton_choose(BATON_CHOICE_FAULT, 2, "f");
	}
	if (failed == 3)
		baton_fail("all", "all failed");
}

static const struct baton_cpu_program one[] = { { "a", fails, NULL, -1 } };
static const struct baton_program faults = { .name = "faults", .cpus = one, .cpu_count = 1 };

static void expect_counts(const struct baton_result *result, uint64_t executions, uint64_t findings)
{
	cr_expect_eq(result->executions, executions, "%llu",
		     (unsigned long long)result->executions);
	cr_expect_eq(result->findings, findings);
	cr_expect_eq(result->exhaustive, executions == 8);
}

static void expect(const struct baton_program *program, const struct baton_search *search,
		   uint64_t executions, uint64_t findings)
{
	struct baton_result result;

	cr_assert_eq(baton_explore(program, search, &result), 0, "%s", result.finding);
	expect_counts(&result, executions, findings);
	baton_result_release(&result);
}

Test(public, faults)
{
	struct baton_search search = { .preemptions_max = -1 };

	expect(&faults, NULL, 8, 1);
	expect(&faults, &search, 8, 1);
	search.faults_max = 1;
	expect(&faults, &search, 8, 1);
	search.faults_bounded = true;
	expect(&faults, &search, 4, 0);
	search.faults_max = 0;
	expect(&faults, &search, 1, 0);
	search.faults_max = 2;
	search.strategy = BATON_DFS;
	expect(&faults, &search, 7, 0);
}

/* The choice is behind the step, so two steps are two choices. */
Test(public, steps)
{
	const struct baton_search search = { .preemptions_max = -1, .steps_bound = 2 };

	expect(&faults, &search, 4, 0);
}

Test(public, executions)
{
	const struct baton_search search = { .preemptions_max = -1, .executions_max = 5 };

	expect(&faults, &search, 5, 0);
}

static void writes(void *arg)
{
	(void)arg;
	for (int i = 0; i < 20; i++)
		baton_access(BATON_HERE("x"), &x, BATON_WRITE);
}

/* 60! / (20! 20! 20!) executions take longer. */
Test(public, seconds)
{
	const struct baton_cpu_program cpus[] = { { "a", writes, NULL, -1 },
						  { "b", writes, NULL, -1 },
						  { "c", writes, NULL, -1 } };
	const struct baton_program program = { .name = "long", .cpus = cpus, .cpu_count = 3 };
	const struct baton_search search = { .preemptions_max = -1, .seconds_max = 1 };
	struct baton_result result;

	cr_assert_eq(baton_explore(&program, &search, &result), 0, "%s", result.finding);
	cr_expect_gt(result.executions, 1);
	cr_expect_not(result.exhaustive);
	baton_result_release(&result);
}

/* Any process has more than a MiB. */
Test(public, memory)
{
	const struct baton_cpu_program cpus[] = { { "a", writes, NULL, -1 },
						  { "b", writes, NULL, -1 } };
	const struct baton_program program = { .name = "large", .cpus = cpus, .cpu_count = 2 };
	const struct baton_search search = { .preemptions_max = -1, .memory_max = 1 };
	struct baton_result result;

	cr_assert_eq(baton_explore(&program, &search, &result), 0, "%s", result.finding);
	cr_expect_eq(result.executions, 0);
	cr_expect_not(result.exhaustive);
	baton_result_release(&result);
}

/* ---- What is added to, and waited for by somebody who comes late ------------------------- */

static int sum, y;

static bool is_positive(const void *object)
{
	return *(const int *)object > 0;
}

static const struct baton_wait positive = { is_positive, NULL, NULL };

static void adds(void *arg)
{
	(void)arg;
	baton_access(BATON_HERE("add"), &sum, BATON_ADD);
	sum++;
}

static void waits_late(void *arg)
{
	(void)arg;
	baton_access(BATON_HERE("y"), &y, BATON_WRITE);
	baton_block(BATON_HERE("wait"), &sum, BATON_WAIT, &positive);
}

static void clear_sum(void *arg)
{
	(void)arg;
	sum = 0;
}

static const struct baton_cpu_program adders[] = { { "a", adds, NULL, -1 },
						   { "b", adds, NULL, -1 },
						   { "c", waits_late, NULL, -1 } };
static const struct baton_program late = { .name = "late",
					   .cpus = adders,
					   .cpu_count = 3,
					   .setup = clear_sum };

/*
 * The first execution makes both additions before anybody waits, so they were taken to commute.
 * With the waiter they do not: it goes on behind the first or the second, and either CPU can be
 * the first.
 */
Test(public, additions_that_are_waited_for)
{
	struct baton_search search = { .preemptions_max = -1 };
	struct baton_result result;

	cr_assert_eq(baton_explore(&late, &search, &result), 0, "%s", result.finding);
	cr_expect(result.exhaustive);
	cr_expect_eq(result.executions, 4, "%llu", (unsigned long long)result.executions);
	baton_result_release(&result);
}

/* ---- A rule that looks at the states between steps ----------------------------------------- */

static bool is_set_up;

static void set_up(void *arg)
{
	(void)arg;
	is_set_up = false;
	baton_access(BATON_HERE("first"), &sum, BATON_WRITE);
	baton_access(BATON_HERE("second"), &sum, BATON_WRITE);
	is_set_up = true;
}

static void expect_set_up(void *arg)
{
	(void)arg;
	if (!is_set_up)
		baton_fail("early", "not set up");
}

static const struct baton_program set_up_in_steps = { .name = "set up",
						      .cpus = adders,
						      .cpu_count = 1,
						      .setup = set_up,
						      .step = expect_set_up };

/* Between the steps of setup there is nothing that it could hold for. */
Test(public, steps_of_setup)
{
	struct baton_search search = { .preemptions_max = -1 };
	struct baton_result result;

	cr_assert_eq(baton_explore(&set_up_in_steps, &search, &result), 0, "%s", result.finding);
	cr_expect_eq(result.findings, 0, "%s", result.finding);
	baton_result_release(&result);
}

static bool was_early;

static long watch_early(void *arg)
{
	(void)arg;
	was_early |= !is_set_up;
	return 0;
}

static void fails_at_once(void *arg)
{
	(void)arg;
	baton_access(BATON_HERE("step"), &sum, BATON_WRITE);
	baton_fail("always", "always");
}

static const struct baton_cpu_program failing[] = { { "a", fails_at_once, NULL, -1 } };
static const struct baton_watch early[] = { { .name = "early", .get = watch_early } };
static const struct baton_program watched = { .name = "watched",
					      .cpus = failing,
					      .cpu_count = 1,
					      .setup = set_up,
					      .watches = early,
					      .watch_count = 1 };

/* A finding is recorded, with what is watched; what that is setup may have yet to make. */
Test(public, watches_in_setup)
{
	struct baton_search search = { .preemptions_max = -1 };
	struct baton_result result;

	cr_assert_eq(baton_explore(&watched, &search, &result), 0, "%s", result.finding);
	cr_expect_eq(result.findings, 1);
	cr_expect_not(was_early);
	baton_result_release(&result);
}
