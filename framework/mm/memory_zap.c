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

static void leave_marker(struct mm *mm, int va, unsigned int pfn)
{
	if (!patched(PINCOUNT_MAPCOUNT_S1B))
		return;
	POINT("zap/marker");
	set_pte_at(mm, va, pte_mkzapped(pfn));
}

static void transfer_dirty(struct mmu_gather *tlb)
{
	POINT("zap/set_dirty");
	set_page_dirty(tlb->page);
	tlb->flush_now = patched(ZAP_DIRTY_FLUSH_BEFORE_UNLOCK);
	tlb->delay_rmap = patched(ZAP_RMAP_AFTER_FLUSH);
}

static void zap_present(struct mmu_gather *tlb, pte_t pte)
{
	tlb->changed = true;
	tlb->page = vm_normal_page(pte);
	if (!tlb->page)
		return;
	dec_mm_rss(tlb->mm);
	if (page_file(tlb->page) && pte_write(pte))
		leave_marker(tlb->mm, tlb->va, pte_pfn(pte));
	if (page_file(tlb->page) && pte_dirty(pte))
		transfer_dirty(tlb);
	if (!tlb->delay_rmap)
		page_remove_rmap_of(tlb->page, pte);
	page_ref_move(tlb->page, REF_PTE, REF_LOOKUP);
}

/* Pte lock held. */
static void zap_pte(struct mmu_gather *tlb)
{
	struct mm *mm = tlb->mm;
	pte_t pte = pte_under_lock(mm, tlb->va);

	if (pte_none(pte))
		return;
	POINT("zap/pte_cleared");
	pte = ptep_get_and_clear(mm, tlb->va);
	ghost_discard(mm, tlb->va);
	if (pte_present(pte)) {
		zap_present(tlb, pte);
	} else if (pte_is_swap(pte)) {
		free_swap_and_cache(pte_to_swp_entry(pte));
	} else if (pte_is_migration(pte)) {
		dec_mm_rss(mm);
	}
}

static bool is_copy(const struct mm *mm, int va)
{
	pte_t pte = pte_under_lock(mm, va);

	return !pte_present(pte) || page_anon(pfn_to_page(pte_pfn(pte)));
}

/*
 * Linux: mm/memory.c zap_pte_range() (v2.6.29, v3.15, v6.2)
 * Model: reduced: one pte
 */
static void zap_pte_range(struct mmu_gather *tlb, bool even_cows)
{
	tlb_pte_lock(tlb);
	if (even_cows || !is_copy(tlb->mm, tlb->va))
		zap_pte(tlb);
	if (tlb->flush_now)
		flush_tlb_page(tlb->mm, tlb->va);
	if (tlb->delay_rmap)
		page_remove_rmap(tlb->page);
	tlb_pte_unlock(tlb);
	tlb_finish_mmu(tlb);
}

void zap_page(const struct vm_area_struct *vma, int va)
{
	struct mmu_gather tlb = tlb_gather_mmu(vma, va, TLB_USE, GATHER_EXCLUSIVE);

	zap_pte_range(&tlb, true);
}

/*
 * Linux: mm/memory.c zap_page_range() (v2.6.29)
 * Model: reduced: one page
 */
void zap_page_range(const struct vm_area_struct *vma, int va, bool even_cows)
{
	struct mmu_gather tlb = tlb_gather_mmu(vma, va, TLB_USE, GATHER_ZAP);

	zap_pte_range(&tlb, even_cows);
}
