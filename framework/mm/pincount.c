/* SPDX-License-Identifier: MIT */
/*
 * pincount.c - pins of a page of a file, counted in _mapcount: proposals of 2018 and 2019.
 *
 * rmap_mkclean.c has the other side, which looks for them.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

static bool counts_in_mapcount(const struct page *page)
{
	return page_file(page) && !patched(PINCOUNT_NONE) && !patched(PINCOUNT_BIAS1024);
}

static void count(struct page *page, int change)
{
	atomic_add_at(BATON_NAMED("gup/mapcount"), change, &page->mapcount);
	page->pins_in_mapcount = (uint8_t)(page->pins_in_mapcount + change);
	ghost_changed();
}

/* 11 January 2019: if writeback began meanwhile, it may not have seen the pin. */
static bool count_between(struct page *page)
{
	bool writeback, pinned;

	POINT("gup/writeback");
	writeback = page_under_writeback(page);
	POINT("gup/pin_flag");
	pinned = READ_ONCE(page->dma_pinned);
	if (writeback && !pinned)
		return false;
	count(page, 1);
	POINT("gup/pin_flag_set");
	WRITE_ONCE(page->dma_pinned, 1);
	POINT("gup/writeback_again");
	if (writeback || pinned || !page_under_writeback(page))
		return true;
	count(page, -1);
	return false;
}

bool count_pin(struct page *page, bool writable)
{
	if (!counts_in_mapcount(page))
		return true;
	if (patched(PINCOUNT_MAPCOUNT_S1C))
		return count_between(page);
	if (patched(PINCOUNT_MAPCOUNT_S1B) && writable) {
		POINT("gup/writeback");
		if (page_under_writeback(page))
			return false;
	}
	count(page, 1);
	if (patched(PINCOUNT_MAPCOUNT_S1B)) {
		POINT("gup/pin_flag_set");
		WRITE_ONCE(page->dma_pinned, 1);
	}
	return true;
}

void uncount_pin(struct page *page)
{
	if (counts_in_mapcount(page))
		count(page, -1);
}

bool page_taken_for_pinned(const struct page *page)
{
	if (patched(PINCOUNT_BIAS1024))
		return page->refcount.counter >= GUP_PIN_COUNTING_BIAS;
	return page->dma_pinned;
}

bool page_known_pinned(const struct page *page)
{
	if (!counts_in_mapcount(page))
		return false;
	POINT("writeback/pin_flag");
	return READ_ONCE(page->dma_pinned);
}
