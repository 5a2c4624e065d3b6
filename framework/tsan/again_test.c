/* SPDX-License-Identifier: MIT */
/*
 * again_test.c - a CPU accesses what it has accessed before: others have come back meanwhile, or
 * it has accessed much else. Compiled with -fsanitize=thread.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "base/vec.h"
#include "posix/posix_test.h"

static int data, other;
static atomic_int flag, count;

/*
 *	writer                          reader
 *	1  writes data, sets flag
 *	                                2  has seen flag: reads data, sets count
 *	3  has seen count: writes data
 *	                                4  reads data: it has not seen 3
 */
static void *write_twice(void *arg)
{
	data = 1;
	atomic_store(&flag, 1);
	while (atomic_load(&count) != 1)
		;
	data = 2;
	return arg;
}

static void *read_twice(void *arg)
{
	while (atomic_load(&flag) != 1)
		;
	other = data;
	atomic_store(&count, 1);
	(void)atomic_load(&flag);
	other = data;
	return arg;
}

static void written_between(void *arg)
{
	pthread_t threads[2];

	(void)arg;
	data = 0;
	atomic_store(&flag, 0);
	atomic_store(&count, 0);
	pthread_create(&threads[0], NULL, write_twice, NULL);
	pthread_create(&threads[1], NULL, read_twice, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	BATON_ASSERT(other == 1 || other == 2);
}

/* Whoever comes first of 3 and 4. */
Test(again, access_is_compared_each_time)
{
	struct baton_result result = posix_explore(written_between, NULL);

	cr_expect_gt(result.executions, 0);
	cr_expect_eq(result.findings, result.executions, "%llu of %llu",
		     (unsigned long long)result.findings, (unsigned long long)result.executions);
	baton_result_release(&result);
}

static _Thread_local int own;

static void *write_own(void *arg)
{
	own++;
	other = atomic_load(&flag);
	own++;
	BATON_ASSERT(own == 2);
	return arg;
}

static void own_variables(void *arg)
{
	pthread_t threads[2];

	(void)arg;
	atomic_store(&flag, 0);
	pthread_create(&threads[0], NULL, write_own, NULL);
	pthread_join(threads[0], NULL);
	pthread_create(&threads[1], NULL, write_own, NULL);
	own++;
	pthread_join(threads[1], NULL);
	BATON_ASSERT(own == 1);
}

/* They are all at one address. */
Test(again, thread_local_variables_are_no_race)
{
	posix_expect_right(own_variables, NULL, 1);
}

/* More than the table of words has at first, and more than it ever has. */
static long many[200000];
static unsigned int written;

/* The first one, and others behind it. */
static void *write_many(void *arg)
{
	for (unsigned int i = 0; i < written; i++)
		many[i] = 1;
	return arg;
}

static void *write_first(void *arg)
{
	many[0] = 2;
	return arg;
}

static void many_words(void *arg)
{
	pthread_t threads[2];

	(void)arg;
	pthread_create(&threads[0], NULL, write_many, NULL);
	pthread_create(&threads[1], NULL, write_first, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	BATON_ASSERT(many[0]);
}

Test(again, many_words_are_remembered)
{
	for (written = 1; written <= ARRAY_SIZE(many); written = 5 * written + 1) {
		struct baton_result result = posix_explore(many_words, NULL);

		cr_expect_gt(result.executions, 0);
		cr_expect_eq(result.findings, result.executions, "%u words: %llu of %llu", written,
			     (unsigned long long)result.findings,
			     (unsigned long long)result.executions);
		baton_result_release(&result);
	}
}
