/* SPDX-License-Identifier: MIT */
/*
 * lazyfree.c - MADV_FREE: pages that reclaim may drop as long as they are clean.
 *
 * The call cleans the pte. A store makes it dirty again, and reclaim, which has the
 * page locked, looks at it with the pte cleared. A device's store makes no pte dirty: its
 * driver makes the page dirty before it gives up its reference.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

/* A page that is in the swap cache, or dirty, is made what the call asks for. */
static bool clean_page(struct page *page)
{
	bool clean;

	if (!page_swapcache(page) && !page->dirty)
		return true;
	POINT("lazyfree/trylock");
	if (!trylock_page(page))
		return false;
	clean = page_mapcount(page) == 1 && (!page_swapcache(page) || try_to_free_swap(page));
	if (clean) {
		POINT("lazyfree/clean");
		baton_access(BATON_HERE("ClearPageDirty"), page_flags(page), BATON_RMW);
		page->dirty = 0;
	}
	unlock_page(page);
	return clean;
}

static void free_present(struct mmu_gather *tlb, pte_t pte)
{
	struct page *page = pfn_to_page(pte_pfn(pte));

	if (!page_anon(page) || !clean_page(page))
		return;
	POINT("lazyfree/start");
	pte = ptep_get_and_clear(tlb->mm, tlb->va);
	POINT("lazyfree/commit");
	set_pte_at(tlb->mm, tlb->va, pte_mkclean(pte));
	tlb->changed = pte_dirty(pte);
	baton_access(BATON_HERE("ClearPageSwapBacked"), page_flags(page), BATON_RMW);
	page->lazyfree = 1;
}

/* What is swapped out need not be kept for a store to come. */
static void free_swapped(struct mm *mm, int va, pte_t pte)
{
	POINT("lazyfree/swap_freed");
	ptep_get_and_clear(mm, va);
	free_swap_and_cache(pte_to_swp_entry(pte));
}

/*
 * Linux: mm/madvise.c madvise_free_pte_range() (v4.12)
 * Model: reduced: one pte
 */
static void madvise_free_pte(struct mmu_gather *tlb)
{
	pte_t pte;

	tlb_pte_lock(tlb);
	pte = pte_under_lock(tlb->mm, tlb->va);
	if (pte_present(pte))
		free_present(tlb, pte);
	else if (pte_is_swap(pte))
		free_swapped(tlb->mm, tlb->va, pte);
	tlb_pte_unlock(tlb);
	tlb_finish_mmu(tlb);
}

/*
 * Linux: mm/madvise.c madvise_free_single_vma() (v4.12)
 * Model: reduced: one page
 */
static void madvise_free_single_vma(const struct vm_area_struct *vma, int va)
{
	struct mm *mm = vma_mm(vma);
	struct mmu_gather tlb;

	ghost_free_begin(mm, va);
	mmu_notifier_invalidate_range_start(mm, va);
	tlb = tlb_gather_mmu(vma, va, TLB_DIRTY, GATHER_ZAP);
	madvise_free_pte(&tlb);
	mmu_notifier_invalidate_range_end(mm, va);
	ghost_free_end(mm, va);
}

void madvise_free(struct mm *mm, int va)
{
	const struct vm_area_struct *vma;

	switch_mm(mm);
	down_read(&mm->mmap_lock);
	vma = find_vma(mm, va);
	if (vma)
		madvise_free_single_vma(vma, va);
	else
		baton_note("ENOMEM");
	up_read(&mm->mmap_lock);
}

static bool referenced(const struct page *page)
{
	int count;

	if (!patched_since(LAZYFREE_PIN_COUNTED))
		return false;
	POINT("lazyfree/count");
	count = page_count(page);
	return count != 1 + page_mapcount(page);
}

/*
 * Linux: mm/rmap.c try_to_unmap_one(), its part for lazyfree pages (v4.12, v5.18, v6.15)
 * Model: exact
 */
bool lazyfree_may_go(struct page *page)
{
	bool used = referenced(page), dirty;

	POINT("lazyfree/dirty");
	dirty = page_dirty(page);
	if (!dirty && !used)
		return true;
	baton_note(used ? "referenced" : "dirty");
	if (dirty || !patched(LAZYFREE_PIN_STAYS))
		page->lazyfree = 0;
	return false;
}

/*
 * Linux: mm/vmscan.c shrink_page_list(), its part for lazyfree pages (v4.12)
 * Model: exact
 */
bool remove_lazyfree(struct page *page)
{
	POINT("lazyfree/freeze");
	if (!page_ref_freeze(page, 1))
		return false;
	if (!BATON_RECHECK(page->dirty))
		return true;
	page->refcount.counter = 1;
	page->frozen = 0;
	return false;
}
