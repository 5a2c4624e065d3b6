/* SPDX-License-Identifier: MIT */
/*
 * vmscan.h - reclaim.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_VMSCAN_H
#define MM_VMSCAN_H

#include "mm/page.h"

/* One pass of reclaim over @page; with @ageing, a page that was used lately stays. Return:
 * true if the page was freed. */
bool shrink_page(struct page *page, bool ageing);

/* Page locked and isolated, a file's. Return: true if it was freed; else it is unlocked. */
struct unmap_batch;
bool shrink_file_page(struct page *page, unsigned int ttu, struct unmap_batch *batch);

#endif
