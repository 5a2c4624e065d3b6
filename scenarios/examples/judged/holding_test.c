/* SPDX-License-Identifier: MIT */
/* holding_test.c - assertions of baton/criterion.h that hold; failing.c has others. */
#include <string.h>

#include "baton/criterion.h"
#include "baton/kernel.h"
#include "scenarios/examples/judged/programs.h"

TestSuite(criterion, .timeout = 60);

Test(criterion, verdicts)
{
	baton_assert_never(safe_bank_program(), NULL);
	baton_assert_sometimes(bank_program(), NULL, "atomic_load(&balance) == 2");
	baton_assert_sometimes(bank_program(), NULL, NULL);
	baton_assert_always(stuck_program(), NULL, "deadlock");
	baton_expect_never(safe_bank_program(), NULL);
	baton_expect_sometimes(bank_program(), NULL, "assert");
	baton_expect_always(stuck_program(), NULL, NULL);
}

/* What baton_judge() says where a verdict does not hold. */
static void expect_said(const struct baton_program *program, const struct baton_search *search,
			enum baton_verdict verdict, const char *text, const char *said)
{
	char *why = baton_judge(program, search, verdict, text, "");

	cr_assert(why, "nothing was said, expected '%s'", said);
	cr_expect(strstr(why, said), "%s", why);
	free(why);
}

Test(criterion, what_does_not_hold)
{
	const struct baton_search first = { .preemptions_max = -1, .executions_max = 1 };
	const struct baton_search bounded = { .preemptions_max = 1 };

	expect_said(bank_program(), NULL, BATON_NEVER, NULL,
		    "bank: expected never a finding (2 findings; exhaustive, 4 executions)\n");
	expect_said(bank_program(), NULL, BATON_ALWAYS, NULL, "expected always a finding");
	expect_said(bank_program(), NULL, BATON_SOMETIMES, "deadlock",
		    "expected sometimes deadlock");
	expect_said(safe_bank_program(), NULL, BATON_SOMETIMES, NULL,
		    "(0 findings; exhaustive, 2 executions)\n");
	/* A limit keeps it from being a "never", and a bound that was asked for does not. */
	expect_said(safe_bank_program(), &first, BATON_NEVER, NULL,
		    "(0 findings; ended by a limit, 1 execution)\n");
	baton_assert_never(safe_bank_program(), &bounded);
}

Test(criterion, schedules)
{
	char *why;

	baton_assert_schedule(bank_program(), NULL, "m5t1:2t2:2t1:2m1t2:2m2", BATON_SOMETIMES,
			      "balance");
	baton_assert_schedule(bank_program(), NULL, "m5t1:4t2:4m3", BATON_NEVER, NULL);
	why = baton_judge_schedule(bank_program(), NULL, "m5t1:4t2:4m3", BATON_SOMETIMES, NULL);
	cr_assert(why);
	cr_expect(strstr(why, "16 steps"), "%s", why);
	free(why);
	why = baton_judge_schedule(bank_program(), NULL, "m5t1:5", BATON_NEVER, NULL);
	cr_assert(why);
	cr_expect(strstr(why, "the schedule diverged at step 10"), "%s", why);
	free(why);
}

BATON_SCENARIO_TEST(criterion, scenario, "scenarios/pin-vs-unmap/D08-vmsplice-leak.scn")
BATON_SCHEDULE_TEST(criterion, schedule, "scenarios/examples/judged/holding.sched", .timeout = 60)

/* ---- Criterion's assertions on a CPU ------------------------------------------------------ */

static int value, ended;

static void reads_twice(void *arg)
{
	int first = READ_ONCE(value);

	(void)arg;
	cr_assert_eq(READ_ONCE(value), first, "it has changed");
	ended++;
}

static void writes(void *arg)
{
	(void)arg;
	WRITE_ONCE(value, 1);
	cr_expect(true);
}

static void setup(void *arg)
{
	(void)arg;
	value = 0;
}

static const struct baton_cpu_program cpus[] = { { "reader", reads_twice, NULL, -1 },
						 { "writer", writes, NULL, -1 } };
static const struct baton_program asserting = { .name = "asserting",
						.cpus = cpus,
						.cpu_count = 2,
						.setup = setup };

/* The writer comes first, between, or last: in one of three executions the assertion fails. */
Test(criterion, on_a_cpu)
{
	struct baton_result result;

	ended = 0;
	cr_assert_eq(baton_explore(&asserting, NULL, &result), 0, "%s", result.finding);
	cr_expect_eq(result.executions, 3);
	cr_expect_eq(result.findings, 1);
	cr_expect(result.exhaustive);
	cr_expect(strstr(result.finding, "holding_test.c:"), "%s", result.finding);
	cr_expect(strstr(result.finding, "it has changed"), "%s", result.finding);
	cr_expect_geq(ended, 2);
	baton_result_release(&result);
	baton_assert_sometimes(&asserting, NULL, "it has changed");
}

static void skips(void *arg)
{
	(void)arg;
	cr_skip("not here");
}

static void searches(void *arg)
{
	(void)arg;
	baton_assert_never(safe_bank_program(), NULL);
}

/* What else of Criterion would leave the stack, and what cannot work there. */
Test(criterion, others_on_a_cpu)
{
	struct baton_cpu_program cpu = { "a", skips, NULL, -1 };
	struct baton_program program = { .name = "skipping", .cpus = &cpu, .cpu_count = 1 };

	baton_assert_always(&program, NULL, "skipped on a CPU");
	cpu.run = searches;
	baton_assert_always(&program, NULL, "a search inside a search, on a");
}
