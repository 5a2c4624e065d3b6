/* SPDX-License-Identifier: MIT */
/*
 * memo_random_test.c - memo against dfs, both within a bound, on thousands of small programs.
 */
#include <criterion/criterion.h>

#include "explore/bounded_set_test.h"
#include "explore/random_program_test.h"

TestSuite(memo_random, .timeout = 240);

#define DFS_EXECUTIONS_MAX 2000

struct totals {
	uint64_t compared, executions, traces, reported, again, dropped;
};

static void add(struct totals *totals, const struct bounded_comparison *result)
{
	totals->compared++;
	totals->executions += result->executions;
	totals->traces += result->traces;
	totals->reported += result->reported;
	totals->again += result->again;
	totals->dropped += result->dropped;
}

static void check(unsigned int number, unsigned int preemptions, struct totals *totals,
		  size_t table_size)
{
	const struct bounded_case wanted = { random_program_state, preemptions, 60,
					     DFS_EXECUTIONS_MAX, table_size };
	struct bounded_comparison result = bounded_set_compare(&wanted);

	if (!result.compared)
		return;
	add(totals, &result);
	cr_expect(!result.failed, "program %u: failed", number);
	cr_expect(!result.missed && !result.alien,
		  "program %u, preemptions<=%u: missed %llu of %llu traces, made up %llu", number,
		  preemptions, (unsigned long long)result.missed, (unsigned long long)result.traces,
		  (unsigned long long)result.alien);
	cr_expect_leq(result.reported + result.again + result.dropped, result.executions,
		      "program %u, preemptions<=%u: more executions than dfs", number, preemptions);
	cr_expect(result.reached_by_dfs || !result.reached, "program %u", number);
}

static struct totals check_many(const struct recipe *recipe, unsigned int count, size_t table_size)
{
	struct totals totals = { 0 };

	for (unsigned int number = 0; number < count; number++) {
		struct err err = ERR_INIT;

		random_program_build(recipe, number);
		cr_assert_eq(sim_init(&random_program, &err), 0);
		for (unsigned int preemptions = 0; preemptions <= 4; preemptions++)
			check(number, preemptions, &totals, table_size);
		sim_release();
	}
	cr_log_info("%llu searches: dfs %llu, traces %llu; %llu counted, %llu again, %llu dropped",
		    (unsigned long long)totals.compared, (unsigned long long)totals.executions,
		    (unsigned long long)totals.traces, (unsigned long long)totals.reported,
		    (unsigned long long)totals.again, (unsigned long long)totals.dropped);
	cr_expect_gt(totals.compared, count * 4);
	return totals;
}

/* Of a table that forgets nothing. */
static void check_kinds(const struct recipe *recipe)
{
	struct totals totals = check_many(recipe, 600, MEMO_TABLE_SIZE_MAX);

	cr_expect_lt(totals.reported * 2, totals.executions);
}

Test(memo_random, reads_and_writes)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW, OP_ADD, OP_LOCAL };

	check_kinds(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 });
}

Test(memo_random, locks)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE,   OP_RMW,       OP_LOCK,
					      OP_LOCK, OP_TRYLOCK, OP_DOWN_READ, OP_DOWN_WRITE,
					      OP_WAIT, OP_SPIN,    OP_SPIN_TWO };

	check_kinds(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 });
}

Test(memo_random, choices_and_findings)
{
	static const enum op_kind kinds[] = { OP_READ,    OP_WRITE,   OP_RMW,   OP_LOCK,  OP_ADD,
					      OP_LIMITED, OP_LIMITED, OP_VALUE, OP_FAULT, OP_FAIL };

	check_kinds(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 3, 4 });
}

/* Which passes may fail is the same in every order. */
Test(memo_random, picked_faults)
{
	static const enum op_kind kinds[] = { OP_READ,   OP_WRITE,  OP_RMW,
					      OP_PICKED, OP_PICKED, OP_PICKED };

	check_kinds(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 3, 6 });
}

Test(memo_random, interrupts)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW,    OP_LOCK,     OP_CALL,
					      OP_CALL, OP_MASK,  OP_UNMASK, OP_TWO_READS };

	check_kinds(&(struct recipe){ kinds, ARRAY_SIZE(kinds), true, 4, 4 });
}

static const enum op_kind everything[] = {
	OP_READ,    OP_WRITE,     OP_RMW,        OP_ADD,   OP_LOCAL,   OP_LOCK,
	OP_TRYLOCK, OP_DOWN_READ, OP_DOWN_WRITE, OP_VALUE, OP_LIMITED, OP_FAULT,
	OP_WAIT,    OP_FAIL,      OP_CALL,       OP_MASK,  OP_UNMASK,  OP_TWO_READS,
};

Test(memo_random, everything)
{
	check_kinds(&(struct recipe){ everything, ARRAY_SIZE(everything), true, 4, 4 });
}

/* What a table of one bucket forgets is explored again; nothing is missed. */
Test(memo_random, forgetful)
{
	check_many(&(struct recipe){ everything, ARRAY_SIZE(everything), true, 4, 4 }, 600, 64);
}
