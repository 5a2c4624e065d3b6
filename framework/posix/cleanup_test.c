/* SPDX-License-Identifier: MIT */
/* cleanup_test.c - threads that end in the midst of something, joins that do not wait, sleep. */
#include <unistd.h>

#include "base/clock.h"
#include "baton/sleep.h"
#include "posix/posix_test.h"

static int order[4], count, flag;
static pthread_mutex_t mutex;
static pthread_rwlock_t rwlock;

static void note(void *arg)
{
	order[count++] = *(const int *)arg;
}

static void unlock(void *arg)
{
	pthread_mutex_unlock(arg);
}

static void *ends_inside(void *arg)
{
	static int one = 1, two = 2, three = 3;

	pthread_mutex_lock(&mutex);
	pthread_cleanup_push(unlock, &mutex);
	pthread_cleanup_push(note, &one);
	pthread_cleanup_push(note, &two);
	pthread_cleanup_pop(arg == NULL);
	pthread_cleanup_push(note, &three);
	pthread_exit(NULL);
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return NULL;
}

static void cleans_up(void *arg)
{
	pthread_t thread;

	(void)arg;
	count = 0;
	mutex = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	pthread_create(&thread, NULL, ends_inside, NULL);
	pthread_join(thread, NULL);
	BATON_ASSERT(count == 3 && order[0] == 2 && order[1] == 3 && order[2] == 1);
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
}

/* Else the mutex would be held for ever. */
Test(cleanup, runs_where_a_thread_ends)
{
	posix_expect_right(cleans_up, NULL, 1);
}

static void *writes(void *arg)
{
	baton_access(BATON_HERE("flag"), &flag, BATON_WRITE);
	flag = 1;
	return arg;
}

/* Who looks sees that it has not begun, has begun, or has ended. */
static void tries_to_join(void *arg)
{
	pthread_t thread;
	void *result;

	flag = 0;
	pthread_create(&thread, NULL, writes, &flag);
	if (pthread_tryjoin_np(thread, &result) == EBUSY) {
		BATON_ASSERT(!arg);
		pthread_join(thread, &result);
	}
	BATON_ASSERT(flag && result == &flag);
}

static void expects_it_to_be_quick(void *arg)
{
	tries_to_join(&arg);
}

static void joins_in_time(void *arg)
{
	const struct timespec end = { 0, 0 };
	pthread_t thread;

	(void)arg;
	flag = 0;
	pthread_create(&thread, NULL, writes, NULL);
	if (pthread_timedjoin_np(thread, NULL, &end) == ETIMEDOUT)
		baton_fail("late", "it has not ended");
	BATON_ASSERT(flag);
}

Test(cleanup, joins_that_do_not_wait)
{
	posix_expect_right(tries_to_join, NULL, 3);
	posix_expect_finding(expects_it_to_be_quick, NULL, "!arg");
	posix_expect_right(joins_in_time, NULL, 1);
	posix_expect_finding(joins_in_time, "pthread/timeout", "late");
}

static void *holds(void *arg)
{
	pthread_rwlock_wrlock(&rwlock);
	flag++;
	pthread_rwlock_unlock(&rwlock);
	return arg;
}

static void reads_in_time(void *arg)
{
	const struct timespec end = { 0, 0 };
	pthread_t thread;

	rwlock = (pthread_rwlock_t)PTHREAD_RWLOCK_INITIALIZER;
	pthread_create(&thread, NULL, holds, NULL);
	switch (arg ? pthread_rwlock_timedwrlock(&rwlock, &end) :
		      pthread_rwlock_timedrdlock(&rwlock, &end)) {
	case 0:
		pthread_rwlock_unlock(&rwlock);
		break;
	case ETIMEDOUT:
		baton_fail("late", "somebody writes");
	default:
		baton_fail("error", "neither");
	}
	pthread_join(thread, NULL);
}

static void writes_in_time(void *arg)
{
	reads_in_time(&arg);
}

Test(cleanup, rwlocks_time_out)
{
	posix_expect_right(reads_in_time, NULL, 2);
	posix_expect_right(writes_in_time, NULL, 2);
	posix_expect_finding(reads_in_time, "pthread/timeout", "late");
	posix_expect_finding(writes_in_time, "pthread/timeout", "late");
}

static void cancels(void *arg)
{
	(void)arg;
	pthread_cancel(pthread_self());
}

static void kills(void *arg)
{
	(void)arg;
	pthread_kill(pthread_self(), 0);
}

/* A number that the C library would take for an address. */
Test(cleanup, what_is_not_simulated_says_so)
{
	posix_expect_finding(cancels, NULL,
			     "unsupported: pthread_cancel() is not simulated: set a");
	posix_expect_finding(kills, NULL, "unsupported: pthread_kill() is not simulated: call");
}

static void sleeps(void *arg)
{
	const struct timespec hour = { 3600, 0 };
	pthread_t thread;

	(void)arg;
	flag = 0;
	pthread_create(&thread, NULL, writes, NULL);
	BATON_ASSERT(!sleep(3600) && !usleep(999999) && !nanosleep(&hour, NULL));
	BATON_ASSERT(!clock_nanosleep(CLOCK_MONOTONIC, 0, &hour, NULL));
	pthread_join(thread, NULL);
}

/* Hours, in no time. */
Test(cleanup, no_time_passes, .timeout = 10)
{
	posix_expect_right(sleeps, NULL, 1);
}

Test(cleanup, outside_of_cpus_time_passes)
{
	uint64_t before = clock_ms();

	cr_assert_eq(usleep(40000), 0);
	cr_expect_geq(clock_ms() - before, 20, "the clock ticks every few milliseconds");
}

static void *only_waits(void *arg)
{
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	return arg;
}

static void creates_at_two_places(void *arg)
{
	const struct timespec end = { 0, 0 };
	pthread_t threads[2];

	(void)arg;
	mutex = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	pthread_create(&threads[0], NULL, only_waits, NULL);
	pthread_create(&threads[1], NULL, only_waits, NULL);
	if (!pthread_mutex_timedlock(&mutex, &end))
		pthread_mutex_unlock(&mutex);
}

/* Not baton's own line, which would be one for all. */
Test(cleanup, faults_are_at_the_callers_line)
{
	struct baton_result result = posix_explore(creates_at_two_places, NULL);
	const char *first = strstr(result.fault_points, "pthread/create ");
	const char *place = "in creates_at_two_places at framework/posix/cleanup_test.c:";

	cr_assert_not_null(first, "%s", result.fault_points);
	cr_expect_not_null(strstr(first + 1, "pthread/create "), "%s", result.fault_points);
	cr_expect_not_null(strstr(first, place), "%s", result.fault_points);
	first = strstr(result.fault_points, "pthread/timeout ");
	cr_assert_not_null(first, "%s", result.fault_points);
	cr_expect_not_null(strstr(first, place), "%s", result.fault_points);
	baton_result_release(&result);
}

/* As the C library's, but where the thread ends. */
Test(cleanup, outside_of_cpus_it_runs_when_popped)
{
	static int one = 1, two = 2;

	count = 0;
	pthread_cleanup_push(note, &one);
	pthread_cleanup_push(note, &two);
	pthread_cleanup_pop(0);
	cr_expect_eq(count, 0);
	pthread_cleanup_pop(1);
	cr_expect_eq(count, 1);
	cr_expect_eq(order[0], 1);
}
