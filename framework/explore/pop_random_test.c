/* SPDX-License-Identifier: MIT */
/*
 * pop_random_test.c - the parsimonious search against dfs on thousands of small programs.
 */
#include "explore/random_check_test.h"

TestSuite(pop_random, .timeout = 240);

static void check_many(const struct recipe *recipe, unsigned int count)
{
	random_check(trace_set_compare_pop, recipe, count, SIZE_MAX);
}

Test(pop_random, reads_and_writes)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW, OP_ADD, OP_LOCAL };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 3000);
}

Test(pop_random, locks)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW,
					      OP_LOCK, OP_LOCK,  OP_TRYLOCK };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 3000);
}

Test(pop_random, semaphores)
{
	static const enum op_kind kinds[] = { OP_READ,       OP_WRITE, OP_LOCK, OP_DOWN_READ,
					      OP_DOWN_WRITE, OP_WAIT,  OP_SPIN };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 3000);
}

Test(pop_random, choices)
{
	static const enum op_kind kinds[] = { OP_READ,    OP_WRITE,   OP_RMW,   OP_LOCK, OP_ADD,
					      OP_LIMITED, OP_LIMITED, OP_VALUE, OP_FAULT };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 3, 4 }, 3000);
}

/* Which passes may fail is the same in every order. */
Test(pop_random, picked_faults)
{
	static const enum op_kind kinds[] = { OP_READ,   OP_WRITE,  OP_RMW,
					      OP_PICKED, OP_PICKED, OP_PICKED };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 3, 6 }, 3000);
}

Test(pop_random, findings)
{
	static const enum op_kind kinds[] = {
		OP_READ, OP_WRITE, OP_RMW, OP_FAIL, OP_LOCK, OP_FAULT
	};

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 3000);
}

/* What ends an execution may leave a semaphore free that others wait for. */
Test(pop_random, findings_and_semaphores)
{
	static const enum op_kind kinds[] = { OP_RMW,       OP_WRITE,      OP_FAIL, OP_LOCK,
					      OP_DOWN_READ, OP_DOWN_WRITE, OP_WAIT };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 5000);
}

Test(pop_random, everything)
{
	static const enum op_kind kinds[] = {
		OP_READ,    OP_WRITE,   OP_RMW,       OP_ADD,        OP_LOCAL,
		OP_LOCK,    OP_TRYLOCK, OP_DOWN_READ, OP_DOWN_WRITE, OP_VALUE,
		OP_LIMITED, OP_FAULT,   OP_WAIT,      OP_FAIL,       OP_SPIN,
	};

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 3000);
}
