/* SPDX-License-Identifier: MIT */
/*
 * explain_test.c - the reasons of a failure, as a user of the library gets them.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "api/counter_test.h"
#include "baton/explain.h"

TestSuite(explain, .timeout = 60);

static int other;

/* Has no part in it. */
static void looks_on(void *arg)
{
	(void)arg;
	baton_access(BATON_HERE("other"), &other, BATON_WRITE);
}

static const struct baton_cpu_program cpus[] = {
	{ "a", counter_add, NULL, -1 },
	{ "b", counter_add, NULL, -1 },
	{ "c", looks_on, NULL, -1 },
};
static const struct baton_program program = { .name = "counter",
					      .cpus = cpus,
					      .cpu_count = 3,
					      .setup = counter_clear,
					      .finally = counter_check };

/* Both reads come before both writes: that is two orders, and the step of c is none of them. */
Test(explain, orders)
{
	struct baton_explanation why;
	const char *report;

	cr_assert_eq(baton_explain(&program, NULL, "b1c1a2b1", NULL, &why), 0, "%s", why.report);
	report = why.report;
	cr_expect(strstr(report, "counter: lost\n"), "%s", report);
	cr_expect(strstr(report, "a:test/read before b:test/write"), "%s", report);
	cr_expect(strstr(report, "b:test/read before a:test/write"), "%s", report);
	cr_expect_not(strstr(report, "other before"), "%s", report);
	cr_expect(strstr(report, "lost after step 5: the counter is 1\n"), "%s", report);
	cr_expect_eq(baton_replay(&program, NULL, why.smallest, NULL, NULL), BATON_REPLAY_FAILED,
		     "%s", why.smallest);
	baton_explanation_release(&why);
	cr_expect_null(why.report);
}

static void expect_error(const char *schedule, const char *words)
{
	struct baton_explanation why;

	cr_expect_eq(baton_explain(&program, NULL, schedule, NULL, &why), -1);
	cr_expect(strstr(why.report, words), "%s", why.report);
	cr_expect_null(why.smallest);
	baton_explanation_release(&why);
}

Test(explain, refuses)
{
	expect_error("a2b2c1", "ends without a finding: there is nothing to explain");
	expect_error("a3", "the schedule diverged at step 3");
	expect_error("x", "CPU");
}
