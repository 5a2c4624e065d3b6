/* SPDX-License-Identifier: MIT */
/*
 * pop_random_test.c - the parsimonious search against dfs on thousands of small programs.
 *
 * A failure names the number of a program, which says what it does.
 */
#include <criterion/criterion.h>

#include "explore/random_program_test.h"
#include "explore/trace_set_test.h"

TestSuite(pop_random, .timeout = 240);

struct totals {
	uint64_t compared, interleavings, traces, asked, infeasible, dropped;
};

static void check(const struct recipe *recipe, unsigned int number, struct totals *totals)
{
	struct err err = ERR_INIT;
	struct trace_comparison result;

	random_program_build(recipe, number);
	cr_assert_eq(sim_init(&random_program, &err), 0);
	result = trace_set_compare_pop(random_program_state, 3000, 60);
	sim_release();
	if (!result.compared)
		return;
	totals->compared++;
	totals->interleavings += result.interleavings;
	totals->traces += result.traces;
	totals->asked += result.asked;
	totals->infeasible += result.infeasible;
	totals->dropped += result.dropped;
	cr_expect(!result.failed, "program %u: failed", number);
	cr_expect(!result.missed && !result.alien,
		  "program %u: missed %llu of %llu traces, made up %llu", number,
		  (unsigned long long)result.missed, (unsigned long long)result.traces,
		  (unsigned long long)result.alien);
	cr_expect(!result.again && !result.dropped, "program %u: %llu again, %llu in vain of %llu",
		  number, (unsigned long long)result.again, (unsigned long long)result.dropped,
		  (unsigned long long)result.traces);
}

static void check_many(const struct recipe *recipe, unsigned int count)
{
	struct totals totals = { 0 };

	for (unsigned int number = 0; number < count; number++)
		check(recipe, number, &totals);
	cr_log_info("%llu programs, %llu interleavings, %llu traces; %llu asked, %llu infeasible, "
		    "%llu in vain",
		    (unsigned long long)totals.compared, (unsigned long long)totals.interleavings,
		    (unsigned long long)totals.traces, (unsigned long long)totals.asked,
		    (unsigned long long)totals.infeasible, (unsigned long long)totals.dropped);
	cr_expect_gt(totals.compared, count / 2);
	cr_expect_lt(totals.traces * 2, totals.interleavings);
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

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 10000);
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
