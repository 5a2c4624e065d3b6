/* SPDX-License-Identifier: MIT */
/*
 * counts_test.c - the explorer against numbers that were found without it.
 *
 * The numbers of interleavings are multinomial coefficients where the programs have
 * no branches (sb, mutex), and come from other explorers for pin and pinbug. That no
 * execution is run twice is checked by a hash of each schedule.
 */
#include <criterion/criterion.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "baton/explore.h"
#include "explore/explore.h"
#include "scenarios/programs/programs.h"

TestSuite(counts, .timeout = 120);

static void expect(const struct baton_program *program, int preemptions, uint64_t executions,
		   uint64_t findings)
{
	const struct baton_search search = { .preemptions_max = preemptions,
					     .strategy = BATON_DFS };
	struct baton_result result;

	cr_assert_eq(baton_explore(program, &search, &result), 0, "%s", result.finding);
	cr_expect_eq(result.executions, executions, "%s: %llu executions, expected %llu",
		     program->name, (unsigned long long)result.executions,
		     (unsigned long long)executions);
	cr_expect_eq(result.findings, findings, "%s: %llu findings, expected %llu", program->name,
		     (unsigned long long)result.findings, (unsigned long long)findings);
	cr_expect_eq(result.exhaustive, preemptions < 0);
	baton_result_release(&result);
}

Test(counts, sb)
{
	expect(sb_program(2), -1, 6, 0);
	expect(sb_program(3), -1, 90, 0);
	expect(sb_program(4), -1, 2520, 0);
}

Test(counts, mutex)
{
	expect(mutex_program(2), -1, 6, 0);
	expect(mutex_program(3), -1, 90, 0);
	expect(mutex_program(4), -1, 2520, 0);
}

Test(counts, pin)
{
	expect(pin_program(1), -1, 16, 0);
	expect(pin_program(2), -1, 2732, 0);
	expect(pin_program(3), -1, 1968480, 0);
}

/* How many interleavings of pinbug are buggy is not in the reference: only that some are. */
Test(counts, pinbug)
{
	static const uint64_t executions[] = { 5, 66, 1752 };
	const struct baton_search search = { .preemptions_max = -1, .strategy = BATON_DFS };

	for (unsigned int n = 1; n <= 3; n++) {
		struct baton_result result;

		cr_assert_eq(baton_explore(pinbug_program(n), &search, &result), 0);
		cr_expect_eq(result.executions, executions[n - 1]);
		cr_expect_gt(result.findings, 0);
		cr_expect_lt(result.findings, result.executions);
		baton_result_release(&result);
	}
}

Test(counts, preemption_bounds)
{
	static const uint64_t pin2[] = { 6, 34, 116, 290 };
	static const uint64_t pin3[] = { 24, 258, 1590, 6930 };
	static const uint64_t mutex4[] = { 24, 168, 672, 1656 };
	static const uint64_t sb3[] = { 6, 24, 60 };

	for (int bound = 0; bound < 4; bound++) {
		expect(pin_program(2), bound, pin2[bound], 0);
		expect(pin_program(3), bound, pin3[bound], 0);
		expect(mutex_program(4), bound, mutex4[bound], 0);
	}
	for (int bound = 0; bound < 3; bound++)
		expect(sb_program(3), bound, sb3[bound], 0);
}

#define SEEN_SIZE 8192u /* more than the executions of pin 2 */

static uint64_t seen[SEEN_SIZE];
static unsigned int again;

static bool remember(void *arg, enum sim_end end, uint64_t number)
{
	const struct schedule *schedule = sim_schedule();
	uint64_t hash = XXH3_64bits(schedule->entries.items,
				    schedule->entries.count * sizeof(*schedule->entries.items));

	(void)arg;
	(void)end;
	for (uint64_t i = 0; i + 1 < number; i++)
		again += seen[i] == hash;
	seen[number - 1] = hash;
	return true;
}

Test(counts, no_execution_twice)
{
	struct explore_search search = EXPLORE_ALL;
	const struct explore_judge judge = { .execution = remember };
	struct explore_result result;
	struct err err = ERR_INIT;

	search.strategy = EXPLORE_DFS;
	cr_assert_eq(sim_init(pin_program(2), &err), 0);
	cr_assert_eq(explore_run(&search, NULL, &judge, &result, &err), 0);
	sim_release();
	cr_expect_eq(result.executions, 2732);
	cr_expect_eq(again, 0);
}
