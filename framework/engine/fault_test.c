/* SPDX-License-Identifier: MIT */
/*
 * fault_test.c - which passes of which points may fail, and with what.
 *
 * Two CPUs and an interrupt context of the first pass points eight times each. The strategy fails
 * whatever it may, so what has failed is what the plan allows.
 */
#include "engine/fault.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <limits.h>

#include "engine/sim.h"

TestSuite(fault, .timeout = 30);

#define PASSES 8

static const char *points[PASSES]; /* passed in turn by each CPU */
static unsigned int failed[3];     /* bit i: pass i of the CPU, from 0, has failed */
static int errors[3][PASSES];
static bool raised;
static unsigned int counted;   /* by the first rule, at most of a CPU */
static enum fault_level level; /* of the second one */

/* Apart, so that "in function" can tell them. */
static int inner(const char *point)
{
	int error = fault_decide(point);

	return error;
}

static int outer(const char *point)
{
	int error = inner(point);

	return error;
}

static void pass_all(unsigned int cpu)
{
	for (unsigned int i = 0; i < PASSES; i++) {
		errors[cpu][i] = i % 2 ? outer(points[i]) : inner(points[i]);
		failed[cpu] |= (unsigned int)(errors[cpu][i] != 0) << i;
	}
}

static void run(void *arg)
{
	pass_all((unsigned int)(uintptr_t)arg);
}

static bool is_raised(const void *object)
{
	return *(const bool *)object;
}

static void run_context(void *arg)
{
	static const struct baton_wait wait = { is_raised, NULL, NULL };

	for (;;) {
		baton_idle(BATON_HERE("idle"), &raised, &wait);
		raised = false;
		pass_all((unsigned int)(uintptr_t)arg);
	}
}

static void setup(void *arg)
{
	(void)arg;
	raised = true;
	for (unsigned int i = 0; i < PASSES; i++)
		cr_expect_eq(fault_decide(points[i]), 0); /* never in setup, and not counted */
}

static void begin(struct strategy *strategy)
{
	(void)strategy;
}

static uint32_t pick(struct strategy *strategy, const struct choice *choice)
{
	(void)strategy;
	if (choice->kind == BATON_CHOICE_CPU)
		return options_first(choice->options);
	cr_expect_eq(choice->unlimited, 3);
	return options_has(choice->options, 1);
}

static bool end(struct strategy *strategy)
{
	(void)strategy;
	return false;
}

static void execute(const struct fault_plan *plan)
{
	static const struct baton_cpu_program cpus[] = {
		{ "a", run, (void *)(uintptr_t)0, -1 },
		{ "b", run, (void *)(uintptr_t)1, -1 },
		{ "a_irq", run_context, (void *)(uintptr_t)2, 0 },
	};
	static const struct baton_program program = { .name = "faults",
						      .cpus = cpus,
						      .cpu_count = 3,
						      .setup = setup };
	struct strategy strategy = { begin, pick, end, NULL };
	struct err err = ERR_INIT;

	memset(failed, 0, sizeof(failed));
	cr_assert_eq(sim_init(&program, &err), 0);
	fault_set_plan(plan);
	cr_assert_eq(sim_execute(&strategy, 0, NULL), SIM_DONE);
	counted = fault_reach(0)->passes;
	level = fault_reach(1)->level;
	fault_set_plan(NULL);
	sim_release();
}

/* All passes of one point under one rule. Return: what failed of CPU 0. */
static unsigned int run_rule(struct fault_rule rule)
{
	const struct fault_plan plan = { .rules = &rule, .count = 1, .budget = UINT_MAX };

	for (unsigned int i = 0; i < PASSES; i++)
		points[i] = "t/one";
	execute(&plan);
	return failed[0];
}

#define RULE(...) ((struct fault_rule){ .point = "t/one", __VA_ARGS__ })
#define ANY_CPU .cpu = -1

Test(fault, nth_interval_and_space)
{
	cr_expect_eq(run_rule(RULE(ANY_CPU)), 0xff);
	cr_expect_eq(run_rule(RULE(ANY_CPU, .first = 2, .last = 4)), 0x0e);
	cr_expect_eq(run_rule(RULE(ANY_CPU, .interval = 3)), 0x24); /* third and sixth */
	cr_expect_eq(run_rule(RULE(ANY_CPU, .interval = 1)), 0xff);
	cr_expect_eq(run_rule(RULE(ANY_CPU, .space = 5)), 0xe0);
	cr_expect_eq(run_rule(RULE(ANY_CPU, .space = UINT_MAX)), 0);
	/* Behind two, the second to the sixth; of these the second and the fourth. */
	cr_expect_eq(run_rule(RULE(ANY_CPU, .space = 2, .first = 2, .last = 6, .interval = 2)),
		     0x50);
}

/* Each CPU counts by itself, and so does an interrupt context. */
Test(fault, counted_per_cpu)
{
	run_rule(RULE(ANY_CPU, .first = 3, .last = 3));
	for (unsigned int cpu = 0; cpu < 3; cpu++)
		cr_expect_eq(failed[cpu], 0x04, "CPU %u: %#x", cpu, failed[cpu]);
	run_rule(RULE(.cpu = 0, .first = 3, .last = 3));
	cr_expect_eq(failed[0], 0x04);
	cr_expect_eq(failed[1], 0);
	cr_expect_eq(failed[2], 0x04);
}

static unsigned int bits(unsigned int set)
{
	return (unsigned int)__builtin_popcount(set);
}

/* Another part of the passes under each seed, the same one whenever it is asked. */
Test(fault, probability)
{
	struct fault_rule rule = RULE(ANY_CPU, .probability = 25);
	unsigned int count = 0, first = 0;

	cr_expect_eq(run_rule(RULE(ANY_CPU, .probability = 100)), 0xff);
	for (uint64_t seed = 0; seed < 200; seed++) {
		const struct fault_plan plan = { .rules = &rule,
						 .count = 1,
						 .budget = UINT_MAX,
						 .seed = seed };

		execute(&plan);
		count += bits(failed[0]) + bits(failed[1]) + bits(failed[2]);
		first = failed[0];
		execute(&plan);
		cr_expect_eq(failed[0], first);
	}
	/* Of 4800, with a standard deviation of 30: 1200 +- 5 of these. */
	cr_expect_gt(count, 1050);
	cr_expect_lt(count, 1350);
}

Test(fault, in_function)
{
	cr_expect_eq(run_rule(RULE(ANY_CPU, .function = "outer")), 0xaa);
	cr_expect_eq(run_rule(RULE(ANY_CPU, .function = "inner")), 0xff);
	/* Only passes in it count. */
	cr_expect_eq(run_rule(RULE(ANY_CPU, .function = "outer", .first = 2, .last = 3)), 0x28);
	cr_expect_eq(run_rule(RULE(ANY_CPU, .function = "no_such_function")), 0);
}

Test(fault, times_and_budget)
{
	const struct fault_rule rules[] = { RULE(.cpu = 0, .times = 2), RULE(.cpu = 1) };
	struct fault_plan plan = { .rules = rules, .count = 2, .budget = 5 };

	run_rule(RULE(ANY_CPU, .times = 3));
	cr_expect_eq(bits(failed[0]) + bits(failed[1]) + bits(failed[2]), 3);
	execute(&plan);
	cr_expect_eq(bits(failed[0]) + bits(failed[2]), 2);
	cr_expect_eq(failed[1], 0x07);
}

/* A pattern counts each of its points by itself, and their failures together. */
Test(fault, pattern)
{
	static const char *const names[PASSES] = { "t/one", "t/two", "u/one", "t/one",
						   "t/two", "u/one", "t/one", "t/two" };
	struct fault_rule rule = { .point = "t/*", .cpu = 0, .first = 2, .last = 2 };
	const struct fault_plan plan = { .rules = &rule, .count = 1, .budget = UINT_MAX };

	for (unsigned int i = 0; i < PASSES; i++)
		points[i] = names[i];
	execute(&plan);
	cr_expect_eq(failed[0], 0x18);
	cr_expect_eq(counted, 3); /* of each point, on each CPU */
	rule.times = 1;
	execute(&plan);
	cr_expect_eq(bits(failed[0]) + bits(failed[2]), 1);
	rule = (struct fault_rule){ .point = "*", .cpu = 0 };
	execute(&plan);
	cr_expect_eq(failed[0], 0xff);
}

/* Of the rule @rule, behind one that lets all passes from the @first on fail. */
static enum fault_level level_behind(unsigned int first, struct fault_rule rule)
{
	const struct fault_rule rules[] = {
		{ .point = "t/one", .cpu = 0, .first = first },
		rule,
	};
	const struct fault_plan plan = { .rules = rules, .count = 2, .budget = UINT_MAX };

	execute(&plan);
	return level;
}

Test(fault, how_far_a_rule_comes)
{
	for (unsigned int i = 0; i < PASSES; i++)
		points[i] = "t/one";
	cr_expect_eq(level_behind(9, (struct fault_rule){ .point = "t/two", .cpu = -1 }),
		     FAULT_UNREACHED);
	cr_expect_eq(level_behind(9, (struct fault_rule){ .point = "t/one", .cpu = 7 }),
		     FAULT_ELSEWHERE);
	cr_expect_eq(level_behind(9, RULE(.cpu = 0, .first = PASSES + 1)), FAULT_PASSED);
	cr_expect_eq(level_behind(9, RULE(.cpu = 0, .interval = PASSES + 1)), FAULT_PASSED);
	cr_expect_eq(level_behind(9, RULE(.cpu = 0, .first = PASSES)), FAULT_ASKED);
	cr_expect_eq(level_behind(PASSES, RULE(.cpu = 0, .first = PASSES)), FAULT_DRAWN);
	/* One percent of one pass: not under this seed. */
	cr_expect_eq(level_behind(9, RULE(.cpu = 0, .first = 1, .last = 1, .probability = 1)),
		     FAULT_SELECTED);
}

/* The first rule that lets a pass fail asks, and no other. */
Test(fault, several_rules)
{
	static const struct model_fault known[] = { { .name = "t/one", .error = "ENOSPC" },
						    { .name = "t/two" },
						    { .name = NULL } };
	const struct fault_rule rules[] = {
		RULE(.cpu = 0, .first = 2, .last = 2, .error = EIO),
		RULE(.cpu = 0, .first = 2, .last = 3),
		{ .point = "*", .cpu = 0, .first = 4, .last = 4, .error = EINTR },
	};
	const struct fault_plan plan = { .rules = rules,
					 .count = 3,
					 .budget = UINT_MAX,
					 .points = known };

	for (unsigned int i = 0; i < PASSES; i++)
		points[i] = "t/one";
	execute(&plan);
	cr_expect_eq(failed[0], 0x0e);
	cr_expect_eq(errors[0][1], EIO);
	cr_expect_eq(errors[0][2], ENOSPC);
	cr_expect_eq(errors[0][3], EINTR);
	cr_assert_eq(fault_taken_count(), 6);
	cr_expect_str_eq(fault_taken(1)->point, "t/one");
	cr_expect_eq(fault_taken(1)->rule, 1);
	cr_expect_eq(fault_taken(1)->pass, 3);
}

/* A mere choice of the model fails with 1. */
Test(fault, errno_of_the_point)
{
	static const struct model_fault known[] = { { .name = "t/one" }, { .name = NULL } };
	const struct fault_rule rule = RULE(ANY_CPU);
	const struct fault_plan plan = { .rules = &rule,
					 .count = 1,
					 .budget = UINT_MAX,
					 .points = known };

	run_rule(rule);
	cr_expect_eq(errors[0][0], 1);
	execute(&plan);
	cr_expect_eq(errors[0][0], 1);
}

Test(fault, patterns_match)
{
	cr_expect(fault_matches("mm/alloc_page", "mm/alloc_page"));
	cr_expect_not(fault_matches("mm/alloc_page", "mm/alloc_pages"));
	cr_expect_not(fault_matches("mm/alloc_pages", "mm/alloc_page"));
	cr_expect(fault_matches("mm/*", "mm/alloc_page"));
	cr_expect(fault_matches("*", "mm/alloc_page"));
	cr_expect_not(fault_matches("mm/*", "fs/alloc_page"));
	cr_expect_not(fault_matches("*page", "mm/alloc_page")); /* only at its end */
	cr_expect_not(fault_matches("", "mm/alloc_page"));
}
