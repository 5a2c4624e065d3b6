/* SPDX-License-Identifier: MIT */
/* spin_test.c - loops that wait and do not say so, and such that only look as if they did. */
#include "baton/stdatomic.h"
#include "posix/posix_test.h"

static atomic_int flag, other, turn, inside;
static atomic_flag taken;

static void begin(void)
{
	atomic_store(&flag, 0);
	atomic_store(&other, 0);
	atomic_store(&turn, 0);
	atomic_store(&inside, 0);
	atomic_flag_clear(&taken);
}

static void run_two(void *(*first)(void *arg), void *(*second)(void *arg))
{
	static int numbers[] = { 0, 1 };
	pthread_t threads[2];

	begin();
	pthread_create(&threads[0], NULL, first, &numbers[0]);
	pthread_create(&threads[1], NULL, second, &numbers[1]);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

static void expect_right(void (*run)(void *arg))
{
	struct baton_result result = posix_explore(run, NULL);

	cr_expect_eq(result.findings, 0, "%s by %s", result.finding, result.schedule);
	cr_expect_gt(result.executions, 1);
	baton_result_release(&result);
}

/* ---- Loops that wait ---------------------------------------------------------------------- */

static void *set_flag(void *arg)
{
	atomic_store(&flag, 1);
	return arg;
}

static void *set_both(void *arg)
{
	atomic_store(&flag, 1);
	atomic_store(&other, 1);
	return arg;
}

static void *wait_for_flag(void *arg)
{
	while (!atomic_load(&flag))
		;
	return arg;
}

static bool both_are_set(void)
{
	return atomic_load(&flag) && atomic_load(&other);
}

static void *wait_for_both(void *arg)
{
	while (!both_are_set())
		;
	return arg;
}

static void one_flag(void *arg)
{
	(void)arg;
	run_two(wait_for_flag, set_flag);
}

static void two_flags(void *arg)
{
	(void)arg;
	run_two(wait_for_both, set_both);
}

static void nobody_sets(void *arg)
{
	(void)arg;
	run_two(wait_for_both, set_flag);
}

/* It is seen to be set at the first look, the second, or the third, for which it waits. */
Test(posix_spin, flags)
{
	posix_expect_right(one_flag, NULL, 3);
	expect_right(two_flags);
	posix_expect_finding(nobody_sets, NULL, "deadlock");
}

static void stay(void)
{
	BATON_ASSERT(atomic_fetch_add(&inside, 1) == 0);
	atomic_fetch_sub(&inside, 1);
}

static void *by_flag(void *arg)
{
	while (atomic_flag_test_and_set(&taken))
		;
	stay();
	atomic_flag_clear(&taken);
	return arg;
}

static void *by_exchange(void *arg)
{
	int expected;

	do
		expected = 0;
	while (!atomic_compare_exchange_strong(&flag, &expected, 1));
	stay();
	atomic_store(&flag, 0);
	return arg;
}

/* Peterson. */
static void *by_turn(void *arg)
{
	int me = *(int *)arg;
	atomic_int *mine = me ? &flag : &other, *theirs = me ? &other : &flag;

	atomic_store(mine, 1);
	atomic_store(&turn, 1 - me);
	while (atomic_load(theirs) && atomic_load(&turn) != me)
		;
	stay();
	atomic_store(mine, 0);
	return arg;
}

static void *by_nothing(void *arg)
{
	while (atomic_load(&inside))
		;
	stay();
	return arg;
}

static void flags(void *arg)
{
	(void)arg;
	run_two(by_flag, by_flag);
}

static void exchanges(void *arg)
{
	(void)arg;
	run_two(by_exchange, by_exchange);
}

static void turns(void *arg)
{
	(void)arg;
	run_two(by_turn, by_turn);
}

static void looks(void *arg)
{
	(void)arg;
	run_two(by_nothing, by_nothing);
}

Test(posix_spin, locks)
{
	expect_right(flags);
	expect_right(exchanges);
	expect_right(turns);
	posix_expect_finding(looks, NULL, "inside");
}

/* ---- Loops that come to an end by themselves ---------------------------------------------- */

static void *look_ten_times(void *arg)
{
	for (int i = 0; i < 10; i++)
		if (atomic_load(&flag))
			return arg;
	return arg;
}

/* Not in a register, also where the compiler would keep it there. */
static void *look_by_the_stack(void *arg)
{
	for (volatile int i = 0; i < 10; i++)
		if (atomic_load(&flag))
			return arg;
	return arg;
}

static void *try_ten_times(void *arg)
{
	for (int i = 0; i < 10; i++)
		if (!atomic_flag_test_and_set(&taken) && i > 0)
			BATON_ASSERT(false);
	return arg;
}

/* In a function of its own, so that nothing is left of it in registers and on the stack. */
static __attribute__((noinline)) void add_one(void)
{
	atomic_fetch_add(&turn, 1);
}

static void *count_in_memory(void *arg)
{
	while (atomic_load(&turn) < 10)
		add_one();
	return arg;
}

static void ten_times(void *arg)
{
	(void)arg;
	begin();
	look_ten_times(NULL);
	look_by_the_stack(NULL);
	try_ten_times(NULL);
	count_in_memory(NULL);
}

static void *give_up(void *arg)
{
	bool *gave_up = arg;

	for (int i = 0; !atomic_load(&flag); i++)
		if (i == 3) {
			*gave_up = true;
			break;
		}
	return NULL;
}

static void gives_up(void *arg)
{
	static bool gave_up;
	pthread_t thread;

	(void)arg;
	begin();
	gave_up = false;
	pthread_create(&thread, NULL, give_up, &gave_up);
	set_flag(NULL);
	pthread_join(thread, NULL);
	BATON_ASSERT(!gave_up);
}

Test(posix_spin, counted)
{
	posix_expect_right(ten_times, NULL, 1);
	posix_expect_finding(gives_up, NULL, "gave_up");
}

static void *count_until_flag(void *arg)
{
	while (!atomic_load(&flag))
		add_one();
	return arg;
}

static void counts_on(void *arg)
{
	(void)arg;
	run_two(count_until_flag, set_flag);
}

/* What changes something is no waiting: nothing keeps it from going on for ever. */
Test(posix_spin, changing)
{
	static struct baton_threads threads;
	struct baton_search search = baton_search_all();
	struct baton_result result;

	search.executions_max = 1;
	cr_assert_eq(baton_explore(baton_threads_init(&threads, "counts", counts_on, NULL, 2),
				   &search, &result),
		     0, "%s", result.finding);
	cr_assert_eq(result.findings, 1);
	cr_expect(strstr(result.finding, "livelock"), "%s", result.finding);
	baton_result_release(&result);
}

/* What a weak exchange answers is chosen anew each time. */
static void *weak(void *arg)
{
	int expected;

	do
		expected = 0;
	while (!atomic_compare_exchange_weak(&flag, &expected, 1));
	return arg;
}

static void weak_once(void *arg)
{
	begin();
	weak(arg);
}

Test(posix_spin, weak)
{
	struct baton_search search = baton_search_all();
	const struct baton_fault_rule rule = { .point = "stdatomic/cmpxchg_weak",
					       .times = 5,
					       .cpu = -1 };
	static struct baton_threads threads;
	struct baton_result result;

	search.faults = &rule;
	search.fault_count = 1;
	cr_assert_eq(baton_explore(baton_threads_init(&threads, "weak", weak_once, NULL, 1),
				   &search, &result),
		     0, "%s", result.finding);
	cr_expect_eq(result.findings, 0, "%s", result.finding);
	cr_expect_eq(result.executions, 6);
	baton_result_release(&result);
}

/* With a hint there are as many: the first look is not known to be one of the loop. */
static void *wait_politely(void *arg)
{
	while (!atomic_load(&flag))
		sched_yield();
	return arg;
}

static void polite(void *arg)
{
	(void)arg;
	run_two(wait_politely, set_flag);
}

Test(posix_spin, hint)
{
	posix_expect_right(polite, NULL, 3);
}
