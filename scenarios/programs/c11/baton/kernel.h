/* SPDX-License-Identifier: MIT */
/*
 * kernel.h - of the kernel's primitives those that the programs use, on C11's and POSIX's.
 *
 * With this folder in front of the include paths, the same programs are explored by way of
 * <stdatomic.h> and <pthread.h>: their interleavings must be the same, one by one.
 *
 * Layer: scenarios. May include: baton.
 */
#ifndef BATON_KERNEL_H
#define BATON_KERNEL_H

#include <pthread.h>
#include <stdatomic.h>

#include "baton/sim.h"

/* The programs' objects are plain ones, and C11's functions are for atomic ones. */
#define ATOMIC(p) ((_Atomic __typeof__(*(p)) *)(p))

#define READ_ONCE(x) atomic_load(ATOMIC(&(x)))
#define WRITE_ONCE(x, value) atomic_store(ATOMIC(&(x)), value)
#define xchg(p, value) atomic_exchange(ATOMIC(p), value)
#define cmpxchg(p, old, value)                                           \
	(__extension__({                                                 \
		__typeof__(*(p)) old_ = (old);                           \
		atomic_compare_exchange_strong(ATOMIC(p), &old_, value); \
		old_;                                                    \
	}))

typedef struct {
	int counter;
} atomic_t;

#define atomic_read(v) atomic_load(ATOMIC(&(v)->counter))
#define atomic_set(v, i) atomic_store(ATOMIC(&(v)->counter), i)
#define atomic_add(i, v) ((void)atomic_fetch_add(ATOMIC(&(v)->counter), i))
#define atomic_add_return(i, v) \
	(__extension__({ atomic_fetch_add(ATOMIC(&(v)->counter), i) + (i); }))
#define atomic_inc(v) atomic_add(1, v)
#define atomic_inc_return(v) atomic_add_return(1, v)
#define atomic_dec(v) atomic_add(-1, v)
#define atomic_sub_and_test(i, v) (atomic_fetch_sub(ATOMIC(&(v)->counter), i) == (i))
#define atomic_dec_and_test(v) atomic_sub_and_test(1, v)

typedef pthread_mutex_t spinlock_t;

#define spin_lock_init(lock, name) pthread_mutex_init(lock, NULL)
#define spin_lock(lock) pthread_mutex_lock(lock)
#define spin_unlock(lock) pthread_mutex_unlock(lock)

#endif
