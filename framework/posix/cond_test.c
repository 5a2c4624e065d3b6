/* SPDX-License-Identifier: MIT */
/* cond_test.c - condition variables and barriers. */
#include "posix/posix_test.h"

static pthread_mutex_t mutex;
static pthread_cond_t cond;
static pthread_barrier_t barrier;
static int items, taken, served;
static bool checks_again, broadcasts;

static void begin(void)
{
	mutex = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	cond = (pthread_cond_t)PTHREAD_COND_INITIALIZER;
	items = taken = served = 0;
}

static void *take(void *arg)
{
	pthread_mutex_lock(&mutex);
	if (checks_again) {
		while (!items)
			pthread_cond_wait(&cond, &mutex);
	} else if (!items) {
		pthread_cond_wait(&cond, &mutex);
	}
	BATON_ASSERT(items > 0);
	items--;
	taken++;
	pthread_mutex_unlock(&mutex);
	return arg;
}

static void *put(void *arg)
{
	pthread_mutex_lock(&mutex);
	items++;
	if (broadcasts)
		pthread_cond_broadcast(&cond);
	else
		pthread_cond_signal(&cond);
	pthread_mutex_unlock(&mutex);
	return arg;
}

static void run_all(void *(*const starts[TEST_THREADS])(void *arg))
{
	pthread_t threads[TEST_THREADS];

	begin();
	for (int i = 0; i < TEST_THREADS; i++)
		pthread_create(&threads[i], NULL, starts[i], NULL);
	for (int i = 0; i < TEST_THREADS; i++)
		pthread_join(threads[i], NULL);
}

/* main gives two things to two that take one each. */
static void queue(void *arg)
{
	pthread_t threads[2];

	(void)arg;
	begin();
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, take, NULL);
	put(NULL);
	put(NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	BATON_ASSERT(taken == 2 && !items);
}

static void expect_no_finding(void (*run)(void *arg), const char *fault)
{
	struct baton_result result = posix_explore(run, fault);

	cr_expect_eq(result.findings, 0, "%s by %s", result.finding, result.schedule);
	cr_expect_gt(result.executions, 10);
	baton_result_release(&result);
}

Test(posix_cond, queue)
{
	checks_again = true;
	broadcasts = false;
	expect_no_finding(queue, NULL);
	expect_no_finding(queue, "pthread/spurious_wakeup");
	broadcasts = true;
	expect_no_finding(queue, NULL);
}

/* One is woken, and before it has the mutex the other one has taken what there was. */
Test(posix_cond, if_instead_of_while)
{
	checks_again = false;
	broadcasts = false;
	posix_expect_finding(queue, NULL, "items > 0");
}

static void one_waits(void *arg)
{
	pthread_t thread;

	(void)arg;
	begin();
	pthread_create(&thread, NULL, take, NULL);
	put(NULL);
	pthread_join(thread, NULL);
}

/* Two orders of the mutex: the thing is there first, or the wait. */
Test(posix_cond, one_waits)
{
	checks_again = false;
	posix_expect_right(one_waits, NULL, 2);
	posix_expect_finding(one_waits, "pthread/spurious_wakeup", "items > 0");
}

static void *put_without_mutex(void *arg)
{
	baton_access(BATON_HERE("items++"), &items, BATON_WRITE);
	items++;
	pthread_cond_signal(&cond);
	return arg;
}

static void *looks_then_waits(void *arg)
{
	pthread_mutex_lock(&mutex);
	baton_access(BATON_HERE("items"), &items, BATON_READ);
	if (!items)
		pthread_cond_wait(&cond, &mutex);
	pthread_mutex_unlock(&mutex);
	return arg;
}

static void lost_wakeup(void *arg)
{
	pthread_t thread;

	(void)arg;
	begin();
	pthread_create(&thread, NULL, looks_then_waits, NULL);
	put_without_mutex(NULL);
	pthread_join(thread, NULL);
}

Test(posix_cond, lost_wakeup)
{
	posix_expect_finding(lost_wakeup, NULL, "deadlock");
}

static void *waits_a_while(void *arg)
{
	const struct timespec end = { 0, 0 };
	int result = 0;

	pthread_mutex_lock(&mutex);
	while (!items && !result)
		result = pthread_cond_timedwait(&cond, &mutex, &end);
	BATON_ASSERT(result == ETIMEDOUT || items == 1);
	served += !result;
	pthread_mutex_unlock(&mutex);
	return arg;
}

static void times_out(void *arg)
{
	pthread_t thread;

	(void)arg;
	begin();
	pthread_create(&thread, NULL, waits_a_while, NULL);
	put(NULL);
	pthread_join(thread, NULL);
	BATON_ASSERT(served);
}

Test(posix_cond, timeout)
{
	posix_expect_right(times_out, NULL, 2);
	posix_expect_finding(times_out, "pthread/timeout", "served");
}

static void destroys_while_waiting(void *arg)
{
	pthread_t thread;

	(void)arg;
	begin();
	pthread_create(&thread, NULL, take, NULL);
	pthread_cond_destroy(&cond);
	put(NULL);
}

Test(posix_cond, destroyed)
{
	posix_expect_finding(destroys_while_waiting, NULL, "destroy");
}

/* ---- Barriers ----------------------------------------------------------------------------- */

static int arrived, serial;

static void *meet(void *arg)
{
	for (int round = 1; round <= 2; round++) {
		arrived++;
		serial += pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD;
		BATON_ASSERT(arrived >= round * TEST_THREADS);
		pthread_barrier_wait(&barrier);
	}
	return arg;
}

static void rounds(void *arg)
{
	static void *(*const starts[TEST_THREADS])(void *arg) = { meet, meet, meet };

	(void)arg;
	arrived = serial = 0;
	pthread_barrier_init(&barrier, NULL, TEST_THREADS);
	run_all(starts);
	BATON_ASSERT(serial == 2);
	pthread_barrier_destroy(&barrier);
}

/* Three arrive in 3! orders, four times. */
Test(posix_cond, barrier)
{
	posix_expect_right(rounds, NULL, 6 * 6 * 6 * 6);
}

static void one_too_few(void *arg)
{
	pthread_t thread;

	(void)arg;
	pthread_barrier_init(&barrier, NULL, 3);
	pthread_create(&thread, NULL, meet, NULL);
	meet(NULL);
}

Test(posix_cond, barrier_of_too_many)
{
	posix_expect_finding(one_too_few, NULL, "deadlock");
}
