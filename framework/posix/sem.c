/* SPDX-License-Identifier: MIT */
/*
 * sem.c - sem_t without a name.
 *
 * Layer: posix. May include: engine.
 */
#include <limits.h>

#include "posix/posix.h"

struct sem {
	unsigned int value;
	bool destroyed;
} __attribute__((may_alias));

_Static_assert(sizeof(struct sem) <= sizeof(sem_t), "kept in the C library's object");

static bool ready(const void *object)
{
	const struct sem *sem = object;

	return sem->value > 0;
}

static const struct baton_wait sem_ready = { ready, NULL, posix_name };

static int error(int number)
{
	errno = number;
	return -1;
}

static void check(const struct sem *sem)
{
	if (sem->destroyed)
		baton_fail("use_after_destroy", "the semaphore has been destroyed");
}

int baton_sem_init(sem_t *sem, int shared, unsigned int value)
{
	if (posix_outside())
		return (sem_init)(sem, shared, value);
	if (value > SEM_VALUE_MAX)
		return error(EINVAL);
	*(struct sem *)sem = (struct sem){ .value = value };
	return 0;
}

int baton_sem_destroy(baton_place here, sem_t *sem)
{
	struct sem *s = (struct sem *)sem;

	if (posix_outside())
		return (sem_destroy)(sem);
	baton_access(here, sem, BATON_WRITE);
	check(s);
	s->destroyed = true;
	return 0;
}

int baton_sem_wait(baton_place here, sem_t *sem)
{
	struct sem *s = (struct sem *)sem;

	if (posix_outside())
		return (sem_wait)(sem);
	baton_block(here, sem, BATON_LOCK, &sem_ready);
	check(s);
	s->value--;
	return 0;
}

/* One RMW. @busy: errno if the value is 0. */
static int try_wait(baton_place here, sem_t *sem, int busy)
{
	struct sem *s = (struct sem *)sem;

	baton_access(here, sem, BATON_RMW);
	check(s);
	if (!s->value)
		return error(busy);
	s->value--;
	return 0;
}

int baton_sem_trywait(baton_place here, sem_t *sem)
{
	return posix_outside() ? (sem_trywait)(sem) : try_wait(here, sem, EAGAIN);
}

int baton_sem_timedwait(baton_place here, sem_t *sem, const struct timespec *end)
{
	if (posix_outside())
		return (sem_timedwait)(sem, end);
	return posix_times_out(POSIX_CALLER) ? try_wait(here, sem, ETIMEDOUT) :
					       baton_sem_wait(here, sem);
}

int baton_sem_post(baton_place here, sem_t *sem)
{
	struct sem *s = (struct sem *)sem;

	if (posix_outside())
		return (sem_post)(sem);
	baton_access(here, sem, BATON_UNLOCK);
	check(s);
	if (s->value == SEM_VALUE_MAX)
		return error(EOVERFLOW);
	s->value++;
	return 0;
}

int baton_sem_getvalue(baton_place here, sem_t *sem, int *value)
{
	const struct sem *s = (const struct sem *)sem;

	if (posix_outside())
		return (sem_getvalue)(sem, value);
	baton_access(here, sem, BATON_READ);
	check(s);
	*value = (int)s->value;
	return 0;
}
