/* SPDX-License-Identifier: MIT */
/*
 * rmap.h - from a page to the ptes that map it.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_RMAP_H
#define MM_RMAP_H

#include "mm/mm_types.h"

/* One more pte of @vma, which maps it at @va. */
void page_add_anon_rmap(struct page *page, const struct vm_area_struct *vma, int va);
/* One more pte, a copy of another. */
void page_dup_rmap(struct page *page);
/* For a page that nobody else can see yet: not a step. It belongs to @vma from now on. */
void page_add_new_anon_rmap(struct page *page, const struct vm_area_struct *vma, int va);
void page_remove_rmap(struct page *page);
int page_mapcount(const struct page *page);

enum unmap_result {
	SWAP_SUCCESS,
	SWAP_FAIL,
};

/* Page locked: replace all ptes by swap entries. SWAP_SUCCESS if nothing maps it any more. */
enum unmap_result try_to_unmap(struct page *page);
/* Pte lock held, pte cleared. Return: false if the page is pinned. */
bool page_try_share_anon_rmap(struct page *page);
/* Where @vma maps @page, -1 if it cannot. Not a step. */
int page_address_in_vma(const struct page *page, const struct vm_area_struct *vma);

/* A new vma on the list that rmap walks for @anon_vma, and off it again. */
void anon_vma_link(struct vm_area_struct *vma, unsigned int anon_vma);
void unlink_anon_vma(struct vm_area_struct *vma);

#endif
