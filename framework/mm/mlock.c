/* SPDX-License-Identifier: MIT */
/* mlock.c - mappings that stay in memory, and faulting in what is mapped. */
#include "mm/mm.h"

/* Where a store would get a copy anyway, it is made now. */
static unsigned int populate_flags(const struct vm_area_struct *vma)
{
	return (vma->vm_flags & (VM_WRITE | VM_SHARED)) == VM_WRITE ? FAULT_FLAG_WRITE : 0;
}

/*
 * Linux: mm/mlock.c mm_populate() (v3.9; populate_range() of fremap.c before)
 * Model: reduced: page by page
 */
void mm_populate(struct mm *mm, int start, int end)
{
	for (int va = start; va < end; va++) {
		const struct vm_area_struct *vma;

		POINT("mm/populate");
		down_read(&mm->mmap_lock);
		vma = find_vma(mm, va);
		if (vma)
			handle_mm_fault(mm, va, populate_flags(vma));
		up_read(&mm->mmap_lock);
	}
}

/*
 * Linux: mm/mlock.c mlock_fixup() (v2.6.29)
 * Model: reduced: the flags change under the pte lock besides, so that rmap can look at them
 *	there without a step
 */
void mlock_page(struct mm *mm, int va, bool lock)
{
	struct vm_area_struct *vma;

	down_write(&mm->mmap_lock);
	vma = find_vma(mm, va);
	if (vma)
		vma = vma_cut_out(vma, va, va + 1);
	pte_lock(mm);
	if (vma)
		vma_check(vma);
	if (!vma)
		baton_note("ENOMEM");
	else if (lock)
		vma->vm_flags |= VM_LOCKED;
	else
		vma->vm_flags &= ~VM_LOCKED;
	pte_unlock(mm);
	up_write(&mm->mmap_lock);
}

/*
 * Linux: mm/mlock.c do_mlock() (v3.9)
 * Model: reduced: one page
 */
void do_mlock(struct mm *mm, int va)
{
	mlock_page(mm, va, true);
	mm_populate(mm, va, va + 1);
}
