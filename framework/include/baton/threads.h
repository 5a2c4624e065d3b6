/* SPDX-License-Identifier: MIT */
/*
 * threads.h - the threads of C11 on simulated CPUs: <baton/pthread.h>, by their other names.
 *
 * For unchanged code: with the folder baton/dropin/threads in front of the other include paths its
 * `#include <threads.h>` finds this file. A mutex that is no recursive one, and is locked twice, is
 * a deadlock; the rest is said there.
 *
 * Layer: public. May include: baton/pthread.h.
 */
#ifndef BATON_THREADS_H
#define BATON_THREADS_H

#include <threads.h>

#include "baton/pthread.h"

BATON_BEGIN

/*
 * What the macros below expand to. @here: BATON_HERE(). Context, accesses and findings: those of
 * the function of <baton/pthread.h> that does the same. Return: thrd_success, thrd_busy,
 * thrd_timedout or thrd_error, as that one's 0, EBUSY, ETIMEDOUT, and any other. Outside a CPU they
 * are the C library's functions.
 * Source: C11, 7.26.
 */
/* Two steps, as baton_thread_create(). @result of its join is what @start returns. */
int baton_thrd_create(baton_place here, thrd_t *thread, thrd_start_t start, void *arg);
/* As baton_thread_join(). @result: may be NULL. */
int baton_thrd_join(baton_place here, thrd_t thread, int *result);
/* As baton_thread_detach(): no step. */
int baton_thrd_detach(thrd_t thread);
/* As baton_thread_exit(), with @result for who joins it. */
BATON_NORETURN void baton_thrd_exit(int result);
/* Return: 0. */
int baton_thrd_sleep(const struct timespec *wanted, struct timespec *left);

/* No step. @type: mtx_plain, mtx_timed, and with mtx_recursive. */
int baton_mtx_init(mtx_t *mutex, int type);
/* As baton_mutex_destroy(). */
void baton_mtx_destroy(baton_place here, mtx_t *mutex);
/* As baton_mutex_lock(): it waits. */
int baton_mtx_lock(baton_place here, mtx_t *mutex);
/* As baton_mutex_trylock(): one RMW. */
int baton_mtx_trylock(baton_place here, mtx_t *mutex);
/* As baton_mutex_timedlock(). @end: not looked at. */
int baton_mtx_timedlock(baton_place here, mtx_t *mutex, const struct timespec *end);
/* As baton_mutex_unlock(). */
int baton_mtx_unlock(baton_place here, mtx_t *mutex);

/* No step. */
int baton_cnd_init(cnd_t *cond);
/* As baton_cond_destroy(). */
void baton_cnd_destroy(baton_place here, cnd_t *cond);
/* As baton_cond_wait(). The CPU must hold @mutex. */
int baton_cnd_wait(baton_place here, cnd_t *cond, mtx_t *mutex);
/* As baton_cond_timedwait(). @end: not looked at. */
int baton_cnd_timedwait(baton_place here, cnd_t *cond, mtx_t *mutex, const struct timespec *end);
/* As baton_cond_signal(). */
int baton_cnd_signal(baton_place here, cnd_t *cond);
/* As baton_cond_broadcast(). */
int baton_cnd_broadcast(baton_place here, cnd_t *cond);

/* As baton_key_create(). */
int baton_tss_create(tss_t *key, tss_dtor_t destructor);

#define thrd_create(thread, start, arg) \
	baton_thrd_create(BATON_HERE("thrd_create(" #start ")"), thread, start, arg)
#define thrd_join(thread, result) \
	baton_thrd_join(BATON_HERE("thrd_join(" #thread ")"), thread, result)
#define thrd_detach(thread) baton_thrd_detach(thread)
#define thrd_exit(result) baton_thrd_exit(result)
#define thrd_current() ((thrd_t)baton_thread_self())
#define thrd_yield() ((void)baton_thread_yield(BATON_HERE("thrd_yield()")))
#define thrd_sleep(wanted, left) baton_thrd_sleep(wanted, left)

#define mtx_init(mutex, type) baton_mtx_init(mutex, type)
#define mtx_destroy(mutex) baton_mtx_destroy(BATON_HERE("mtx_destroy(" #mutex ")"), mutex)
#define mtx_lock(mutex) baton_mtx_lock(BATON_HERE("mtx_lock(" #mutex ")"), mutex)
#define mtx_trylock(mutex) baton_mtx_trylock(BATON_HERE("mtx_trylock(" #mutex ")"), mutex)
#define mtx_timedlock(mutex, end) \
	baton_mtx_timedlock(BATON_HERE("mtx_timedlock(" #mutex ")"), mutex, end)
#define mtx_unlock(mutex) baton_mtx_unlock(BATON_HERE("mtx_unlock(" #mutex ")"), mutex)

#define cnd_init(cond) baton_cnd_init(cond)
#define cnd_destroy(cond) baton_cnd_destroy(BATON_HERE("cnd_destroy(" #cond ")"), cond)
#define cnd_wait(cond, mutex) baton_cnd_wait(BATON_HERE("cnd_wait(" #cond ")"), cond, mutex)
#define cnd_timedwait(cond, mutex, end) \
	baton_cnd_timedwait(BATON_HERE("cnd_timedwait(" #cond ")"), cond, mutex, end)
#define cnd_signal(cond) baton_cnd_signal(BATON_HERE("cnd_signal(" #cond ")"), cond)
#define cnd_broadcast(cond) baton_cnd_broadcast(BATON_HERE("cnd_broadcast(" #cond ")"), cond)

#define tss_create(key, destructor) baton_tss_create(key, destructor)
#define tss_delete(key) ((void)baton_key_delete(key))
#define tss_get(key) baton_key_get(key)
#define tss_set(key, value) (baton_key_set(key, value) ? thrd_error : thrd_success)
#define call_once(once, routine)                                                               \
	((void)baton_thread_once(BATON_HERE("call_once(" #once ")"), (pthread_once_t *)(once), \
				 routine))

BATON_END

#endif
