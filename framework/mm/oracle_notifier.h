/* SPDX-License-Identifier: MIT */
/*
 * oracle_notifier.h - ghost: which invalidations are under way, who touched which page.
 *
 * None of it is a step.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_ORACLE_NOTIFIER_H
#define MM_ORACLE_NOTIFIER_H

#include "mm/mm_types.h"

/* Was a page used through a mapping? The scan of a page begins with what is touched then. */
struct touched {
	uint8_t now;    /* since the last scan of the page began */
	uint8_t before; /* between that and the scan before it */
};

struct notifier_ghost {
	uint8_t invalidating[NR_VAS]; /* ranges with this page that have begun and not ended */
	struct touched pte[NR_MMS][NR_VAS];
	struct touched spte[NR_VAS];
	uint8_t dropped[NR_VAS]; /* 1 + CPU that dropped the spte since it began to unmap it */
};

/* @change: 1 when a range of pages @first to @last begins, -1 when it is over. */
void ghost_invalidating(int first, int last, int change);

/* Page @va was used through a pte of @mm, or through the spte. */
void ghost_touch_pte(const struct mm *mm, int va);
void ghost_touch_spte(int va);
/* A scan of @page looks at the young bits of all its mappings, and clears them. */
void ghost_scan_begin(const struct page *page);
/* It found this one young. Violation: young_stale, if nobody used it since the last scan. */
void ghost_found_young_pte(const struct mm *mm, int va);
void ghost_found_young_spte(int va);
/* It takes @page for used. Violation: young_stale, if that was the bit of another page. */
void ghost_found_used(const struct page *page, const struct mm *mm, int va);

/* This CPU drops the spte of page @va. */
void ghost_spte_dropped(int va);
/* This CPU is about to unmap page @va, and then it is done, with the pte lock held.
 * Violation: spte_wasted, if it dropped the spte and left the pte. */
void ghost_unmap_begin(const struct mm *mm, int va);
void ghost_unmap_end(const struct mm *mm, int va, const struct page *page);

/* O12: what a spte maps is what the pte maps, unless an invalidation is under way. */
void check_sptes(void);

#endif
