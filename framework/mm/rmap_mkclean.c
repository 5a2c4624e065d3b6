/* SPDX-License-Identifier: MIT */
/*
 * rmap_mkclean.c - write-protecting a page of a file before it is written, and what was
 * proposed in the winter of 2018 to find out there whether somebody has pinned it.
 *
 * The idea: GUP counts a pin in _mapcount, as if it were one more pte. page_mkclean()
 * passes all ptes anyway; if it finds fewer than _mapcount says, the rest are pins. The
 * walk holds the page lock, and the lock of a page table while it looks at a pte there.
 * Neither keeps munmap() from taking away a pte that was counted already, fork() from
 * adding one, or gup_fast() from counting a pin. So the sum means nothing:
 *
 *	CPU writeback                     CPU munmap
 *	walk: finds the one pte
 *	                                  clears it: _mapcount 2 -> 1
 *	_mapcount - 1 == 0: no pins
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

struct mkclean {
	int mapped;  /* ptes */
	int markers; /* of writable ptes that were zapped */
	bool dirty;  /* one of the ptes was */
};

/* Where the notifiers hear of a page, and not of a range: before the pte lock is given up? */
static bool tells_under_lock(void)
{
	return patched(NOTIFY_MKCLEAN_TELLS) && !patched(NOTIFY_INVAL_AFTER_PTL) &&
	       !patched(NOTIFY_RANGE_START_END);
}

static bool is_range(void)
{
	return patched(NOTIFY_MKCLEAN_TELLS) && patched(NOTIFY_RANGE_START_END);
}

static bool clean_pte(struct mm *mm, int va, pte_t pte)
{
	POINT("mkclean/pte");
	pte = ptep_clear_flush(mm, va);
	if (tells_under_lock())
		mmu_notifier_invalidate_page(mm, va);
	POINT("mkclean/pte_set");
	set_pte_at(mm, va, pte_wrprotect(pte_mkclean(pte)));
	return pte_dirty(pte);
}

/*
 * Linux: mm/rmap.c page_mkclean_one() (v2.6.29)
 * Model: exact
 */
static bool page_mkclean_one(struct page *page, struct vm_area_struct *vma, int va, void *arg)
{
	struct mkclean *mkclean = arg;
	struct mm *mm = vma_mm(vma);
	bool clean = false;
	pte_t pte;

	if (!(vma->vm_flags & VM_SHARED) && patched(PINCOUNT_WALK_SHARED))
		return true;
	if (is_range())
		mmu_notifier_invalidate_range_start(mm, va);
	pte_lock(mm);
	pte = pte_under_lock(mm, va);
	if (pte_maps(pte, page)) {
		mkclean->mapped++;
		clean = pte_dirty(pte) || pte_write(pte);
		if (clean)
			mkclean->dirty |= clean_pte(mm, va, pte);
	} else if (pte_zapped(pte)) {
		set_pte_at(mm, va, PTE_NONE);
	}
	pte_unlock(mm);
	if (clean && patched(NOTIFY_MKCLEAN_TELLS) && patched(NOTIFY_INVAL_AFTER_PTL))
		mmu_notifier_invalidate_page(mm, va);
	if (is_range())
		mmu_notifier_invalidate_range_end(mm, va);
	return true;
}

static bool count_markers(struct page *page, struct vm_area_struct *vma, int va, void *arg)
{
	struct mkclean *mkclean = arg;
	struct mm *mm = vma_mm(vma);
	pte_t pte;

	pte_lock(mm);
	pte = pte_under_lock(mm, va);
	if (pte_zapped(pte) && pte_pfn(pte) == page_to_pfn(page))
		mkclean->markers++;
	pte_unlock(mm);
	return true;
}

static void walk(struct page *page, struct mkclean *mkclean)
{
	const struct rmap_walk walk = { page_mkclean_one, mkclean };

	rmap_walk(page, &walk);
}

static void set_pinned(struct page *page, bool pinned)
{
	POINT("mkclean/pin_flag");
	WRITE_ONCE(page->dma_pinned, pinned);
	baton_note(pinned ? "pinned" : "not pinned");
}

/* 18 December 2018: the difference is the pins. */
static void mkclean_by_difference(struct page *page, struct mkclean *mkclean)
{
	int mapcount;

	walk(page, mkclean);
	POINT("mkclean/mapcount");
	mapcount = page_mapcount(page);
	baton_note("%d - %d ptes", mapcount, mkclean->mapped);
	set_pinned(page, mapcount - mkclean->mapped > 0);
}

/* Is the second count no more than what the walks explain? The markers are counted then. */
static bool explained_by_markers(struct page *page, struct mkclean *mkclean)
{
	const struct rmap_walk walk = { count_markers, mkclean };
	int mapcount;

	POINT("mkclean/mapcount_again");
	mapcount = page_mapcount(page);
	if (mapcount > mkclean->mapped)
		return false;
	rmap_walk(page, &walk);
	return mapcount <= mkclean->mapped + mkclean->markers;
}

/* 2 January 2019: GUP sets a flag, and this takes it back. */
static void mkclean_with_flag(struct page *page, struct mkclean *mkclean)
{
	int mapcount;

	POINT("mkclean/mapcount");
	mapcount = page_mapcount(page);
	walk(page, mkclean);
	if (!READ_ONCE(page->dma_pinned))
		return;
	if (mapcount != mkclean->mapped)
		BATON_ASSERT(mapcount >= mkclean->mapped);
	if (mapcount == mkclean->mapped || explained_by_markers(page, mkclean))
		set_pinned(page, false);
}

/* 11 January 2019: first take the flag away, then count, then put it back if need be. */
static void mkclean_flag_first(struct page *page, struct mkclean *mkclean)
{
	int mapcount;
	bool pinned;

	POINT("mkclean/flag_cleared");
	pinned = xchg(&page->dma_pinned, 0);
	POINT("mkclean/mapcount");
	mapcount = page_mapcount(page);
	walk(page, mkclean);
	baton_note("%d - %d ptes", mapcount, mkclean->mapped);
	if (pinned && mkclean->mapped < mapcount)
		set_pinned(page, true);
}

/*
 * Linux: mm/rmap.c page_mkclean() (v2.6.29; Glisse's three of 2018 and 2019)
 * Model: exact
 */
bool page_mkclean(struct page *page)
{
	struct mkclean mkclean = { 0 };

	POINT("mkclean/page_mapped");
	if (!page_mapcount(page))
		return false;
	if (patched(PINCOUNT_MAPCOUNT_S1A))
		mkclean_by_difference(page, &mkclean);
	else if (patched(PINCOUNT_MAPCOUNT_S1B))
		mkclean_with_flag(page, &mkclean);
	else if (patched(PINCOUNT_MAPCOUNT_S1C))
		mkclean_flag_first(page, &mkclean);
	else
		walk(page, &mkclean);
	ghost_pin_decision(page);
	return mkclean.dirty;
}
