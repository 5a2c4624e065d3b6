/* SPDX-License-Identifier: MIT */
/*
 * oracle_notifier.c - what must hold between ptes and sptes.
 *
 * O12: a spte maps the page that the pte maps, and permits no more; where it does not, an
 * invalidation of that address is under way. O16: a young bit that a scan finds was set
 * since the scan before it: what is found used was used lately. O17: reclaim does not take a
 * page from the secondary MMU that it then leaves to the process.
 */
#include "mm/ghost.h"
#include "mm/world.h"

void ghost_invalidating(int first, int last, int change)
{
	for (int va = first; va <= last; va++)
		world.ghost.notifier.invalidating[va] += (uint8_t)change;
	ghost_changed();
}

static void check_spte(int va, const struct spte *spte)
{
	pte_t pte = world.mms[world.secondary.mm].pgtable[va];
	const struct page *page = pfn_to_page(spte->pfn);

	if (!pte_maps(pte, page) || page->generation != spte->generation)
		ghost_violation(SPTE_STALE, "the spte of %c maps %s, but the pte %s", 'A' + va,
				page->name,
				pte_present(pte) ? pfn_to_page(pte_pfn(pte))->name : "nothing");
	else if (spte->write && !pte_write(pte))
		ghost_violation(SPTE_STALE, "the spte of %c may write to %s, but the pte may not",
				'A' + va, page->name);
}

void check_sptes(void)
{
	for (int va = 0; va < NR_VAS; va++) {
		const struct spte *spte = &world.secondary.spte[va];

		if (spte->valid && !world.ghost.notifier.invalidating[va])
			check_spte(va, spte);
	}
}

void ghost_touch_pte(const struct mm *mm, int va)
{
	world.ghost.notifier.pte[mm_number(mm)][va].now = 1;
}

void ghost_touch_spte(int va)
{
	world.ghost.notifier.spte[va].now = 1;
}

static void begin(struct touched *touched)
{
	touched->before = touched->now;
	touched->now = 0;
}

void ghost_scan_begin(const struct page *page)
{
	for (int va = 0; va < NR_VAS; va++) {
		const struct spte *spte = &world.secondary.spte[va];

		if (spte->valid && spte->pfn == page_to_pfn(page))
			begin(&world.ghost.notifier.spte[va]);
		for_each_mm(mm)
		{
			if (pte_maps(mm->pgtable[va], page))
				begin(&world.ghost.notifier.pte[mm_number(mm)][va]);
		}
	}
}

static void check_young(const struct touched *touched, const char *what, int va)
{
	if (!touched->now && !touched->before)
		ghost_violation(YOUNG_STALE,
				"the %s of %c is young, but nobody used it since the last scan",
				what, 'A' + va);
}

void ghost_found_young_pte(const struct mm *mm, int va)
{
	check_young(&world.ghost.notifier.pte[mm_number(mm)][va], "pte", va);
}

void ghost_found_used(const struct page *page, const struct mm *mm, int va)
{
	if (!pte_maps(mm->pgtable[va], page))
		ghost_violation(YOUNG_STALE,
				"a scan of %s takes the young bit of %c, which is not %s",
				page->name, 'A' + va, page->name);
}

void ghost_found_young_spte(int va)
{
	check_young(&world.ghost.notifier.spte[va], "spte", va);
}

void ghost_spte_dropped(int va)
{
	world.ghost.notifier.dropped[va] = (uint8_t)(smp_processor_id() + 1);
}

void ghost_unmap_begin(const struct mm *mm, int va)
{
	if (world.secondary.mm == mm_number(mm))
		world.ghost.notifier.dropped[va] = 0;
}

void ghost_unmap_end(const struct mm *mm, int va, const struct page *page)
{
	if (world.secondary.mm == mm_number(mm) &&
	    world.ghost.notifier.dropped[va] == smp_processor_id() + 1 &&
	    pte_maps(mm->pgtable[va], page))
		ghost_violation(SPTE_WASTED, "the spte of %c was dropped, and the pte left",
				'A' + va);
}
