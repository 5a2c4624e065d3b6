/* SPDX-License-Identifier: MIT */
/* swap_state.c - the swap cache: from a slot to the page that stands for it. */
#include "mm/mm.h"

/* A frozen page leaves the cache in the next step of whoever froze it. Linux spins. */
static bool none_frozen(const void *object)
{
	const struct swap_info *swap = object;

	for (int i = 0; i < NR_SLOTS; i++)
		if (swap->slot[i].has_cache && pfn_to_page(swap->slot[i].cache)->frozen)
			return false;
	return true;
}

static const char *frozen_name(const void *object)
{
	(void)object;
	return "frozen page in the swap cache";
}

static const struct baton_wait frozen_wait = { none_frozen, NULL, frozen_name };

/*
 * Linux: mm/swap_state.c lookup_swap_cache() (v2.6.29)
 * Model: reduced: after the reference is taken, the cache is not looked at again; who
 *	locks the page finds out (SW5), or the pte tells
 */
struct page *lookup_swap_cache(unsigned int entry)
{
	const struct swap_slot *slot = &world.swap.slot[entry];
	struct page *page;

	for (;;) {
		POINT("fault/swap_lookup");
		baton_access(BATON_HERE("lookup_swap_cache"), &world.swap, BATON_READ);
		if (!slot->has_cache)
			return NULL;
		page = pfn_to_page(slot->cache);
		POINT("fault/swap_ref");
		if (try_get_page(page, REF_LOOKUP))
			return page;
		baton_block(BATON_HERE("frozen page"), &world.swap, BATON_WAIT, &frozen_wait);
	}
}

/* Make @page the one that stands for @entry; it is locked and nobody knows it. */
static bool add_to_swap_cache(struct page *page, unsigned int entry)
{
	struct swap_slot *slot = &world.swap.slot[entry];

	POINT("fault/swap_prepare");
	baton_access(BATON_HERE("swapcache_prepare"), &world.swap, BATON_RMW);
	if (slot->has_cache || !slot->count)
		return false;
	slot->has_cache = 1;
	slot->cache = (uint8_t)page_to_pfn(page);
	page->swapcache = 1;
	page->private = (uint8_t)entry;
	page->refcount.counter++;
	page->refs[REF_CACHE]++;
	ghost_changed();
	return true;
}

/*
 * Linux: mm/page_io.c swap_readpage() (v2.6.29)
 * Model: reduced: the device is synchronous and copies the slot in one step
 */
static void swap_readpage(struct page *page, unsigned int entry)
{
	const struct swap_slot *slot = &world.swap.slot[entry];

	might_sleep();
	POINT("swap/read");
	baton_access(BATON_HERE("swap_readpage"), &world.swap, BATON_READ);
	for (int i = 0; i < NR_CELLS; i++)
		page->cell[i] = slot->cell[i];
}

/*
 * Linux: mm/swap_state.c read_swap_cache_async() (v2.6.29)
 * Model: reduced: no readahead
 */
struct page *read_swap_cache(unsigned int entry, int va)
{
	struct page *page = lookup_swap_cache(entry);
	struct page *fresh;

	if (page)
		return page;
	fresh = alloc_page(va);
	if (!fresh)
		return NULL;
	page_ref_move(fresh, REF_ALLOC, REF_LOOKUP);
	bit_lock_private(&fresh->lock);
	if (!add_to_swap_cache(fresh, entry)) {
		bit_unlock_private(&fresh->lock);
		put_page(fresh, REF_LOOKUP);
		return lookup_swap_cache(entry);
	}
	swap_readpage(fresh, entry);
	unlock_page(fresh);
	return fresh;
}
