/* SPDX-License-Identifier: MIT */
/*
 * retry_random_test.c - loops that wait for one of several objects, in thousands of small
 * programs: what is asked for as dpor runs the traces of dfs, each once; in shards as well.
 */
#include <criterion/criterion.h>

#include "explore/explore.h"
#include "explore/random_program_test.h"
#include "explore/verify.h"

TestSuite(retry_random, .timeout = 240);

#define EXECUTIONS_MAX 3000
#define STEPS_MAX 60

static uint64_t state(void *arg, enum sim_end end)
{
	(void)arg;
	return random_program_state() * 8 + end;
}

/* Return: whether both came through. */
static bool compare(unsigned int number)
{
	struct verify wanted = { .search = EXPLORE_ALL, .state = state };
	struct verify_result result;
	struct err err = ERR_INIT;
	bool whole;

	wanted.search.steps_max = STEPS_MAX;
	wanted.search.executions_max = EXECUTIONS_MAX;
	cr_assert_eq(verify_run(&wanted, &result, &err), 0, "%s", err.text.bytes);
	cr_expect_eq(result.fault, VERIFY_EQUAL, "program %u: fault %u, %llu times", number,
		     result.fault, (unsigned long long)result.faults);
	whole = result.all.strength == STRENGTH_EXHAUSTIVE;
	verify_release(&result);
	return whole;
}

static uint64_t count_executions(uint32_t index, uint32_t count)
{
	struct explore_search search = EXPLORE_ALL;
	struct explore_result result;
	struct err err = ERR_INIT;

	search.steps_max = STEPS_MAX;
	search.shard = (struct explore_shard){ index, count };
	search.recut_steps = 600;
	cr_assert_eq(explore_run(&search, NULL, NULL, &result, &err), 0, "%s", err.text.bytes);
	return result.executions;
}

static void compare_shards(unsigned int number)
{
	uint64_t whole = count_executions(0, 0), sum = 0;

	for (uint32_t i = 0; i < 3; i++)
		sum += count_executions(i, 3);
	cr_expect_eq(sum, whole, "program %u: %llu executions in shards, not %llu", number,
		     (unsigned long long)sum, (unsigned long long)whole);
}

static void check_many(const struct recipe *recipe)
{
	unsigned int compared = 0;

	for (unsigned int number = 0; number < 400; number++) {
		struct err err = ERR_INIT;

		random_program_build(recipe, number);
		cr_assert_eq(sim_init(&random_program, &err), 0);
		if (compare(number)) {
			compared++;
			compare_shards(number);
		}
		sim_release();
	}
	cr_log_info("%u compared", compared);
	cr_expect_gt(compared, 300);
}

Test(retry_random, accesses)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW,      OP_ADD,
					      OP_SPIN, OP_VALUE, OP_SPIN_TWO, OP_SPIN_TWO };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 3, 4 });
}

Test(retry_random, locks)
{
	static const enum op_kind kinds[] = { OP_WRITE,     OP_RMW,        OP_LOCK,     OP_TRYLOCK,
					      OP_DOWN_READ, OP_DOWN_WRITE, OP_SPIN_TWO, OP_WAIT };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 3, 4 });
}

Test(retry_random, interrupts)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE,  OP_RMW,      OP_LOCK,    OP_CALL,
					      OP_MASK, OP_UNMASK, OP_SPIN_TWO, OP_SPIN_TWO };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), true, 3, 4 });
}
