/* SPDX-License-Identifier: MIT */
/*
 * swap.h - swap slots, and the swap cache: pages that stand for them.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_SWAP_H
#define MM_SWAP_H

#include "mm/page.h"

#define NR_SLOTS 4

struct swap_slot {
	uint8_t count; /* swap ptes */
	uint8_t has_cache;
	uint8_t cache; /* frame in the swap cache */
	struct cell cell[NR_CELLS];
};

struct swap_info {
	struct swap_slot slot[NR_SLOTS];
};

/* Page locked: give it a slot and put it into the swap cache. Return: false if there is none. */
bool add_to_swap(struct page *page);
void swap_duplicate(unsigned int entry);
void swap_free(unsigned int entry);
/* Page locked: may its only user write to it? Takes it out of the swap cache if that helps. */
bool reuse_swap_page(struct page *page);
/* Page locked: take it out of the swap cache if no pte refers to the slot. */
bool try_to_free_swap(struct page *page);
/* Page frozen: take it out of the swap cache. */
void delete_frozen_from_swap_cache(struct page *page);
/* With a reference (REF_LOOKUP); NULL if it is not there. */
struct page *lookup_swap_cache(unsigned int entry);
/* The same, reading the slot if it is not there; NULL: no memory, or the slot is free now. */
struct page *read_swap_cache(unsigned int entry, int va);
/* Page locked: copy it to its slot. Return: false if no pte needs the slot any more. */
bool swap_writepage(struct page *page);

#endif
