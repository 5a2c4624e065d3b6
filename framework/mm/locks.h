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
	I_MMAP_LOCK,
	ANON_VMA_LOCK,
	I_MMAP_MUTEX, /* since v3.0, in the place of the lock */
	ANON_VMA_MUTEX,
	PTE_LOCK,
	MMU_LOCK,   /* of a secondary MMU, and under it: */
	SPTE_LOCK,  /* its rmap_lock */
	GUEST_LOCK, /* somebody uses a spte */
	MM_LOCKS,
};

extern const struct lock_class mm_lock_classes[MM_LOCKS];

/* @lock is one of that @kind. */
#define mm_lock_is(lock, kind) lockdep_set_class(lock, &mm_lock_classes[kind])

/* The kinds of the locks that rmap takes, which the rule rmap_lock decides. */
enum mm_lock i_mmap_lock_kind(void);
enum mm_lock anon_vma_lock_kind(void);

/* Start over: nobody holds a lock. What is wrong becomes a violation of an oracle. */
void mm_locks_reset(void);

#endif
