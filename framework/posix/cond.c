/* SPDX-License-Identifier: MIT */
/*
 * cond.c - pthread_cond_t: a set of CPUs that wait.
 *
 *	waiter                                  signaller
 *	1 RMW cond: in the set
 *	2 UNLOCK mutex
 *	                                        3 RMW cond: one out of the set, by choice
 *	                                        4 WRITE its waiter: woken
 *	5 WAIT its waiter
 *	6 LOCK mutex
 *
 * Who comes after 3 is not woken by it.
 *
 * Layer: posix. May include: engine.
 */
#include <string.h>

#include "posix/posix.h"

struct cond {
	uint64_t waiters; /* bit: index of the CPU */
	bool destroyed;
	unsigned int stamp; /* posix_stamp(): of the rest */
} __attribute__((may_alias));

_Static_assert(sizeof(struct cond) <= sizeof(pthread_cond_t), "kept in the C library's object");

static struct cond *announce(baton_place here, pthread_cond_t *cond)
{
	struct cond *c = (struct cond *)cond;

	baton_access(here, cond, BATON_RMW);
	if (c->stamp != posix_stamp())
		*c = (struct cond){ .stamp = posix_stamp() };
	if (c->destroyed)
		baton_fail("use_after_destroy", "the condition variable has been destroyed");
	return c;
}

int baton_cond_init(pthread_cond_t *cond, const pthread_condattr_t *attr)
{
	if (posix_outside())
		return (pthread_cond_init)(cond, attr);
	memset(cond, 0, sizeof(pthread_cond_t));
	return 0;
}

int baton_cond_destroy(baton_place here, pthread_cond_t *cond)
{
	struct cond *c;

	if (posix_outside())
		return (pthread_cond_destroy)(cond);
	c = announce(here, cond);
	if (c->waiters)
		baton_fail("destroyed_in_use", "%s waits for the condition that is destroyed",
			   baton_cpu_name(__builtin_ctzll(c->waiters)));
	c->destroyed = true;
	return 0;
}

static uint64_t self_bit(void)
{
	return UINT64_C(1) << baton_cpu();
}

/* Leave the set without having been woken, if that is still so. Return: was it? */
static bool leave(baton_place here, pthread_cond_t *cond)
{
	struct cond *c = announce(here, cond);

	if (!(c->waiters & self_bit()))
		return false;
	c->waiters &= ~self_bit();
	return true;
}

/* @early: what a CPU answers that goes before it is woken; -1: it waits */
static int wait_for(baton_place here, pthread_cond_t *cond, pthread_mutex_t *mutex, int early)
{
	struct cond *c = announce(here, cond);
	int result = early, unlocked;

	posix_waiter_begin();
	c->waiters |= self_bit();
	baton_note("waits");
	unlocked = baton_mutex_unlock(here, mutex);
	baton_note("unlocks");
	if (unlocked) {
		leave(here, cond);
		return unlocked;
	}
	if (early < 0 || !leave(here, cond)) {
		posix_waiter_wait(here);
		result = 0;
	}
	baton_mutex_lock(here, mutex);
	baton_note("locks");
	return result;
}

static int wait_until_woken(baton_place here, pthread_cond_t *cond, pthread_mutex_t *mutex,
			    const void *caller)
{
	bool for_nothing = baton_fault_at("pthread/spurious_wakeup", caller);

	return wait_for(here, cond, mutex, for_nothing ? 0 : -1);
}

int baton_cond_wait(baton_place here, pthread_cond_t *cond, pthread_mutex_t *mutex)
{
	if (posix_outside())
		return (pthread_cond_wait)(cond, mutex);
	return wait_until_woken(here, cond, mutex, POSIX_CALLER);
}

int baton_cond_timedwait(baton_place here, pthread_cond_t *cond, pthread_mutex_t *mutex,
			 const struct timespec *end)
{
	if (posix_outside())
		return (pthread_cond_timedwait)(cond, mutex, end);
	if (posix_times_out(POSIX_CALLER))
		return wait_for(here, cond, mutex, ETIMEDOUT);
	return wait_until_woken(here, cond, mutex, POSIX_CALLER);
}

/* The @n-th CPU of @set. */
static unsigned int nth(uint64_t set, unsigned int n)
{
	while (n--)
		set &= set - 1;
	return (unsigned int)__builtin_ctzll(set);
}

int baton_cond_signal(baton_place here, pthread_cond_t *cond)
{
	unsigned int count, cpu;
	struct cond *c;

	if (posix_outside())
		return (pthread_cond_signal)(cond);
	c = announce(here, cond);
	count = (unsigned int)__builtin_popcountll(c->waiters);
	if (!count) {
		baton_note("nobody waits");
		return 0;
	}
	cpu = nth(c->waiters, baton_choose(BATON_CHOICE_VALUE, count, "who is woken"));
	c->waiters &= ~(UINT64_C(1) << cpu);
	posix_waiter_wake(here, cpu);
	return 0;
}

int baton_cond_broadcast(baton_place here, pthread_cond_t *cond)
{
	uint64_t woken;
	struct cond *c;

	if (posix_outside())
		return (pthread_cond_broadcast)(cond);
	c = announce(here, cond);
	woken = c->waiters;
	if (!woken)
		baton_note("nobody waits");
	c->waiters = 0;
	for (; woken; woken &= woken - 1)
		posix_waiter_wake(here, nth(woken, 0));
	return 0;
}
