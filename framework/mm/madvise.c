/* SPDX-License-Identifier: MIT */
/* madvise.c - advice that takes memory away: with mmap_lock held for reading only. */
#include "mm/mm.h"

/*
 * Linux: mm/madvise.c madvise_dontneed() (v2.6.29)
 * Model: reduced: page by page, each with a flush of its own
 */
void madvise_dontneed(struct mm *mm, int start, int end)
{
	switch_mm(mm);
	down_read(&mm->mmap_lock);
	for (int va = start; va < end; va++) {
		const struct vm_area_struct *vma = find_vma(mm, va);

		if (!vma)
			continue;
		ghost_dontneed_begin(mm, va);
		mmu_notifier_invalidate_range_start(mm, va);
		zap_page_range(vma, va, true);
		mmu_notifier_invalidate_range_end(mm, va);
		ghost_dontneed_end(mm, va);
	}
	up_read(&mm->mmap_lock);
}
