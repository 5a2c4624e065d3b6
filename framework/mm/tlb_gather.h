/* SPDX-License-Identifier: MIT */
/*
 * tlb_gather.h - TLB flushes that come later than the change of the pte.
 *
 * A system call changes ptes under their lock, drops it, flushes, and only then gives
 * back the pages (struct mmu_gather). Until then another CPU may see the changed pte,
 * conclude that there is nothing left to do, and rely on a flush that has not been made.
 * From v4.13 on mm.tlb_flush_pending counts the calls that have such a flush before them.
 *
 * Calls that hold mmap_lock for writing are not counted: whoever asks holds it for reading,
 * but for migration, and what that asks about they do not do.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_TLB_GATHER_H
#define MM_TLB_GATHER_H

#include "mm/mm_types.h"

/* Who changes the pte. */
enum gather_kind {
	GATHER_EXCLUSIVE,  /* mmap_lock is held for writing */
	GATHER_ZAP,        /* madvise(), truncation */
	GATHER_PROTECT,    /* change_protection() */
	GATHER_CLEAR_REFS, /* clear_refs_write() */
};

/* One page of an address space, while it is changed. */
struct mmu_gather {
	struct mm *mm;
	const struct vm_area_struct *vma; /* of the page */
	uint8_t va;
	uint8_t kind;      /* enum gather_kind */
	bool changed;      /* the pte was, and TLBs may have it as it was */
	bool flush_now;    /* before the pte lock is dropped, and not again */
	bool delay_rmap;   /* the page counts as mapped until the flush */
	struct page *page; /* to be put after the flush (REF_LOOKUP); NULL: none */
	uint8_t weakened;  /* mm.weakened of the page when the pte lock was dropped */
	uint8_t right;     /* ghost: enum tlb_right that is taken away */
};

/* @right is about to be taken away. Not a step for GATHER_EXCLUSIVE. */
struct mmu_gather tlb_gather_mmu(const struct vm_area_struct *vma, int va, enum tlb_right right,
				 enum gather_kind kind);
/* Take the pte lock, and give it up. */
void tlb_pte_lock(struct mmu_gather *tlb);
void tlb_pte_unlock(struct mmu_gather *tlb);
/* Flush, and put the page. */
void tlb_finish_mmu(struct mmu_gather *tlb);

/*
 * Reclaim's flushes that are still to come: v4.3 makes one for all the ptes that it
 * cleared. Clean TLB entries do no harm until the page is freed: a store through one
 * looks at the pte first. Dirty ones must be gone before the page is written.
 */
struct unmap_batch {
	uint8_t mms;   /* bit per number */
	bool writable; /* CPUs may still write without looking at a pte */
	uint8_t weakened[NR_MMS][NR_VAS];
};

/* May the flush for a pte of @page, which is about to be cleared, be left for later? */
bool should_defer_flush(const struct page *page, const struct unmap_batch *batch);
/* Pte lock held; the flush is left for @batch. */
pte_t ptep_get_and_clear_batched(struct mm *mm, int va, struct unmap_batch *batch);
/* Flush what @batch was left, and before a dirty page is written. */
void try_to_unmap_flush(struct unmap_batch *batch);
void try_to_unmap_flush_dirty(struct unmap_batch *batch);

/* Has somebody changed ptes of @mm whose flush is still to come? Pte lock held. */
bool mm_tlb_flush_pending(const struct mm *mm);
/* Pte lock held: flush what reclaim has not flushed yet, since v4.13. */
void flush_tlb_batched_pending(struct mm *mm);

#endif
