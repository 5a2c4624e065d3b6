/* SPDX-License-Identifier: MIT */
/*
 * posix.h - what the primitives of <baton/pthread.h> share.
 *
 * State is kept in the C library's objects, in the first bytes, where all zero is what the
 * static initializers mean. In these files (pthread_mutex_lock)(mutex), in parentheses, is the
 * C library's function.
 *
 * Layer: posix. May include: engine, base.
 */
#ifndef POSIX_POSIX_H
#define POSIX_POSIX_H

#include <errno.h>

#include "baton/pthread.h"

/* Is this no simulated CPU? Then the C library does it. */
static inline bool posix_outside(void)
{
	return baton_cpu() < 0;
}

/* This CPU as an owner: 0 is nobody. */
static inline int posix_self(void)
{
	return baton_cpu() + 1;
}

/* Does this timed call time out? Only where the fault pthread/timeout is asked for. */
bool posix_times_out(void);

/*
 * What one CPU waits for when another one has to name it: a signal, the last at a barrier. That
 * one announces a WRITE of it.
 */
struct posix_waiter {
	bool woken;
};

/* The waiter of this CPU, about to wait. */
void posix_waiter_begin(void);
/* Wait until it is woken: one WAIT. */
void posix_waiter_wait(baton_place here);
/* Wake CPU @cpu: one WRITE. */
void posix_waiter_wake(baton_place here, unsigned int cpu);

/* Run the destructors of this CPU's keys. */
void posix_keys_end(void);

#endif
