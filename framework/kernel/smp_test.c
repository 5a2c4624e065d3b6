/* SPDX-License-Identifier: MIT */
/* smp_test.c - calls to other CPUs: who is called, when it runs, and who waits for it. */
#include <string.h>

#include <criterion/criterion.h>

#include "baton/explore.h"
#include "baton/kernel.h"

TestSuite(smp, .timeout = 20);

static int calls[3];
static bool in_section;
static int section_step, called_in_section, finished_before_call;

static void reset(void *arg)
{
	(void)arg;
	smp_init(NULL, 2);
	memset(calls, 0, sizeof(calls));
	in_section = false;
}

static void handler(int cpu, const void *info)
{
	calls[cpu] += *(const int *)info;
	called_in_section += in_section;
}

static bool never(int cpu, const void *info)
{
	(void)cpu;
	(void)info;
	return false;
}

static void caller(void *arg)
{
	int one = 1;

	smp_call_function_many(~0u, arg ? never : NULL, handler, &one);
	BATON_ASSERT(arg || calls[1] == 1);
	BATON_ASSERT(calls[0] == 0);
}

static void irqs_off_section(void *arg)
{
	(void)arg;
	local_irq_disable();
	in_section = true;
	baton_access(BATON_HERE("section"), &section_step, BATON_WRITE);
	in_section = false;
	local_irq_enable();
}

static void irqs_never_on(void *arg)
{
	(void)arg;
	local_irq_disable();
}

static void nothing(void *arg)
{
	(void)arg;
}

static void count_late(void *arg)
{
	(void)arg;
	finished_before_call += calls[1] == 0;
}

static void two_accesses(void *arg)
{
	(void)arg;
	baton_access(BATON_HERE("first"), &section_step, BATON_WRITE);
	smp_instruction_begin();
	in_section = true;
	baton_access(BATON_HERE("second"), &section_step, BATON_WRITE);
	in_section = false;
	smp_instruction_end();
	baton_access(BATON_HERE("third"), &section_step, BATON_WRITE);
}

static void explore(void (*target)(void *), void *no_call, struct baton_result *result)
{
	const struct baton_cpu_program cpus[] = {
		{ "caller", caller, no_call, -1 },
		{ "target", target, NULL, -1 },
		{ "caller_irq", smp_irq, NULL, 0 },
		{ "target_irq", smp_irq, (void *)(intptr_t)1, 1 },
	};
	const struct baton_program program = { .name = "smp",
					       .cpus = cpus,
					       .cpu_count = 4,
					       .setup = reset,
					       .finally = count_late };

	called_in_section = finished_before_call = 0;
	cr_assert_eq(baton_explore(&program, NULL, result), 0);
	cr_assert(result->exhaustive);
}

Test(smp, the_caller_waits_for_the_answer)
{
	struct baton_result result;

	explore(nothing, NULL, &result);
	cr_assert_eq(result.findings, 0, "%s", result.finding);
	cr_assert_eq(result.executions, 1);
	cr_assert_eq(finished_before_call, 0);
	baton_result_release(&result);
}

Test(smp, interrupts_off_keep_the_call_out)
{
	struct baton_result result;

	explore(irqs_off_section, NULL, &result);
	cr_assert_eq(result.findings, 0, "%s", result.finding);
	cr_assert_gt(result.executions, 4);
	cr_assert_eq(called_in_section, 0);
	baton_result_release(&result);
}

Test(smp, an_instruction_keeps_the_call_out)
{
	struct baton_result result;

	explore(two_accesses, NULL, &result);
	cr_assert_eq(result.findings, 0, "%s", result.finding);
	cr_assert_eq(called_in_section, 0);
	baton_result_release(&result);
}

Test(smp, a_false_condition_leaves_the_cpu_out)
{
	struct baton_result result;

	explore(irqs_off_section, &calls, &result);
	cr_assert_eq(result.findings, 0, "%s", result.finding);
	cr_assert_eq((uint64_t)finished_before_call, result.executions);
	baton_result_release(&result);
}

Test(smp, a_cpu_that_never_answers_is_a_deadlock)
{
	struct baton_result result;

	explore(irqs_never_on, NULL, &result);
	cr_assert_gt(result.findings, 0);
	cr_assert(strstr(result.finding, "deadlock"), "%s", result.finding);
	baton_result_release(&result);
}

Test(smp, a_cpu_that_is_alone_calls_directly)
{
	int one = 1;

	reset(NULL);
	smp_call_function_many(1u << 1, NULL, handler, &one);
	cr_assert_eq(calls[1], 1);
	cr_assert_eq(calls[0], 0);
	cr_assert(smp_alone());
}

Test(smp, irq_flags_nest)
{
	unsigned long outer, inner;
	int self;

	reset(NULL);
	self = smp_processor_id();
	local_irq_save(outer);
	local_irq_save(inner);
	local_irq_restore(inner);
	cr_assert(irqs_disabled_on(self));
	local_irq_restore(outer);
	cr_assert(!irqs_disabled_on(self));
}
