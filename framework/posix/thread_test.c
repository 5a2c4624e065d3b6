/* SPDX-License-Identifier: MIT */
/* thread_test.c - threads, once, keys. */
#include "posix/posix_test.h"

static pthread_once_t once;
static pthread_key_t key;
static int counter, initialized, destroyed;

static void step(void)
{
	baton_access(BATON_HERE("step"), &counter, BATON_RMW);
	counter++;
}

static void *count(void *arg)
{
	step();
	return arg;
}

static void creates_and_joins(void *arg)
{
	pthread_t threads[2];
	void *result;

	(void)arg;
	counter = 0;
	for (int i = 0; i < 2; i++)
		BATON_ASSERT(!pthread_create(&threads[i], NULL, count, &threads[i]));
	BATON_ASSERT(!pthread_equal(threads[0], threads[1]));
	for (int i = 0; i < 2; i++) {
		BATON_ASSERT(!pthread_join(threads[i], &result));
		BATON_ASSERT(result == &threads[i]);
	}
	BATON_ASSERT(counter == 2);
}

/* A thread that nobody starts is no deadlock: the program has room for three. */
Test(posix_thread, create_and_join)
{
	posix_expect_right(creates_and_joins, NULL, 2);
}

/* @counter goes on where the last execution has left it. */
static void begins_where_it_ended(void *arg)
{
	pthread_t thread;

	(void)arg;
	pthread_create(&thread, NULL, count, NULL);
	pthread_join(thread, NULL);
	baton_access(BATON_HERE("counter"), &counter, BATON_READ);
	baton_note("%d", counter);
}

Test(posix_thread, static_initializer)
{
	static struct baton_threads threads;
	struct baton_result result;

	counter = 0;
	cr_assert_eq(
		baton_explore(baton_threads_init(&threads, "test", begins_where_it_ended, NULL, 1),
			      NULL, &result),
		-1);
	cr_expect(strstr(result.finding, "first main notes '1', then main notes '2'"), "%s",
		  result.finding);
	cr_expect(strstr(result.finding, "static initializer"), "%s", result.finding);
	baton_result_release(&result);
}

static void does_not_join(void *arg)
{
	pthread_t thread;

	(void)arg;
	counter = 0;
	pthread_create(&thread, NULL, count, NULL);
	baton_access(BATON_HERE("counter"), &counter, BATON_READ);
	BATON_ASSERT(counter == 1);
}

Test(posix_thread, not_joined)
{
	posix_expect_finding(does_not_join, NULL, "counter == 1");
}

static void exits(void)
{
	pthread_exit(&counter);
}

static void *exits_early(void *arg)
{
	BATON_ASSERT(pthread_self() == *(pthread_t *)arg);
	exits();
	return NULL;
}

static void exit_of_a_thread(void *arg)
{
	static pthread_t thread;
	void *result;

	(void)arg;
	pthread_create(&thread, NULL, exits_early, &thread);
	pthread_join(thread, &result);
	BATON_ASSERT(result == &counter);
	BATON_ASSERT(pthread_join(pthread_self(), NULL) == ESRCH);
	pthread_exit(NULL);
}

static void *joins_itself(void *arg)
{
	BATON_ASSERT(pthread_join(pthread_self(), NULL) == EDEADLK);
	return arg;
}

static void joins_twice(void *arg)
{
	pthread_t thread;

	(void)arg;
	pthread_create(&thread, NULL, joins_itself, NULL);
	pthread_join(thread, NULL);
	pthread_join(thread, NULL);
}

static void joins_detached(void *arg)
{
	pthread_t thread;

	(void)arg;
	pthread_create(&thread, NULL, joins_itself, NULL);
	pthread_detach(thread);
	pthread_join(thread, NULL);
}

Test(posix_thread, exit_and_join)
{
	posix_expect_right(exit_of_a_thread, NULL, 1);
	posix_expect_finding(joins_twice, NULL, "joined before");
	posix_expect_finding(joins_detached, NULL, "detached before");
}

static void creates_too_many(void *arg)
{
	pthread_t thread;

	(void)arg;
	for (int i = 0; i <= TEST_THREADS; i++)
		pthread_create(&thread, NULL, count, NULL);
}

static void does_not_look(void *arg)
{
	pthread_t thread = 0;

	(void)arg;
	pthread_create(&thread, NULL, count, NULL);
	BATON_ASSERT(thread);
}

Test(posix_thread, create_fails)
{
	posix_expect_finding(creates_too_many, NULL, "is to be told more than 3");
	posix_expect_finding(does_not_look, "pthread/create", "thread");
}

static void initialize(void)
{
	initialized++;
	step();
}

static void *uses(void *arg)
{
	pthread_once(&once, initialize);
	BATON_ASSERT(initialized == 1 && counter == 1);
	return arg;
}

static void run_once(void *arg)
{
	pthread_t thread;

	(void)arg;
	once = PTHREAD_ONCE_INIT;
	counter = initialized = 0;
	pthread_create(&thread, NULL, uses, NULL);
	uses(NULL);
	pthread_join(thread, NULL);
}

Test(posix_thread, once)
{
	posix_expect_right(run_once, NULL, 2);
}

static void destroy(void *value)
{
	destroyed += *(int *)value;
}

static void *has_value(void *arg)
{
	static int one = 1;

	BATON_ASSERT(!pthread_getspecific(key));
	pthread_setspecific(key, &one);
	step();
	BATON_ASSERT(pthread_getspecific(key) == &one);
	return arg;
}

static void keys(void *arg)
{
	pthread_t thread;

	(void)arg;
	counter = destroyed = 0;
	pthread_key_create(&key, destroy);
	pthread_setspecific(key, &counter);
	pthread_create(&thread, NULL, has_value, NULL);
	pthread_join(thread, NULL);
	BATON_ASSERT(destroyed == 1 && pthread_getspecific(key) == &counter);
	BATON_ASSERT(!pthread_key_delete(key) && !pthread_getspecific(key));
}

Test(posix_thread, keys)
{
	posix_expect_right(keys, NULL, 1);
}

/* Outside a simulation they are the C library's. */
Test(posix_thread, outside)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	pthread_t thread;
	void *result;

	pthread_mutex_lock(&mutex);
	cr_expect_eq(pthread_mutex_trylock(&mutex), EBUSY);
	pthread_mutex_unlock(&mutex);
	cr_assert_eq(pthread_create(&thread, NULL, count, &mutex), 0);
	cr_assert_eq(pthread_join(thread, &result), 0);
	cr_expect_eq(result, &mutex);
}
