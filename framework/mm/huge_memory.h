/* SPDX-License-Identifier: MIT */
/*
 * huge_memory.h - huge pages: mapped as a whole or by ptes, and made by khugepaged.
 *
 * A huge page of the model has one page frame, and each address has a pmd to itself, which
 * is part of the pte's word (pte.h). What is left of a huge page is what races: that there
 * are two ways to map it, and a count of each.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_HUGE_MEMORY_H
#define MM_HUGE_MEMORY_H

#include "mm/mm_types.h"

/* The page that is mapped there is huge, and mapped as a whole. Nobody else knows it yet. */
void make_huge(struct mm *mm, int va);
/* Map it by ptes from now on, if it is mapped as a whole. mmap_lock held. */
void split_huge_pmd(const struct vm_area_struct *vma, int va);

/* Of a huge page: what page.mapcount does not count, or counts twice. */
int compound_mapcount(const struct page *page);
/* One more mapping like @pte, or one less. */
void page_dup_rmap_of(struct page *page, pte_t pte);
void page_remove_rmap_of(struct page *page, pte_t pte);

#endif
