/* SPDX-License-Identifier: MIT */
/* vmscan.c - reclaim of one anonymous page, from isolation to freeing. */
#include "mm/mm.h"

enum page_state {
	PAGE_KEEP,   /* unlocked */
	PAGE_LOCKED, /* go on */
};

static bool is_dirty(const struct page *page)
{
	POINT("reclaim/dirty");
	return page_dirty(page);
}

static void clear_dirty(struct page *page)
{
	POINT("reclaim/clear_dirty");
	baton_access(BATON_HERE("ClearPageDirty"), page_flags(page), BATON_RMW);
	page->dirty = 0;
}

/* It was unlocked. Nobody wrote to it since? */
static enum page_state lock_again(struct page *page)
{
	POINT("reclaim/relock");
	if (!trylock_page(page))
		return PAGE_KEEP;
	if (BATON_RECHECK(page->dirty)) { /* seen in the step that took the lock */
		unlock_page(page);
		return PAGE_KEEP;
	}
	return PAGE_LOCKED;
}

/* Page locked, and nobody else looks at it. */
static enum page_state swap_out(struct page *page)
{
	clear_dirty(page);
	switch (swap_writepage(page)) {
	case SWAP_UNUSED:
		page->dirty = 1;
		return PAGE_LOCKED;
	case SWAP_SUBMITTED:
		if (page_under_writeback(page))
			return PAGE_KEEP;
		break;
	case SWAP_WRITTEN:
		unlock_page(page);
		break;
	}
	return lock_again(page);
}

/*
 * Linux: mm/vmscan.c pageout() (v2.6.29)
 * Model: reduced: that a write failed tells PG_dirty alone
 */
static enum page_state pageout(struct page *page)
{
	int count;

	POINT("reclaim/freeable");
	count = page_count(page);
	if (BATON_RECHECK(count != 2)) {
		baton_note("kept: %d references", count);
		unlock_page(page);
		return PAGE_KEEP;
	}
	return swap_out(page);
}

/*
 * Linux: mm/vmscan.c __remove_mapping() (v2.6.29), its first half
 * Model: reduced: a page that turns out to be dirty is frozen and unfrozen in one step
 */
bool freeze_clean_page(struct page *page)
{
	POINT("reclaim/freeze");
	if (!page_ref_freeze(page, 2))
		return false;
	if (BATON_RECHECK(page->dirty)) {
		page->refcount.counter = 2;
		page->frozen = 0;
		return false;
	}
	return true;
}

static bool remove_mapping(struct page *page)
{
	if (!freeze_clean_page(page))
		return false;
	delete_frozen_from_swap_cache(page);
	return true;
}

/* Take it away from the processes. Return: is it in the swap cache, and mapped nowhere? */
static bool unmap(struct page *page, unsigned int ttu, struct unmap_batch *batch)
{
	if (!page_swapcache(page) && !page->lazyfree) {
		if (patched_since(UNMAP_PIN_SHRINK_SKIP)) {
			POINT("reclaim/pin_checked");
			if (page_maybe_dma_pinned(page) && !patched(PINS_IGNORED_BY_RECLAIM)) {
				baton_note("pinned");
				return false;
			}
		}
		if (!add_to_swap(page))
			return false;
	}
	return try_to_unmap(page, ttu, batch) == SWAP_SUCCESS;
}

/*
 * Linux: mm/vmscan.c shrink_page_list() (v2.6.29, v5.11)
 * Model: reduced: one page, not a huge one; without @ageing as with MADV_PAGEOUT; swap is
 *	never full, so a page that is kept stays in the swap cache
 */
static bool shrink_isolated(struct page *page, struct unmap_batch *batch, bool ageing)
{
	unsigned int ttu = ageing ? 0 : TTU_IGNORE_ACCESS;

	POINT("reclaim/trylock");
	if (!trylock_page(page)) {
		baton_note("locked");
		return false;
	}
	if ((page->swapcache && swap_under_writeback(page)) || (ageing && page_referenced(page))) {
		unlock_page(page);
		return false;
	}
	if (page_file(page))
		return shrink_file_page(page, ttu, batch);
	if (!page_anon(page) || page->head || !unmap(page, ttu, batch)) {
		unlock_page(page);
		return false;
	}
	if (is_dirty(page)) {
		try_to_unmap_flush_dirty(batch);
		if (pageout(page) == PAGE_KEEP)
			return false;
	}
	if (!(page->lazyfree ? remove_lazyfree(page) : remove_mapping(page))) {
		unlock_page(page);
		return false;
	}
	try_to_unmap_flush(batch);
	free_frozen_page(page);
	return true;
}

static bool reclaim_isolated(struct page *page, bool ageing)
{
	struct unmap_batch batch = { 0 };

	if (shrink_isolated(page, &batch, ageing)) {
		world.ghost.scans_failed[page->place] = 0;
		return true;
	}
	world.ghost.scans_failed[page->place]++;
	try_to_unmap_flush(&batch);
	put_page(page, REF_ISOLATE);
	return false;
}

bool shrink_page(struct page *page, bool ageing)
{
	POINT("reclaim/isolate");
	if (!try_get_page(page, REF_ISOLATE)) {
		baton_note("%s is free", page->name);
		return false;
	}
	return reclaim_isolated(page, ageing);
}

bool reclaim_page(struct page *page)
{
	return reclaim_isolated(page, false);
}
