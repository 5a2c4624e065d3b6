/* SPDX-License-Identifier: MIT */
/*
 * lockdep_test.c - each rule is broken once, and reported; what is right is not.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "baton/explore.h"
#include "baton/lockdep.h"

static const struct lock_class outer_class = { .name = "outer", .rank = 1, .sleeps = true };
static const struct lock_class middle_class = { .name = "middle", .rank = 2, .in_ipi = true };
static const struct lock_class inner_class = { .name = "inner", .rank = 3 };
static const struct lock_class leaf_classes[] = { { .name = "leaf a", .rank = 4 },
						  { .name = "leaf b", .rank = 4 },
						  { .name = "leaf c", .rank = 4 } };

static struct lockdep state;
static struct rw_semaphore outer, outer2;
static spinlock_t middle, inner, inner2, leaf[3], plain;
static struct bit_lock bit;
static int reports[LOCKDEP_RULES];
static char last[300];

static void note(enum lockdep_rule rule, const char *why)
{
	reports[rule]++;
	(void)strncpy(last, why, sizeof(last) - 1);
}

static void init_locks(void)
{
	smp_init(NULL, 2);
	init_rwsem(&outer, "outer");
	init_rwsem(&outer2, "outer2");
	spin_lock_init(&middle, "middle");
	spin_lock_init(&inner, "inner");
	spin_lock_init(&inner2, "inner2");
	spin_lock_init(&plain, "plain");
	bit_lock_init(&bit, "bit");
	lockdep_set_class(&outer, &outer_class);
	lockdep_set_class(&outer2, &outer_class);
	lockdep_set_class(&middle, &middle_class);
	lockdep_set_class(&inner, &inner_class);
	lockdep_set_class(&inner2, &inner_class);
	for (int i = 0; i < 3; i++) {
		spin_lock_init(&leaf[i], leaf_classes[i].name);
		lockdep_set_class(&leaf[i], &leaf_classes[i]);
	}
}

static void start(void)
{
	init_locks();
	lockdep_init(&state, note);
	memset(reports, 0, sizeof(reports));
	memset(last, 0, sizeof(last));
}

TestSuite(lockdep, .timeout = 20, .init = start);

static int count(void)
{
	int sum = 0;

	for (int rule = 0; rule < LOCKDEP_RULES; rule++)
		sum += reports[rule];
	return sum;
}

/* Just this one, just once. */
static void expect(enum lockdep_rule rule, const char *text)
{
	cr_expect_eq(reports[rule], 1, "%d reports: %s", reports[rule], last);
	cr_expect_eq(count(), 1);
	cr_expect(strstr(last, text), "%s", last);
}

Test(lockdep, what_is_right_is_silent)
{
	might_sleep();
	down_read(&outer);
	bit_lock(&bit);
	spin_lock(&middle);
	spin_lock(&inner);
	spin_lock_nested(&inner2, 1);
	spin_lock(&leaf[0]);
	spin_lock(&plain);
	spin_unlock(&plain);
	spin_unlock(&leaf[0]);
	spin_unlock(&inner);
	spin_unlock(&inner2);
	spin_unlock(&middle);
	bit_unlock(&bit);
	up_read(&outer);
	down_write(&outer);
	down_write_nested(&outer2, 1);
	up_write(&outer2);
	up_write(&outer);
	lockdep_sys_exit();
	cr_assert_eq(count(), 0, "%s", last);
}

Test(lockdep, order_of_ranks)
{
	spin_lock(&inner);
	spin_lock(&middle);
	expect(LOCKDEP_ORDER, "takes middle (lockdep_test.c:");
	cr_expect(strstr(last, ") under inner (lockdep_test.c:"), "%s", last);
}

/* Also under a lock that was not waited for. */
Test(lockdep, order_under_a_trylock)
{
	cr_assert(spin_trylock(&inner));
	spin_lock(&middle);
	expect(LOCKDEP_ORDER, "takes middle");
}

Test(lockdep, order_is_not_looked_at_for_a_trylock)
{
	spin_lock(&inner);
	cr_assert(spin_trylock(&middle));
	cr_assert(bit_trylock(&bit));
	cr_assert_eq(count(), 0, "%s", last);
}

Test(lockdep, two_of_a_class)
{
	spin_lock(&inner);
	spin_lock(&inner2);
	expect(LOCKDEP_ORDER, "takes inner2");
}

Test(lockdep, nested_the_wrong_way_round)
{
	spin_lock_nested(&inner, 1);
	spin_lock(&inner2);
	expect(LOCKDEP_ORDER, "takes inner2");
}

Test(lockdep, two_semaphores_of_a_class)
{
	down_read(&outer);
	down_write(&outer2);
	expect(LOCKDEP_ORDER, "takes outer2");
	up_read(&outer);
	down_read(&outer);
	cr_assert_eq(reports[LOCKDEP_ORDER], 2);
}

Test(lockdep, equal_ranks_take_the_order_that_was_seen_first)
{
	spin_lock(&leaf[0]);
	spin_lock(&leaf[1]);
	spin_unlock(&leaf[1]);
	spin_unlock(&leaf[0]);
	cr_assert_eq(count(), 0);
	spin_lock(&leaf[1]);
	spin_lock(&leaf[0]);
	expect(LOCKDEP_ORDER, "takes leaf a (lockdep_test.c:");
	cr_expect(strstr(last, ") under leaf b (lockdep_test.c:"), "%s", last);
	cr_expect(strstr(last, "; before it was leaf b (lockdep_test.c:"), "%s", last);
}

static void take_in_turn(int first, int second)
{
	spin_lock(&leaf[first]);
	spin_lock(&leaf[second]);
	spin_unlock(&leaf[second]);
	spin_unlock(&leaf[first]);
}

/* Three pairs, none of which is the reverse of another. */
Test(lockdep, a_circle_of_equal_ranks)
{
	take_in_turn(0, 1);
	take_in_turn(1, 2);
	cr_assert_eq(count(), 0, "%s", last);
	take_in_turn(2, 0);
	expect(LOCKDEP_ORDER, "takes leaf a");
}

Test(lockdep, sleeping_lock_under_a_spinlock)
{
	spin_lock(&plain);
	bit_lock(&bit);
	expect(LOCKDEP_SLEEP, "waits for bit (lockdep_test.c:");
	cr_expect(strstr(last, ") under plain (lockdep_test.c:"), "%s", last);
}

Test(lockdep, sleeping_with_interrupts_off)
{
	local_irq_disable();
	down_read(&outer);
	expect(LOCKDEP_SLEEP, "with interrupts off");
	might_sleep();
	cr_assert_eq(reports[LOCKDEP_SLEEP], 2);
}

Test(lockdep, might_sleep_under_a_spinlock)
{
	spin_lock(&plain);
	might_sleep();
	expect(LOCKDEP_SLEEP, "may sleep");
	spin_unlock(&plain);
	might_sleep();
	cr_assert_eq(count(), 1);
}

Test(lockdep, spinlocks_do_not_sleep)
{
	local_irq_disable();
	spin_lock(&plain);
	spin_unlock(&plain);
	local_irq_enable();
	cr_assert_eq(count(), 0);
}

static void handler(int cpu, const void *info)
{
	(void)cpu;
	(void)info;
}

Test(lockdep, ipi_with_interrupts_off)
{
	local_irq_disable();
	smp_call_function_many(1, NULL, handler, NULL);
	expect(LOCKDEP_IPI_IRQS_OFF, "waits for other CPUs (lockdep_test.c:");
}

Test(lockdep, ipi_under_a_lock_of_its_handler)
{
	spin_lock(&middle);
	smp_call_function_many(1, NULL, handler, NULL);
	expect(LOCKDEP_IPI_LOCK, "under middle (lockdep_test.c:");
}

Test(lockdep, ipi_under_another_lock)
{
	down_read(&outer);
	spin_lock(&inner);
	smp_call_function_many(1, NULL, handler, NULL);
	cr_assert_eq(count(), 0, "%s", last);
}

Test(lockdep, unlock_of_what_is_not_held)
{
	spin_unlock(&plain);
	expect(LOCKDEP_NOT_HELD, "unlocks plain (lockdep_test.c:");
	bit_unlock(&bit);
	up_read(&outer);
	up_write(&outer);
	cr_assert_eq(reports[LOCKDEP_NOT_HELD], 4);
}

Test(lockdep, return_with_a_lock)
{
	bit_lock_private(&bit);
	lockdep_sys_exit();
	expect(LOCKDEP_RETURN_LOCKED, "returns with bit (lockdep_test.c:");
	bit_unlock_private(&bit);
	lockdep_sys_exit();
	cr_assert_eq(count(), 1);
}

Test(lockdep, return_with_interrupts_off)
{
	local_irq_disable();
	lockdep_sys_exit();
	expect(LOCKDEP_RETURN_LOCKED, "returns with interrupts off");
}

/* ---- on CPUs, reported by baton_fail() ------------------------------------------------- */

static void reset(void *arg)
{
	(void)arg;
	init_locks();
	lockdep_init(&state, NULL);
}

static void run(void (*a)(void *), void (*b)(void *), struct baton_result *result)
{
	const struct baton_cpu_program cpus[] = { { "a", a, NULL, -1 }, { "b", b, NULL, -1 } };
	const struct baton_program program = { .name = "lockdep",
					       .cpus = cpus,
					       .cpu_count = 2,
					       .setup = reset };

	cr_assert_eq(baton_explore(&program, NULL, result), 0);
	lockdep_init(NULL, NULL);
}

static void plain_twice(void *arg)
{
	(void)arg;
	spin_lock(&plain);
	spin_lock(&plain);
}

static void leaf_ab(void *arg)
{
	(void)arg;
	take_in_turn(0, 1);
}

static void leaf_ba(void *arg)
{
	(void)arg;
	take_in_turn(1, 0);
}

/* Of two CPUs that take them in different order, every execution is told of it, also
 * those that do not end as a deadlock. */
Test(lockdep, every_execution_shows_an_inversion)
{
	struct baton_result result;

	run(leaf_ab, leaf_ba, &result);
	cr_assert_eq(result.findings, result.executions);
	cr_expect(strstr(result.finding, "lock_order: b takes leaf a"), "%s", result.finding);
	baton_result_release(&result);
}

static void locks_bit(void *arg)
{
	(void)arg;
	bit_lock(&bit);
	lockdep_sys_exit();
}

static void locks_bit_right(void *arg)
{
	(void)arg;
	spin_lock(&plain);
	bit_lock(&bit);
	bit_unlock(&bit);
	spin_unlock(&plain);
}

Test(lockdep, findings_name_cpu_and_lock)
{
	struct baton_result result;

	run(plain_twice, leaf_ab, &result);
	cr_expect(strstr(result.finding, "lock_order: a waits for plain"), "%s", result.finding);
	cr_expect(strstr(result.finding, "which it holds"), "%s", result.finding);
	baton_result_release(&result);
	run(leaf_ab, locks_bit, &result);
	cr_expect(strstr(result.finding, "return_with_lock: b returns with bit"), "%s",
		  result.finding);
	baton_result_release(&result);
	run(locks_bit_right, leaf_ab, &result);
	cr_expect(strstr(result.finding, "sleep_in_atomic: a waits for bit"), "%s", result.finding);
	baton_result_release(&result);
}

static void hands_over(void *arg)
{
	(void)arg;
	bit_lock(&bit);
	spin_lock(&plain);
	spin_unlock(&plain);
	lockdep_sys_exit();
}

static bool bit_taken(const void *object)
{
	return bit_is_locked(object);
}

static const struct baton_wait taken_wait = { bit_taken, NULL, NULL };

/* What ends the input of a page unlocks it, wherever that runs. */
static void ends_io(void *arg)
{
	(void)arg;
	baton_block(BATON_HERE("io"), &bit, BATON_WAIT, &taken_wait);
	bit_unlock(&bit);
	spin_lock(&plain);
	spin_unlock(&plain);
}

Test(lockdep, another_cpu_may_unlock_a_bit)
{
	struct baton_result result;

	run(hands_over, ends_io, &result);
	cr_assert_gt(result.executions, result.findings);
	cr_assert_gt(result.findings, 0);
	cr_expect(strstr(result.finding, "return_with_lock: a returns with bit"), "%s",
		  result.finding);
	baton_result_release(&result);
}
