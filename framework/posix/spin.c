/* SPDX-License-Identifier: MIT */
/*
 * spin.c - pthread_spinlock_t: the owner, as there is room for no more.
 *
 * Layer: posix. May include: engine.
 */
#include "posix/posix.h"

#define DESTROYED (-1)

static bool ready(const void *object)
{
	const volatile int *lock = object;

	return *lock <= 0;
}

static int holder(const void *object)
{
	const volatile int *lock = object;

	return *lock - 1;
}

static const struct baton_wait spin_wait = { ready, holder, posix_name };

/* The scheduler looks at it, and nothing runs beside it. */
static const void *object_of(pthread_spinlock_t *lock)
{
	return (const void *)(uintptr_t)lock;
}

static void check(pthread_spinlock_t *lock)
{
	if (*lock == DESTROYED)
		baton_fail("use_after_destroy", "the spinlock has been destroyed");
}

int baton_spin_init(pthread_spinlock_t *lock, int shared)
{
	if (posix_outside())
		return (pthread_spin_init)(lock, shared);
	*lock = 0;
	return 0;
}

int baton_spin_destroy(baton_place here, pthread_spinlock_t *lock)
{
	if (posix_outside())
		return (pthread_spin_destroy)(lock);
	baton_access(here, object_of(lock), BATON_WRITE);
	check(lock);
	if (*lock)
		baton_fail("destroyed_in_use", "%s holds the spinlock that is destroyed",
			   baton_cpu_name(*lock - 1));
	*lock = DESTROYED;
	return 0;
}

int baton_spin_lock(baton_place here, pthread_spinlock_t *lock)
{
	if (posix_outside())
		return (pthread_spin_lock)(lock);
	baton_block(here, object_of(lock), BATON_LOCK, &spin_wait);
	check(lock);
	*lock = posix_self();
	return 0;
}

int baton_spin_trylock(baton_place here, pthread_spinlock_t *lock)
{
	if (posix_outside())
		return (pthread_spin_trylock)(lock);
	baton_access(here, object_of(lock), BATON_RMW);
	check(lock);
	if (*lock)
		return EBUSY;
	*lock = posix_self();
	return 0;
}

int baton_spin_unlock(baton_place here, pthread_spinlock_t *lock)
{
	if (posix_outside())
		return (pthread_spin_unlock)(lock);
	baton_access(here, object_of(lock), BATON_UNLOCK);
	check(lock);
	if (*lock != posix_self())
		baton_fail("lock_not_held",
			   "a spinlock is unlocked by a CPU that does not hold it");
	*lock = 0;
	return 0;
}
