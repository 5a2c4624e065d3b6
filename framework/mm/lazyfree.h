/* SPDX-License-Identifier: MIT */
/*
 * lazyfree.h - MADV_FREE: pages that reclaim may drop as long as they are clean.
 *
 * Functions run on a CPU and switch.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_LAZYFREE_H
#define MM_LAZYFREE_H

#include "mm/tlb_gather.h"

/* MADV_FREE: page @va may be dropped until it is stored to. */
void madvise_free(struct mm *mm, int va);
/*
 * Unmapping: the pte of a lazyfree @page was cleared, the lock is held. Return: may it go?
 * If not, the page counts as an ordinary one from now on.
 */
bool lazyfree_may_go(struct page *page);
/* Page locked, mapped nowhere: freeze it if nobody uses it. */
bool remove_lazyfree(struct page *page);

#endif
