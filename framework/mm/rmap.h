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
/* One more pte that maps a page of the page cache. */
void page_add_file_rmap(struct page *page);
/* For a page that nobody else can see yet: not a step. It belongs to @vma from now on. */
void page_add_new_anon_rmap(struct page *page, const struct vm_area_struct *vma, int va);
void page_remove_rmap(struct page *page);
int page_mapcount(const struct page *page);

/*
 * What to do at each address at which a page may be mapped; whether it is, the pte tells.
 * Called with the lock of its anon_vma or file held.
 */
struct rmap_walk {
	/* Return: false to end the walk. */
	bool (*one)(struct page *page, struct vm_area_struct *vma, int va, void *arg);
	void *arg;
};

/* Page locked, and it belongs to an anon_vma or to a file. */
void rmap_walk(struct page *page, const struct rmap_walk *walk);

enum unmap_result {
	SWAP_SUCCESS,
	SWAP_AGAIN, /* of one mapping: there was nothing */
	SWAP_FAIL,
};

#define TTU_IGNORE_ACCESS 1u /* unmap it also if it was used lately */
#define TTU_MIGRATION 2u     /* leave migration entries, whoever counts on the page */

struct unmap_batch;

/*
 * Page locked: replace all ptes by swap entries. @batch: TLB flushes may be left for
 * try_to_unmap_flush() (tlb_gather.h); NULL: they may not. SWAP_SUCCESS if nothing maps it
 * any more.
 */
enum unmap_result try_to_unmap(struct page *page, unsigned int ttu, struct unmap_batch *batch);
/* Pte lock held, pte cleared. Return: false if the page is pinned. */
bool page_try_share_anon_rmap(struct page *page);
/* Where @vma maps @page, -1 if it cannot. Not a step. */
int page_address_in_vma(const struct page *page, const struct vm_area_struct *vma);

/* A new vma on the list that rmap walks for @anon_vma, and off it again. */
void anon_vma_link(struct vm_area_struct *vma, unsigned int anon_vma);
void unlink_anon_vma(struct vm_area_struct *vma);
/* mmap_lock held: before @vma, which maps a file, gets its first anonymous page. */
void anon_vma_prepare(struct vm_area_struct *vma);
/* The same two for what rmap walks for the file of @vma; nothing if it has none. */
void vma_link_file(struct vm_area_struct *vma, unsigned int file);
void unlink_file_vma(struct vm_area_struct *vma);

#endif
