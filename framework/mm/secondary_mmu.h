/* SPDX-License-Identifier: MIT */
/*
 * secondary_mmu.h - a second page table for the memory of a process: a guest's, or a device's.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_SECONDARY_MMU_H
#define MM_SECONDARY_MMU_H

#include "mm/mm_types.h"

/*
 * There is one at most. The rule "secondary" says of what kind it is: whether it holds a
 * reference for each spte, where it takes its translations from, whether it must sleep to
 * take one back.
 *
 * Sptes and the two numbers change with mmu_lock held, or, where faults do not take that
 * one (the rule "notifier_retry"), sptes with rmap_lock held.
 */
struct secondary_mmu {
	uint8_t mm;       /* number; 0: there is none. Does not change after setup */
	uint8_t released; /* the mm is gone: no new sptes */
	uint8_t freed;    /* it was unregistered, and its owner gave it back */
	spinlock_t mmu_lock, rmap_lock;
	int notifier_seq, notifier_count;
	struct spte {
		uint8_t valid, write, young;
		uint8_t pfn, generation;
		spinlock_t in_guest; /* held by who is using this spte */
	} spte[NR_VAS];
};

/* The memory of @mm is its memory. Finding: model_limit, if there is one already. */
void secondary_mmu_init(struct mm *mm);
/* Map page @va. Return: false if that failed. */
bool secondary_mmu_fault(int va, bool write);
/* Loads and stores through it; they fault if there is no spte. Return: false if that failed. */
bool secondary_mmu_load(int va, int index, long *value);
bool secondary_mmu_store(int va, int index, long value);

/* The callbacks; the range is pages @first to @last. */
void secondary_mmu_invalidate_page(int va);
void secondary_mmu_range_start(int first, int last);
void secondary_mmu_range_end(void);
bool secondary_mmu_clear_flush_young(int va);
void secondary_mmu_release(void);
/* It is gone. A callback after it is a use_after_free. */
void secondary_mmu_free(void);

/* Take away the spte of page @va, if there is one; the lock that sptes change under is held. */
void secondary_mmu_drop_spte(int va);
/* What was stored through a spte is in @page: before the reference to it is given up. */
void secondary_mmu_set_page_dirty(struct page *page);
/* Has each spte a reference to its page? Not a step. */
bool secondary_mmu_holds_references(void);

#endif
