/* SPDX-License-Identifier: MIT */
/*
 * c11.c - <threads.h>: the C library's objects are those of POSIX, by other names.
 *
 * Layer: posix. May include: engine.
 */
#include "baton/threads.h"

#include <stdint.h>

#include "posix/posix.h"

_Static_assert(sizeof(thrd_t) == sizeof(pthread_t), "one is the other");
_Static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t), "one is the other");
_Static_assert(sizeof(cnd_t) == sizeof(pthread_cond_t), "one is the other");
_Static_assert(sizeof(tss_t) == sizeof(pthread_key_t), "one is the other");
_Static_assert(sizeof(once_flag) == sizeof(pthread_once_t), "one is the other");

static int answer(int error)
{
	switch (error) {
	case 0:
		return thrd_success;
	case EBUSY:
		return thrd_busy;
	case ETIMEDOUT:
		return thrd_timedout;
	default:
		return thrd_error;
	}
}

static pthread_mutex_t *mutex_of(mtx_t *mutex)
{
	return (pthread_mutex_t *)mutex;
}

static pthread_cond_t *cond_of(cnd_t *cond)
{
	return (pthread_cond_t *)cond;
}

/* ---- Threads ------------------------------------------------------------------------------ */

int baton_thrd_create(baton_place here, thrd_t *thread, thrd_start_t start, void *arg)
{
	const struct posix_body body = { .returns_int = start, .arg = arg };

	if (posix_outside())
		return (thrd_create)(thread, start, arg);
	if (baton_fault_at("pthread/create", POSIX_CALLER))
		return thrd_error;
	posix_thread_start(here, (pthread_t *)thread, NULL, &body);
	return thrd_success;
}

int baton_thrd_join(baton_place here, thrd_t thread, int *result)
{
	void *returned = NULL;
	int error;

	if (posix_outside())
		return (thrd_join)(thread, result);
	error = baton_thread_join(here, thread, &returned);
	if (!error && result)
		*result = (int)(intptr_t)returned;
	return answer(error);
}

int baton_thrd_detach(thrd_t thread)
{
	return posix_outside() ? (thrd_detach)(thread) : answer(baton_thread_detach(thread));
}

void baton_thrd_exit(int result)
{
	if (posix_outside())
		(thrd_exit)(result);
	baton_thread_exit((void *)(intptr_t)result);
}

int baton_thrd_sleep(const struct timespec *wanted, struct timespec *left)
{
	return posix_outside() ? (thrd_sleep)(wanted, left) : 0;
}

/* ---- Mutexes ------------------------------------------------------------------------------ */

int baton_mtx_init(mtx_t *mutex, int type)
{
	int kind = type & mtx_recursive ? PTHREAD_MUTEX_RECURSIVE : PTHREAD_MUTEX_NORMAL;
	pthread_mutexattr_t attr;

	if (posix_outside())
		return (mtx_init)(mutex, type);
	pthread_mutexattr_init(&attr);
	pthread_mutexattr_settype(&attr, kind);
	return answer(baton_mutex_init(mutex_of(mutex), &attr));
}

void baton_mtx_destroy(baton_place here, mtx_t *mutex)
{
	if (posix_outside())
		(mtx_destroy)(mutex);
	else
		(void)baton_mutex_destroy(here, mutex_of(mutex));
}

int baton_mtx_lock(baton_place here, mtx_t *mutex)
{
	return posix_outside() ? (mtx_lock)(mutex) :
				 answer(baton_mutex_lock(here, mutex_of(mutex)));
}

int baton_mtx_trylock(baton_place here, mtx_t *mutex)
{
	return posix_outside() ? (mtx_trylock)(mutex) :
				 answer(baton_mutex_trylock(here, mutex_of(mutex)));
}

int baton_mtx_timedlock(baton_place here, mtx_t *mutex, const struct timespec *end)
{
	return posix_outside() ? (mtx_timedlock)(mutex, end) :
				 answer(baton_mutex_timedlock(here, mutex_of(mutex), end));
}

int baton_mtx_unlock(baton_place here, mtx_t *mutex)
{
	return posix_outside() ? (mtx_unlock)(mutex) :
				 answer(baton_mutex_unlock(here, mutex_of(mutex)));
}

/* ---- Condition variables, keys ------------------------------------------------------------ */

int baton_cnd_init(cnd_t *cond)
{
	return posix_outside() ? (cnd_init)(cond) : answer(baton_cond_init(cond_of(cond), NULL));
}

void baton_cnd_destroy(baton_place here, cnd_t *cond)
{
	if (posix_outside())
		(cnd_destroy)(cond);
	else
		(void)baton_cond_destroy(here, cond_of(cond));
}

int baton_cnd_wait(baton_place here, cnd_t *cond, mtx_t *mutex)
{
	return posix_outside() ? (cnd_wait)(cond, mutex) :
				 answer(baton_cond_wait(here, cond_of(cond), mutex_of(mutex)));
}

int baton_cnd_timedwait(baton_place here, cnd_t *cond, mtx_t *mutex, const struct timespec *end)
{
	return posix_outside() ?
		       (cnd_timedwait)(cond, mutex, end) :
		       answer(baton_cond_timedwait(here, cond_of(cond), mutex_of(mutex), end));
}

int baton_cnd_signal(baton_place here, cnd_t *cond)
{
	return posix_outside() ? (cnd_signal)(cond) :
				 answer(baton_cond_signal(here, cond_of(cond)));
}

int baton_cnd_broadcast(baton_place here, cnd_t *cond)
{
	return posix_outside() ? (cnd_broadcast)(cond) :
				 answer(baton_cond_broadcast(here, cond_of(cond)));
}

int baton_tss_create(tss_t *key, tss_dtor_t destructor)
{
	return posix_outside() ? (tss_create)(key, destructor) :
				 answer(baton_key_create(key, destructor));
}
