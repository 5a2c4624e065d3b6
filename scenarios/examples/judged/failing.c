/* SPDX-License-Identifier: MIT */
/* failing.c - tests that fail: judge.sh looks at what they say. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "baton/criterion.h"
#include "baton/kernel.h"
#include "scenarios/examples/judged/programs.h"

TestSuite(failing, .timeout = 60);

Test(failing, bank)
{
	baton_assert_never(bank_program(), NULL);
	cr_log_error("the test went on\n");
}

/* Two failures. */
Test(failing, goes_on)
{
	baton_expect_never(bank_program(), NULL);
	baton_expect_sometimes(safe_bank_program(), NULL, NULL);
}

BATON_SCENARIO_TEST(failing, no_scenario, "scenarios/pin-vs-unmap/none.scn")

/* It shows what it was saved for. */
BATON_SCHEDULE_TEST(failing, schedule, "scenarios/examples/judged/leak.sched")

static int value;

static void reads(void *arg)
{
	(void)arg;
	cr_assert(eq(int, READ_ONCE(value), 0), "of the new kind");
}

/* On a CPU, and what the search makes of it. */
Test(failing, new_assertion)
{
	const struct baton_cpu_program cpu = { "a", reads, NULL, -1 };
	const struct baton_program program = { .name = "new", .cpus = &cpu, .cpu_count = 1 };

	value = 1;
	baton_assert_never(&program, NULL);
}
