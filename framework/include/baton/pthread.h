/* SPDX-License-Identifier: MIT */
/*
 * pthread.h - POSIX threads, mutexes, condition variables and the like on simulated CPUs.
 *
 * For unchanged code: put the folder baton/dropin/threads in front of the other include paths, and
 * its `#include <pthread.h>`, `<semaphore.h>` and `<sched.h>` find this file. Types, initializers
 * and attributes are the C library's; the calls are announced accesses, at the place of the call.
 * A function whose address is taken stays the C library's.
 *
 * What POSIX leaves undefined is a finding: to unlock what one does not hold, to destroy what is
 * held or waited for, to use what is destroyed, to lock a mutex twice (a deadlock). A timed call
 * times out only with the fault point pthread/timeout, a condition wakes for nothing only with
 * pthread/spurious_wakeup; else it waits without end. No signals and no cancellation (the finding
 * `unsupported`), nothing between processes.
 *
 * Each thread has thread-local variables of its own (`_Thread_local`), with their initial values in
 * each execution. As all CPUs are one OS thread, they are at one address: who is given a pointer to
 * another thread's reaches its own. Those of shared libraries that are not linked with baton's are
 * shared.
 *
 * On a simulated CPU calls return what POSIX says. Outside, they are the C library's own.
 * An object must not be used in both places: give it its value in the program's setup, which is
 * on a simulated CPU of its own.
 *
 * Layer: public. May include: baton/program.h.
 */
#ifndef BATON_PTHREAD_H
#define BATON_PTHREAD_H

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>

#include "baton/program.h"

BATON_BEGIN

/* ---- A program that creates its threads ------------------------------------------------- */

/* At most this many threads in one execution, beside the first. */
#define BATON_THREADS_MAX 31

struct baton_threads {
	struct baton_cpu_program cpus[BATON_THREADS_MAX + 1];
	struct baton_program program;
	void (*run)(void *arg);
	void *arg;
};

/**
 * baton_threads_init() - a program whose first CPU, "main", may call pthread_create().
 * @threads: storage of the program, in use as long as that
 * @name: of the program
 * @run: what "main" runs; an execution ends when it and all threads have
 * @arg: passed to @run
 * @count: how many threads can be created, 1..BATON_THREADS_MAX; they are CPUs "t1", "t2" ...
 *
 * Setup and finally, watches and regions may be added to what it returns.
 *
 * Context: not on a CPU.
 * Return:  the program, for baton_explore().
 */
struct baton_program *baton_threads_init(struct baton_threads *threads, const char *name,
					 void (*run)(void *arg), void *arg, unsigned int count);

/*
 * ---- What the macros below expand to. @here: BATON_HERE() ----
 *
 * Context, of all: anywhere; on a CPU they switch, but for _init, _detach, _self, _exit and the
 * keys. Outside they return what the C library's function says; on a CPU, where nothing else is
 * said, 0.
 * Objects are the caller's, and are not copied. Findings, of all that take one: use_after_destroy.
 * Source: POSIX.1-2017, the page of the function that each stands for.
 */

typedef const struct baton_point *baton_place;

/* Start a thread: an RMW, a WRITE. @thread: gets its number; @attr: NULL, or only whether it is
 * detached is looked at; @arg: passed to @start. Return: EAGAIN, with the fault pthread/create.
 * Finding: threads, if all of the program's have been started. */
int baton_thread_create(baton_place here, pthread_t *thread, const pthread_attr_t *attr,
			void *(*start)(void *arg), void *arg);
/* Wait for the end of @thread, an UNLOCK: one WAIT. @result: gets what it returned; NULL: nobody
 * asks. Return: ESRCH: there is no such thread in this execution; EDEADLK: it is this one.
 * Finding: join, if somebody has before, or it is detached. */
int baton_thread_join(baton_place here, pthread_t thread, void **result);
/* Nobody will join @thread. Return: ESRCH: there is no such thread in this execution. */
int baton_thread_detach(pthread_t thread);
/* End this thread; "main", too. @result: what who joins it gets. Does not return. Finding: threads,
 * on a CPU that is neither. */
BATON_NORETURN void baton_thread_exit(void *result);
/* One RMW. Return: EBUSY: @thread has not ended; else as baton_thread_join(), and its findings. */
int baton_thread_tryjoin(baton_place here, pthread_t thread, void **result);
/* As baton_thread_join(); with the fault pthread/timeout one RMW. @end: not looked at. Return: also
 * ETIMEDOUT: the fault, and @thread has not ended. */
int baton_thread_timedjoin(baton_place here, pthread_t thread, void **result,
			   const struct timespec *end);
/* What there is no simulation of. @instead: what to do. Return: ENOSYS, outside a CPU. Finding:
 * unsupported. */
int baton_thread_unsupported(const char *what, const char *instead);
/* pthread_cleanup_push(), pthread_cleanup_pop(). @cleanup: the caller's until the latter; @execute:
 * run the routine. Outside a CPU it runs by that only, and not when the thread ends. */
struct baton_cleanup {
	void (*routine)(void *arg);
	void *arg;
	struct baton_cleanup *outer;
};
/* @cleanup becomes this thread's innermost one. */
void baton_cleanup_push(struct baton_cleanup *cleanup);
/* The innermost one is this thread's no longer. */
void baton_cleanup_pop(int execute);
/* Return: of this thread, the same in all of an execution; not 0. */
pthread_t baton_thread_self(void);
/* An iteration of a loop that waits: baton_retry(). */
int baton_thread_yield(baton_place here);
/* The first to come runs @routine, and the others wait for its end: a LOCK, an UNLOCK. @once: to
 * begin as PTHREAD_ONCE_INIT in each execution. */
int baton_thread_once(baton_place here, pthread_once_t *once, void (*routine)(void));

/* A new key, of this execution. @destructor: runs when a thread ends that has set a value other
 * than NULL; NULL: none. Return: EAGAIN, more than 64 keys in one execution. */
int baton_key_create(pthread_key_t *key, void (*destructor)(void *value));
/* Its values are gone; no destructors run. Return: EINVAL: no such key. */
int baton_key_delete(pthread_key_t key);
/* What this CPU has set. Return: NULL: nothing, or no such key. */
void *baton_key_get(pthread_key_t key);
/* Set what this CPU gets; @value stays the caller's. Return: EINVAL: no such key. */
int baton_key_set(pthread_key_t key, const void *value);

/* Free, of the type that @attr says. */
int baton_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attr);
/* One WRITE. Finding: destroyed_in_use. */
int baton_mutex_destroy(baton_place here, pthread_mutex_t *mutex);
/* Wait for @mutex: one LOCK; none where this CPU has it and its type allows for that. Return:
 * EDEADLK: it has, and the type is PTHREAD_MUTEX_ERRORCHECK. Finding: deadlock. */
int baton_mutex_lock(baton_place here, pthread_mutex_t *mutex);
/* One RMW. Return: EBUSY: somebody has it; also this CPU, unless it is recursive. */
int baton_mutex_trylock(baton_place here, pthread_mutex_t *mutex);
/* As baton_mutex_lock(); with the fault pthread/timeout one RMW. @end: not looked at. Return: also
 * ETIMEDOUT: the fault, and somebody has it. */
int baton_mutex_timedlock(baton_place here, pthread_mutex_t *mutex, const struct timespec *end);
/* One UNLOCK; none while a recursive one is still held. Return: EPERM: this CPU does not hold it,
 * and the type is recursive or checks for errors. Finding: lock_not_held, of the other types. */
int baton_mutex_unlock(baton_place here, pthread_mutex_t *mutex);

/* Nobody waits. */
int baton_cond_init(pthread_cond_t *cond, const pthread_condattr_t *attr);
/* One RMW. Finding: destroyed_in_use, if somebody waits. */
int baton_cond_destroy(baton_place here, pthread_cond_t *cond);
/* One RMW to queue up, one UNLOCK, a WAIT, a LOCK. @mutex: held by this CPU. With the fault
 * pthread/spurious_wakeup an RMW in place of the WAIT. Return: EPERM: as baton_mutex_unlock(). */
int baton_cond_wait(baton_place here, pthread_cond_t *cond, pthread_mutex_t *mutex);
/* The same; with the fault pthread/timeout an RMW in place of the WAIT, if nobody has woken it.
 * @end: not looked at. Return: also ETIMEDOUT: so it was; 0: somebody was faster. */
int baton_cond_timedwait(baton_place here, pthread_cond_t *cond, pthread_mutex_t *mutex,
			 const struct timespec *end);
/* One RMW, a choice among those who wait, and one WRITE for the one that is woken. */
int baton_cond_signal(baton_place here, pthread_cond_t *cond);
/* One RMW, and one WRITE for each that waits. */
int baton_cond_broadcast(baton_place here, pthread_cond_t *cond);

/* -std=c11 without _POSIX_C_SOURCE or the like: the C library has not these types either. */
#if defined(_POSIX_C_SOURCE) && _POSIX_C_SOURCE >= 200112L

/* Free; attributes are not looked at. */
int baton_rwlock_init(pthread_rwlock_t *lock, const pthread_rwlockattr_t *attr);
/* One WRITE. Finding: destroyed_in_use. */
int baton_rwlock_destroy(baton_place here, pthread_rwlock_t *lock);
/* Wait until nobody writes: one LOCK. Return: EDEADLK: this CPU writes. */
int baton_rwlock_rdlock(baton_place here, pthread_rwlock_t *lock);
/* One RMW. Return: EBUSY: somebody writes. */
int baton_rwlock_tryrdlock(baton_place here, pthread_rwlock_t *lock);
/* Wait until nobody reads or writes: one LOCK. Return: EDEADLK: this CPU writes. Finding: deadlock,
 * also where this CPU reads. */
int baton_rwlock_wrlock(baton_place here, pthread_rwlock_t *lock);
/* One RMW. Return: EBUSY: somebody reads or writes. */
int baton_rwlock_trywrlock(baton_place here, pthread_rwlock_t *lock);
/* As those that wait; with the fault pthread/timeout as those that try. @end: not looked at.
 * Return: also ETIMEDOUT: the fault, and the lock is not to be had. */
int baton_rwlock_timedrdlock(baton_place here, pthread_rwlock_t *lock, const struct timespec *end);
int baton_rwlock_timedwrlock(baton_place here, pthread_rwlock_t *lock, const struct timespec *end);
/* One UNLOCK. Finding: lock_not_held. */
int baton_rwlock_unlock(baton_place here, pthread_rwlock_t *lock);

/* Free. @shared: not looked at. */
int baton_spin_init(pthread_spinlock_t *lock, int shared);
/* One WRITE. Finding: destroyed_in_use. */
int baton_spin_destroy(baton_place here, pthread_spinlock_t *lock);
/* Wait for @lock: one LOCK. Finding: deadlock. */
int baton_spin_lock(baton_place here, pthread_spinlock_t *lock);
/* One RMW. Return: EBUSY: somebody has it; also this CPU. */
int baton_spin_trylock(baton_place here, pthread_spinlock_t *lock);
/* One UNLOCK. Finding: lock_not_held. */
int baton_spin_unlock(baton_place here, pthread_spinlock_t *lock);

/* @count: CPUs that meet; @attr: not looked at. Return: EINVAL: @count is 0. */
int baton_barrier_init(pthread_barrier_t *barrier, const pthread_barrierattr_t *attr,
		       unsigned int count);
/* One RMW. Finding: destroyed_in_use, if somebody waits. */
int baton_barrier_destroy(baton_place here, pthread_barrier_t *barrier);
/* One RMW, and a WAIT; the last to come makes one WRITE for each that waits. Return:
 * PTHREAD_BARRIER_SERIAL_THREAD to the last to come, 0 to the others. */
int baton_barrier_wait(baton_place here, pthread_barrier_t *barrier);

#endif

/* @shared: not looked at; @value: to SEM_VALUE_MAX. Return: -1 and EINVAL: it is more. */
int baton_sem_init(sem_t *sem, int shared, unsigned int value);
/* One WRITE. */
int baton_sem_destroy(baton_place here, sem_t *sem);
/* Wait until it is not 0: one LOCK. Finding: deadlock. */
int baton_sem_wait(baton_place here, sem_t *sem);
/* One RMW. Return: -1 and EAGAIN: it is 0. */
int baton_sem_trywait(baton_place here, sem_t *sem);
/* As baton_sem_wait(); with the fault pthread/timeout one RMW. @end: not looked at. Return: -1 and
 * ETIMEDOUT: the fault, and it is 0. */
int baton_sem_timedwait(baton_place here, sem_t *sem, const struct timespec *end);
/* One UNLOCK. Return: -1 and EOVERFLOW: it is SEM_VALUE_MAX. */
int baton_sem_post(baton_place here, sem_t *sem);
/* One READ. @value: gets it; 0 where somebody waits. */
int baton_sem_getvalue(baton_place here, sem_t *sem, int *value);

/* ---- In place of the C library's ---------------------------------------------------------- */

#define pthread_create(thread, attr, start, arg) \
	baton_thread_create(BATON_HERE("pthread_create(" #start ")"), thread, attr, start, arg)
#define pthread_join(thread, result) \
	baton_thread_join(BATON_HERE("pthread_join(" #thread ")"), thread, result)
#define pthread_detach(thread) baton_thread_detach(thread)
#define pthread_exit(result) baton_thread_exit(result)
#define pthread_self() baton_thread_self()
#define pthread_tryjoin_np(thread, result) \
	baton_thread_tryjoin(BATON_HERE("pthread_tryjoin_np(" #thread ")"), thread, result)
#define pthread_timedjoin_np(thread, result, end) \
	baton_thread_timedjoin(BATON_HERE("pthread_timedjoin_np(" #thread ")"), thread, result, end)
#define pthread_clockjoin_np(thread, result, clock, end) \
	baton_thread_timedjoin(BATON_HERE("pthread_clockjoin_np(" #thread ")"), thread, result, end)
#define pthread_setname_np(thread, name) ((void)(thread), (void)(name), 0)
#define pthread_cancel(thread)                                                  \
	baton_thread_unsupported("pthread_cancel()", "set a flag that " #thread \
						     " looks at, and wake it where it waits")
#define pthread_testcancel() ((void)0)
#define pthread_kill(thread, number)                                                   \
	baton_thread_unsupported("pthread_kill()", "call what the handler of " #number \
						   " does as a thread of its own")
/* In C++ they are the C library's objects with a destructor. */
#ifndef __cplusplus
#undef pthread_cleanup_push
#undef pthread_cleanup_pop
#define pthread_cleanup_push(routine, arg) \
	do {                               \
	baton_cleanup_push(&(struct baton_cleanup){ routine, arg, NULL })
#define pthread_cleanup_pop(execute) \
	baton_cleanup_pop(execute);  \
	}                            \
	while (0)
#endif
#define sched_yield() baton_thread_yield(BATON_HERE("sched_yield()"))
#define pthread_yield() baton_thread_yield(BATON_HERE("pthread_yield()"))
#define pthread_once(once, routine) \
	baton_thread_once(BATON_HERE("pthread_once(" #once ")"), once, routine)

#define pthread_key_create(key, destructor) baton_key_create(key, destructor)
#define pthread_key_delete(key) baton_key_delete(key)
#define pthread_getspecific(key) baton_key_get(key)
#define pthread_setspecific(key, value) baton_key_set(key, value)

#define pthread_mutex_init(mutex, attr) baton_mutex_init(mutex, attr)
#define pthread_mutex_destroy(mutex) \
	baton_mutex_destroy(BATON_HERE("pthread_mutex_destroy(" #mutex ")"), mutex)
#define pthread_mutex_lock(mutex) \
	baton_mutex_lock(BATON_HERE("pthread_mutex_lock(" #mutex ")"), mutex)
#define pthread_mutex_trylock(mutex) \
	baton_mutex_trylock(BATON_HERE("pthread_mutex_trylock(" #mutex ")"), mutex)
#define pthread_mutex_timedlock(mutex, end) \
	baton_mutex_timedlock(BATON_HERE("pthread_mutex_timedlock(" #mutex ")"), mutex, end)
#define pthread_mutex_clocklock(mutex, clock, end) \
	baton_mutex_timedlock(BATON_HERE("pthread_mutex_clocklock(" #mutex ")"), mutex, end)
#define pthread_mutex_unlock(mutex) \
	baton_mutex_unlock(BATON_HERE("pthread_mutex_unlock(" #mutex ")"), mutex)

#define pthread_cond_init(cond, attr) baton_cond_init(cond, attr)
#define pthread_cond_destroy(cond) \
	baton_cond_destroy(BATON_HERE("pthread_cond_destroy(" #cond ")"), cond)
#define pthread_cond_wait(cond, mutex) \
	baton_cond_wait(BATON_HERE("pthread_cond_wait(" #cond ")"), cond, mutex)
#define pthread_cond_timedwait(cond, mutex, end) \
	baton_cond_timedwait(BATON_HERE("pthread_cond_timedwait(" #cond ")"), cond, mutex, end)
#define pthread_cond_clockwait(cond, mutex, clock, end) \
	baton_cond_timedwait(BATON_HERE("pthread_cond_clockwait(" #cond ")"), cond, mutex, end)
#define pthread_cond_signal(cond) \
	baton_cond_signal(BATON_HERE("pthread_cond_signal(" #cond ")"), cond)
#define pthread_cond_broadcast(cond) \
	baton_cond_broadcast(BATON_HERE("pthread_cond_broadcast(" #cond ")"), cond)

#define pthread_rwlock_init(lock, attr) baton_rwlock_init(lock, attr)
#define pthread_rwlock_destroy(lock) \
	baton_rwlock_destroy(BATON_HERE("pthread_rwlock_destroy(" #lock ")"), lock)
#define pthread_rwlock_rdlock(lock) \
	baton_rwlock_rdlock(BATON_HERE("pthread_rwlock_rdlock(" #lock ")"), lock)
#define pthread_rwlock_tryrdlock(lock) \
	baton_rwlock_tryrdlock(BATON_HERE("pthread_rwlock_tryrdlock(" #lock ")"), lock)
#define pthread_rwlock_wrlock(lock) \
	baton_rwlock_wrlock(BATON_HERE("pthread_rwlock_wrlock(" #lock ")"), lock)
#define pthread_rwlock_trywrlock(lock) \
	baton_rwlock_trywrlock(BATON_HERE("pthread_rwlock_trywrlock(" #lock ")"), lock)
#define pthread_rwlock_timedrdlock(lock, end) \
	baton_rwlock_timedrdlock(BATON_HERE("pthread_rwlock_timedrdlock(" #lock ")"), lock, end)
#define pthread_rwlock_timedwrlock(lock, end) \
	baton_rwlock_timedwrlock(BATON_HERE("pthread_rwlock_timedwrlock(" #lock ")"), lock, end)
#define pthread_rwlock_clockrdlock(lock, clock, end) \
	baton_rwlock_timedrdlock(BATON_HERE("pthread_rwlock_clockrdlock(" #lock ")"), lock, end)
#define pthread_rwlock_clockwrlock(lock, clock, end) \
	baton_rwlock_timedwrlock(BATON_HERE("pthread_rwlock_clockwrlock(" #lock ")"), lock, end)
#define pthread_rwlock_unlock(lock) \
	baton_rwlock_unlock(BATON_HERE("pthread_rwlock_unlock(" #lock ")"), lock)

#define pthread_spin_init(lock, shared) baton_spin_init(lock, shared)
#define pthread_spin_destroy(lock) \
	baton_spin_destroy(BATON_HERE("pthread_spin_destroy(" #lock ")"), lock)
#define pthread_spin_lock(lock) baton_spin_lock(BATON_HERE("pthread_spin_lock(" #lock ")"), lock)
#define pthread_spin_trylock(lock) \
	baton_spin_trylock(BATON_HERE("pthread_spin_trylock(" #lock ")"), lock)
#define pthread_spin_unlock(lock) \
	baton_spin_unlock(BATON_HERE("pthread_spin_unlock(" #lock ")"), lock)

#define pthread_barrier_init(barrier, attr, count) baton_barrier_init(barrier, attr, count)
#define pthread_barrier_destroy(barrier) \
	baton_barrier_destroy(BATON_HERE("pthread_barrier_destroy(" #barrier ")"), barrier)
#define pthread_barrier_wait(barrier) \
	baton_barrier_wait(BATON_HERE("pthread_barrier_wait(" #barrier ")"), barrier)

#define sem_init(sem, shared, value) baton_sem_init(sem, shared, value)
#define sem_destroy(sem) baton_sem_destroy(BATON_HERE("sem_destroy(" #sem ")"), sem)
#define sem_wait(sem) baton_sem_wait(BATON_HERE("sem_wait(" #sem ")"), sem)
#define sem_trywait(sem) baton_sem_trywait(BATON_HERE("sem_trywait(" #sem ")"), sem)
#define sem_timedwait(sem, end) baton_sem_timedwait(BATON_HERE("sem_timedwait(" #sem ")"), sem, end)
#define sem_clockwait(sem, clock, end) \
	baton_sem_timedwait(BATON_HERE("sem_clockwait(" #sem ")"), sem, end)
#define sem_post(sem) baton_sem_post(BATON_HERE("sem_post(" #sem ")"), sem)
#define sem_getvalue(sem, value) \
	baton_sem_getvalue(BATON_HERE("sem_getvalue(" #sem ")"), sem, value)

BATON_END

#endif
