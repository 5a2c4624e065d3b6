/* SPDX-License-Identifier: MIT */
/* atomic_test.c - what the plain and atomic accesses compute, and that they are accesses. */
#include <criterion/criterion.h>

#include "baton/explore.h"
#include "baton/kernel.h"

TestSuite(atomic, .timeout = 20);

static atomic_t counter;
static int plain;

Test(atomic, results)
{
	atomic_t v = ATOMIC_INIT(2);

	atomic_inc(&v);
	atomic_add(4, &v);
	atomic_sub(2, &v);
	atomic_dec(&v);
	cr_assert_eq(atomic_read(&v), 4);
	cr_assert_eq(atomic_add_return(-1, &v), 3);
	cr_assert_eq(atomic_inc_return(&v), 4);
	cr_assert(!atomic_sub_and_test(3, &v));
	cr_assert(atomic_dec_and_test(&v));
	cr_assert(!atomic_inc_not_zero(&v));
	cr_assert(atomic_add_unless(&v, 5, 1));
	cr_assert_eq(atomic_cmpxchg(&v, 4, 7), 5);
	cr_assert_eq(atomic_cmpxchg(&v, 5, 7), 5);
	atomic_set(&v, atomic_read(&v) + 1);
	cr_assert_eq(v.counter, 8);
}

Test(atomic, plain_accesses)
{
	unsigned char byte = 1;

	WRITE_ONCE(byte, (unsigned char)(READ_ONCE(byte) + 1));
	cr_assert_eq(xchg(&byte, 9), 2);
	cr_assert_eq(cmpxchg(&byte, 1, 3), 9);
	cr_assert_eq(cmpxchg(&byte, xchg(&byte, 9), 3), 9);
	cr_assert_eq(byte, 3);
}

static void reset(void *arg)
{
	(void)arg;
	atomic_set(&counter, 0);
	plain = 0;
}

static void add(void *arg)
{
	(void)arg;
	atomic_inc(&counter);
	WRITE_ONCE(plain, READ_ONCE(plain) + 1);
}

static void check(void *arg)
{
	(void)arg;
	BATON_ASSERT(counter.counter == 2);
	if (plain != 2)
		baton_fail("lost_update", "plain == %d", plain);
}

/* The atomic additions commute. Of the plain ones, one CPU's read and write come first or the
 * other's, or both have read and one or the other writes last: it is lost in two of four. */
Test(atomic, plain_addition_is_lost_and_atomic_is_not)
{
	const struct baton_cpu_program cpus[] = { { "a", add, NULL, -1 }, { "b", add, NULL, -1 } };
	const struct baton_program program = { .name = "add",
					       .cpus = cpus,
					       .cpu_count = 2,
					       .setup = reset,
					       .finally = check };
	struct baton_result result;

	cr_assert_eq(baton_explore(&program, NULL, &result), 0);
	cr_assert(result.exhaustive);
	cr_assert_eq(result.executions, 4);
	cr_assert_eq(result.findings, 2);
	cr_assert_str_eq(result.finding, "lost_update: plain == 1");
	baton_result_release(&result);
}
