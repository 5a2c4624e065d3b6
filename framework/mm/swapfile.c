/* SPDX-License-Identifier: MIT */
/*
 * swapfile.c - swap slots: who refers to them, and when one may be given up.
 *
 * A slot is free when no swap pte refers to it and no page in the swap cache has it.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

static struct swap_slot *slot_of(unsigned int entry)
{
	return &world.swap.slot[entry];
}

static bool slot_free(const struct swap_slot *slot)
{
	return !slot->count && !slot->has_cache;
}

/*
 * Linux: mm/swapfile.c get_swap_page() (all)
 * Model: reduced: the first free slot; called in the step of add_to_swap()
 */
static struct swap_slot *get_swap_page(void)
{
	for (unsigned int entry = 0; entry < NR_SLOTS; entry++)
		if (slot_free(slot_of(entry)))
			return slot_of(entry);
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
	page->private = (uint8_t)(slot - world.swap.slot);
	POINT("swap/added");
	get_page(page, REF_CACHE);
	page->swapcache = 1;
	page->dirty = 1;
	ghost_changed();
	return true;
}

/*
 * Linux: mm/swapfile.c swap_duplicate() (v2.6.29)
 * Model: reduced: the count has no limit, so no continuation pages
 */
void swap_duplicate(unsigned int entry)
{
	baton_access(BATON_HERE("swap_duplicate"), &world.swap, BATON_RMW);
	slot_of(entry)->count++;
	ghost_changed();
}

/*
 * Linux: mm/swapfile.c swap_free() (v2.6.29)
 * Model: exact
 */
void swap_free(unsigned int entry)
{
	baton_access(BATON_NAMED("swap/freed"), &world.swap, BATON_RMW);
	slot_of(entry)->count--;
	ghost_changed();
}

/*
 * Page locked, in the step of the caller: the slot no longer has a page. PG_swapcache
 * goes with the reference, in one step, because do_wp_page() compares the two without
 * the page lock: whoever saw one without the other would find the page locked.
 */
static void forget_cache(struct page *page)
{
	slot_of(page->private)->has_cache = 0;
	page->dirty = 1;
	put_page(page, REF_CACHE);
	page->swapcache = 0;
	ghost_changed();
}

/*
 * Linux: mm/swapfile.c try_to_free_swap() (v2.6.29)
 * Model: reduced: count and removal in one step: an unused slot stays so while the
 *	page is locked; pages under writeback are never seen
 */
bool try_to_free_swap(struct page *page)
{
	if (!page->swapcache)
		return false;
	POINT("swap/try_free");
	baton_access(BATON_HERE("try_to_free_swap"), &world.swap, BATON_RMW);
	if (slot_of(page->private)->count)
		return false;
	forget_cache(page);
	return true;
}

/* Mapped or swapped out just once, and then out of the swap cache? Not announced: mapcount. */
static bool only_user(struct page *page, int *count)
{
	if (*count > 1 || !page->swapcache)
		return *count == 1;
	POINT("reuse/swapcount");
	baton_access(BATON_HERE("page_swapcount"), &world.swap, BATON_RMW);
	*count += slot_of(page->private)->count;
	if (*count != 1)
		return false;
	forget_cache(page);
	return true;
}

/*
 * Linux: mm/swapfile.c reuse_swap_page() (v2.6.29, v5.9; KOSAKI's of 2009)
 * Model: exact, without writeback
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
	POINT("swap/delete");
	baton_access(BATON_HERE("delete_from_swap_cache"), &world.swap, BATON_RMW);
	slot_of(page->private)->has_cache = 0;
	page->swapcache = 0;
	ghost_changed();
}

/*
 * Linux: mm/page_io.c swap_writepage() (v2.6.29)
 * Model: reduced: the device is synchronous and copies the page in one step
 */
bool swap_writepage(struct page *page)
{
	struct swap_slot *slot = slot_of(page->private);

	might_sleep();
	POINT("swap/write");
	baton_access(BATON_HERE("swap_writepage"), &world.swap, BATON_RMW);
	if (!slot->count)
		return false;
	for (int i = 0; i < NR_CELLS; i++)
		slot->cell[i] = page->cell[i];
	return true;
}
