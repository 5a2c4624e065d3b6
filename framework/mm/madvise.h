/* SPDX-License-Identifier: MIT */
/*
 * madvise.h - advice: most of it with mmap_lock held for reading only.
 *
 * Functions run on a CPU and switch.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_MADVISE_H
#define MM_MADVISE_H

#include "mm/mm_types.h"

/* MADV_DONTNEED: the pages [@start, @end) are as new when they are touched again. */
void madvise_dontneed(struct mm *mm, int start, int end);

/* MADV_WILLNEED: if page @va is swapped out, have it in the swap cache. */
void madvise_willneed(struct mm *mm, int va);
/* MADV_PAGEOUT: reclaim page @va, if nobody else maps it. */
void madvise_pageout(struct mm *mm, int va);
/* MADV_DONTFORK: a child does not get the mapping of page @va. */
void madvise_dontfork(struct mm *mm, int va);

#endif
