/* SPDX-License-Identifier: MIT */
/* memory_zap.c - taking pages away from an address: munmap() and its like. */
#include "mm/mm.h"

/* A present pte is gone. Return: its page, to be put after the flush. */
static struct page *zap_present(struct mm *mm, int va, pte_t pte)
{
	struct page *page = pfn_to_page(pte_pfn(pte));

	if (patched(PINCOUNT_MAPCOUNT_S1B) && page_file(page) && pte_write(pte)) {
		POINT("zap/marker");
		set_pte_at(mm, va, pte_mkzapped(pte_pfn(pte)));
	}
	if (page_file(page) && pte_dirty(pte)) {
		POINT("zap/set_dirty");
		set_page_dirty(page);
	}
	page_remove_rmap(page);
	page_ref_move(page, REF_PTE, REF_LOOKUP);
	return page;
}

/* Pte lock held. Return: as zap_present(); NULL if there is none. */
static struct page *zap_pte(struct mm *mm, int va)
{
	pte_t pte = pte_under_lock(mm, va);

	if (pte_none(pte))
		return NULL;
	POINT("zap/pte_cleared");
	pte = ptep_get_and_clear(mm, va);
	ghost_discard(mm, va);
	if (pte_present(pte)) {
		dec_mm_rss(mm);
		return zap_present(mm, va, pte);
	}
	if (pte_file(pte))
		return NULL;
	POINT("zap/swap_freed");
	swap_free(pte_to_swp_entry(pte));
	return NULL;
}

/*
 * Linux: mm/memory.c zap_pte_range() (v2.6.29)
 * Model: reduced: one pte; a page whose last swap entry goes stays in the swap cache
 *	until reclaim comes
 */
void zap_page(struct mm *mm, int va)
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
