/* SPDX-License-Identifier: MIT */
/*
 * irq_test.c - interrupt contexts: when they run, and that their host does not meanwhile.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "baton/explore.h"

TestSuite(irq, .timeout = 30);

static bool pending, handling;
static int x, overlaps, handled;

static void step(int *object)
{
	baton_access(BATON_HERE("step"), object, BATON_WRITE);
	++*object;
}

static bool is_pending(const void *object)
{
	return *(const bool *)object;
}

static const char *line_name(const void *object)
{
	(void)object;
	return "the line";
}

static const struct baton_wait line = { is_pending, NULL, line_name };

static void host(void *arg)
{
	(void)arg;
	for (int i = 0; i < 3; i++) {
		step(&x);
		overlaps += handling;
	}
}

static void raises(void *arg)
{
	(void)arg;
	baton_access(BATON_HERE("raise"), &pending, BATON_WRITE);
	pending = true;
}

static void context(void *arg)
{
	(void)arg;
	for (;;) {
		baton_idle(BATON_HERE("idle"), &pending, &line);
		pending = false;
		handling = true;
		step(&x);
		handling = false;
		handled++;
	}
}

static void setup(void *arg)
{
	(void)arg;
	pending = handling = false;
	x = 0;
}

static const struct baton_cpu_program cpus[] = {
	{ "host", host, NULL, -1 },
	{ "other", raises, NULL, -1 },
	{ "host_irq", context, NULL, 0 },
};
static const struct baton_program program = { .name = "irq",
					      .cpus = cpus,
					      .cpu_count = 3,
					      .setup = setup };

/* An interrupt that is pending when the CPUs have come to their end is taken yet. */
Test(irq, host_stands_still)
{
	struct baton_result result;

	cr_assert_eq(baton_explore(&program, NULL, &result), 0, "%s", result.finding);
	cr_expect_eq(overlaps, 0);
	cr_expect_gt(handled, 0);
	cr_expect_eq((uint64_t)handled, result.executions);
	cr_expect_eq(result.findings, 0);
	baton_result_release(&result);
}

static void never(void *arg)
{
	(void)arg;
}

/* Nobody raises it: the context waits for ever, and that is no deadlock. */
Test(irq, idle_is_no_deadlock)
{
	const struct baton_cpu_program quiet[] = { { "host", host, NULL, -1 },
						   { "other", never, NULL, -1 },
						   { "host_irq", context, NULL, 0 } };
	const struct baton_program quietly = { .name = "irq",
					       .cpus = quiet,
					       .cpu_count = 3,
					       .setup = setup };
	struct baton_result result;

	cr_assert_eq(baton_explore(&quietly, NULL, &result), 0, "%s", result.finding);
	cr_expect_eq(result.executions, 1);
	cr_expect_eq(result.findings, 0);
	baton_result_release(&result);
}

/* A CPU that serves others, and is no interrupt context: the execution ends without it. */
Test(irq, server_is_idle_at_the_end)
{
	const struct baton_cpu_program served[] = { { "user", host, NULL, -1 },
						    { "other", raises, NULL, -1 },
						    { "server", context, NULL, -1 } };
	const struct baton_program serving = { .name = "irq",
					       .cpus = served,
					       .cpu_count = 3,
					       .setup = setup };
	struct baton_result result;

	handled = 0;
	cr_assert_eq(baton_explore(&serving, NULL, &result), 0, "%s", result.finding);
	cr_expect_eq(result.executions, 4); /* its step, among the three of the user */
	cr_expect_eq((uint64_t)handled, result.executions);
	cr_expect_eq(result.findings, 0);
	baton_result_release(&result);
}
