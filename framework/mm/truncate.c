/* SPDX-License-Identifier: MIT */
/*
 * truncate.c - taking pages out of the page cache, under the processes that map them.
 *
 * First the ptes go, then the page. A fault that finds the page in between maps what no
 * longer belongs to the file:
 *
 *	CPU invalidate (page locked)       CPU fault (v2.6.22)
 *	unmaps the page everywhere
 *	                                   finds the page in the page cache
 *	takes it out of the page cache
 *	                                   maps it
 *
 * i_size and truncate_count kept such faults away from truncate(): who finds the page
 * within i_size, and truncate_count unchanged under the pte lock, was in time to be unmapped.
 * Where i_size stays, only the page lock helps: since v2.6.23 faults hold it.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

/* Faults that looked at the file before now look again. */
static void count_truncate(struct address_space *file)
{
	if (patched(FAULT_LOCK_LOCKED))
		return;
	POINT("truncate/count");
	baton_access(BATON_HERE("truncate_count++"), &file->truncate_count, BATON_RMW);
	file->truncate_count++;
}

static void unmap_vma_page(struct vm_area_struct *vma, int va, bool even_cows)
{
	struct mm *mm = vma_mm(vma);

	mmu_notifier_invalidate_range_start(mm, va);
	zap_page_range(vma, va, even_cows);
	mmu_notifier_invalidate_range_end(mm, va);
}

/*
 * Linux: mm/memory.c unmap_mapping_range() (v2.6.22, v2.6.29)
 * Model: reduced: one page
 */
void unmap_mapping_page(struct address_space *file, unsigned int index, bool even_cows)
{
	POINT("truncate/unmap");
	spin_lock(&file->i_mmap_lock);
	vma_list_walk_begin(&file->i_mmap);
	count_truncate(file);
	for_each_vma(vma) {
		int va = vma_file(vma) == file ? vma_address(vma, index) : -1;

		if (va >= 0)
			unmap_vma_page(vma, va, even_cows);
	}
	vma_list_walk_end(&file->i_mmap);
	spin_unlock(&file->i_mmap_lock);
}

/*
 * Page locked, and nothing maps it.
 *
 * Linux: mm/filemap.c remove_from_page_cache() (v2.6.29)
 * Model: exact
 */
static void remove_from_page_cache(struct page *page)
{
	bool page_mapped = page->mapcount.counter != 0;
	struct address_space *file = page_file(page);

	POINT("truncate/removed");
	baton_access(BATON_HERE("remove_from_page_cache"), file->i_pages, BATON_RMW);
	file->i_pages[page->index] = 0;
	baton_access_locked(&page->mapping, BATON_WRITE);
	page->mapping = 0;
	page->orphan = 1;
	ghost_changed();
	if (patched(FAULT_LOCK_LOCKED))
		BATON_ASSERT(!page_mapped);
	put_page(page, REF_CACHE);
}

static bool is_mapped(const struct page *page)
{
	POINT("truncate/page_mapped");
	return page_mapcount(page) != 0;
}

static void cancel_dirty_page(struct page *page)
{
	POINT("truncate/cancel_dirty");
	baton_access(BATON_HERE("cancel_dirty_page"), page_flags(page), BATON_RMW);
	page->dirty = 0;
	page->buffers = 0;
}

/*
 * Linux: mm/truncate.c truncate_inode_pages() (v2.6.29)
 * Model: reduced: one page
 */
static void truncate_page(struct address_space *file, unsigned int index)
{
	struct page *page = find_lock_page(file, index);

	if (!page)
		return;
	wait_on_page_writeback(page);
	if (patched(FAULT_LOCK_LOCKED) && is_mapped(page))
		unmap_mapping_page(file, index, false);
	cancel_dirty_page(page);
	remove_from_page_cache(page);
	unlock_page(page);
	put_page(page, REF_LOOKUP);
}

/* What is new of a longer file is a hole: it reads as zero. */
static void extend(struct address_space *file, unsigned int pages)
{
	unsigned int from = file->i_size;

	if (pages <= from)
		return;
	POINT("truncate/hole");
	baton_access(BATON_HERE("truncate_setsize"), file->disk, BATON_WRITE);
	for (unsigned int index = from; index < pages; index++)
		ghost_file_hole(file, index);
	if (pages > file->pages)
		file->pages = (uint8_t)pages;
}

/*
 * Linux: mm/memory.c vmtruncate() (v2.6.29)
 * Model: reduced: no other call changes the size meanwhile (i_mutex); what is behind the end of
 *	the file stays on disk until it is the file's again, and then it is a hole
 */
void truncate_file(struct address_space *file, unsigned int pages)
{
	extend(file, pages);
	POINT("truncate/i_size");
	baton_access(BATON_HERE("i_size_write"), &file->i_size, BATON_WRITE);
	file->i_size = (uint8_t)pages;
	for (unsigned int index = pages; index < file->pages; index++) {
		unmap_mapping_page(file, index, true);
		truncate_page(file, index);
	}
}

/*
 * Linux: mm/truncate.c invalidate_inode_pages2_range() (v2.6.22, v2.6.29)
 * Model: reduced: one page; a dirty one is left alone, not laundered
 */
bool invalidate_page(struct address_space *file, unsigned int index)
{
	struct page *page = find_lock_page(file, index);
	bool gone;

	if (!page)
		return false;
	wait_on_page_writeback(page);
	if (is_mapped(page))
		unmap_mapping_page(file, index, false);
	POINT("truncate/dirty");
	gone = !page_dirty(page);
	if (gone)
		remove_from_page_cache(page);
	unlock_page(page);
	put_page(page, REF_LOOKUP);
	return gone;
}
