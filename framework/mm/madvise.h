/* SPDX-License-Identifier: MIT */
/*
 * madvise.h - advice that takes memory away: with mmap_lock held for reading only.
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

#endif
