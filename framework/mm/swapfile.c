/* SPDX-License-Identifier: MIT */
/*
 * swapfile.c - swap slots: who refers to them, and when one may be given up.
 *
 * Layer: mm. May include: kernel.
 */
#include <string.h>

#include "mm/mm.h"

static struct swap_slot *slot_of(unsigned int entry)
{
	return &world.swap.slot[entry];
}

static bool slot_free(const struct swap_slot *slot)
{
	return !swap_count((unsigned int)(slot - world.swap.slot)) && !slot->has_cache;
}

void swap_changed(void)
{
	world.swap.changes++;
	ghost_changed();
}

void swap_slot_put(struct swap_slot *slot)
{
	if (world.swap.flags.discard && slot_free(slot))
		memset(slot->cell, 0, sizeof(slot->cell));
	swap_changed();
}

bool swap_map_there(bool notices)
{
	if (!world.swap.freed)
		return true;
	if (!notices)
		ghost_violation(USE_AFTER_FREE, "the swap_map was freed by swapoff()");
	return false;
}

/*
 * Linux: mm/swapfile.c get_swap_page() (all)
 * Model: reduced: no clusters: the slot after the last one given out, or the first free
 *	one where a scenario chooses so (mm/slot_reuse); in the step of add_to_swap()
 */
static struct swap_slot *get_swap_page(void)
{
	unsigned int first = world.swap.next;

	if (world.swap.off)
		return NULL;
	if (baton_fault("mm/slot_reuse"))
		first = 0;
	for (unsigned int i = 0; i < NR_SLOTS; i++) {
		unsigned int entry = (first + i) % NR_SLOTS;

		if (!slot_free(slot_of(entry)))
			continue;
		world.swap.next = (uint8_t)((entry + 1) % NR_SLOTS);
		return slot_of(entry);
	}
	return NULL;
}

/*
 * Linux: mm/swap_state.c add_to_swap() (v2.6.29)
 * Model: reduced: slot and cache entry in one step, since no pte refers to the slot yet
 */
bool add_to_swap(struct page *page)
{
	struct swap_slot *slot;

	POINT("swap/alloc");
	baton_access(BATON_HERE("get_swap_page"), &world.swap, BATON_RMW);
	slot = baton_fault("mm/swap_slot") ? NULL : get_swap_page();
	if (!slot) {
		baton_note("no slot");
		return false;
	}
	slot->has_cache = 1;
	slot->cache = (uint8_t)page_to_pfn(page);
	slot->va = page->place;
	page->private = (uint8_t)(slot - world.swap.slot);
	baton_note("slot %u", page->private);
	swap_changed();
	POINT("swap/added");
	get_page(page, REF_CACHE);
	baton_access_locked(&page->swapcache, BATON_WRITE);
	page->swapcache = 1;
	page->dirty = 1;
	ghost_changed();
	return true;
}

/*
 * Linux: mm/swapfile.c swap_free() (v2.6.29)
 * Model: exact
 */
void swap_free(unsigned int entry)
{
	baton_access(BATON_NAMED("swap/freed"), &world.swap, BATON_RMW);
	swap_count_sub(entry);
	swap_slot_put(slot_of(entry));
}

bool swap_under_writeback(const struct page *page)
{
	return world.swap.flags.async && page_under_writeback(page);
}

/*
 * Page locked, in the step of the caller: the slot no longer has a page. PG_swapcache
 * goes with the reference, in one step, because do_wp_page() compares the two without
 * the page lock: whoever saw one without the other would find the page locked.
 */
static void forget_cache(struct page *page)
{
	struct swap_slot *slot = slot_of(page->private);

	BATON_ASSERT(page->swapcache);
	slot->has_cache = 0;
	slot->cache = 0;
	swap_slot_put(slot);
	put_page(page, REF_CACHE);
	page->swapcache = 0;
	baton_access_locked(page_flags(page), BATON_RMW);
	page->dirty = 1;
	ghost_changed();
}

/*
 * Linux: mm/swapfile.c try_to_free_swap() (v2.6.29)
 * Model: reduced: count and removal in one step: an unused slot stays so while the
 *	page is locked
 */
bool try_to_free_swap(struct page *page)
{
	if (!page_swapcache(page) || swap_under_writeback(page))
		return false;
	POINT("swap/try_free");
	baton_access(BATON_HERE("try_to_free_swap"), &world.swap, BATON_RMW);
	if (swap_count(page->private))
		return false;
	forget_cache(page);
	return true;
}

/* Its one user is found, and it is in the swap cache. */
static bool reuse_swapcache_page(struct page *page)
{
	if (swap_under_writeback(page))
		return !world.swap.flags.stable || !patched(STABLE_REUSE_COPY);
	forget_cache(page);
	return true;
}

/* Mapped or swapped out just once, and then out of the swap cache? Not announced: mapcount. */
static bool only_user(struct page *page, int *count)
{
	if (*count > 1 || !page_swapcache(page))
		return *count == 1;
	POINT("reuse/swapcount");
	baton_access(BATON_HERE("page_swapcount"), &world.swap, BATON_RMW);
	*count += swap_count(page->private);
	return *count == 1 && reuse_swapcache_page(page);
}

/*
 * Linux: mm/swapfile.c reuse_swap_page() (v2.6.29, v4.10, v5.9; KOSAKI's of 2009)
 * Model: exact
 */
bool reuse_swap_page(struct page *page)
{
	int count = page_mapcount(page);
	bool alone = only_user(page, &count);

	if (!patched(REUSE_KOSAKI))
		return alone;
	POINT("reuse/count");
	return count + page_count(page) == 2;
}

/*
 * Linux: mm/swap_state.c __delete_from_swap_cache() (v2.6.29)
 * Model: exact, with swapcache_free()
 */
void delete_frozen_from_swap_cache(struct page *page)
{
	struct swap_slot *slot = slot_of(page->private);

	POINT("swap/delete");
	baton_access(BATON_HERE("delete_from_swap_cache"), &world.swap, BATON_RMW);
	slot->has_cache = 0;
	slot->cache = 0;
	page->swapcache = 0;
	swap_slot_put(slot);
}

/* No pte needs the slot any more: does its page stand for nothing else? */
static void reclaim_swap_cache(unsigned int entry)
{
	struct page *page = find_swap_cache(entry, !patched(ZAP_SWAP_UNLOCKED));

	if (!page)
		return;
	POINT("zap/trylock");
	if (trylock_page(page)) {
		if (page_swapcache(page) && page->private == entry && !page_mapcount(page))
			try_to_free_swap(page);
		unlock_page(page);
	}
	POINT("zap/cache_put");
	put_page(page, REF_LOOKUP);
}

/*
 * Linux: mm/swapfile.c free_swap_and_cache() (v2.6.29, v4.11, v6.9)
 * Model: reduced: swap is never full. Until v4.11 all of it was done under swap_lock: here
 *	the page is looked for afterwards, and the slot looked at again.
 */
void free_swap_and_cache(unsigned int entry)
{
	bool cached;

	if (patched(ZAP_SWAP_DEVICE_REF) && !get_swap_device())
		return;
	POINT("zap/swap_freed");
	swap_free(entry);
	cached = slot_of(entry)->cache && !swap_count(entry);
	if (cached)
		reclaim_swap_cache(entry);
	if (patched(ZAP_SWAP_DEVICE_REF))
		put_swap_device();
}
