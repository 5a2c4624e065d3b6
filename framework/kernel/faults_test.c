/* SPDX-License-Identifier: MIT */
/* faults_test.c - what the fault points of the primitives do, and interrupts of devices. */
#include <criterion/criterion.h>
#include <string.h>

#include "baton/explore.h"
#include "baton/kernel.h"
#include "baton/lockdep.h"
#include "engine/fault.h"

static void forget_plan(void)
{
	fault_set_plan(NULL);
}

TestSuite(faults, .timeout = 20, .fini = forget_plan);

static struct smp smp;
static struct lockdep lockdep;
static atomic_t count;
static int flag, woken_early, handled, in_section;
static bool closed;

static void reset(void *arg)
{
	(void)arg;
	smp_init(&smp, 2);
	lockdep_init(&lockdep, NULL);
	count.counter = 1;
	flag = 0;
	closed = false;
}

static void plan_one(struct fault_rule *rule, struct fault_plan *plan, const char *point)
{
	*rule = (struct fault_rule){ .point = point,
				     .first = 1,
				     .last = 9,
				     .times = 1,
				     .error = 1,
				     .cpu = -1 };
	*plan = (struct fault_plan){ .rules = rule, .count = 1, .budget = 1 };
	fault_set_plan(plan);
}

static void explore(void (*a)(void *), void (*b)(void *), struct baton_result *result)
{
	const struct baton_cpu_program cpus[] = { { "a", a, NULL, -1 },
						  { "b", b, NULL, -1 },
						  { "a_irq", smp_irq, (void *)0, 0 },
						  { "b_irq", smp_irq, (void *)1, 1 } };
	const struct baton_program program = { .name = "faults",
					       .cpus = cpus,
					       .cpu_count = 4,
					       .setup = reset };

	cr_assert(!baton_explore(&program, NULL, result) && result->exhaustive);
	lockdep_init(NULL, NULL);
}

static void nothing(void *arg)
{
	(void)arg;
}

static bool is_set(const void *object)
{
	return *(const int *)object;
}

static const struct baton_wait set_wait = { is_set, NULL, NULL };

static void sets(void *arg)
{
	(void)arg;
	WRITE_ONCE(flag, 1);
}

static void sleeps_once(void *arg)
{
	(void)arg;
	wait_woken_at(BATON_HERE("sleep"), &flag, &set_wait);
	woken_early += !flag;
}

static void sleeps_on(void *arg)
{
	(void)arg;
	wait_event_at(BATON_HERE("sleep"), &flag, &set_wait);
	BATON_ASSERT(flag);
}

Test(faults, a_wake_up_may_be_for_nothing)
{
	struct baton_result result;
	struct fault_rule rule;
	struct fault_plan plan;

	woken_early = 0;
	explore(sleeps_once, sets, &result);
	cr_expect_eq(woken_early, 0, "no fault was asked for");
	baton_result_release(&result);
	plan_one(&rule, &plan, "kernel/spurious_wakeup");
	explore(sleeps_once, sets, &result);
	cr_expect_gt(woken_early, 0);
	baton_result_release(&result);
	explore(sleeps_on, sets, &result);
	cr_expect_eq(result.findings, 0, "%s", result.finding);
	baton_result_release(&result);
}

static void adds_unless(void *arg)
{
	(void)arg;
	BATON_ASSERT(atomic_inc_not_zero(&count));
}

static void adds_weakly(void *arg)
{
	(void)arg;
	BATON_ASSERT(atomic_cmpxchg_weak(&count, 1, 2));
}

Test(faults, only_the_weak_exchange_lets_a_failed_store_through)
{
	struct baton_result result;
	struct fault_rule rule;
	struct fault_plan plan;

	explore(adds_weakly, nothing, &result);
	cr_expect_eq(result.findings, 0, "%s", result.finding);
	baton_result_release(&result);
	plan_one(&rule, &plan, "kernel/cmpxchg_weak");
	explore(adds_weakly, nothing, &result);
	cr_expect_eq(result.findings, 1);
	baton_result_release(&result);
	explore(adds_unless, adds_unless, &result);
	cr_expect_eq(result.findings, 0, "%s", result.finding);
	baton_result_release(&result);
}

static void handler(int cpu, const void *info)
{
	(void)cpu;
	(void)info;
	handled++;
}

static void calls(void *arg)
{
	(void)arg;
	handled = 0;
	smp_call_function_many(2, NULL, handler, NULL);
	BATON_ASSERT(handled == 1);
}

static void opens(void *arg)
{
	(void)arg;
	local_irq_disable();
	WRITE_ONCE(closed, true);
	local_irq_enable();
	WRITE_ONCE(flag, 1);
}

static void calls_when_closed(void *arg)
{
	(void)arg;
	handled = 1; /* as long as nobody is called */
	if (!READ_ONCE(closed))
		return;
	calls(arg);
}

/* Without the fault a call that is pending is answered where interrupts come on. */
Test(faults, an_interrupt_may_come_later)
{
	struct baton_result result;
	struct fault_rule rule;
	struct fault_plan plan;
	uint64_t executions;

	explore(calls_when_closed, opens, &result);
	cr_expect_eq(result.findings, 0, "%s", result.finding);
	executions = result.executions;
	baton_result_release(&result);
	plan_one(&rule, &plan, "kernel/ipi_delay");
	explore(calls_when_closed, opens, &result);
	cr_expect_eq(result.findings, 0, "who sent it waits: %s", result.finding);
	cr_expect_gt(result.executions, executions);
	baton_result_release(&result);
}

/* ---- Interrupts of devices -------------------------------------------------------------- */

static void device(void *arg)
{
	(void)arg;
	BATON_ASSERT(!in_section);
	BATON_ASSERT(irqs_disabled_on(0));
	atomic_inc(&count);
}

static void sleepy_device(void *arg)
{
	(void)arg;
	might_sleep();
}

static void section(void *arg)
{
	(void)arg;
	local_irq_disable();
	in_section = 1;
	atomic_inc(&count);
	in_section = 0;
	local_irq_enable();
}

static void (*driver)(void *arg);

static void reset_device(void *arg)
{
	reset(arg);
	in_section = 0;
	smp_interrupts(0, 2, driver, NULL);
}

static void all_came(void *arg)
{
	(void)arg;
	BATON_ASSERT(count.counter == 4);
}

static void explore_device(void (*handler_of)(void *), void (*end)(void *),
			   struct baton_result *result)
{
	const struct baton_cpu_program cpus[] = { { "a", section, NULL, -1 },
						  { "b", nothing, NULL, -1 },
						  { "a_irq", smp_irq, (void *)0, 0 },
						  { "b_irq", smp_irq, (void *)1, 1 } };
	const struct baton_program program = { .name = "device",
					       .cpus = cpus,
					       .cpu_count = 4,
					       .setup = reset_device,
					       .finally = end };

	driver = handler_of;
	cr_assert(!baton_explore(&program, NULL, result) && result->exhaustive);
	lockdep_init(NULL, NULL);
}

Test(faults, a_device_interrupts_so_often_and_not_while_they_are_off)
{
	struct baton_result result;

	explore_device(device, all_came, &result);
	cr_expect_eq(result.findings, 0, "%s", result.finding);
	cr_expect_eq(result.executions, 3, "none, one or both before the section");
	baton_result_release(&result);
}

Test(faults, an_interrupt_must_not_sleep)
{
	struct baton_result result;

	explore_device(sleepy_device, NULL, &result);
	cr_expect_eq(result.findings, result.executions);
	cr_expect(strstr(result.finding, "sleep_in_atomic"), "%s", result.finding);
	baton_result_release(&result);
}
