/* SPDX-License-Identifier: MIT */
/*
 * rwlock.c - pthread_rwlock_t: many readers or one writer; no fairness. A thread may read twice.
 *
 * Layer: posix. May include: engine.
 */
#include "posix/posix.h"

struct rwlock {
	int writer;           /* posix_self() */
	unsigned int readers; /* locks, not threads */
	uint64_t reading; /* who reads, or did since there was a reader; bit: index of the CPU */
	bool destroyed;
	unsigned int stamp; /* posix_stamp(): of the rest */
} __attribute__((may_alias));

_Static_assert(sizeof(struct rwlock) <= sizeof(pthread_rwlock_t), "kept in the C library's object");

static bool is_current(const struct rwlock *lock)
{
	return lock->stamp == posix_stamp();
}

static bool read_ready(const void *object)
{
	const struct rwlock *lock = object;

	return !is_current(lock) || !lock->writer;
}

static bool write_ready(const void *object)
{
	const struct rwlock *lock = object;

	return !is_current(lock) || (!lock->writer && !lock->readers);
}

static int holder(const void *object)
{
	const struct rwlock *lock = object;

	if (lock->writer)
		return lock->writer - 1;
	return lock->reading ? __builtin_ctzll(lock->reading) : -1;
}

static const struct baton_wait read_wait = { read_ready, holder, posix_name };
static const struct baton_wait write_wait = { write_ready, holder, posix_name };

static struct rwlock *rwlock_of(pthread_rwlock_t *lock)
{
	return (struct rwlock *)lock;
}

/* Behind each step. */
static void check(baton_place here, struct rwlock *lock)
{
	posix_note(here, lock);
	if (!is_current(lock))
		*lock = (struct rwlock){ .stamp = posix_stamp() };
	if (lock->destroyed)
		baton_fail("use_after_destroy", "the rwlock has been destroyed");
}

static void read_begin(struct rwlock *lock)
{
	lock->readers++;
	lock->reading |= UINT64_C(1) << baton_cpu();
}

int baton_rwlock_init(pthread_rwlock_t *lock, const pthread_rwlockattr_t *attr)
{
	if (posix_outside())
		return (pthread_rwlock_init)(lock, attr);
	*lock = (pthread_rwlock_t)PTHREAD_RWLOCK_INITIALIZER;
	return 0;
}

int baton_rwlock_destroy(baton_place here, pthread_rwlock_t *lock)
{
	if (posix_outside())
		return (pthread_rwlock_destroy)(lock);
	baton_access(here, lock, BATON_WRITE);
	check(here, rwlock_of(lock));
	if (!write_ready(lock))
		baton_fail("destroyed_in_use", "%s holds the rwlock that is destroyed",
			   baton_cpu_name(holder(lock)));
	rwlock_of(lock)->destroyed = true;
	return 0;
}

int baton_rwlock_rdlock(baton_place here, pthread_rwlock_t *lock)
{
	if (posix_outside())
		return (pthread_rwlock_rdlock)(lock);
	if (is_current(rwlock_of(lock)) && rwlock_of(lock)->writer == posix_self())
		return EDEADLK;
	baton_block(here, lock, BATON_LOCK, &read_wait);
	check(here, rwlock_of(lock));
	read_begin(rwlock_of(lock));
	return 0;
}

int baton_rwlock_tryrdlock(baton_place here, pthread_rwlock_t *lock)
{
	if (posix_outside())
		return (pthread_rwlock_tryrdlock)(lock);
	baton_access(here, lock, BATON_RMW);
	check(here, rwlock_of(lock));
	if (!read_ready(lock))
		return EBUSY;
	read_begin(rwlock_of(lock));
	return 0;
}

int baton_rwlock_wrlock(baton_place here, pthread_rwlock_t *lock)
{
	if (posix_outside())
		return (pthread_rwlock_wrlock)(lock);
	if (is_current(rwlock_of(lock)) && rwlock_of(lock)->writer == posix_self())
		return EDEADLK;
	baton_block(here, lock, BATON_LOCK, &write_wait);
	check(here, rwlock_of(lock));
	rwlock_of(lock)->writer = posix_self();
	return 0;
}

int baton_rwlock_trywrlock(baton_place here, pthread_rwlock_t *lock)
{
	if (posix_outside())
		return (pthread_rwlock_trywrlock)(lock);
	baton_access(here, lock, BATON_RMW);
	check(here, rwlock_of(lock));
	if (!write_ready(lock))
		return EBUSY;
	rwlock_of(lock)->writer = posix_self();
	return 0;
}

/* As the ones that wait, or that try, with another error. */
static int answer_in_time(int error)
{
	return error == EBUSY ? ETIMEDOUT : error;
}

int baton_rwlock_timedrdlock(baton_place here, pthread_rwlock_t *lock, const struct timespec *end)
{
	if (posix_outside())
		return (pthread_rwlock_timedrdlock)(lock, end);
	return posix_times_out(POSIX_CALLER) ? answer_in_time(baton_rwlock_tryrdlock(here, lock)) :
					       baton_rwlock_rdlock(here, lock);
}

int baton_rwlock_timedwrlock(baton_place here, pthread_rwlock_t *lock, const struct timespec *end)
{
	if (posix_outside())
		return (pthread_rwlock_timedwrlock)(lock, end);
	return posix_times_out(POSIX_CALLER) ? answer_in_time(baton_rwlock_trywrlock(here, lock)) :
					       baton_rwlock_wrlock(here, lock);
}

int baton_rwlock_unlock(baton_place here, pthread_rwlock_t *lock)
{
	struct rwlock *rwlock = rwlock_of(lock);

	if (posix_outside())
		return (pthread_rwlock_unlock)(lock);
	baton_access(here, lock, BATON_UNLOCK);
	check(here, rwlock);
	if (rwlock->writer == posix_self())
		rwlock->writer = 0;
	else if (rwlock->readers && (rwlock->reading & UINT64_C(1) << baton_cpu()))
		rwlock->readers--;
	else
		baton_fail("lock_not_held", "an rwlock is unlocked by a CPU that does not hold it");
	if (!rwlock->readers)
		rwlock->reading = 0;
	return 0;
}
