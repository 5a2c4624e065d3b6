/* SPDX-License-Identifier: MIT */
/*
 * barrier.c - pthread_barrier_t: the last to come wakes the others.
 *
 * Layer: posix. May include: engine.
 */
#include "posix/posix.h"

struct barrier {
	unsigned int count; /* 0: it is not initialized, or destroyed */
	uint64_t waiters;   /* bit: index of the CPU */
} __attribute__((may_alias));

_Static_assert(sizeof(struct barrier) <= sizeof(pthread_barrier_t),
	       "kept in the C library's object");

int baton_barrier_init(pthread_barrier_t *barrier, const pthread_barrierattr_t *attr,
		       unsigned int count)
{
	if (posix_outside())
		return (pthread_barrier_init)(barrier, attr, count);
	if (!count)
		return EINVAL;
	*(struct barrier *)barrier = (struct barrier){ .count = count };
	return 0;
}

static struct barrier *announce(baton_place here, pthread_barrier_t *barrier)
{
	struct barrier *b = (struct barrier *)barrier;

	baton_access(here, barrier, BATON_RMW);
	if (!b->count)
		baton_fail("use_after_destroy", "the barrier is not initialized, or destroyed");
	return b;
}

int baton_barrier_destroy(baton_place here, pthread_barrier_t *barrier)
{
	struct barrier *b;

	if (posix_outside())
		return (pthread_barrier_destroy)(barrier);
	b = announce(here, barrier);
	if (b->waiters)
		baton_fail("destroyed_in_use", "%s waits at the barrier that is destroyed",
			   baton_cpu_name(__builtin_ctzll(b->waiters)));
	b->count = 0;
	return 0;
}

int baton_barrier_wait(baton_place here, pthread_barrier_t *barrier)
{
	struct barrier *b;
	uint64_t waiters;

	if (posix_outside())
		return (pthread_barrier_wait)(barrier);
	b = announce(here, barrier);
	waiters = b->waiters;
	if ((unsigned int)__builtin_popcountll(waiters) + 1 < b->count) {
		posix_waiter_begin();
		b->waiters |= UINT64_C(1) << baton_cpu();
		posix_waiter_wait(here);
		return 0;
	}
	b->waiters = 0;
	for (; waiters; waiters &= waiters - 1)
		posix_waiter_wake(here, (unsigned int)__builtin_ctzll(waiters));
	return PTHREAD_BARRIER_SERIAL_THREAD;
}
