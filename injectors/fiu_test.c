/* SPDX-License-Identifier: MIT */
/*
 * fiu_test.c - fault points, ours and libfiu's own macros, are choices of the search.
 */
#include <criterion/criterion.h>
#include <errno.h>
#include <fiu-control.h>
#include <fiu.h>

#include "baton/explore.h"
#include "engine/fault.h"
#include "explore/explore.h"
#include "injectors/fiu.h"

TestSuite(fiu, .timeout = 30);

static unsigned int failed[2]; /* failures of each CPU in the last execution */
static uint64_t outcomes;      /* bit f0 * 8 + f1 for each pair seen */

/* Unchanged code with a point of libfiu. */
static int library_call(void)
{
	fiu_return_on("lib/call", (int)(intptr_t)fiu_failinfo());
	return 0;
}

static void twice(void *arg)
{
	(void)arg;
	for (int i = 0; i < 2; i++)
		failed[baton_cpu()] += library_call() == ENOMEM;
}

static void once(void *arg)
{
	(void)arg;
	failed[baton_cpu()] += baton_fault("test/once");
}

static void setup(void *arg)
{
	(void)arg;
	failed[0] = failed[1] = 0;
}

static bool note_outcome(void *arg, enum sim_end end, uint64_t number)
{
	(void)arg;
	(void)number;
	cr_assert_eq(end, SIM_DONE);
	outcomes |= UINT64_C(1) << (failed[0] * 8 + failed[1]);
	return true;
}

/* Return: the number of executions of one CPU that passes lib/call twice and one that
 * passes test/once; they make no access, so only the faults differ. */
static uint64_t explore(const struct fault_rule *rules, unsigned int count, unsigned int budget)
{
	static const struct baton_cpu_program cpus[] = { { "twice", twice, NULL, -1 },
							 { "once", once, NULL, -1 } };
	static const struct baton_program program = { .name = "faults",
						      .cpus = cpus,
						      .cpu_count = 2,
						      .setup = setup };
	const struct fault_plan plan = { .rules = rules, .count = count, .budget = budget };
	const struct explore_search search = EXPLORE_ALL;
	const struct explore_judge judge = { .execution = note_outcome };
	struct explore_result result;
	struct err err = ERR_INIT;

	outcomes = 0;
	cr_assert_eq(inject_fiu_init(&err), 0, "%s", err.text.bytes);
	cr_assert_eq(sim_init(&program, &err), 0);
	fault_set_plan(&plan);
	cr_assert_eq(explore_run(&search, NULL, &judge, &result, &err), 0);
	fault_set_plan(NULL);
	sim_release();
	return result.executions;
}

#define PAIR(f0, f1) (UINT64_C(1) << ((f0)*8 + (f1)))
#define RULE(name, ...)                                                  \
	{                                                                \
		.point = (name), .error = ENOMEM, .cpu = -1, __VA_ARGS__ \
	}

Test(fiu, no_plan_no_fault)
{
	cr_expect_eq(explore(NULL, 0, 9), 1);
	cr_expect_eq(outcomes, PAIR(0, 0));
}

Test(fiu, every_combination)
{
	const struct fault_rule rules[] = { RULE("lib/call", ), RULE("test/once", ) };

	cr_expect_eq(explore(rules, 2, 9), 8);
	cr_expect_eq(outcomes,
		     PAIR(0, 0) | PAIR(0, 1) | PAIR(1, 0) | PAIR(1, 1) | PAIR(2, 0) | PAIR(2, 1));
}

/* None, or one of three. */
Test(fiu, budget)
{
	const struct fault_rule rules[] = { RULE("lib/call", ), RULE("test/once", ) };

	cr_expect_eq(explore(rules, 2, 1), 4);
	cr_expect_eq(outcomes, PAIR(0, 0) | PAIR(0, 1) | PAIR(1, 0));
}

Test(fiu, nth)
{
	const struct fault_rule second = RULE("lib/call", .first = 2, .last = 2);
	const struct fault_rule third = RULE("lib/call", .first = 3, .last = 9);

	cr_expect_eq(explore(&second, 1, 9), 2);
	cr_expect_eq(outcomes, PAIR(0, 0) | PAIR(1, 0));
	cr_expect_eq(explore(&third, 1, 9), 1);
}

Test(fiu, times)
{
	const struct fault_rule rule = RULE("lib/call", .times = 1);

	cr_expect_eq(explore(&rule, 1, 9), 3);
	cr_expect_eq(outcomes, PAIR(0, 0) | PAIR(1, 0));
}

Test(fiu, on_one_cpu)
{
	const struct fault_rule rules[] = {
		{ .point = "lib/call", .error = ENOMEM, .cpu = 1 },
		{ .point = "test/once", .error = ENOMEM, .cpu = 1 },
	};

	cr_expect_eq(explore(rules, 2, 9), 2);
	cr_expect_eq(outcomes, PAIR(0, 0) | PAIR(0, 1));
}

/* The errno of the rule is what fiu_failinfo() says. */
Test(fiu, error_number)
{
	const struct fault_rule rule = { .point = "lib/call", .error = EIO, .cpu = -1 };

	cr_expect_eq(explore(&rule, 1, 9), 4);
	cr_expect_eq(outcomes, PAIR(0, 0)); /* twice() counts ENOMEM only */
}

static const int errors[] = { EIO, ENOMEM };
static int step;

/* Between the failure and the question about it, the other CPU can fail. */
static void fails_and_asks(void *arg)
{
	int failure;

	(void)arg;
	BATON_ASSERT(!fiu_failinfo()); /* of an earlier execution, or of the other CPU */
	failure = fiu_fail("lib/own");
	baton_access(BATON_HERE("step"), &step, BATON_WRITE);
	if (failure)
		BATON_ASSERT((intptr_t)fiu_failinfo() == errors[baton_cpu()]);
}

/* Two steps in two orders; each CPU fails or does not. */
Test(fiu, each_cpu_has_its_own_failinfo)
{
	static const struct baton_cpu_program cpus[] = { { "a", fails_and_asks, NULL, -1 },
							 { "b", fails_and_asks, NULL, -1 } };
	static const struct baton_program program = { .name = "own", .cpus = cpus, .cpu_count = 2 };
	const struct baton_fault_rule rules[] = {
		{ .point = "lib/own", .error = EIO, .cpu = 0 },
		{ .point = "lib/own", .error = ENOMEM, .cpu = 1 },
	};
	const struct baton_search search = { .preemptions_max = -1,
					     .strategy = BATON_DFS,
					     .faults = rules,
					     .fault_count = 2 };
	struct baton_result result;

	cr_assert_eq(baton_explore(&program, &search, &result), 0, "%s", result.finding);
	cr_expect_eq(result.executions, 8, "%llu", (unsigned long long)result.executions);
	cr_expect_eq(result.findings, 0, "%s", result.finding);
	baton_result_release(&result);
}

/* Outside a simulation libfiu is as it is without baton. */
Test(fiu, outside)
{
	struct err err = ERR_INIT;

	cr_assert_eq(inject_fiu_init(&err), 0);
	cr_expect_eq(library_call(), 0);
	cr_assert_eq(fiu_enable("lib/call", 1, (void *)(intptr_t)ENOSPC, 0), 0);
	cr_expect_eq(library_call(), ENOSPC);
}
