/* SPDX-License-Identifier: MIT */
/*
 * mmu_notifier.h - what secondary MMUs are told, and who is told.
 *
 * Functions run on a CPU and switch, unless said otherwise. Where the mm has no secondary
 * MMU, none of them is a step.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_MMU_NOTIFIER_H
#define MM_MMU_NOTIFIER_H

#include "mm/mm_types.h"

/*
 * The list of notifiers of the mm that the secondary MMU belongs to: it has one entry or
 * none. Who walks the list is in an SRCU section: his byte of reading is set.
 */
struct mmu_notifier {
	uint8_t hashed; /* it is on the list */
	uint8_t reading[NR_CPUS + 1];
};

/* Page @va may not be used through secondary mappings any more; the caller has its pte lock
 * or just gave it up. */
void mmu_notifier_invalidate_page(struct mm *mm, int va);
/* Between these two page @va changes, and may not be mapped. */
void mmu_notifier_invalidate_range_start(struct mm *mm, int va);
void mmu_notifier_invalidate_range_end(struct mm *mm, int va);
/* The same for all pages of @mm. */
void mmu_notifier_invalidate_mm_start(struct mm *mm);
void mmu_notifier_invalidate_mm_end(struct mm *mm);
/* Return: was page @va used through secondary mappings since this was last asked? */
bool mmu_notifier_clear_flush_young(struct mm *mm, int va);

/* Put the secondary MMU on the list. Return: false if a signal came (mm/take_all_locks). */
bool mmu_notifier_register(struct mm *mm);
/* Take it off; when this returns nobody calls it any more. */
void mmu_notifier_unregister(struct mm *mm);
/* @mm exits. */
void mmu_notifier_release(struct mm *mm);

#define mmu_notifier_invalidate_page(mm, va) \
	BATON_UNLESS_LEFT_OUT("notifier", mmu_notifier_invalidate_page(mm, va), (void)0)
#define mmu_notifier_invalidate_range_start(mm, va) \
	BATON_UNLESS_LEFT_OUT("notifier", mmu_notifier_invalidate_range_start(mm, va), (void)0)
#define mmu_notifier_invalidate_range_end(mm, va) \
	BATON_UNLESS_LEFT_OUT("notifier", mmu_notifier_invalidate_range_end(mm, va), (void)0)
#define mmu_notifier_invalidate_mm_start(mm) \
	BATON_UNLESS_LEFT_OUT("notifier", mmu_notifier_invalidate_mm_start(mm), (void)0)
#define mmu_notifier_invalidate_mm_end(mm) \
	BATON_UNLESS_LEFT_OUT("notifier", mmu_notifier_invalidate_mm_end(mm), (void)0)
#define mmu_notifier_clear_flush_young(mm, va) \
	BATON_UNLESS_LEFT_OUT("notifier", mmu_notifier_clear_flush_young(mm, va), false)
#define mmu_notifier_release(mm) \
	BATON_UNLESS_LEFT_OUT("notifier", mmu_notifier_release(mm), (void)0)

#endif
