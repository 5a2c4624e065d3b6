/* SPDX-License-Identifier: MIT */
/* filemap.c - the page cache: from a place in a file to the page that stands for it. */
#include "mm/mm.h"

static const char *const lock_names[NR_FILES + 1] = { NULL, "i_mmap_lock(F)", "i_mmap_lock(G)",
						      "i_mmap_lock(H)", "i_mmap_lock(I)" };

struct address_space *page_file(const struct page *page)
{
	return page->mapping & MAPPING_FILE ? &world.files[page->mapping & ~MAPPING_FILE] : NULL;
}

struct address_space *vma_file(const struct vm_area_struct *vma)
{
	return vma->file ? &world.files[vma->file] : NULL;
}

bool in_page_cache(const struct page *page)
{
	const struct address_space *file = page_file(page);

	return file && file->i_pages[page->index] == page_to_pfn(page);
}

static unsigned int file_number(const struct address_space *file)
{
	return (unsigned int)(file - world.files);
}

/* See NR_PLACES. */
static int place_of(const struct address_space *file, unsigned int index)
{
	return NR_VAS + (int)((file_number(file) - 1) * FILE_PAGES + index);
}

/* The page is private to the caller, which announced the page cache. */
static void add_to_page_cache(struct page *page, struct address_space *file, unsigned int index)
{
	page->mapping = (uint8_t)(MAPPING_FILE | file_number(file));
	page->index = (uint8_t)index;
	page->refcount.counter++;
	page->refs[REF_CACHE]++;
	file->i_pages[index] = (uint8_t)page_to_pfn(page);
	ghost_changed();
}

unsigned int new_file(unsigned int pages, bool accounts_dirty, bool stable_pages)
{
	struct address_space *file = world.files + 1;

	while (file <= world.files + NR_FILES && file->pages)
		file++;
	if (file > world.files + NR_FILES || !pages || pages > FILE_PAGES)
		baton_fail("model_limit", "the model has %d files of 1 to %d pages", NR_FILES,
			   FILE_PAGES);
	spin_lock_init(&file->i_mmap_lock, lock_names[file_number(file)]);
	mm_lock_is(&file->i_mmap_lock, i_mmap_lock_kind());
	file->i_size = (uint8_t)pages;
	file->pages = (uint8_t)pages;
	file->accounts_dirty = accounts_dirty;
	file->stable_pages = stable_pages;
	for (unsigned int index = 0; index < pages; index++) {
		struct page *page = alloc_page(place_of(file, index));

		if (!page)
			baton_fail("model_limit", "no page for setup");
		add_to_page_cache(page, file, index);
		put_page(page, REF_ALLOC);
	}
	return file_number(file);
}

/* A frozen page leaves the cache in the next step of whoever froze it. Linux spins. */
static bool none_frozen(const void *object)
{
	const uint8_t *i_pages = object;

	for (int index = 0; index < FILE_PAGES; index++)
		if (i_pages[index] && pfn_to_page(i_pages[index])->frozen)
			return false;
	return true;
}

static const char *frozen_name(const void *object)
{
	(void)object;
	return "frozen page in the page cache";
}

static const struct baton_wait frozen_wait = { none_frozen, NULL, frozen_name };

/*
 * Linux: mm/filemap.c find_get_page() (v2.6.29)
 * Model: reduced: after the reference is taken, the cache is not looked at again; who
 *	locks the page looks at page.mapping
 */
struct page *find_get_page(struct address_space *file, unsigned int index)
{
	struct page *page;

	for (;;) {
		POINT("file/cache_lookup");
		baton_access(BATON_HERE("find_get_page"), file->i_pages, BATON_READ);
		if (!file->i_pages[index])
			return NULL;
		page = pfn_to_page(file->i_pages[index]);
		POINT("file/cache_ref");
		if (try_get_page(page, REF_LOOKUP))
			return page;
		baton_block(BATON_HERE("frozen page"), file->i_pages, BATON_WAIT, &frozen_wait);
	}
}

/* Is it still what stands for that place? Page locked. */
static bool stands_for(const struct page *page, const struct address_space *file,
		       unsigned int index)
{
	return page_file(page) == file && page->index == index;
}

/*
 * Linux: mm/filemap.c find_lock_page() (v2.6.29)
 * Model: exact
 */
struct page *find_lock_page(struct address_space *file, unsigned int index)
{
	for (;;) {
		struct page *page = find_get_page(file, index);

		if (!page)
			return NULL;
		POINT("file/lock_page");
		lock_page(page);
		if (stands_for(page, file, index))
			return page;
		unlock_page(page);
		put_page(page, REF_LOOKUP);
	}
}

/* Read it into @page, which is locked. */
static void readpage(struct page *page, const struct address_space *file)
{
	might_sleep();
	POINT("file/read");
	baton_access(BATON_HERE("readpage"), file->disk, BATON_READ);
	for (int i = 0; i < NR_CELLS; i++)
		page->cell[i] = file->disk[page->index][i];
	page->reading = 0;
}

/*
 * Linux: mm/filemap.c page_cache_read() (v2.6.29)
 * Model: reduced: no readahead; the device is synchronous
 */
static bool page_cache_read(struct address_space *file, unsigned int index)
{
	struct page *page = alloc_page(place_of(file, index));

	if (!page)
		return false;
	POINT("file/cache_add");
	baton_access(BATON_HERE("add_to_page_cache"), file->i_pages, BATON_RMW);
	if (file->i_pages[index]) {
		put_page(page, REF_ALLOC);
		return true;
	}
	bit_lock_private(&page->lock);
	page->reading = 1;
	add_to_page_cache(page, file, index);
	readpage(page, file);
	unlock_page(page);
	put_page(page, REF_ALLOC);
	return true;
}

struct page *read_cache_page(struct address_space *file, unsigned int index)
{
	struct page *page;

	while (!(page = find_get_page(file, index)))
		if (!page_cache_read(file, index))
			return NULL;
	return page;
}

static bool within_size(const struct address_space *file, unsigned int index)
{
	baton_access(BATON_HERE("i_size_read"), &file->i_size, BATON_READ);
	return index < file->i_size;
}

/* v2.6.22: not locked, if it need not be read. */
static struct page *find_uptodate_page(struct address_space *file, unsigned int index)
{
	struct page *page = find_get_page(file, index);

	if (!page)
		return NULL;
	POINT("fault/uptodate");
	if (READ_ONCE(page->reading))
		wait_on_page_locked(page);
	return page;
}

static struct page *find_for_fault(struct address_space *file, unsigned int index)
{
	return patched(FAULT_LOCK_LOCKED) ? find_lock_page(file, index) :
					    find_uptodate_page(file, index);
}

static uint8_t read_truncate_count(const struct address_space *file)
{
	if (patched(FAULT_LOCK_LOCKED))
		return 0;
	POINT("fault/truncate_count");
	return READ_ONCE(file->truncate_count);
}

/*
 * Linux: mm/filemap.c filemap_fault() (v2.6.29; filemap_nopage() in v2.6.22)
 * Model: reduced: no readahead
 */
struct filemap_result filemap_fault(const struct vm_area_struct *vma, unsigned int index)
{
	struct address_space *file = vma_file(vma);
	struct filemap_result result = { .truncate_count = read_truncate_count(file) };

	POINT("fault/i_size");
	if (!within_size(file, index))
		return result;
	while (!(result.page = find_for_fault(file, index))) {
		if (!page_cache_read(file, index)) {
			result.oom = true;
			return result;
		}
	}
	if (!patched(FAULT_LOCK_LOCKED))
		return result;
	result.locked = true;
	POINT("fault/i_size_recheck");
	if (!BATON_RECHECK(!within_size(file, index)))
		return result;
	unlock_page(result.page);
	put_page(result.page, REF_LOOKUP);
	result.page = NULL;
	return result;
}

bool filemap_result_valid(const struct vm_area_struct *vma, const struct filemap_result *result)
{
	const struct address_space *file = vma_file(vma);

	if (patched(FAULT_LOCK_LOCKED) || patched(TRUNCATE_COUNT_IGNORED))
		return true;
	baton_access(BATON_HERE("truncate_count"), &file->truncate_count, BATON_READ);
	return file->truncate_count == result->truncate_count;
}

/* Under the page lock: no writeback begins any more. */
static void wait_for_stable_page(struct page *page)
{
	if (page_file(page)->stable_pages && patched(STABLE_FAULT_WAIT))
		wait_on_page_writeback(page);
}

/*
 * Linux: fs/buffer.c block_page_mkwrite() (v2.6.29)
 * Model: reduced: buffers are allocated where the page is made dirty
 */
bool page_mkwrite(struct page *page)
{
	POINT("wp/page_mkwrite");
	lock_page(page);
	if (!page_file(page)) {
		unlock_page(page);
		return false;
	}
	POINT("wp/buffers");
	baton_access(BATON_HERE("block_commit_write"), page_flags(page), BATON_RMW);
	page->buffers = BUFFERS_ATTACHED | BUFFERS_DIRTY;
	page->dirty = 1;
	ghost_changed();
	wait_for_stable_page(page);
	return true;
}
