/* SPDX-License-Identifier: MIT */
/*
 * mm_types.h - address spaces.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_MM_TYPES_H
#define MM_MM_TYPES_H

#include "mm/page.h"
#include "mm/pte.h"
#include "mm/vma.h"

#define NR_MMS 4 /* number 0 is never used */

/* Ghost: a load of this cell returns a store in this range. More than one only in a
 * child whose parent went on storing during fork(). */
struct seen {
	uint32_t low, high;
};

struct mm {
	const char *name; /* "P" */
	struct rw_semaphore mmap_lock;
	spinlock_t ptl;
	pte_t pgtable[NR_VAS];
	int8_t rss; /* pages that are mapped, or under migration; for holders of ptl only */
	int has_pinned;
	int write_protect_seq;
	/* ghost */
	uint8_t parent;     /* number, 0: none */
	uint32_t fork_done; /* last store when it was forked completely */
	struct seen mem[NR_VAS][NR_CELLS];
	uint8_t discards[NR_VAS]; /* how often munmap() took the page */
};

/* One page more is mapped there, or one less. Pte lock held. Not a step. */
static inline void inc_mm_rss(struct mm *mm)
{
	mm->rss++;
}

static inline void dec_mm_rss(struct mm *mm)
{
	mm->rss--;
}

#define pte_lock(mm) spin_lock_at(BATON_MUTABLE("lock", "pte_lock(" #mm ")"), &(mm)->ptl)
/* The second of two: fork() takes the child's first. */
#define pte_lock_nested(mm) \
	spin_lock_nested_at(BATON_MUTABLE("lock", "pte_lock_nested(" #mm ")"), &(mm)->ptl, 1)
#define pte_unlock(mm) spin_unlock_at(BATON_HERE("pte_unlock(" #mm ")"), &(mm)->ptl)

#endif
