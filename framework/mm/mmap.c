/* SPDX-License-Identifier: MIT */
/* mmap.c - new mappings, their end, and their protection. */
#include "mm/mm.h"

/*
 * Linux: mm/mmap.c mmap_region() (v2.6.29)
 * Model: reduced: one page of private anonymous memory, with its anon_vma
 */
void mmap_anon(struct mm *mm, int va, bool writable)
{
	unsigned int writable_flag = writable ? VM_WRITE : 0;

	down_write(&mm->mmap_lock);
	mm->vm_flags[va] = (uint8_t)(VM_MAPPED | writable_flag);
	ghost_map(mm, va);
	anon_vma_link(mm, va);
	up_write(&mm->mmap_lock);
}

/* Pte lock held. Return: the page that the pte mapped, to be put after the flush. */
static struct page *zap_pte(struct mm *mm, int va)
{
	pte_t pte = pte_under_lock(mm, va);
	struct page *page;

	if (pte_none(pte))
		return NULL;
	POINT("zap/pte_cleared");
	pte = ptep_get_and_clear(mm, va);
	ghost_discard(mm, va);
	if (pte_is_swap(pte)) {
		POINT("zap/swap_freed");
		swap_free(pte_to_swp_entry(pte));
		return NULL;
	}
	page = pfn_to_page(pte_pfn(pte));
	page_remove_rmap(page);
	page_ref_move(page, REF_PTE, REF_LOOKUP);
	return page;
}

/*
 * Linux: mm/memory.c zap_pte_range() (v2.6.29)
 * Model: reduced: one pte; a page whose last swap entry goes stays in the swap cache
 *	until reclaim comes
 */
static void zap_page(struct mm *mm, int va)
{
	struct page *page;

	pte_lock(mm);
	page = zap_pte(mm, va);
	pte_unlock(mm);
	if (!page)
		return;
	flush_tlb_page(mm, va);
	POINT("zap/put");
	put_page(page, REF_LOOKUP);
}

/*
 * Linux: mm/mmap.c do_munmap() (v2.6.29)
 * Model: reduced: one page; rmap goes on to walk the empty vma
 */
void munmap_page(struct mm *mm, int va)
{
	switch_mm(mm);
	down_write(&mm->mmap_lock);
	mmu_notifier_invalidate_range_start(mm, va);
	zap_page(mm, va);
	mmu_notifier_invalidate_range_end(mm, va);
	mm->vm_flags[va] &= VM_ANON_VMA;
	up_write(&mm->mmap_lock);
}

/*
 * Linux: mm/mmap.c exit_mmap() (v2.6.29)
 * Model: reduced: rmap goes on to walk the empty vmas
 */
void exit_mmap(struct mm *mm)
{
	for (int va = 0; va < NR_VAS; va++) {
		if (mm->vm_flags[va] & VM_MAPPED)
			zap_page(mm, va);
		mm->vm_flags[va] &= VM_ANON_VMA;
	}
}

static bool write_protect(struct mm *mm, int va)
{
	bool writable;
	pte_t pte;

	pte_lock(mm);
	pte = pte_under_lock(mm, va);
	writable = pte_present(pte) && pte_write(pte);
	if (writable) {
		POINT("mprotect/start");
		pte = ptep_get_and_clear(mm, va);
		POINT("mprotect/commit");
		set_pte_at(mm, va, pte_wrprotect(pte));
	}
	pte_unlock(mm);
	return writable;
}

/*
 * Linux: mm/mprotect.c change_pte_range() (v2.6.29)
 * Model: reduced: one page, with the vma's flags; no pte becomes writable before a fault
 */
void mprotect_page(struct mm *mm, int va, bool writable)
{
	switch_mm(mm);
	down_write(&mm->mmap_lock);
	if (!(mm->vm_flags[va] & VM_MAPPED)) {
		baton_note("ENOMEM");
	} else if (writable) {
		mm->vm_flags[va] |= VM_WRITE;
	} else {
		mm->vm_flags[va] &= (uint8_t)~VM_WRITE;
		mmu_notifier_invalidate_range_start(mm, va);
		if (write_protect(mm, va))
			flush_tlb_writable(mm, va);
		mmu_notifier_invalidate_range_end(mm, va);
	}
	up_write(&mm->mmap_lock);
}
