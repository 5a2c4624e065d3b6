/* SPDX-License-Identifier: MIT */
/*
 * pgtable.h - the level above the ptes: one entry (pmd), which can be cleared, and the
 * page of ptes below it, which can be freed.
 *
 * Both happen only in an mm that a scenario chooses; in others none of this is a step.
 *
 * Functions run on a CPU and switch.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_PGTABLE_H
#define MM_PGTABLE_H

#include "mm/mm_types.h"

/* A lockless walk: what it has seen of the pmd. */
struct table_walk {
	uint8_t pmd;
	bool none;
	uint8_t generation; /* of the page of ptes */
};

/* The page table of @mm may be freed and collapsed from now on. */
void page_table_moves(struct mm *mm);
struct table_walk table_walk_begin(const struct mm *mm);
/* A pte is read, if there is one. Violation: use_after_free, if the page of ptes was freed. */
bool table_walk_goes_on(const struct mm *mm, const struct table_walk *walk);
/* Since v6.1: is the pmd what it was? */
bool table_walk_same(const struct mm *mm, const struct table_walk *walk);

/* Where an address gets its first pte: is there memory for a page of ptes? Not a step. */
bool pte_alloc(void);

/* mmap_lock held for writing: nothing is mapped any more, so the page of ptes goes. */
void free_pgtables(struct mm *mm);
/* khugepaged: the page at @va becomes part of a huge page. Return: false if it is in use. */
bool collapse_huge_page(struct mm *mm, int va);

#endif
