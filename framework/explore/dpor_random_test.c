/* SPDX-License-Identifier: MIT */
/*
 * dpor_random_test.c - dpor against dfs on thousands of small programs.
 *
 * It is what searches programs with interrupt contexts; the others are there because a mistake is
 * easier to see in them.
 *
 * A failure names the number of a program, which says what it does.
 */
#include <criterion/criterion.h>

#include "explore/random_program_test.h"
#include "explore/trace_set_test.h"

TestSuite(dpor_random, .timeout = 240);

struct totals {
	size_t plans_max;
	uint64_t compared, interleavings, traces, asked, infeasible, dropped, left_out;
};

static void check(const struct recipe *recipe, unsigned int number, struct totals *totals)
{
	struct err err = ERR_INIT;
	struct trace_comparison result;

	random_program_build(recipe, number);
	cr_assert_eq(sim_init(&random_program, &err), 0);
	result = trace_set_compare(random_program_state, 3000, 60, totals->plans_max);
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

static struct totals check_within(const struct recipe *recipe, unsigned int count, size_t plans_max)
{
	struct totals totals = { .plans_max = plans_max };

	for (unsigned int number = 0; number < count; number++)
		check(recipe, number, &totals);
	cr_log_info("%llu programs, %llu interleavings, %llu traces; %llu asked, %llu infeasible, "
		    "%llu in vain",
		    (unsigned long long)totals.compared, (unsigned long long)totals.interleavings,
		    (unsigned long long)totals.traces, (unsigned long long)totals.asked,
		    (unsigned long long)totals.infeasible, (unsigned long long)totals.dropped);
	cr_expect_gt(totals.compared, count / 2);
	cr_expect_lt(totals.traces * 2, totals.interleavings);
	return totals;
}

static void check_many(const struct recipe *recipe, unsigned int count)
{
	check_within(recipe, count, DPOR_WAKEUPS_MAX);
}

/* With no plans but those without which an execution would be missed. */
static void check_few_plans(const struct recipe *recipe, unsigned int count)
{
	struct totals totals = check_within(recipe, count, 0);

	cr_expect_gt(totals.left_out, 0);
	cr_expect_lt(totals.dropped * 20, totals.traces);
}

Test(dpor_random, reads_and_writes)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW, OP_ADD, OP_LOCAL };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 600);
	check_few_plans(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 200);
}

Test(dpor_random, locks)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW,
					      OP_LOCK, OP_LOCK,  OP_TRYLOCK };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 600);
	check_few_plans(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 200);
}

Test(dpor_random, semaphores)
{
	static const enum op_kind kinds[] = { OP_READ,       OP_WRITE, OP_LOCK, OP_DOWN_READ,
					      OP_DOWN_WRITE, OP_WAIT,  OP_SPIN };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 600);
	check_few_plans(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 200);
}

Test(dpor_random, choices)
{
	static const enum op_kind kinds[] = { OP_READ,    OP_WRITE,   OP_RMW,   OP_LOCK, OP_ADD,
					      OP_LIMITED, OP_LIMITED, OP_VALUE, OP_FAULT };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 3, 4 }, 600);
	check_few_plans(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 3, 4 }, 200);
}

Test(dpor_random, findings)
{
	static const enum op_kind kinds[] = {
		OP_READ, OP_WRITE, OP_RMW, OP_FAIL, OP_LOCK, OP_FAULT
	};

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 600);
	check_few_plans(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 200);
}

Test(dpor_random, interrupts)
{
	static const enum op_kind kinds[] = { OP_READ,  OP_WRITE, OP_RMW,    OP_LOCK,     OP_CALL,
					      OP_RAISE, OP_MASK,  OP_UNMASK, OP_TWO_READS };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), true, 4, 4 }, 3000);
	check_few_plans(&(struct recipe){ kinds, ARRAY_SIZE(kinds), true, 4, 4 }, 500);
}

Test(dpor_random, everything)
{
	static const enum op_kind kinds[] = {
		OP_READ,    OP_WRITE,   OP_RMW,       OP_ADD,        OP_LOCAL,
		OP_LOCK,    OP_TRYLOCK, OP_DOWN_READ, OP_DOWN_WRITE, OP_VALUE,
		OP_LIMITED, OP_FAULT,   OP_WAIT,      OP_FAIL,       OP_CALL,
		OP_RAISE,   OP_MASK,    OP_UNMASK,    OP_TWO_READS,
	};

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), true, 4, 4 }, 3000);
	check_few_plans(&(struct recipe){ kinds, ARRAY_SIZE(kinds), true, 4, 4 }, 500);
}
