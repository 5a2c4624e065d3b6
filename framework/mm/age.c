/* SPDX-License-Identifier: MIT */
/*
 * age.c - may reclaim have a page: was it used lately, or is it locked in memory?
 *
 * A scan that finds one young bit clears them all: a bit that the next scan finds was then
 * set in between. If it stopped at the first one, a page with n mappings, used once by
 * each, would look used in n scans.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

/*
 * Linux: include/linux/mmu_notifier.h ptep_clear_flush_young_notify() (v2.6.29)
 * Model: exact
 */
bool ptep_clear_flush_young_notify(struct mm *mm, int va)
{
	bool young = false;

	if (patched(AGE_SPTE_FIRST))
		young = mmu_notifier_clear_flush_young(mm, va);
	POINT("age/pte");
	young |= ptep_clear_flush_young(mm, va);
	if (patched(AGE_SHORT_CIRCUIT) && young)
		return true;
	if (!patched(AGE_SPTE_FIRST))
		young |= mmu_notifier_clear_flush_young(mm, va);
	return young;
}

/*
 * Linux: mm/rmap.c page_referenced_one() (v2.6.29)
 * Model: reduced: a locked mapping does not end the walk. @arg: was it used?
 */
static bool page_referenced_one(struct page *page, struct vm_area_struct *vma, int va, void *arg)
{
	struct mm *mm = vma_mm(vma);
	bool *referenced = arg;
	bool young = false;

	pte_lock(mm);
	if (pte_maps(pte_under_lock(mm, va), page) && !(vma->vm_flags & VM_LOCKED))
		young = ptep_clear_flush_young_notify(mm, va);
	if (young)
		ghost_found_used(page, mm, va);
	*referenced |= young;
	pte_unlock(mm);
	return true;
}

/*
 * Linux: mm/rmap.c page_referenced() (v2.6.29)
 * Model: reduced: no PG_referenced
 */
bool page_referenced(struct page *page)
{
	bool referenced = false;
	struct rmap_walk walk = { page_referenced_one, &referenced };

	if (!page->mapping)
		return false;
	ghost_scan_begin(page);
	rmap_walk(page, &walk);
	baton_note("%s was %sused", page->name, referenced ? "" : "not ");
	return referenced;
}

/*
 * Linux: mm/rmap.c try_to_unmap_one(), its first test (v2.6.29; v5.11 without the young bit)
 * Model: exact
 */
bool keeps_mapping(const struct vm_area_struct *vma, int va, unsigned int ttu)
{
	bool young = false;

	if (vma->vm_flags & VM_LOCKED) {
		baton_note("locked in memory");
		return true;
	}
	if (!(ttu & TTU_IGNORE_ACCESS) && patched(UNMAP_YOUNG_KEEPS))
		young = ptep_clear_flush_young_notify(vma_mm(vma), va);
	if (young)
		baton_note("used");
	return young;
}
