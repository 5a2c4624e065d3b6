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

#endif
