/* SPDX-License-Identifier: MIT */
/* vmscan_file.c - reclaim of one page of a file: unmapped, written, and forgotten. */
#include "mm/mm.h"

/* After unmapping: nobody new can pin it. */
static bool is_pinned(const struct page *page)
{
	if (!patched(SHRINK_PINNED_KEEP))
		return false;
	POINT("reclaim/pin_checked");
	return page_maybe_dma_pinned(page);
}

/* It was unlocked. Does it still belong to the file? Return: false, and it is not locked. */
static bool lock_again(struct page *page)
{
	POINT("reclaim/relock");
	if (!trylock_page(page))
		return false;
	baton_access_locked(&page->mapping, BATON_READ);
	if (!BATON_RECHECK(!page_file(page)))
		return true;
	unlock_page(page);
	return false;
}

/* Page locked. Return: false if it is, or was, busy, and it is not locked any more. */
static bool write_dirty(struct page *page)
{
	int count;

	POINT("reclaim/dirty");
	if (!page_dirty(page))
		return true;
	POINT("reclaim/freeable");
	count = page_count(page);
	if (BATON_RECHECK(count != 2)) {
		baton_note("kept: %d references", count);
		unlock_page(page);
		return false;
	}
	if (!clear_page_dirty_for_io(page))
		return true;
	writepage(page);
	return lock_again(page);
}

/* Page locked: the file system gives up its buffers if it is clean. */
static bool try_to_release_page(struct page *page)
{
	POINT("reclaim/release");
	baton_access(BATON_HERE("try_to_release_page"), page_flags(page), BATON_RMW);
	if (page->dirty || page->buffers & (BUFFERS_DIRTY | BUFFERS_LOCKED))
		return false;
	page->buffers = 0;
	return true;
}

/* The second half of __remove_mapping(), see freeze_clean_page(). */
static bool remove_file_mapping(struct page *page)
{
	if (!freeze_clean_page(page))
		return false;
	POINT("reclaim/removed");
	baton_access(BATON_HERE("delete_from_page_cache"), page_file(page)->i_pages, BATON_RMW);
	page_file(page)->i_pages[page->index] = 0;
	ghost_changed();
	return true;
}

static bool unmap_file_page(struct page *page, unsigned int ttu, struct unmap_batch *batch)
{
	POINT("reclaim/page_mapped");
	return !page_mapcount(page) || try_to_unmap(page, ttu, batch) == SWAP_SUCCESS;
}

/*
 * Linux: mm/vmscan.c shrink_page_list() (v2.6.29, v6.4), for pages of files
 * Model: reduced: one page; tmpfs has no swap
 */
bool shrink_file_page(struct page *page, unsigned int ttu, struct unmap_batch *batch)
{
	if (!page_file(page)->accounts_dirty || page_under_writeback(page) ||
	    !unmap_file_page(page, ttu, batch) || is_pinned(page)) {
		unlock_page(page);
		return false;
	}
	try_to_unmap_flush_dirty(batch);
	if (!write_dirty(page))
		return false;
	if (!try_to_release_page(page) || !remove_file_mapping(page)) {
		unlock_page(page);
		return false;
	}
	try_to_unmap_flush(batch);
	free_frozen_page(page);
	return true;
}

/* Page locked. Beside the caller's reference and the page cache's: ptes, or who pins it. */
static bool is_unused(const struct page *page)
{
	POINT("drop_caches/unused");
	if (!page_file(page) || page_dirty(page) || page_under_writeback(page))
		return false;
	return patched(DROP_CACHES_REFERENCED) ? page_count(page) == 2 : !page_mapcount(page);
}

/*
 * Linux: mm/truncate.c invalidate_inode_page() (v2.6.29), mapping_evict_folio() (v5.18)
 * Model: reduced: one page
 */
bool invalidate_inode_page(struct address_space *file, unsigned int index)
{
	struct page *page = find_get_page(file, index);

	if (!page)
		return false;
	POINT("drop_caches/trylock");
	if (trylock_page(page)) {
		if (is_unused(page) && try_to_release_page(page) && remove_file_mapping(page)) {
			free_frozen_page(page);
			return true;
		}
		unlock_page(page);
	}
	put_page(page, REF_LOOKUP);
	return false;
}
