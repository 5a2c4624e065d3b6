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
/* The same for a page that was isolated (REF_ISOLATE); without ageing. */
bool reclaim_page(struct page *page);

/* Page locked and isolated, a file's. Return: true if it was freed; else it is unlocked. */
struct unmap_batch;
bool shrink_file_page(struct page *page, unsigned int ttu, struct unmap_batch *batch);

/* drop_caches: drop that page of the file, if it is clean and nobody uses it. Return: did it? */
bool invalidate_inode_page(struct address_space *file, unsigned int index);

/*
 * Page locked, mapped nowhere: take the reference of reclaim and that of its cache, if there are
 * no others and it is clean. Dirty is looked at after the references, as who drops one may
 * have set it before.
 */
bool freeze_clean_page(struct page *page);

#endif
