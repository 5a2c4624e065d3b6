/* SPDX-License-Identifier: MIT */
/*
 * mutex.c - pthread_mutex_t, in the members that the C library uses for the same.
 *
 * Layer: posix. May include: engine.
 */
#include <string.h>

#include "posix/posix.h"

/* The C library's initializers leave the flags of robust and shared mutexes in the kind, too. */
#define KIND_MASK 3
#define DESTROYED (-1)

/* Is what __lock, __count and __owner say of this execution? */
static bool is_current(const pthread_mutex_t *mutex)
{
	return mutex->__data.__nusers == posix_stamp();
}

static bool ready(const void *object)
{
	const pthread_mutex_t *mutex = object;

	return !is_current(mutex) || !mutex->__data.__lock;
}

static int holder(const void *object)
{
	const pthread_mutex_t *mutex = object;

	return mutex->__data.__lock - 1;
}

static const struct baton_wait mutex_wait = { ready, holder, posix_name };

static int kind(const pthread_mutex_t *mutex)
{
	return mutex->__data.__kind & KIND_MASK;
}

/* Behind each step. */
static void check(baton_place here, const pthread_mutex_t *mutex)
{
	posix_note(here, mutex);
	if (is_current(mutex) && mutex->__data.__owner == DESTROYED)
		baton_fail("use_after_destroy", "the mutex has been destroyed");
}

static bool is_mine(const pthread_mutex_t *mutex)
{
	return is_current(mutex) && mutex->__data.__lock == posix_self();
}

static void take(pthread_mutex_t *mutex)
{
	mutex->__data.__lock = posix_self();
	mutex->__data.__count = 1;
	mutex->__data.__owner = 0;
	mutex->__data.__nusers = posix_stamp();
}

int baton_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attr)
{
	int type = PTHREAD_MUTEX_DEFAULT;

	if (posix_outside())
		return (pthread_mutex_init)(mutex, attr);
	if (attr)
		pthread_mutexattr_gettype(attr, &type);
	memset(mutex, 0, sizeof(pthread_mutex_t));
	mutex->__data.__kind = type;
	return 0;
}

int baton_mutex_destroy(baton_place here, pthread_mutex_t *mutex)
{
	if (posix_outside())
		return (pthread_mutex_destroy)(mutex);
	baton_access(here, mutex, BATON_WRITE);
	check(here, mutex);
	if (!ready(mutex))
		baton_fail("destroyed_in_use", "%s holds the mutex that is destroyed",
			   baton_cpu_name(holder(mutex)));
	mutex->__data.__lock = 0;
	mutex->__data.__owner = DESTROYED;
	mutex->__data.__nusers = posix_stamp();
	return 0;
}

/* Does this CPU hold @mutex? Then it is decided what another lock of it does. */
static bool again(pthread_mutex_t *mutex, int *result)
{
	if (!is_mine(mutex) ||
	    (kind(mutex) != PTHREAD_MUTEX_RECURSIVE && kind(mutex) != PTHREAD_MUTEX_ERRORCHECK))
		return false;
	*result = kind(mutex) == PTHREAD_MUTEX_RECURSIVE ? 0 : EDEADLK;
	if (!*result)
		mutex->__data.__count++;
	return true;
}

int baton_mutex_lock(baton_place here, pthread_mutex_t *mutex)
{
	int result;

	if (posix_outside())
		return (pthread_mutex_lock)(mutex);
	if (again(mutex, &result))
		return result;
	baton_block(here, mutex, BATON_LOCK, &mutex_wait);
	check(here, mutex);
	take(mutex);
	return 0;
}

/* One RMW. @busy: the error if somebody has it. */
static int try_lock(baton_place here, pthread_mutex_t *mutex, int busy)
{
	baton_access(here, mutex, BATON_RMW);
	check(here, mutex);
	if (!ready(mutex))
		return busy;
	take(mutex);
	return 0;
}

int baton_mutex_trylock(baton_place here, pthread_mutex_t *mutex)
{
	int result;

	if (posix_outside())
		return (pthread_mutex_trylock)(mutex);
	if (again(mutex, &result))
		return result ? EBUSY : 0;
	return try_lock(here, mutex, EBUSY);
}

int baton_mutex_timedlock(baton_place here, pthread_mutex_t *mutex, const struct timespec *end)
{
	int result;

	if (posix_outside())
		return (pthread_mutex_timedlock)(mutex, end);
	if (again(mutex, &result))
		return result;
	if (posix_times_out(POSIX_CALLER))
		return try_lock(here, mutex, ETIMEDOUT);
	return baton_mutex_lock(here, mutex);
}

static int unlock_error(const pthread_mutex_t *mutex)
{
	if (kind(mutex) == PTHREAD_MUTEX_RECURSIVE || kind(mutex) == PTHREAD_MUTEX_ERRORCHECK)
		return EPERM;
	baton_fail("lock_not_held", "a mutex is unlocked by a CPU that does not hold it");
}

int baton_mutex_unlock(baton_place here, pthread_mutex_t *mutex)
{
	if (posix_outside())
		return (pthread_mutex_unlock)(mutex);
	if (is_mine(mutex) && mutex->__data.__count > 1) {
		mutex->__data.__count--;
		return 0;
	}
	baton_access(here, mutex, BATON_UNLOCK);
	check(here, mutex);
	if (!is_mine(mutex))
		return unlock_error(mutex);
	mutex->__data.__lock = 0;
	mutex->__data.__count = 0;
	return 0;
}
