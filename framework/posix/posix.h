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
#include <stdint.h>

#include "baton/injector.h"
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

/*
 * Which execution wrote the state of an object. What an earlier one has left, a mutex that was held
 * where it ended, is none: a static initializer, which code may have where nobody can write it
 * again, holds in each execution. Never 0.
 */
static inline unsigned int posix_stamp(void)
{
	return (unsigned int)baton_execution() | 1u << 31;
}

/* The code that has called this function: where one of its faults is listed. */
#define POSIX_CALLER __builtin_return_address(0)

/* "forks[1]": see engine/address.h. NULL if it has no name; valid until the next call. */
const char *posix_name(const void *object);

/* Note which object this step is about, unless the call says so: pthread_mutex_lock(&forks[i]). */
void posix_note(baton_place here, const void *object);

/* Does this timed call time out? Only where the fault pthread/timeout is asked for. */
bool posix_times_out(const void *caller);

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

/* What a thread runs: one of the two. */
struct posix_body {
	void *(*start)(void *arg);
	int (*returns_int)(void *arg);
	void *arg;
};

static inline void *posix_run(const struct posix_body *body)
{
	return body->returns_int ? (void *)(intptr_t)body->returns_int(body->arg) :
				   body->start(body->arg);
}

/* pthread_create() on a CPU, which does not fail. */
void posix_thread_start(baton_place here, pthread_t *thread, const pthread_attr_t *attr,
			const struct posix_body *body);

/* Run what pthread_cleanup_push() has given to this CPU, the last first. */
void posix_cleanup_all(void);

/* Run the destructors of this CPU's keys. */
void posix_keys_end(void);

#endif
