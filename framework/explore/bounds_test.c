/* SPDX-License-Identifier: MIT */
/*
 * bounds_test.c - bounds on preemptions, faults, steps, seconds and memory: what they leave out,
 * that they leave out nothing else, and that a result names those that were reached.
 */
#include <criterion/criterion.h>

#include "explore/deepen.h"

TestSuite(bounds, .timeout = 60);

static int x, y;
static unsigned int failures;

static void setup(void *arg)
{
	(void)arg;
	x = y = 0;
	failures = 0;
}

static void store(int *variable, int value)
{
	POINT("test/store");
	baton_access(BATON_HERE("store"), variable, BATON_WRITE);
	*variable = value;
}

static int load(const int *variable)
{
	POINT("test/load");
	baton_access(BATON_HERE("load"), variable, BATON_READ);
	return *variable;
}

static void store_thrice(void *arg)
{
	for (int i = 1; i <= 3; i++)
		store(arg, i);
}

static void store_or_fail(void *arg)
{
	for (int i = 1; i <= 2; i++) {
		store(arg, i);
		failures += baton_choose(BATON_CHOICE_FAULT, 2, "test/store");
	}
}

/* Broken if another store comes between the store and the load. */
static void store_and_check(void *arg)
{
	(void)arg;
	store(&x, 7);
	if (load(&x) != 7)
		baton_fail("lost", "x is %d", x);
}

static const struct baton_cpu_program thrice[] = { { "a", store_thrice, &x, -1 },
						   { "b", store_thrice, &x, -1 } };

static void open_two(const struct baton_cpu_program *cpus)
{
	static struct baton_program program;
	struct err err = ERR_INIT;

	program = (struct baton_program){ .name = "two",
					  .cpus = cpus,
					  .cpu_count = 2,
					  .setup = setup };
	cr_assert_eq(sim_init(&program, &err), 0);
}

/* What a search saw. */
struct seen {
	uint64_t by_failures[5]; /* executions with so many faults */
	uint64_t findings, ended;
};

static bool look(void *arg, enum sim_end end, uint64_t number)
{
	struct seen *seen = arg;

	(void)number;
	seen->by_failures[failures]++;
	seen->findings += end == SIM_FINDING;
	seen->ended += end == SIM_DONE;
	return true;
}

static bool has_findings(void *arg)
{
	return ((const struct seen *)arg)->findings != 0;
}

static struct explore_result explore(const struct explore_search *search, struct seen *seen)
{
	const struct explore_judge judge = { .execution = look, .arg = seen };
	struct explore_result result;
	struct err err = ERR_INIT;

	*seen = (struct seen){ .ended = 0 };
	cr_assert_eq(explore_run(search, NULL, &judge, &result, &err), 0, "%s", err.text.bytes);
	return result;
}

/* Within the bound dfs makes the executions that it makes with so few faults without it. */
Test(bounds, faults)
{
	struct baton_cpu_program cpus[] = { { "a", store_or_fail, &x, -1 },
					    { "b", store_or_fail, &x, -1 } };
	struct explore_search search = EXPLORE_ALL;
	struct explore_result result;
	struct seen all, seen;

	open_two(cpus);
	search.strategy = EXPLORE_DFS;
	explore(&search, &all);
	for (int faults = 0; faults <= 4; faults++) {
		search.faults_max = faults;
		result = explore(&search, &seen);
		for (int i = 0; i <= 4; i++)
			cr_expect_eq(seen.by_failures[i], i <= faults ? all.by_failures[i] : 0);
		cr_expect_eq(result.strength, faults < 4 ? STRENGTH_BOUNDED : STRENGTH_EXHAUSTIVE);
	}
	/* 6 orders of the stores; 4 choices, and any set of them fails. */
	cr_expect_eq(all.by_failures[2], 6 * 6);
	sim_release();
}

/* Each order of the stores is a trace. */
Test(bounds, faults_with_reduction)
{
	struct baton_cpu_program cpus[] = { { "a", store_or_fail, &x, -1 },
					    { "b", store_or_fail, &y, -1 } };
	struct explore_search search = EXPLORE_ALL;
	struct explore_result result;
	struct seen seen;

	open_two(cpus);
	search.faults_max = 1;
	result = explore(&search, &seen);
	cr_expect_str_eq(result.bounds, "faults<=1");
	/* One trace, and which of the four fails, if any. */
	cr_expect_eq(seen.by_failures[0], 1);
	cr_expect_eq(seen.by_failures[1], 4);
	cr_expect_eq(result.executions, 5);
	sim_release();
}

/* The first three steps are of either CPU. */
Test(bounds, steps)
{
	struct explore_search search = EXPLORE_ALL;
	struct explore_result result;
	struct seen seen;

	open_two(thrice);
	search.strategy = EXPLORE_DFS;
	search.steps_bound = 3;
	result = explore(&search, &seen);
	cr_expect_eq(result.executions, 8);
	cr_expect_eq(result.cut, 8);
	cr_expect_eq(seen.ended, 0);
	cr_expect_str_eq(result.bounds, "steps<=3");
	search.strategy = EXPLORE_DPOR;
	cr_expect_eq(explore(&search, &seen).executions, 8);
	/* With six steps they come to their end. */
	search.steps_bound = 6;
	result = explore(&search, &seen);
	cr_expect_eq(result.executions, 20);
	cr_expect_eq(result.cut, 0);
	cr_expect_eq(result.strength, STRENGTH_EXHAUSTIVE);
	sim_release();
}

/* What is found within the bound is a finding, whatever would have come. */
Test(bounds, steps_and_findings)
{
	struct baton_cpu_program cpus[] = { { "a", store_and_check, NULL, -1 },
					    { "b", store_thrice, &x, -1 } };
	struct explore_search search = EXPLORE_ALL;
	struct seen seen;

	open_two(cpus);
	search.steps_bound = 3;
	cr_expect_eq(explore(&search, &seen).strength, STRENGTH_BOUNDED);
	cr_expect_eq(seen.findings, 1);
	search.steps_bound = 2;
	explore(&search, &seen);
	cr_expect_eq(seen.findings, 0);
	sim_release();
}

/* The time is over before it begins. */
Test(bounds, seconds)
{
	struct explore_search search = EXPLORE_ALL;
	struct explore_result result;
	struct seen seen;

	open_two(thrice);
	search.seconds_max = 1;
	search.begun = 1; /* when the machine was started */
	result = explore(&search, &seen);
	cr_expect_eq(result.executions, 0);
	cr_expect_eq(result.strength, STRENGTH_CUT);
	cr_expect_str_eq(result.bounds, "after 1 s");
	search.seconds_max = 1000000000;
	cr_expect_eq(explore(&search, &seen).strength, STRENGTH_EXHAUSTIVE);
	sim_release();
}

/* Any process has more than a MiB, and less than a TiB. */
Test(bounds, memory)
{
	struct explore_search search = EXPLORE_ALL;
	struct explore_result result;
	struct seen seen;

	open_two(thrice);
	search.memory_max = 1;
	result = explore(&search, &seen);
	cr_expect_eq(result.executions, 0);
	cr_expect_eq(result.strength, STRENGTH_CUT);
	cr_expect_str_eq(result.bounds, "memory>1 MiB");
	search.memory_max = 1 << 20;
	cr_expect_eq(explore(&search, &seen).strength, STRENGTH_EXHAUSTIVE);
	sim_release();
}

Test(bounds, all_that_were_reached_are_named)
{
	struct baton_cpu_program cpus[] = { { "a", store_or_fail, &x, -1 },
					    { "b", store_or_fail, &x, -1 } };
	struct explore_search search = EXPLORE_ALL;
	struct seen seen;

	open_two(cpus);
	search.preemptions_max = 0;
	search.faults_max = 1;
	search.steps_bound = 3;
	cr_expect_str_eq(explore(&search, &seen).bounds, "preemptions<=0, faults<=1, steps<=3");
	search.preemptions_max = 3;
	search.faults_max = 4;
	search.steps_bound = 4;
	cr_expect_eq(explore(&search, &seen).strength, STRENGTH_EXHAUSTIVE);
	search.preemptions_max = 0;
	search.executions_max = 1;
	cr_expect_str_eq(explore(&search, &seen).bounds, "after 1 execution within preemptions<=0");
	sim_release();
}

static void restart(struct gatherer *gatherer)
{
	(void)gatherer;
}

static void save(const struct gatherer *gatherer, struct text *text)
{
	(void)gatherer;
	(void)text;
}

static int merge(struct gatherer *gatherer, struct fields *fields, struct err *err)
{
	(void)gatherer;
	(void)fields;
	(void)err;
	return 0;
}

/* It ends with this bound, and as the search with this bound does. */
static void expect_deepened(const struct explore_search *search, int preemptions, bool failed)
{
	struct seen seen = { .ended = 0 }, again;
	struct gatherer gatherer = { restart, save, merge, NULL };
	const struct explore_judge judge = { .execution = look,
					     .arg = &seen,
					     .gatherers = &gatherer,
					     .failed = has_findings };
	struct explore_search bounded = *search;
	struct explore_result result, plain;
	struct err err = ERR_INIT;

	cr_assert_eq(explore_deepen(search, NULL, &judge, &result, &err), 0);
	cr_expect_eq(result.failed, failed);
	cr_expect_eq(result.preemptions_last, preemptions);
	bounded.preemptions_max = preemptions;
	plain = explore(&bounded, &again);
	cr_expect_eq(result.executions, plain.executions);
	cr_expect_eq(result.strength, plain.strength);
	cr_expect_str_eq(result.bounds, plain.bounds);
}

Test(bounds, first_failure_ends_the_deepening)
{
	struct baton_cpu_program cpus[] = { { "a", store_and_check, NULL, -1 },
					    { "b", store_thrice, &x, -1 } };
	struct explore_search search = EXPLORE_ALL;

	open_two(cpus);
	expect_deepened(&search, 1, true);
	search.strategy = EXPLORE_DFS;
	expect_deepened(&search, 1, true);
	search.preemptions_max = 0;
	expect_deepened(&search, 0, false);
	sim_release();
}

/* a1b1a1b1a1b1 has four preemptions: with five nothing is withheld. */
Test(bounds, deepening_ends_where_nothing_is_withheld)
{
	struct explore_search search = EXPLORE_ALL;

	open_two(thrice);
	search.strategy = EXPLORE_DFS;
	expect_deepened(&search, 4, false);
	search.preemptions_max = 2;
	expect_deepened(&search, 2, false);
	sim_release();
}
