/* SPDX-License-Identifier: MIT */
/* swap_state.c - the swap cache: from a slot to the page that stands for it. */
#include "mm/mm.h"

/* HAS_CACHE without a page: a fault reads the slot (swapin=skipcache_prepare). */
static bool read_directly(const struct swap_slot *slot)
{
	return slot->has_cache && !slot->cache;
}

static bool none_read_directly(const void *object)
{
	const struct swap_info *swap = object;

	for (int i = 0; i < NR_SLOTS; i++)
		if (read_directly(&swap->slot[i]))
			return false;
	return true;
}

static const char *direct_name(const void *object)
{
	(void)object;
	return "the fault that reads the slot";
}

static const struct baton_wait direct_wait = { none_read_directly, NULL, direct_name };

/*
 * Linux: mm/memory.c do_swap_page(), schedule_timeout_uninterruptible(1) (v6.8)
 * Model: reduced: sleeps until there is something to do, instead of for a tick
 */
bool wait_for_direct_swapin(unsigned int entry)
{
	if (!read_directly(&world.swap.slot[entry]))
		return false;
	if (patched(SWAPIN_WAIT_SPIN) && swap_count(entry))
		return true;
	POINT("swap/wait_direct");
	baton_block(BATON_HERE("direct swapin"), &world.swap, BATON_WAIT, &direct_wait);
	return true;
}

/*
 * Linux: mm/swapfile.c swapcache_prepare() (v2.6.31, called by do_swap_page() since v6.8)
 * Model: exact
 */
bool swapcache_prepare(unsigned int entry)
{
	struct swap_slot *slot = &world.swap.slot[entry];

	POINT("swap/prepare");
	baton_access(BATON_HERE("swapcache_prepare"), &world.swap, BATON_RMW);
	if (!swap_map_there(!patched(SWAPREF_NONE)) || !swap_count(entry))
		return false;
	if (slot->has_cache || baton_fault("mm/swapcache_prepare")) {
		baton_note("EEXIST");
		world.ghost.prepare_failed[slot->va]++;
		return false;
	}
	slot->has_cache = 1;
	swap_changed();
	return true;
}

/*
 * Linux: mm/swapfile.c swapcache_clear() (v6.8)
 * Model: exact
 */
void swapcache_clear(unsigned int entry)
{
	POINT("swap/prepare_cleared");
	baton_access(BATON_HERE("swapcache_clear"), &world.swap, BATON_RMW);
	world.swap.slot[entry].has_cache = 0;
	swap_slot_put(&world.swap.slot[entry]);
}

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

struct page *find_swap_cache(unsigned int entry, bool notices)
{
	const struct swap_slot *slot = &world.swap.slot[entry];
	struct page *page;

	for (;;) {
		POINT("fault/swap_lookup");
		baton_access(BATON_HERE("lookup_swap_cache"), &world.swap, BATON_READ);
		if (!swap_map_there(notices) || !slot->cache)
			return NULL;
		page = pfn_to_page(slot->cache);
		POINT("fault/swap_ref");
		if (try_get_page(page, REF_LOOKUP))
			return page;
		baton_block(BATON_HERE("frozen page"), &world.swap, BATON_WAIT, &frozen_wait);
	}
}

/*
 * Linux: mm/swap_state.c lookup_swap_cache() (v2.6.29, v4.11, v5.3)
 * Model: reduced: after the reference is taken, the cache is not looked at again; who
 *	locks the page finds out (SW5), or the pte tells
 */
struct page *lookup_swap_cache(unsigned int entry)
{
	return find_swap_cache(entry, !patched(SWAPREF_NONE));
}

/* Make @page the one that stands for @entry; it is locked and nobody knows it. */
static bool add_to_swap_cache(struct page *page, unsigned int entry)
{
	struct swap_slot *slot = &world.swap.slot[entry];

	POINT("fault/swap_prepare");
	baton_access(BATON_HERE("swapcache_prepare"), &world.swap, BATON_RMW);
	if (!swap_map_there(!patched(SWAPREF_NONE)) || slot->has_cache || !swap_count(entry))
		return false;
	if (baton_fault("mm/swapcache_prepare")) {
		baton_note("EEXIST");
		swap_changed(); /* by whoever was there */
		return false;
	}
	slot->has_cache = 1;
	slot->cache = (uint8_t)page_to_pfn(page);
	page->swapcache = 1;
	page->private = (uint8_t)entry;
	page->refcount.counter++;
	page->refs[REF_CACHE]++;
	swap_changed();
	return true;
}

struct page *swapin_direct(unsigned int entry, int va)
{
	struct page *page = alloc_page(va);

	if (!page)
		return NULL;
	page_ref_move(page, REF_ALLOC, REF_LOOKUP);
	bit_lock_private(&page->lock);
	swap_readpage(page, entry);
	return page;
}

/*
 * Linux: mm/swap_state.c read_swap_cache_async() (v2.6.29)
 * Model: reduced: no readahead
 */
struct page *swapin_page(unsigned int entry, int va, bool *no_memory)
{
	struct page *page = alloc_page(va);

	*no_memory = !page;
	if (!page)
		return NULL;
	page_ref_move(page, REF_ALLOC, REF_LOOKUP);
	bit_lock_private(&page->lock);
	if (!add_to_swap_cache(page, entry)) {
		bit_unlock_private(&page->lock);
		put_page(page, REF_LOOKUP);
		return lookup_swap_cache(entry);
	}
	swap_readpage(page, entry);
	unlock_page(page);
	return page;
}
