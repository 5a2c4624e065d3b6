/* SPDX-License-Identifier: MIT */
/* filemap_rw.c - read() and write(): a file without a mapping. */
#include "mm/mm.h"

/*
 * Linux: mm/filemap.c do_generic_file_read() (v2.6.29)
 * Model: reduced: one page; no readahead
 */
bool read_file(struct address_space *file, unsigned int index, long *values)
{
	struct page *page = read_cache_page(file, index);

	if (!page)
		return false;
	for (int i = 0; i < NR_CELLS; i++) {
		POINT("file/copy_out");
		baton_access(BATON_HERE("copy_to_user"), &page->cell[i], BATON_READ);
		values[i] = page->cell[i].value;
	}
	put_page(page, REF_LOOKUP);
	return true;
}

/* Page locked, and its buffers are there. */
static void copy_in(struct page *page, const long *values)
{
	for (int i = 0; i < NR_CELLS; i++) {
		POINT("file/copy_in");
		baton_access(BATON_HERE("copy_from_user"), &page->cell[i], BATON_WRITE);
		ghost_file_store(page, i, values[i]);
	}
}

/*
 * Linux: mm/filemap.c generic_perform_write() (v2.6.29)
 * Model: reduced: one page, all of it; the file does not grow
 */
bool write_file(struct address_space *file, unsigned int index, const long *values)
{
	for (;;) {
		struct page *page = read_cache_page(file, index);
		bool mine;

		if (!page)
			return false;
		mine = page_mkwrite(page);
		if (mine) {
			copy_in(page, values);
			unlock_page(page);
		}
		put_page(page, REF_LOOKUP);
		if (mine)
			return true;
	}
}
