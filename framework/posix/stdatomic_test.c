/* SPDX-License-Identifier: MIT */
/* stdatomic_test.c - each generic function of <stdatomic.h> does what C11 says, in one access. */
#include "baton/stdatomic.h"
#include "posix/posix_test.h"

struct pair {
	int first, second;
};

static _Atomic unsigned char byte;
static _Atomic long number;
static _Atomic(struct pair) pair;
static int elements[4];
static int *_Atomic pointer;
static atomic_flag flag = ATOMIC_FLAG_INIT;
static atomic_bool boolean;

/* NOLINTBEGIN(readability-function-size): statements of the macros */
static void arithmetic(void *arg)
{
	(void)arg;
	atomic_store(&byte, 200);
	BATON_ASSERT(atomic_fetch_add(&byte, 100) == 200);
	BATON_ASSERT(atomic_fetch_sub_explicit(&byte, 45, memory_order_relaxed) == 44);
	BATON_ASSERT(atomic_load(&byte) == 255);
	BATON_ASSERT(atomic_fetch_and(&byte, 0xf0) == 255);
	BATON_ASSERT(atomic_fetch_or(&byte, 1) == 0xf0);
	BATON_ASSERT(atomic_fetch_xor(&byte, 0xff) == 0xf1);
	BATON_ASSERT(atomic_exchange_explicit(&byte, 3, memory_order_acq_rel) == 0x0e);
	BATON_ASSERT(atomic_load_explicit(&byte, memory_order_acquire) == 3);
	atomic_store(&pointer, elements);
	BATON_ASSERT(atomic_fetch_add(&pointer, 3) == elements);
	BATON_ASSERT(atomic_load(&pointer) == elements + 3);
}

static void comparisons(void *arg)
{
	struct pair expected = { 1, 2 }, other = { 1, 3 };

	(void)arg;
	atomic_store(&pair, expected);
	BATON_ASSERT(!atomic_compare_exchange_strong(&pair, &other, other));
	BATON_ASSERT(other.second == 2);
	other.first = 7;
	BATON_ASSERT(atomic_compare_exchange_weak(&pair, &expected, other));
	BATON_ASSERT(atomic_load(&pair).first == 7);
	atomic_flag_clear(&flag);
	BATON_ASSERT(!atomic_flag_test_and_set(&flag));
	BATON_ASSERT(atomic_flag_test_and_set_explicit(&flag, memory_order_acquire));
	atomic_store(&boolean, false);
	BATON_ASSERT(!atomic_fetch_or(&boolean, true) && atomic_load(&boolean));
}
/* NOLINTEND(readability-function-size) */

Test(stdatomic, values)
{
	posix_expect_right(arithmetic, NULL, 1);
	posix_expect_right(comparisons, NULL, 1);
}

static void *add(void *arg)
{
	atomic_fetch_add(&number, 1);
	return arg;
}

static void *load_and_store(void *arg)
{
	long was = atomic_load(&number);

	atomic_store(&number, was + 1);
	return arg;
}

static void *compare(void *arg)
{
	long was = atomic_load(&number);

	while (!atomic_compare_exchange_weak(&number, &was, was + 1))
		;
	return arg;
}

static void *compare_once(void *arg)
{
	long was = 0;

	BATON_ASSERT(atomic_compare_exchange_weak(&number, &was, was) || was);
	return arg;
}

static void run_two(void *(*start)(void *arg), long sum)
{
	pthread_t threads[2];

	atomic_store(&number, 0);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, start, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	BATON_ASSERT(atomic_load(&number) == sum);
}

static void adds(void *arg)
{
	(void)arg;
	run_two(add, 2);
}

static void loads_and_stores(void *arg)
{
	(void)arg;
	run_two(load_and_store, 2);
}

static void compares(void *arg)
{
	(void)arg;
	run_two(compare, 2);
}

static void compares_once(void *arg)
{
	(void)arg;
	run_two(compare_once, 0);
}

/*
 * Two loads and two exchanges, of which the second one to come may fail and be tried again: 2
 * traces without overlap; where both load first, either one may come first, fails once for the
 * other, and the loads commute: 2 more.
 */
Test(stdatomic, races)
{
	posix_expect_right(adds, NULL, 2);
	posix_expect_finding(loads_and_stores, NULL, "number");
	posix_expect_right(compares, NULL, 4);
}

/* Where the value is what was expected, only the fault makes a weak exchange fail. */
Test(stdatomic, weak)
{
	struct baton_result result = posix_explore(compares, "stdatomic/cmpxchg_weak");

	cr_expect_eq(result.findings, 0, "%s", result.finding);
	cr_expect_gt(result.executions, 4);
	baton_result_release(&result);
	posix_expect_right(compares_once, NULL, 2);
	posix_expect_finding(compares_once, "stdatomic/cmpxchg_weak",
			     "atomic_compare_exchange_weak");
}

Test(stdatomic, outside)
{
	arithmetic(NULL);
	comparisons(NULL);
}
