/* SPDX-License-Identifier: MIT */
/*
 * dpor_random_test.c - dpor against dfs on thousands of small programs.
 *
 * It is what searches programs with interrupt contexts; the others are there because a mistake is
 * easier to see in them.
 */
#include "explore/random_check_test.h"

TestSuite(dpor_random, .timeout = 240);

static void check_many(const struct recipe *recipe, unsigned int count)
{
	random_check(trace_set_compare, recipe, count, DPOR_WAKEUPS_MAX);
}

/* With no plans but those without which an execution would be missed. */
static void check_few_plans(const struct recipe *recipe, unsigned int count)
{
	struct random_totals totals = random_check(trace_set_compare, recipe, count, 0);

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

/* Which passes may fail is the same in every order. */
Test(dpor_random, picked_faults)
{
	static const enum op_kind kinds[] = { OP_READ,   OP_WRITE,  OP_RMW,
					      OP_PICKED, OP_PICKED, OP_PICKED };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 3, 6 }, 600);
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

/* A context and its host pass the same points, each counted by itself. */
Test(dpor_random, picked_faults_in_interrupts)
{
	static const enum op_kind kinds[] = { OP_READ,   OP_RMW,    OP_CALL,   OP_RAISE,
					      OP_PICKED, OP_PICKED, OP_LIMITED };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), true, 4, 4 }, 3000);
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
