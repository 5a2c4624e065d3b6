/* SPDX-License-Identifier: MIT */
/*
 * huge_memory.c - huge pages, and what becomes of their counts when a mapping is split.
 *
 * Mappings of the whole are counted in compound_mapcount, those by ptes in the mapcount of
 * each page. While there are both, each page counts one more (PG_double_map). To split a
 * mapping is to take it from one count to the other, and no lock but the page lock keeps
 * another process from adding them up in between.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

void make_huge(struct mm *mm, int va)
{
	struct page *page;
	pte_t pte;

	pte_lock(mm);
	pte = pte_under_lock(mm, va);
	page = pfn_to_page(pte_pfn(pte));
	page->head = 1;
	page->mapcount.counter = 0;
	page->compound_mapcount.counter = 1;
	set_pte_at(mm, va, (pte_t){ pte.val | PTE_HUGE });
	pte_unlock(mm);
}

/*
 * Linux: mm/huge_memory.c page_trans_huge_mapcount() (v4.6), without the pages' own counts
 * Model: exact for a huge page of one page
 */
int compound_mapcount(const struct page *page)
{
	int twice;

	POINT("thp/double_map_read");
	twice = READ_ONCE(page->double_map);
	POINT("thp/compound_read");
	return atomic_read(&page->compound_mapcount) - twice;
}

/*
 * Linux: mm/rmap.c page_dup_rmap() (v4.5)
 * Model: exact
 */
void page_dup_rmap_of(struct page *page, pte_t pte)
{
	if (pte_huge(pte))
		atomic_inc(&page->compound_mapcount);
	else
		page_dup_rmap(page);
	ghost_changed();
}

/* Return: was it another? */
static bool change_double_map(struct page *page, uint8_t value)
{
	bool other;

	baton_access(BATON_HERE("PageDoubleMap"), &page->double_map, BATON_RMW);
	other = page->double_map != value;
	page->double_map = value;
	return other;
}

/* The last one takes what the pages counted twice. */
static void drop_compound_mapcount(struct page *page)
{
	POINT("thp/compound_dropped");
	if (atomic_dec_and_test(&page->compound_mapcount) && change_double_map(page, 0))
		page_remove_rmap(page);
	ghost_changed();
}

/*
 * Linux: mm/rmap.c page_remove_rmap(), page_remove_anon_compound_rmap() (v4.5)
 * Model: exact for a huge page of one page
 */
void page_remove_rmap_of(struct page *page, pte_t pte)
{
	if (pte_huge(pte))
		drop_compound_mapcount(page);
	else
		page_remove_rmap(page);
}

/*
 * Linux: mm/huge_memory.c __split_huge_pmd_locked() (v4.5)
 * Model: reduced: a huge page of one page; the pmd is changed in one step, at the end
 */
static void split_locked(struct mm *mm, int va, struct page *page)
{
	pte_t pte = pte_under_lock(mm, va);

	POINT("thp/page_counted");
	page_dup_rmap(page);
	POINT("thp/others");
	if (atomic_read(&page->compound_mapcount) > 1 && change_double_map(page, 1))
		page_dup_rmap(page);
	drop_compound_mapcount(page);
	POINT("thp/split");
	set_pte_at(mm, va, (pte_t){ pte.val & ~PTE_HUGE });
}

/* Pte lock held, and dropped meanwhile. Return: is the pte still the same? */
static bool lock_huge_page(struct mm *mm, int va, struct page *page)
{
	pte_t orig = pte_under_lock(mm, va);

	POINT("thp/trylock");
	if (trylock_page(page))
		return true;
	get_page(page, REF_LOOKUP);
	pte_unlock(mm);
	POINT("thp/lock_page");
	lock_page(page);
	pte_lock(mm);
	put_page(page, REF_LOOKUP);
	return pte_same(pte_under_lock(mm, va), orig);
}

/*
 * Linux: mm/huge_memory.c __split_huge_pmd() (v4.5, v5.8)
 * Model: reduced: does not try again if the mapping was changed; no notifiers
 */
void split_huge_pmd(const struct vm_area_struct *vma, int va)
{
	bool locks = patched(THP_SPLIT_PAGE_LOCKED);
	struct mm *mm = vma_mm(vma);
	struct page *page;

	pte_lock(mm);
	vma_check(vma);
	if (!pte_present(pte_under_lock(mm, va)) || !pte_huge(pte_under_lock(mm, va))) {
		pte_unlock(mm);
		return;
	}
	page = pfn_to_page(pte_pfn(pte_under_lock(mm, va)));
	if (!locks || lock_huge_page(mm, va, page))
		split_locked(mm, va, page);
	pte_unlock(mm);
	if (locks)
		unlock_page(page);
}
