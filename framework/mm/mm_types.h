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

#define NR_MMS 5 /* number 0 is never used */

/* Ghost: a load of this cell returns a store in this range. More than one only in a
 * child whose parent went on storing during fork(). */
struct seen {
	uint32_t low, high;
};

/* Ghost: what a system call can take from the CPUs of an mm, for a page. */
enum tlb_right {
	TLB_USE,   /* to reach it at all */
	TLB_WRITE, /* to write to it */
	TLB_DIRTY, /* to write to it without setting the pte dirty */
	TLB_RIGHTS,
};

struct mm {
	const char *name; /* "P" */
	struct rw_semaphore mmap_lock;
	struct vma_list vmas; /* under mmap_lock */
	spinlock_t ptl;
	pte_t pgtable[NR_VAS];
	int8_t rss;        /* pages that are mapped, or under migration; for holders of ptl only */
	atomic_t mm_users; /* who needs its memory; the last one ends it */
	int has_pinned;
	int write_protect_seq;
	uint8_t table_moves; /* of the rest: pgtable.h */
	uint8_t pmd;         /* 0: none; another value, another table */
	uint8_t table_generation;
	atomic_t tlb_flush_pending; /* who changed ptes and did not flush yet: tlb_gather.h */
	bool tlb_flush_batched;     /* reclaim did; written and read under the pte lock */
	uint8_t weakened[NR_VAS];   /* how often a pte lost a right: tells TLB entries' ages */
	uint8_t on_mmlist;          /* swapoff() looks for its swap ptes */
	/* ghost */
	uint8_t parent; /* number, 0: none */
	/* Last store there was when it was forked completely: for each cell by itself, as
	 * stores to others come before or after that without an order. */
	uint32_t fork_done[NR_VAS][NR_CELLS];
	struct seen mem[NR_VAS][NR_CELLS];
	uint8_t discards[NR_VAS];          /* how often munmap() took the page */
	uint8_t discarding[NR_VAS];        /* MADV_DONTNEEDs of it under way */
	uint8_t freeing[NR_VAS];           /* MADV_FREEs of it under way */
	uint8_t may_be_zero[NR_VAS];       /* bit per cell: MADV_FREE allows it */
	uint8_t taken[NR_VAS][TLB_RIGHTS]; /* ghost_tlb_taken() */
	uint8_t failed;                    /* loads and stores that ended in a signal */
};

/* A sum is read and written back: two steps, if there were no lock. */
static inline void add_mm_rss(struct mm *mm, int pages)
{
	int rss;

	baton_access_locked(&mm->rss, BATON_READ);
	rss = mm->rss + pages;
	baton_access_locked(&mm->rss, BATON_WRITE);
	mm->rss = (int8_t)rss;
}

/* One page more is mapped there, or one less. Pte lock held. Not a step. */
static inline void inc_mm_rss(struct mm *mm)
{
	add_mm_rss(mm, 1);
}

static inline void dec_mm_rss(struct mm *mm)
{
	add_mm_rss(mm, -1);
}

#define pte_lock(mm) spin_lock_at(BATON_MUTABLE("lock", "pte_lock(" #mm ")"), &(mm)->ptl)
/* The second of two: fork() takes the child's first. */
#define pte_lock_nested(mm) \
	spin_lock_nested_at(BATON_MUTABLE("lock", "pte_lock_nested(" #mm ")"), &(mm)->ptl, 1)
#define pte_unlock(mm) spin_unlock_at(BATON_HERE("pte_unlock(" #mm ")"), &(mm)->ptl)

#endif
