/* SPDX-License-Identifier: MIT */
/*
 * sleep_test.c - on thousands of small programs: the executions are those of memo.h in the
 * same order, and every state is passed that dfs passes.
 */
#include <criterion/criterion.h>

#include "explore/explore.h"
#include "explore/random_program_test.h"

TestSuite(sleep, .timeout = 240);

#define EXECUTIONS_MAX 3000

struct log {
	struct text executions; /* their schedules, a line each */
	VEC(uint64_t) states;   /* after steps: each once */
	unsigned int restarts;
};

static struct log *logged;

static void note_state(void *arg)
{
	uint64_t state = random_program_state();

	(void)arg;
	for (size_t i = 0; i < logged->states.count; i++)
		if (logged->states.items[i] == state)
			return;
	vec_push(&logged->states, state);
}

static bool note_execution(void *arg, enum sim_end end, uint64_t number)
{
	struct log *log = arg;

	(void)end;
	(void)number;
	schedule_format(sim_schedule(), &random_program, &log->executions);
	text_add_char(&log->executions, '\n');
	return true;
}

static void forget(void *arg)
{
	struct log *log = arg;

	text_clear(&log->executions);
	log->states.count = 0;
	log->restarts++;
}

static void release(struct log *log)
{
	text_release(&log->executions);
	vec_release(&log->states);
}

static struct explore_result explore(enum explore_strategy strategy, enum explore_states how,
				     uint64_t slice_steps, struct log *log)
{
	const struct explore_judge judge = { .execution = note_execution,
					     .arg = log,
					     .restart = forget };
	struct explore_search search = EXPLORE_ALL;
	struct explore_result result;
	struct err err = ERR_INIT;

	*log = (struct log){ .executions = TEXT_INIT };
	logged = log;
	search.strategy = strategy;
	search.states = how;
	search.slice_steps = slice_steps;
	search.executions_max = EXECUTIONS_MAX;
	cr_assert_eq(explore_run(&search, NULL, &judge, &result, &err), 0, "%s", err.text.bytes);
	return result;
}

static void expect_same(unsigned int number, const struct log *memo, const struct log *other)
{
	cr_expect_eq(memo->restarts, 0);
	cr_expect_str_eq(other->executions.bytes, memo->executions.bytes, "program %u", number);
}

static void expect_all_states(unsigned int number, const struct log *all, const struct log *sleep)
{
	cr_expect_eq(sleep->states.count, all->states.count, "program %u passes %zu of %zu states",
		     number, sleep->states.count, all->states.count);
}

/* Return: whether it was small enough, and nothing was seen. */
static bool compare(unsigned int number)
{
	struct log all, memo, sleep, cut;
	bool small = explore(EXPLORE_DFS, EXPLORE_STATES_AUTO, 0, &all).executions < EXECUTIONS_MAX;
	bool compared;

	explore(EXPLORE_DPOR, EXPLORE_STATES_MEMO, 0, &memo);
	explore(EXPLORE_DPOR, EXPLORE_STATES_SLEEP, 0, &sleep);
	explore(EXPLORE_DPOR, EXPLORE_STATES_SLEEP, 1 + number % 50, &cut);
	compared = small && !sleep.restarts;
	expect_same(number, &memo, &sleep);
	expect_same(number, &memo, &cut);
	if (small)
		expect_all_states(number, &all, &sleep);
	release(&all);
	release(&memo);
	release(&sleep);
	release(&cut);
	return compared;
}

static void check(const struct recipe *recipe, unsigned int least)
{
	unsigned int compared = 0;

	random_program.step = note_state;
	for (unsigned int number = 0; number < 400; number++) {
		struct err err = ERR_INIT;

		random_program_build(recipe, number);
		cr_assert_eq(sim_init(&random_program, &err), 0);
		compared += compare(number);
		sim_release();
	}
	cr_log_info("%u compared", compared);
	cr_expect_gt(compared, least);
}

Test(sleep, reads_and_writes)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW, OP_ADD, OP_LOCAL };

	check(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 300);
}

Test(sleep, locks)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE,   OP_RMW,       OP_LOCK,
					      OP_LOCK, OP_TRYLOCK, OP_DOWN_READ, OP_DOWN_WRITE,
					      OP_WAIT, OP_SPIN,    OP_SPIN_TWO };

	check(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 300);
}

/* Limits on failures are counted over the execution, whatever the order. */
Test(sleep, choices)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE,   OP_RMW,     OP_LOCK,  OP_ADD,
					      OP_LOCK, OP_LIMITED, OP_LIMITED, OP_VALUE, OP_FAULT };

	check(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 3, 4 }, 300);
}

Test(sleep, interrupts)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW,    OP_LOCK,     OP_CALL,
					      OP_CALL, OP_MASK,  OP_UNMASK, OP_TWO_READS };

	check(&(struct recipe){ kinds, ARRAY_SIZE(kinds), true, 4, 4 }, 300);
}

/* Where one ends in its midst, the search begins again with memo.h. */
Test(sleep, findings)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW, OP_LOCK, OP_ADD, OP_FAIL };

	check(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 50);
}
