/* SPDX-License-Identifier: MIT */
/* c11_test.c - <threads.h>. */
#include "baton/threads.h"
#include "posix/posix_test.h"

static mtx_t mutex;
static cnd_t cond;
static int value, freed;
static once_flag once;

static int adds(void *arg)
{
	(void)arg;
	mtx_lock(&mutex);
	value++;
	cnd_signal(&cond);
	mtx_unlock(&mutex);
	return 7;
}

static void begin(int type)
{
	value = freed = 0;
	BATON_ASSERT(mtx_init(&mutex, type) == thrd_success);
	BATON_ASSERT(cnd_init(&cond) == thrd_success);
}

static void joins(void *arg)
{
	thrd_t threads[2];
	int result = 0;

	(void)arg;
	begin(mtx_plain);
	for (int i = 0; i < 2; i++)
		BATON_ASSERT(thrd_create(&threads[i], adds, NULL) == thrd_success);
	BATON_ASSERT(!thrd_equal(threads[0], threads[1]));
	for (int i = 0; i < 2; i++)
		BATON_ASSERT(thrd_join(threads[i], &result) == thrd_success && result == 7);
	BATON_ASSERT(value == 2);
	mtx_destroy(&mutex);
	cnd_destroy(&cond);
}

/* Two orders of the mutex, and the signals are RMWs in the same order. */
Test(c11, threads_are_cpus)
{
	posix_expect_right(joins, NULL, 2);
}

static void waits(void *arg)
{
	thrd_t thread;

	(void)arg;
	begin(mtx_plain);
	thrd_create(&thread, adds, NULL);
	mtx_lock(&mutex);
	if (arg)
		cnd_wait(&cond, &mutex);
	while (!arg && !value)
		cnd_wait(&cond, &mutex);
	mtx_unlock(&mutex);
	thrd_join(thread, NULL);
}

static void waits_without_looking(void *arg)
{
	waits(&arg);
}

Test(c11, conditions_wake_who_waits)
{
	posix_expect_right(waits, NULL, 2);
	posix_expect_finding(waits_without_looking, NULL, "deadlock");
}

static void locks_twice(void *arg)
{
	(void)arg;
	begin(mtx_plain | mtx_recursive);
	BATON_ASSERT(mtx_lock(&mutex) == thrd_success && mtx_lock(&mutex) == thrd_success);
	BATON_ASSERT(mtx_unlock(&mutex) == thrd_success && mtx_unlock(&mutex) == thrd_success);
	begin(mtx_plain);
	mtx_lock(&mutex);
	BATON_ASSERT(mtx_trylock(&mutex) == thrd_busy);
	mtx_lock(&mutex);
}

Test(c11, types_of_mutexes)
{
	posix_expect_finding(locks_twice, NULL, "deadlock");
}

static void frees(void *set)
{
	(void)set;
	freed++;
}

static void adds_once(void)
{
	value++;
}

static int has_its_own(void *arg)
{
	tss_t *key = arg;

	call_once(&once, adds_once);
	BATON_ASSERT(!tss_get(*key));
	BATON_ASSERT(tss_set(*key, key) == thrd_success);
	BATON_ASSERT(tss_get(*key) == key);
	thrd_yield();
	thrd_exit(3);
}

static void keys(void *arg)
{
	tss_t key;
	thrd_t threads[2];
	int result = 0;

	(void)arg;
	begin(mtx_plain);
	once = (once_flag)ONCE_FLAG_INIT;
	BATON_ASSERT(tss_create(&key, frees) == thrd_success);
	for (int i = 0; i < 2; i++)
		thrd_create(&threads[i], has_its_own, &key);
	for (int i = 0; i < 2; i++)
		thrd_join(threads[i], &result);
	BATON_ASSERT(result == 3 && value == 1 && freed == 2);
	tss_delete(key);
}

Test(c11, values_of_a_thread_are_its_own)
{
	posix_expect_right(keys, NULL, 2);
}

static void cannot_create(void *arg)
{
	thrd_t thread;

	(void)arg;
	begin(mtx_plain);
	if (thrd_create(&thread, adds, NULL) == thrd_success)
		thrd_join(thread, NULL);
	BATON_ASSERT(value == 1);
}

Test(c11, creation_may_fail)
{
	posix_expect_finding(cannot_create, "pthread/create", "value == 1");
}

Test(c11, outside_of_cpus_it_is_the_c_library)
{
	thrd_t thread;
	int result = 0;

	cr_assert_eq(mtx_init(&mutex, mtx_plain), thrd_success);
	cr_assert_eq(cnd_init(&cond), thrd_success);
	cr_assert_eq(thrd_create(&thread, adds, NULL), thrd_success);
	cr_assert_eq(thrd_join(thread, &result), thrd_success);
	cr_expect_eq(result, 7);
	mtx_destroy(&mutex);
	cnd_destroy(&cond);
}
