/* SPDX-License-Identifier: MIT */
/*
 * findings_test.c - whatever the code under test does is a finding with a schedule, and the
 * search goes on.
 */
#include <assert.h>
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "baton/explore.h"
#include "explore/explore.h"

TestSuite(findings, .timeout = 60);

static int x;
static int locks[2]; /* 0: free, else 1 + CPU */

static bool is_free(const void *object)
{
	return !*(const int *)object;
}

static int holder(const void *object)
{
	return *(const int *)object - 1;
}

static const char *name(const void *object)
{
	return object == &locks[0] ? "lock A" : "lock B";
}

static const struct baton_wait lock_wait = { is_free, holder, name };

static void lock(int which)
{
	baton_block(BATON_HERE("lock"), &locks[which], BATON_LOCK, &lock_wait);
	locks[which] = 1 + baton_cpu();
}

static void unlock(int which)
{
	baton_access(BATON_HERE("unlock"), &locks[which], BATON_UNLOCK);
	locks[which] = 0;
}

static void setup(void *arg)
{
	(void)arg;
	x = locks[0] = locks[1] = 0;
}

static int load(void)
{
	baton_access(BATON_HERE("load"), &x, BATON_READ);
	return x;
}

static void store(int value)
{
	baton_access(BATON_HERE("store"), &x, BATON_WRITE);
	x = value;
}

static void writer(void *arg)
{
	(void)arg;
	store(1);
	store(0);
}

/* Explore @victim against a CPU that makes x 1 for a while. */
static struct baton_result explore(void (*victim)(void *arg), unsigned int steps_max)
{
	const struct baton_cpu_program cpus[] = { { "writer", writer, NULL, -1 },
						  { "victim", victim, NULL, -1 } };
	const struct baton_program program = { .name = "findings",
					       .cpus = cpus,
					       .cpu_count = 2,
					       .setup = setup };
	const struct baton_search search = { .preemptions_max = -1, .steps_max = steps_max };
	struct baton_result result;

	cr_assert_eq(baton_explore(&program, &search, &result), 0, "%s", result.finding);
	return result;
}

/* 3 accesses interleave in 3 ways; the load sees 1 in one of them. */
static void expect_one_of_three(void (*victim)(void *arg), const char *finding)
{
	struct baton_result result = explore(victim, 0);

	cr_expect_eq(result.executions, 3);
	cr_expect_eq(result.findings, 1);
	cr_expect(result.exhaustive);
	cr_expect_str_eq(result.schedule, "w1v1");
	cr_expect_not_null(strstr(result.finding, finding), "%s", result.finding);
	baton_result_release(&result);
}

static volatile uintptr_t wild = 8;

static void dereferences(void *arg)
{
	(void)arg;
	if (load())
		*(volatile int *)wild = 1;
}

Test(findings, wild_pointer)
{
	expect_one_of_three(dereferences, "crash: ");
}

static void asserts(void *arg)
{
	(void)arg;
	assert(load() == 0);
}

Test(findings, failed_assert)
{
	expect_one_of_three(asserts, "load() == 0");
}

static void aborts(void *arg)
{
	(void)arg;
	if (load())
		abort();
}

Test(findings, abort_call)
{
	expect_one_of_three(aborts, "crash: ");
}

static int recurse(volatile int *depth)
{
	volatile int frame[64] = { *depth + 1 };

	return *depth < 0 ? 0 : recurse(frame) + frame[1];
}

static void overflows(void *arg)
{
	volatile int depth = 0;

	(void)arg;
	if (load())
		recurse(&depth);
}

Test(findings, stack_overflow)
{
	expect_one_of_three(overflows, "overflow: ");
}

static void loops(void *arg)
{
	volatile int forever = 1;

	(void)arg;
	if (load())
		while (forever)
			;
}

Test(findings, endless_loop)
{
	expect_one_of_three(loops, "loop: ");
}

static void spins(void *arg)
{
	(void)arg;
	while (!load())
		;
}

/* The spinner misses the 1 and loads 0 for ever. */
Test(findings, livelock)
{
	struct baton_result result = explore(spins, 20);

	cr_expect_gt(result.findings, 0);
	cr_expect_not_null(strstr(result.finding, "livelock: no end after 20 steps"), "%s",
			   result.finding);
	baton_result_release(&result);
}

static void locks_ab(void *arg)
{
	(void)arg;
	lock(0);
	lock(1);
	unlock(1);
	unlock(0);
}

static void locks_ba(void *arg)
{
	(void)arg;
	lock(1);
	lock(0);
	unlock(0);
	unlock(1);
}

static char details[400];

static bool keep_details(void *arg, enum sim_end end, uint64_t number)
{
	(void)arg;
	(void)number;
	if (end == SIM_FINDING)
		(void)snprintf(details, sizeof(details), "%s: %s\n%s", sim_finding()->name,
			       sim_finding()->text.bytes, sim_finding()->details.bytes);
	return true;
}

/* Who waits for what held by whom. */
Test(findings, abba_deadlock)
{
	const struct baton_cpu_program cpus[] = { { "ab", locks_ab, NULL, -1 },
						  { "ba", locks_ba, NULL, -1 } };
	const struct baton_program program = { .name = "abba",
					       .cpus = cpus,
					       .cpu_count = 2,
					       .setup = setup };
	const struct explore_search search = EXPLORE_ALL;
	const struct explore_judge judge = { .execution = keep_details };
	struct explore_result result;
	struct err err = ERR_INIT;

	cr_assert_eq(sim_init(&program, &err), 0);
	cr_assert_eq(explore_run(&search, NULL, &judge, &result, &err), 0);
	sim_release();
	cr_expect_not_null(strstr(details, "deadlock: no CPU can go on\n"), "%s", details);
	cr_expect_not_null(strstr(details, "ab waits for lock B held by ba, at lock"), "%s",
			   details);
	cr_expect_not_null(strstr(details, "ba waits for lock A held by ab, at lock"), "%s",
			   details);
}

static void fails_in_setup(void *arg)
{
	(void)arg;
	baton_fail("bad_setup", "on purpose");
}

Test(findings, in_setup)
{
	const struct baton_cpu_program cpus[] = { { "writer", writer, NULL, -1 } };
	const struct baton_program program = { .name = "setup",
					       .cpus = cpus,
					       .cpu_count = 1,
					       .setup = fails_in_setup };
	struct baton_result result;

	cr_assert_eq(baton_explore(&program, NULL, &result), 0);
	cr_expect_eq(result.executions, 1);
	cr_expect_str_eq(result.finding, "bad_setup: on purpose");
	baton_result_release(&result);
}

static int runs = 2;

static void remembers(void *arg)
{
	(void)arg;
	for (int i = 0; i < runs % 3; i++)
		load();
	runs++;
}

/* State that setup does not reset: an error that says so, not a wrong count. */
Test(findings, not_deterministic)
{
	const struct baton_cpu_program cpus[] = { { "writer", writer, NULL, -1 },
						  { "remembers", remembers, NULL, -1 } };
	const struct baton_program program = { .name = "forgetful",
					       .cpus = cpus,
					       .cpu_count = 2,
					       .setup = setup };
	struct baton_result result;

	cr_assert_eq(baton_explore(&program, NULL, &result), -1);
	cr_expect_not_null(strstr(result.finding, "not a function of its choices"), "%s",
			   result.finding);
	baton_result_release(&result);
}

static void alternates(void *arg)
{
	if (runs++ / 2 % 2 == (int)(uintptr_t)arg)
		load();
}

/* As many choices each time, but not between the same CPUs. */
Test(findings, other_options)
{
	const struct baton_cpu_program cpus[] = { { "writer", writer, NULL, -1 },
						  { "even", alternates, (void *)0, -1 },
						  { "odd", alternates, (void *)1, -1 } };
	const struct baton_program program = { .name = "forgetful",
					       .cpus = cpus,
					       .cpu_count = 3,
					       .setup = setup };
	struct baton_result result;

	cr_assert_eq(baton_explore(&program, NULL, &result), -1);
	cr_expect_not_null(strstr(result.finding, "not a function of its choices"), "%s",
			   result.finding);
	baton_result_release(&result);
}

static void endless_setup(void *arg)
{
	(void)arg;
	for (;;)
		load();
}

Test(findings, endless_setup)
{
	const struct baton_cpu_program cpus[] = { { "writer", writer, NULL, -1 } };
	const struct baton_program program = { .name = "setup",
					       .cpus = cpus,
					       .cpu_count = 1,
					       .setup = endless_setup };
	struct baton_result result;

	cr_assert_eq(baton_explore(&program, NULL, &result), 0);
	cr_expect_str_eq(result.finding, "livelock: no end after 10000 steps");
	baton_result_release(&result);
}

Test(findings, bad_programs_are_errors)
{
	const struct baton_cpu_program twice[] = { { "a", writer, NULL, -1 },
						   { "a", writer, NULL, -1 } };
	const struct baton_cpu_program nameless[] = { { "9a", writer, NULL, -1 } };
	const struct baton_cpu_program hostless[] = { { "a", writer, NULL, 5 } };
	const struct {
		struct baton_program program;
		const char *why;
	} cases[] = {
		{ { .name = "p", .cpus = twice, .cpu_count = 2 }, "two CPUs" },
		{ { .name = "p", .cpus = nameless, .cpu_count = 1 }, "needs a name" },
		{ { .name = "p", .cpus = hostless, .cpu_count = 1 }, "needs a CPU as its host" },
		{ { .name = "p", .cpus = twice, .cpu_count = 0 }, "expected 1 to 63" },
	};
	struct baton_result result;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_assert_eq(baton_explore(&cases[i].program, NULL, &result), -1);
		cr_expect_not_null(strstr(result.finding, cases[i].why), "%s", result.finding);
		baton_result_release(&result);
	}
}
