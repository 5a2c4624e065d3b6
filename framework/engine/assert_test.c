/* SPDX-License-Identifier: MIT */
/* Failed assertions and crashes of a whole simulated program. */
#include "engine/sim.h"

#include <assert.h>
#include <criterion/criterion.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

TestSuite(assertion, .timeout = 30);

static struct err err = ERR_INIT;
static struct trace trace;
static volatile int one = 1;

static uint32_t pick_first(struct strategy *strategy, const struct choice *choice)
{
	(void)strategy;
	return options_first(choice->options);
}

static struct strategy strategy = { .pick = pick_first };

static void fail_assertion(void *arg)
{
	(void)arg;
	baton_access(BATON_HERE("before"), &trace, BATON_READ);
	assert(one == 2);
}

static void crash(void *arg)
{
	(void)arg;
	baton_access(BATON_HERE("before"), &trace, BATON_READ);
	abort();
}

static void loop(void *arg)
{
	(void)arg;
	while (one == 1)
		;
}

static void walk(void *arg)
{
	(void)arg;
	for (int i = 0; i < 3; i++)
		baton_access(BATON_HERE("step"), &err, BATON_WRITE);
}

/* Run @run beside a CPU that has nothing wrong. */
static const struct finding *run_program(void (*run)(void *arg), int times)
{
	static struct baton_cpu_program cpus[] = {
		{ .name = "bad", .host = -1 },
		{ .name = "good", .run = walk, .host = -1 },
	};
	static const struct baton_program program = { .name = "p", .cpus = cpus, .cpu_count = 2 };

	cpus[0].run = run;
	cr_assert_eq(sim_init(&program, &err), 0, "%s", err.text.bytes);
	for (int i = 0; i < times; i++)
		cr_assert_eq(sim_execute(&strategy, SIM_STEPS_MAX_DEFAULT, NULL), SIM_FINDING);
	trace_init(&trace, &program);
	cr_assert_eq(sim_execute(&strategy, SIM_STEPS_MAX_DEFAULT, &trace), SIM_FINDING);
	return sim_finding();
}

static const char *first_function(unsigned int cpu)
{
	cr_assert(trace.stacks[cpu].frames.count > 0);
	return trace.stacks[cpu].frames.items[0].function;
}

Test(assertion, is_a_finding)
{
	const struct finding *finding = run_program(fail_assertion, 1000);

	cr_expect_eq(finding->kind, FINDING_RULE);
	cr_expect_str_eq(finding->name, "assert");
	cr_expect_eq(finding->cpu, 0);
	cr_expect_eq(strncmp(finding->text.bytes, "framework/engine/assert_test.c:", 31), 0);
	cr_expect(strstr(finding->text.bytes, ": fail_assertion: assertion 'one == 2' failed"),
		  "%s", finding->text.bytes);
	cr_expect_str_eq(first_function(0), "fail_assertion");
	cr_expect_eq(trace.stacks[0].frames.count, 1);
	cr_expect_str_eq(first_function(1), "walk");
}

Test(assertion, a_crash_is_a_finding)
{
	const struct finding *finding = run_program(crash, 1000);

	cr_expect_eq(finding->kind, FINDING_CRASH);
	cr_expect_str_eq(finding->text.bytes, "SIGABRT: abort() was called");
	cr_expect_eq(finding->cpu, 0);
	cr_expect_str_eq(first_function(0), "[libc.so.6]");
}

Test(assertion, a_loop_is_a_finding)
{
	const struct finding *finding = run_program(loop, 1);

	cr_expect_eq(finding->kind, FINDING_LOOP);
	cr_expect_str_eq(finding->text.bytes, "runs without reaching a point");
}

Test(assertion, aborts_outside_a_simulation, .signal = SIGABRT)
{
	assert(one == 2);
}
