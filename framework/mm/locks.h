/* SPDX-License-Identifier: MIT */
/*
 * locks.h - the kinds of locks of the model; their order is in locks.c.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_LOCKS_H
#define MM_LOCKS_H

#include "baton/lockdep.h"

enum mm_lock {
	MMAP_LOCK,
	PAGE_LOCK,
	ANON_VMA_LOCK,  /* until v3.0 */
	ANON_VMA_MUTEX, /* since then, the same place */
	PTE_LOCK,
	MMU_LOCK,   /* of a secondary MMU */
	GUEST_LOCK, /* struct spte: a vcpu is in the guest */
	MM_LOCKS,
};

extern const struct lock_class mm_lock_classes[MM_LOCKS];

/* @lock is one of that @kind. */
#define mm_lock_is(lock, kind) lockdep_set_class(lock, &mm_lock_classes[kind])

/* Start over: nobody holds a lock. What is wrong becomes a violation of an oracle. */
void mm_locks_reset(void);

#endif
