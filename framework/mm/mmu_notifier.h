/* SPDX-License-Identifier: MIT */
/*
 * mmu_notifier.h - what secondary MMUs are told.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_MMU_NOTIFIER_H
#define MM_MMU_NOTIFIER_H

#include "mm/mm_types.h"

/* Nothing happens if no secondary MMU is attached to @mm. */
void mmu_notifier_invalidate_page(struct mm *mm, int va);
void mmu_notifier_invalidate_range_start(struct mm *mm, int va);
void mmu_notifier_invalidate_range_end(struct mm *mm, int va);

#endif
