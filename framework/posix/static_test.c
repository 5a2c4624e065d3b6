/* SPDX-License-Identifier: MIT */
/* static_test.c - objects that are initialized once, before the first execution. */
#include "posix/posix_test.h"

/* Where nobody but this file can write them again. */
static pthread_mutex_t static_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t static_rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_cond_t static_cond = PTHREAD_COND_INITIALIZER;
static int static_turns;

static void *takes_a_turn(void *arg)
{
	pthread_mutex_lock(&static_mutex);
	static_turns++;
	pthread_cond_signal(&static_cond);
	pthread_mutex_unlock(&static_mutex);
	pthread_rwlock_wrlock(&static_rwlock);
	pthread_rwlock_unlock(&static_rwlock);
	return arg;
}

/* Each of them ends with all of it held, or waited for, in some executions. */
static void ends_while_it_holds(void *arg)
{
	pthread_t threads[2];

	(void)arg;
	static_turns = 0;
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, takes_a_turn, NULL);
	pthread_rwlock_rdlock(&static_rwlock);
	pthread_mutex_lock(&static_mutex);
	BATON_ASSERT(static_turns != 1);
	pthread_cond_wait(&static_cond, &static_mutex);
}

static void holds_for_a_moment(void *arg)
{
	pthread_t thread;

	(void)arg;
	static_turns = 0;
	BATON_ASSERT(pthread_mutex_trylock(&static_mutex) == 0);
	BATON_ASSERT(pthread_rwlock_trywrlock(&static_rwlock) == 0);
	pthread_rwlock_unlock(&static_rwlock);
	pthread_mutex_unlock(&static_mutex);
	pthread_create(&thread, NULL, takes_a_turn, NULL);
	pthread_mutex_lock(&static_mutex);
	while (!static_turns)
		pthread_cond_wait(&static_cond, &static_mutex);
	pthread_mutex_unlock(&static_mutex);
	pthread_join(thread, NULL);
	BATON_ASSERT(pthread_cond_destroy(&static_cond) == 0);
}

/* No execution finds out what the last execution has left. */
Test(static_initializer, holds_in_each_execution)
{
	struct baton_result result = posix_explore(ends_while_it_holds, NULL);

	cr_expect_gt(result.executions, 1);
	cr_expect_eq(result.findings, result.executions, "%s", result.finding);
	baton_result_release(&result);
	posix_expect_right(holds_for_a_moment, NULL, 2);
}
