/* SPDX-License-Identifier: MIT */
/*
 * page_writeback.c - which pages of a file are dirty, and writing them.
 *
 * A page is cleaned in two places: PG_dirty, and the ptes, whose dirty bit says that
 * a store did not fault. In between the order matters:
 *
 *	CPU writeback (2.6.19)           CPU user
 *	                                 store: the pte is dirty, no fault
 *	PG_dirty was set: clears it
 *	page_mkclean(): the pte is clean
 *	writes the dirty buffers: those
 *	that PG_dirty knew of
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

static bool test_clear_dirty(struct page *page)
{
	bool dirty;

	POINT("writeback/clear_dirty");
	baton_access(BATON_HERE("TestClearPageDirty"), page_flags(page), BATON_RMW);
	dirty = page->dirty;
	page->dirty = 0;
	ghost_changed();
	return dirty;
}

/*
 * Linux: mm/page-writeback.c clear_page_dirty_for_io() (v2.6.19, v2.6.29)
 * Model: exact
 */
bool clear_page_dirty_for_io(struct page *page)
{
	const struct address_space *file = page_file(page);
	bool dirty;

	if (!file->accounts_dirty)
		return test_clear_dirty(page);
	if (patched(MKCLEAN_TEST_THEN_CLEAN)) {
		dirty = test_clear_dirty(page);
		if (dirty)
			page_mkclean(page);
		return dirty;
	}
	if (page_mkclean(page))
		set_page_dirty(page);
	return test_clear_dirty(page);
}

/* The device takes one buffer. It has the page to itself: see PG_writeback. */
static void write_cell(struct address_space *file, const struct page *page, int i,
		       const struct cell *cell)
{
	POINT("file/write");
	baton_access(BATON_HERE("submit_bh"), cell, BATON_READ);
	file->disk[page->index][i] = *cell;
	ghost_written(file, page->index, i);
	ghost_changed();
}

/*
 * Linux: fs/buffer.c end_buffer_async_write(), mapping_set_error() (v2.6.29, v4.13)
 * Model: reduced: PG_error is not kept
 */
static void write_failed(struct address_space *file, struct page *page, unsigned int cells)
{
	POINT("file/write_error");
	baton_access(BATON_HERE("SetPageError"), page_flags(page), BATON_RMW);
	baton_note("%s is not written: EIO", page->name);
	if (!patched(ERROR_PATH_WRITE_FORGETS))
		file->wb_err = UINT32_MAX;
	ghost_write_failed(file, page, cells);
}

/* Let the device take the cells @dirty of @page. */
static void write_cells(struct address_space *file, struct page *page, unsigned int dirty)
{
	if (dirty && baton_fault("mm/file_write")) {
		write_failed(file, page, dirty);
		return;
	}
	for (int i = 0; i < NR_CELLS; i++)
		if (dirty >> i & 1)
			write_cell(file, page, i, &page->cell[i]);
}

/*
 * In the caller's step: has a write failed that this CPU was not told of? Until v4.13 who asks
 * first is told for all.
 *
 * Linux: mm/filemap.c filemap_check_errors() (v3.2), file_check_and_advance_wb_err() (v4.13)
 * Model: reduced: page by page, and not at the end of fsync()
 */
static bool check_wb_err(struct address_space *file, unsigned int index)
{
	uint32_t self = (uint32_t)1 << smp_processor_id();
	bool failed = file->wb_err & self;

	file->wb_err &= failed && patched(WB_ERR_BIT) ? 0 : ~self;
	ghost_fsync_page(file, index, self, failed);
	return failed;
}

static bool buffers_unlocked(const void *object)
{
	const void *page = (const char *)object - offsetof(struct page, lock);

	return !(((const struct page *)page)->buffers & BUFFERS_LOCKED);
}

static const char *buffers_name(const void *object)
{
	(void)object;
	return "a buffer";
}

static const struct baton_wait buffers_wait = { buffers_unlocked, NULL, buffers_name };

static unsigned int take_dirty_buffers(struct page *page)
{
	unsigned int dirty;

	POINT("writeback/buffers");
	baton_block(BATON_HERE("lock_buffer"), page_flags(page), BATON_WAIT, &buffers_wait);
	dirty = page->buffers & BUFFERS_DIRTY;
	page->buffers &= (uint8_t)~BUFFERS_DIRTY;
	return dirty;
}

/*
 * A pinned page may change while it is written. If its pin is known, the device gets a copy
 * and the page stays dirty: what comes through the pin later is not lost.
 */
static void write_bounced(struct address_space *file, struct page *page)
{
	struct page bounce;

	copy_user_highpage(&bounce, page);
	page->stable = 0;
	set_page_dirty(page);
	unlock_page(page);
	for (int i = 0; i < NR_CELLS; i++) {
		file->disk[page->index][i] = bounce.cell[i];
		ghost_changed();
	}
	end_page_writeback(page);
}

/*
 * Linux: fs/buffer.c block_write_full_page() (v2.6.29)
 * Model: reduced: whoever writes goes on as the device
 */
void writepage(struct page *page)
{
	struct address_space *file = page_file(page);
	unsigned int dirty = take_dirty_buffers(page);

	set_page_writeback(page, file->stable_pages);
	if (page_known_pinned(page)) {
		write_bounced(file, page);
		return;
	}
	unlock_page(page);
	write_cells(file, page, dirty);
	end_page_writeback(page);
}

/*
 * Linux: mm/page-writeback.c write_cache_pages() (v2.6.29)
 * Model: reduced: one page, found by its place; always waits (WB_SYNC_ALL)
 */
static bool write_and_check(struct address_space *file, unsigned int index, bool check)
{
	struct page *page = find_lock_page(file, index);
	bool failed;

	if (!page)
		return check && check_wb_err(file, index);
	wait_on_page_writeback(page);
	if (page_dirty(page) && clear_page_dirty_for_io(page))
		writepage(page);
	else
		unlock_page(page);
	failed = check && check_wb_err(file, index);
	put_page(page, REF_LOOKUP);
	return failed;
}

void write_page(struct address_space *file, unsigned int index)
{
	(void)write_and_check(file, index, false);
}

/*
 * Linux: mm/filemap.c filemap_write_and_wait() (v2.6.29, v4.13)
 * Model: reduced: page by page
 */
bool fsync_file(struct address_space *file)
{
	bool failed = false;

	for (unsigned int index = 0; index < file->pages; index++)
		failed |= write_and_check(file, index, true);
	if (failed)
		baton_note("EIO");
	else
		ghost_fsync_done(file);
	return !failed;
}

/*
 * Linux: fs/buffer.c sync_dirty_buffer() (v2.6.29)
 * Model: reduced: all buffers of a page, as a journal commits them
 */
void write_buffers(struct address_space *file, unsigned int index)
{
	struct page *page = find_get_page(file, index);
	unsigned int dirty;

	if (!page)
		return;
	dirty = take_dirty_buffers(page);
	page->buffers |= BUFFERS_LOCKED;
	write_cells(file, page, dirty);
	POINT("writeback/buffers_written");
	baton_access(BATON_HERE("unlock_buffer"), page_flags(page), BATON_RMW);
	page->buffers &= (uint8_t)~BUFFERS_LOCKED;
	ghost_changed();
	put_page(page, REF_LOOKUP);
}

/*
 * Linux: fs/buffer.c try_to_free_buffers() (v2.6.29)
 * Model: reduced: buffers hold no reference to the page
 */
bool release_buffers(struct address_space *file, unsigned int index)
{
	struct page *page = find_lock_page(file, index);
	bool released = false;

	if (!page)
		return false;
	if (!page_under_writeback(page)) {
		POINT("writeback/release");
		baton_access(BATON_HERE("drop_buffers"), page_flags(page), BATON_RMW);
		released = !page->dirty && !(page->buffers & (BUFFERS_DIRTY | BUFFERS_LOCKED));
		if (released)
			page->buffers = 0;
	}
	unlock_page(page);
	put_page(page, REF_LOOKUP);
	return released;
}
