/* SPDX-License-Identifier: MIT */
/* madvise.c - advice: most of it with mmap_lock held for reading only. */
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

/*
 * Linux: mm/madvise.c madvise_willneed(), swapin_walk_pmd_entry() (v3.9)
 * Model: reduced: one page; files are in memory
 */
void madvise_willneed(struct mm *mm, int va)
{
	struct page *page = NULL;
	bool no_memory;
	pte_t pte;

	down_read(&mm->mmap_lock);
	POINT("willneed/pte_read");
	pte = ptep_get(mm, va);
	if (find_vma(mm, va) && pte_is_swap(pte)) {
		page = lookup_swap_cache(pte_to_swp_entry(pte));
		if (!page)
			page = swapin_page(pte_to_swp_entry(pte), va, &no_memory);
	}
	if (page)
		put_page(page, REF_LOOKUP);
	up_read(&mm->mmap_lock);
}

/* Pte lock held. The page behind the pte, isolated, if this is its only mapping. */
static struct page *isolate_unshared(struct mm *mm, int va)
{
	pte_t pte = pte_under_lock(mm, va);
	struct page *page;

	page = pte_present(pte) ? vm_normal_page(pte) : NULL;
	if (!page)
		return NULL;
	POINT("pageout/mapcount");
	if (page_mapcount(page) != 1) {
		baton_note("%s is shared", page->name);
		return NULL;
	}
	POINT("pageout/isolate");
	get_page(page, REF_ISOLATE);
	return page;
}

/*
 * Linux: mm/madvise.c madvise_cold_or_pageout_pte_range() (v5.4)
 * Model: reduced: one pte
 */
void madvise_pageout(struct mm *mm, int va)
{
	struct page *page = NULL;
	const struct vm_area_struct *vma;

	down_read(&mm->mmap_lock);
	vma = find_vma(mm, va);
	if (vma) {
		pte_lock(mm);
		vma_check(vma);
		page = isolate_unshared(mm, va);
		pte_unlock(mm);
	}
	if (page)
		reclaim_page(page);
	up_read(&mm->mmap_lock);
}

/*
 * Linux: mm/madvise.c madvise_behavior() (v2.6.16)
 * Model: reduced: mappings are split, and not joined again
 */
void madvise_dontfork(struct mm *mm, int va)
{
	struct vm_area_struct *vma;

	down_write(&mm->mmap_lock);
	vma = find_vma(mm, va);
	if (vma)
		vma = vma_cut_out(vma, va, va + 1);
	if (vma) {
		vma_check(vma);
		vma->vm_flags |= VM_DONTCOPY;
	}
	up_write(&mm->mmap_lock);
}
