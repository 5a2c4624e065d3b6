/* SPDX-License-Identifier: MIT */
/*
 * memory_zap.c - taking pages away from an address: munmap() and its like.
 *
 * The TLB is flushed once for many ptes, after the pte lock is dropped. Until then other CPUs
 * of the process still store to the page. If it is a file's, it was made dirty when its
 * pte was cleared, but what is dirty may be written and clean again before the flush.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

/* A page whose pte was cleared. */
struct zapped {
	struct page *page; /* NULL: none was there */
	bool flush_now;    /* before the pte lock is dropped */
	bool delay_rmap;   /* the page counts as mapped until the flush */
};

static void leave_marker(struct mm *mm, int va, unsigned int pfn)
{
	if (!patched(PINCOUNT_MAPCOUNT_S1B))
		return;
	POINT("zap/marker");
	set_pte_at(mm, va, pte_mkzapped(pfn));
}

static void transfer_dirty(struct zapped *zapped)
{
	POINT("zap/set_dirty");
	set_page_dirty(zapped->page);
	zapped->flush_now = patched(ZAP_DIRTY_FLUSH_BEFORE_UNLOCK);
	zapped->delay_rmap = patched(ZAP_RMAP_AFTER_FLUSH);
}

static struct zapped zap_present(struct mm *mm, int va, pte_t pte)
{
	struct zapped zapped = { pfn_to_page(pte_pfn(pte)), false, false };

	if (page_file(zapped.page) && pte_write(pte))
		leave_marker(mm, va, pte_pfn(pte));
	if (page_file(zapped.page) && pte_dirty(pte))
		transfer_dirty(&zapped);
	if (!zapped.delay_rmap)
		page_remove_rmap(zapped.page);
	page_ref_move(zapped.page, REF_PTE, REF_LOOKUP);
	return zapped;
}

/* Pte lock held. */
static struct zapped zap_pte(struct mm *mm, int va)
{
	struct zapped none = { NULL, false, false };
	pte_t pte = pte_under_lock(mm, va);

	if (pte_none(pte))
		return none;
	POINT("zap/pte_cleared");
	pte = ptep_get_and_clear(mm, va);
	ghost_discard(mm, va);
	if (pte_present(pte)) {
		dec_mm_rss(mm);
		return zap_present(mm, va, pte);
	}
	if (pte_file(pte))
		return none;
	POINT("zap/swap_freed");
	swap_free(pte_to_swp_entry(pte));
	return none;
}

/*
 * Linux: mm/memory.c zap_pte_range() (v2.6.29, v3.15, v6.2)
 * Model: reduced: one pte; a page whose last swap entry goes stays in the swap cache
 *	until reclaim comes
 */
void zap_page(struct mm *mm, int va)
{
	struct zapped zapped;

	pte_lock(mm);
	zapped = zap_pte(mm, va);
	if (zapped.flush_now)
		flush_tlb_page(mm, va);
	if (zapped.delay_rmap)
		page_remove_rmap(zapped.page);
	pte_unlock(mm);
	if (!zapped.page)
		return;
	if (!zapped.flush_now)
		flush_tlb_page(mm, va);
	POINT("zap/put");
	put_page(zapped.page, REF_LOOKUP);
}
