/* SPDX-License-Identifier: MIT */
/* lock_test.c - the locks keep others out, let them in again, and deadlocks have names. */
#include <string.h>

#include <criterion/criterion.h>

#include "baton/explore.h"
#include "baton/kernel.h"

TestSuite(lock, .timeout = 20);

static spinlock_t first, second;
static struct bit_lock bit;
static struct rw_semaphore sem;
static int inside, readers_seen;

static void reset(void *arg)
{
	(void)arg;
	spin_lock_init(&first, "first");
	spin_lock_init(&second, "second");
	bit_lock_init(&bit, "bit");
	init_rwsem(&sem, "sem");
	inside = 0;
}

static void enter(void)
{
	BATON_ASSERT(inside == 0);
	inside++;
	baton_access(BATON_HERE("inside"), &inside, BATON_WRITE);
	inside--;
}

static void spin(void *arg)
{
	(void)arg;
	spin_lock(&first);
	enter();
	spin_unlock(&first);
}

static void sleep_on_bit(void *arg)
{
	(void)arg;
	if (!bit_trylock(&bit))
		bit_lock(&bit);
	enter();
	bit_unlock(&bit);
}

static void write_side(void *arg)
{
	(void)arg;
	down_write(&sem);
	enter();
	up_write(&sem);
}

static void read_side(void *arg)
{
	(void)arg;
	down_read(&sem);
	BATON_ASSERT(inside == 0);
	readers_seen |= 1 << __builtin_popcountll(sem.readers);
	up_read(&sem);
}

static void explore(void (*a)(void *), void (*b)(void *), struct baton_result *result)
{
	const struct baton_cpu_program cpus[] = { { "a", a, NULL, -1 }, { "b", b, NULL, -1 } };
	const struct baton_program program = { .name = "lock",
					       .cpus = cpus,
					       .cpu_count = 2,
					       .setup = reset };

	cr_assert_eq(baton_explore(&program, NULL, result), 0);
	cr_assert(result->exhaustive);
}

static void expect_exclusion(void (*a)(void *), void (*b)(void *))
{
	struct baton_result result;

	explore(a, b, &result);
	cr_assert_gt(result.executions, 1);
	cr_assert_eq(result.findings, 0, "%s", result.finding);
	baton_result_release(&result);
}

Test(lock, spinlock_excludes)
{
	expect_exclusion(spin, spin);
}

Test(lock, bit_lock_excludes)
{
	expect_exclusion(sleep_on_bit, sleep_on_bit);
}

Test(lock, writers_exclude_each_other)
{
	expect_exclusion(write_side, write_side);
}

Test(lock, writer_excludes_reader)
{
	expect_exclusion(write_side, read_side);
}

Test(lock, readers_share)
{
	readers_seen = 0;
	expect_exclusion(read_side, read_side);
	cr_assert_eq(readers_seen, 1 << 1 | 1 << 2);
}

static void first_second(void *arg)
{
	(void)arg;
	spin_lock(&first);
	spin_lock(&second);
	spin_unlock(&second);
	spin_unlock(&first);
}

static void second_first(void *arg)
{
	(void)arg;
	spin_lock(&second);
	spin_lock(&first);
	spin_unlock(&first);
	spin_unlock(&second);
}

Test(lock, wrong_order_is_a_deadlock)
{
	struct baton_result result;

	explore(first_second, second_first, &result);
	cr_assert_gt(result.findings, 0);
	cr_assert(strstr(result.finding, "deadlock"), "%s", result.finding);
	baton_result_release(&result);
}

static void unlock_free(void *arg)
{
	(void)arg;
	spin_unlock(&first);
}

Test(lock, unlocking_a_free_lock_is_a_finding)
{
	struct baton_result result;

	explore(unlock_free, second_first, &result);
	cr_assert_eq(result.findings, result.executions);
	baton_result_release(&result);
}
