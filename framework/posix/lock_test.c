/* SPDX-License-Identifier: MIT */
/* lock_test.c - mutexes, rwlocks, spinlocks, semaphores. */
#include "posix/posix_test.h"

static pthread_mutex_t a, b;
static pthread_rwlock_t rwlock;
static pthread_spinlock_t spin;
static sem_t sem;
static int inside, readers, counter;

static void begin(void)
{
	a = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	b = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	rwlock = (pthread_rwlock_t)PTHREAD_RWLOCK_INITIALIZER;
	pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
	sem_init(&sem, 0, 1);
	inside = readers = counter = 0;
}

static void run_two(void *(*first)(void *arg), void *(*second)(void *arg))
{
	pthread_t threads[2];

	begin();
	pthread_create(&threads[0], NULL, first, NULL);
	pthread_create(&threads[1], NULL, second, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

/* Nobody else may be here: there is an access between coming and going. */
static void stay(void)
{
	BATON_ASSERT(!inside && !readers);
	inside = 1;
	baton_access(BATON_HERE("stay"), &counter, BATON_WRITE);
	counter++;
	inside = 0;
}

static void *by_mutex(void *arg)
{
	pthread_mutex_lock(&a);
	stay();
	pthread_mutex_unlock(&a);
	return arg;
}

static void *by_spin(void *arg)
{
	pthread_spin_lock(&spin);
	stay();
	pthread_spin_unlock(&spin);
	return arg;
}

static void *by_sem(void *arg)
{
	sem_wait(&sem);
	stay();
	sem_post(&sem);
	return arg;
}

static void *by_write(void *arg)
{
	pthread_rwlock_wrlock(&rwlock);
	stay();
	pthread_rwlock_unlock(&rwlock);
	return arg;
}

static void *by_read(void *arg)
{
	pthread_rwlock_rdlock(&rwlock);
	BATON_ASSERT(!inside);
	readers++;
	baton_access(BATON_HERE("read"), &counter, BATON_READ);
	readers--;
	pthread_rwlock_unlock(&rwlock);
	return arg;
}

static void mutexes(void *arg)
{
	(void)arg;
	run_two(by_mutex, by_mutex);
}

static void spins(void *arg)
{
	(void)arg;
	run_two(by_spin, by_spin);
}

static void semaphores(void *arg)
{
	(void)arg;
	run_two(by_sem, by_sem);
}

static void writers(void *arg)
{
	(void)arg;
	run_two(by_write, by_write);
}

/* Two sections that exclude each other have two orders. */
Test(posix_lock, exclude)
{
	posix_expect_right(mutexes, NULL, 2);
	posix_expect_right(spins, NULL, 2);
	posix_expect_right(semaphores, NULL, 2);
	posix_expect_right(writers, NULL, 2);
}

static void mixed(void *arg)
{
	(void)arg;
	run_two(by_mutex, by_spin);
}

Test(posix_lock, of_two_kinds_do_not_exclude)
{
	posix_expect_finding(mixed, NULL, "!inside");
}

static void reader_and_writer(void *arg)
{
	(void)arg;
	run_two(by_read, by_write);
}

static void two_readers(void *arg)
{
	(void)arg;
	run_two(by_read, by_read);
	BATON_ASSERT(!readers);
}

/*
 * Two readers make two accesses of the lock each, in all 6 orders of them: that they commute is
 * not known.
 */
Test(posix_lock, readers)
{
	posix_expect_right(reader_and_writer, NULL, 2);
	posix_expect_right(two_readers, NULL, 6);
}

static int read_at_once;

static void *meets(void *arg)
{
	pthread_rwlock_rdlock(&rwlock);
	readers++;
	baton_access(BATON_HERE("meet"), &counter, BATON_WRITE);
	if (readers == 2)
		read_at_once = 1;
	baton_access(BATON_HERE("part"), &counter, BATON_WRITE);
	readers--;
	BATON_ASSERT(!read_at_once);
	pthread_rwlock_unlock(&rwlock);
	return arg;
}

static void readers_meet(void *arg)
{
	(void)arg;
	read_at_once = 0;
	run_two(meets, meets);
}

Test(posix_lock, readers_meet)
{
	posix_expect_finding(readers_meet, NULL, "!read_at_once");
}

static void *a_then_b(void *arg)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return arg;
}

static void *b_then_a(void *arg)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return arg;
}

static void abba(void *arg)
{
	(void)arg;
	run_two(a_then_b, b_then_a);
}

static void *try_b_then_a(void *arg)
{
	pthread_mutex_lock(&b);
	if (!pthread_mutex_trylock(&a))
		pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return arg;
}

static void abba_with_trylock(void *arg)
{
	(void)arg;
	run_two(a_then_b, try_b_then_a);
}

static void *timed_b_then_a(void *arg)
{
	const struct timespec end = { 0, 0 };
	int result;

	pthread_mutex_lock(&b);
	result = pthread_mutex_timedlock(&a, &end);
	BATON_ASSERT(!result || result == ETIMEDOUT);
	if (!result)
		pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return arg;
}

static void abba_with_timeout(void *arg)
{
	(void)arg;
	run_two(a_then_b, timed_b_then_a);
}

Test(posix_lock, deadlock)
{
	struct baton_result result = posix_explore(abba_with_trylock, NULL);

	cr_expect_eq(result.findings, 0, "%s", result.finding);
	baton_result_release(&result);
	posix_expect_finding(abba, NULL, "deadlock");
	posix_expect_finding(abba_with_timeout, NULL, "deadlock");
}

static void twice(void *arg)
{
	(void)arg;
	begin();
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&a);
}

static void of_type(int type)
{
	pthread_mutexattr_t attr;

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_settype(&attr, type);
	pthread_mutex_init(&a, &attr);
	pthread_mutexattr_destroy(&attr);
}

static void *is_busy(void *arg)
{
	BATON_ASSERT(pthread_mutex_trylock(&a) == EBUSY);
	return arg;
}

/* Also after one of two unlocks the other thread must not get it. */
static void recursive(void *arg)
{
	pthread_t thread;

	(void)arg;
	of_type(PTHREAD_MUTEX_RECURSIVE);
	BATON_ASSERT(!pthread_mutex_lock(&a));
	BATON_ASSERT(!pthread_mutex_lock(&a));
	BATON_ASSERT(!pthread_mutex_trylock(&a));
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&a);
	pthread_create(&thread, NULL, is_busy, NULL);
	pthread_join(thread, NULL);
	BATON_ASSERT(!pthread_mutex_unlock(&a));
	BATON_ASSERT(pthread_mutex_unlock(&a) == EPERM);
	BATON_ASSERT(!pthread_mutex_destroy(&a));
}

static void error_checking(void *arg)
{
	(void)arg;
	of_type(PTHREAD_MUTEX_ERRORCHECK);
	BATON_ASSERT(pthread_mutex_unlock(&a) == EPERM);
	BATON_ASSERT(!pthread_mutex_lock(&a));
	BATON_ASSERT(pthread_mutex_lock(&a) == EDEADLK);
	BATON_ASSERT(!pthread_mutex_unlock(&a));
}

Test(posix_lock, types)
{
	posix_expect_finding(twice, NULL, "deadlock");
	posix_expect_right(recursive, NULL, 1);
	posix_expect_right(error_checking, NULL, 1);
}

static void unlocks_what_is_free(void *arg)
{
	(void)arg;
	begin();
	pthread_mutex_unlock(&a);
}

static void destroys_what_is_held(void *arg)
{
	(void)arg;
	begin();
	pthread_mutex_lock(&a);
	pthread_mutex_destroy(&a);
}

static void uses_what_is_destroyed(void *arg)
{
	(void)arg;
	begin();
	sem_destroy(&sem);
	sem_post(&sem);
}

static void locks_what_is_destroyed(void *arg)
{
	(void)arg;
	begin();
	pthread_mutex_destroy(&a);
	pthread_mutex_lock(&a);
}

Test(posix_lock, misuse)
{
	posix_expect_finding(locks_what_is_destroyed, NULL, "use_after_destroy");
	posix_expect_finding(unlocks_what_is_free, NULL, "lock_not_held");
	posix_expect_finding(destroys_what_is_held, NULL, "destroyed_in_use");
	posix_expect_finding(uses_what_is_destroyed, NULL, "use_after_destroy");
}
