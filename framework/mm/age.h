/* SPDX-License-Identifier: MIT */
/*
 * age.h - was a page used lately?
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_AGE_H
#define MM_AGE_H

#include "mm/mm_types.h"

/* Page locked: clear the young bits of all its mappings. Return: was one set? */
bool page_referenced(struct page *page);
/* Pte lock held: the same for the pte of page @va and for its spte. */
bool ptep_clear_flush_young_notify(struct mm *mm, int va);
/* Pte lock held: must reclaim leave page @va of @vma mapped? @ttu: see try_to_unmap(). */
bool keeps_mapping(const struct vm_area_struct *vma, int va, unsigned int ttu);

/* mlock() and munlock() of the mapping at @va. */
void mlock_page(struct mm *mm, int va, bool lock);

#endif
