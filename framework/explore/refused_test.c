/* SPDX-License-Identifier: MIT */
/*
 * refused_test.c - what the reduced search cannot explore, it refuses, and names what can.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "baton/explore.h"
#include "explore/dpor_object.h"

TestSuite(refused, .timeout = 60);

static int x;
static struct baton_wait waits[DPOR_WAITS_MAX + 1];
static size_t wait_count;

static bool is_set(const void *object)
{
	return *(const int *)object != 0;
}

static void setup(void *arg)
{
	(void)arg;
	x = 0;
	for (size_t i = 0; i < wait_count; i++)
		waits[i].ready = is_set;
}

static void wait_in_all_ways(void *arg)
{
	(void)arg;
	POINT("test/wait");
	for (size_t i = 0; i < wait_count; i++)
		baton_block(BATON_HERE("wait"), &x, BATON_WAIT, &waits[i]);
}

/* @arg: how it announces what it adds */
static void add_twice(void *arg)
{
	POINT("test/add");
	for (int i = 0; i < 2; i++) {
		baton_access(BATON_HERE("add"), &x, *(const enum baton_access_kind *)arg);
		x++;
	}
}

static int explore(enum baton_access_kind kind, enum baton_strategy strategy, uint64_t executions,
		   struct baton_result *result)
{
	const struct baton_cpu_program cpus[] = { { "adder", add_twice, &kind, -1 },
						  { "waiter", wait_in_all_ways, NULL, -1 } };
	const struct baton_program program = { .name = "waits",
					       .cpus = cpus,
					       .cpu_count = 2,
					       .setup = setup };
	const struct baton_search search = { .preemptions_max = -1,
					     .strategy = strategy,
					     .executions_max = executions };

	return baton_explore(&program, &search, result);
}

static void expect_refused(enum baton_access_kind kind, uint64_t executions, const char *words)
{
	struct baton_result result;

	cr_assert_eq(explore(kind, BATON_DPOR, executions, &result), -1);
	cr_expect_not_null(strstr(result.finding, words), "%s", result.finding);
	cr_expect_not_null(strstr(result.finding, "explore with dfs"), "%s", result.finding);
	baton_result_release(&result);
	cr_expect_eq(explore(kind, BATON_DFS, executions, &result), 0, "%s", result.finding);
	baton_result_release(&result);
}

static void expect_explored(enum baton_access_kind kind)
{
	struct baton_result result;

	cr_expect_eq(explore(kind, BATON_DPOR, 0, &result), 0, "%s", result.finding);
	cr_expect(result.exhaustive);
	baton_result_release(&result);
}

Test(refused, an_object_that_is_waited_for_in_too_many_ways)
{
	wait_count = DPOR_WAITS_MAX;
	expect_explored(BATON_RMW);
	wait_count = DPOR_WAITS_MAX + 1;
	expect_refused(BATON_RMW, 0, "waited for in more than 32 ways");
}

/* Without a limit it begins again, and orders the additions. */
Test(refused, a_wait_for_additions_where_it_cannot_begin_again)
{
	wait_count = 1;
	expect_explored(BATON_ADD);
	expect_refused(BATON_ADD, 1000, "'test/wait' waits for what is added to");
}
