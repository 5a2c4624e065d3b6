/* SPDX-License-Identifier: MIT */
/*
 * retry_test.c - loops that wait: one iteration for each write, and not any number.
 */
#include <criterion/criterion.h>

#include "baton/explore.h"
#include "baton/kernel.h"

TestSuite(retry, .timeout = 30);

static int flag, other;

static void waits(void *arg)
{
	(void)arg;
	while (!READ_ONCE(flag))
		cpu_relax();
}

static void sets(void *arg)
{
	(void)arg;
	WRITE_ONCE(flag, 1);
}

static void writes_twice(void *arg)
{
	(void)arg;
	WRITE_ONCE(flag, 0);
	WRITE_ONCE(flag, 1);
}

static void writes_other(void *arg)
{
	(void)arg;
	WRITE_ONCE(other, 1);
}

/* Either of two objects. */
static void waits_for_one_of_two(void *arg)
{
	(void)arg;
	while (!(READ_ONCE(flag) + READ_ONCE(other)))
		cpu_relax();
}

/* An iteration that changes something is no wait. */
static void tries_three_times(void *arg)
{
	(void)arg;
	for (int i = 0; i < 3 && !READ_ONCE(flag); i++) {
		WRITE_ONCE(other, i);
		cpu_relax();
	}
}

static void reads(void *arg)
{
	(void)arg;
	(void)READ_ONCE(flag);
}

static void setup(void *arg)
{
	(void)arg;
	flag = other = 0;
}

static struct baton_result explore(void (*one)(void *arg), void (*two)(void *arg),
				   enum baton_strategy strategy)
{
	const struct baton_cpu_program cpus[] = { { "one", one, NULL, -1 },
						  { "two", two, NULL, -1 } };
	const struct baton_program program = { .name = "retry",
					       .cpus = cpus,
					       .cpu_count = 2,
					       .setup = setup };
	const struct baton_search search = { .preemptions_max = -1, .strategy = strategy };
	struct baton_result result;

	cr_assert_eq(baton_explore(&program, &search, &result), 0, "%s", result.finding);
	return result;
}

static void expect(void (*two)(void *arg), enum baton_strategy strategy, uint64_t executions)
{
	struct baton_result result = explore(waits, two, strategy);

	cr_expect_eq(result.executions, executions, "%llu executions",
		     (unsigned long long)result.executions);
	cr_expect(result.exhaustive);
	cr_expect_eq(result.findings, 0);
	baton_result_release(&result);
}

/* The read comes first, and then once more behind the write; or only behind it. */
Test(retry, one_write)
{
	expect(sets, BATON_DPOR, 2);
	expect(sets, BATON_DFS, 2);
}

/*
 * r reads, t is told to try again, w and W write 0 and 1: wWr, wrWtr, rwWtr, rwtWr, rwtrWtr.
 */
Test(retry, two_writes)
{
	expect(writes_twice, BATON_DPOR, 5);
	expect(writes_twice, BATON_DFS, 5);
}

Test(retry, nobody_writes)
{
	struct baton_result result = explore(waits, writes_other, BATON_DPOR);

	cr_expect_eq(result.executions, 1);
	cr_expect_eq(result.findings, 1);
	cr_expect_str_eq(result.finding, "deadlock: no CPU can go on");
	baton_result_release(&result);
}

static void expect_two(void (*two)(void *arg), enum baton_strategy strategy, uint64_t executions)
{
	struct baton_result result = explore(waits_for_one_of_two, two, strategy);

	cr_expect_eq(result.executions, executions, "%llu executions",
		     (unsigned long long)result.executions);
	cr_expect(result.exhaustive);
	cr_expect_eq(result.findings, 0, "%s", result.finding);
	baton_result_release(&result);
}

/*
 * r and s read, t tries again, w writes. The first iteration is never held back, so dfs has wrs,
 * rwsrs, rswrs, rsrwstrs and rsrswtrs. If s does not read what w writes, or r does not, two
 * and two of them are one trace.
 */
Test(retry, two_objects)
{
	expect_two(sets, BATON_DFS, 5);
	expect_two(sets, BATON_DPOR, 3);
	expect_two(writes_other, BATON_DFS, 5);
	expect_two(writes_other, BATON_DPOR, 3);
}

Test(retry, nobody_writes_either_of_two)
{
	for (int i = 0; i < 2; i++) {
		struct baton_result result =
			explore(waits_for_one_of_two, reads, i ? BATON_DFS : BATON_DPOR);

		cr_expect_str_eq(result.finding, "deadlock: no CPU can go on");
		baton_result_release(&result);
	}
}

/* Three iterations of two steps; the write comes before one of three reads, or behind them. */
Test(retry, an_iteration_that_writes_is_not_held_back)
{
	struct baton_result result = explore(tries_three_times, sets, BATON_DPOR);

	cr_expect_eq(result.executions, 4);
	cr_expect_eq(result.findings, 0);
	baton_result_release(&result);
}
