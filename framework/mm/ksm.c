/* SPDX-License-Identifier: MIT */
/*
 * ksm.c - pages with the same content become one, read-only.
 *
 * The page is write-protected first, then compared, then replaced if the pte is still the
 * same. So nobody may write to it from the comparison on: neither through a pte, nor
 * through what a TLB has of an earlier one.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

/* Could a CPU write to the page without a fault? */
static bool may_be_written(const struct mm *mm, pte_t pte)
{
	if (pte_write(pte) || pte_dirty(pte))
		return true;
	return patched(KSM_FLUSH_PENDING) && mm_tlb_flush_pending(mm);
}

/* The pte is cleared. Is the page in use, other than by its ptes, the swap cache and us? */
static bool in_use(struct page *page)
{
	int mapcount = page_mapcount(page);

	POINT("ksm/count");
	if (page_count(page) != mapcount + 1 + page->swapcache)
		return true;
	return patched(UNMAP_PIN_SHARE_ANON) && page->anon_exclusive &&
	       !page_try_share_anon_rmap(page);
}

static bool protect_pte(struct page *page, struct mm *mm, int va)
{
	pte_t pte;

	POINT("ksm/pte_cleared");
	pte = ptep_clear_flush(mm, va);
	if (in_use(page)) {
		baton_note("in use");
		set_pte_at(mm, va, pte);
		return false;
	}
	if (pte_dirty(pte))
		page->dirty = 1; /* page locked */
	POINT("ksm/pte_protected");
	set_pte_at(mm, va, pte_mkclean(pte_wrprotect(pte)));
	return true;
}

/* Before v3.7 the notifiers hear of it under the pte lock, once the pte is changed. */
static void tell_notifiers(struct mm *mm, int va)
{
	if (patched(NOTIFY_KSM_TELLS) && !patched_since(NOTIFY_INVAL_AFTER_PTL))
		mmu_notifier_invalidate_page(mm, va);
}

/* Since then it is a range. */
static bool is_range(void)
{
	return patched(NOTIFY_KSM_TELLS) && patched_since(NOTIFY_INVAL_AFTER_PTL);
}

/*
 * Linux: mm/ksm.c write_protect_page() (v2.6.32, v3.7, v4.13, v5.19)
 * Model: reduced: no change_pte()
 */
static bool write_protect_page(struct page *page, const struct vm_area_struct *vma, int va,
			       pte_t *orig)
{
	struct mm *mm = vma_mm(vma);
	bool safe = false;
	pte_t pte;

	if (is_range())
		mmu_notifier_invalidate_range_start(mm, va);
	POINT("ksm/pte_lock");
	pte_lock(mm);
	vma_check(vma);
	pte = pte_under_lock(mm, va);
	if (pte_maps(pte, page))
		safe = !may_be_written(mm, pte) || protect_pte(page, mm, va);
	*orig = pte_under_lock(mm, va);
	if (safe && pte.val != orig->val)
		tell_notifiers(mm, va);
	pte_unlock(mm);
	if (is_range())
		mmu_notifier_invalidate_range_end(mm, va);
	return safe;
}

/*
 * Linux: mm/ksm.c memcmp_pages() (v2.6.32)
 * Model: exact: the one that others were merged with does not change
 */
static bool pages_identical(const struct page *page, const struct page *kpage)
{
	bool identical = true;

	for (int i = 0; i < NR_CELLS; i++) {
		POINT("ksm/compare");
		baton_access(BATON_HERE("memcmp"), &page->cell[i], BATON_READ);
		identical = identical && page->cell[i].value == kpage->cell[i].value;
	}
	return identical;
}

/*
 * Linux: mm/ksm.c replace_page() (v2.6.32)
 * Model: reduced: rmap does not find the page at its new place
 */
static bool replace_page(const struct vm_area_struct *vma, int va, struct page *kpage, pte_t orig)
{
	struct mm *mm = vma_mm(vma);
	struct page *page = pfn_to_page(pte_pfn(orig));
	bool same;

	if (is_range())
		mmu_notifier_invalidate_range_start(mm, va);
	POINT("ksm/replace");
	pte_lock(mm);
	vma_check(vma);
	same = pte_same(pte_under_lock(mm, va), orig);
	if (same) {
		get_page(kpage, REF_PTE);
		page_dup_rmap(kpage);
		ptep_clear_flush(mm, va);
		ghost_merged(mm, va, page, kpage);
		set_pte_at(mm, va, mk_pte(page_to_pfn(kpage)));
		tell_notifiers(mm, va);
		page_remove_rmap(page);
		put_page(page, REF_PTE);
		baton_note("%s instead of %s", kpage->name, page->name);
	}
	pte_unlock(mm);
	if (is_range())
		mmu_notifier_invalidate_range_end(mm, va);
	return same;
}

/* The page that is mapped at @va, with a reference; NULL if there is none. */
static struct page *follow_page(struct mm *mm, int va)
{
	struct page *page = NULL;
	pte_t pte;

	POINT("ksm/follow");
	pte_lock(mm);
	pte = pte_under_lock(mm, va);
	if (pte_present(pte))
		page = vm_normal_page(pte);
	if (page)
		get_page(page, REF_LOOKUP);
	pte_unlock(mm);
	return page;
}

static bool merge_locked(const struct vm_area_struct *vma, int va, struct page *page,
			 struct page *kpage)
{
	pte_t orig;

	if (!write_protect_page(page, vma, va, &orig))
		return false;
	if (!kpage) {
		page->ksm = 1;
		return true;
	}
	return pages_identical(page, kpage) && replace_page(vma, va, kpage, orig);
}

/*
 * Linux: mm/ksm.c try_to_merge_one_page() (v2.6.32)
 * Model: reduced: anonymous pages of one process
 */
static bool merge_one(struct mm *mm, int va, struct page *kpage)
{
	const struct vm_area_struct *vma;
	struct page *page = NULL;
	bool merged = false;

	down_read(&mm->mmap_lock);
	vma = find_vma(mm, va);
	if (vma)
		page = follow_page(mm, va);
	if (page && page != kpage && page_anon(page)) {
		POINT("ksm/trylock");
		if (trylock_page(page)) {
			merged = merge_locked(vma, va, page, kpage);
			unlock_page(page);
		}
	}
	if (page)
		put_page(page, REF_LOOKUP);
	up_read(&mm->mmap_lock);
	return merged;
}

bool ksm_make(struct mm *mm, int va)
{
	return merge_one(mm, va, NULL);
}

bool ksm_merge(struct mm *mm, int va, int with)
{
	pte_t pte = mm->pgtable[with];

	if (!pte_present(pte) || !pfn_to_page(pte_pfn(pte))->ksm)
		baton_fail("model_address", "ksm_page() did not make what is at %c", 'A' + with);
	return merge_one(mm, va, pfn_to_page(pte_pfn(pte)));
}
