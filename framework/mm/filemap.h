/* SPDX-License-Identifier: MIT */
/*
 * filemap.h - files: their pages in memory, and what is on disk.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_FILEMAP_H
#define MM_FILEMAP_H

#include "mm/mm_types.h"

#define NR_FILES 4   /* number 0 is never used */
#define FILE_PAGES 4 /* of a file */

/* What a page is made for: an address, or one page of a file. It gets its name from it. */
#define NR_PLACES (NR_VAS + NR_FILES * FILE_PAGES)

/*
 * A file. The page cache (i_pages) is one object, as swap is: each access of it is one step,
 * what Linux does with tree_lock held or under RCU. A page is in it while page.mapping
 * says so; both change with the page locked. What the file is like (accounts_dirty,
 * stable_pages) never changes.
 */
struct address_space {
	spinlock_t i_mmap_lock;
	struct vma_list i_mmap;      /* its mappings */
	uint8_t i_size;              /* in pages */
	uint8_t pages;               /* it never had more */
	uint8_t truncate_count;      /* see truncate.c */
	uint8_t accounts_dirty;      /* dirty pages are counted and written: not tmpfs */
	uint8_t stable_pages;        /* the device needs pages that do not change meanwhile */
	uint8_t i_pages[FILE_PAGES]; /* frames, 0: not in memory */
	/* A write failed: a bit for each CPU, and one for finally, that fsync() has not told of
	 * it. Each of them has the file open by itself. Changed, and read, in the step after
	 * the page's flags, PG_writeback or i_pages. */
	uint32_t wb_err;
	struct cell disk[FILE_PAGES][NR_CELLS];
};

/* A file of @pages pages, all in memory and clean. Finding: model_limit, if too many. */
unsigned int new_file(unsigned int pages, bool accounts_dirty, bool stable_pages);

/* The file that a page belongs to, NULL if none. Not a step; page locked, or mapped. */
struct address_space *page_file(const struct page *page);
/* Is it what its file has in memory there? Not a step. */
bool in_page_cache(const struct page *page);
/* Not a step. */
struct address_space *vma_file(const struct vm_area_struct *vma);

/* How filemap_fault() ended. */
struct filemap_result {
	struct page *page;      /* with a reference (REF_LOOKUP); NULL: see oom */
	bool locked;            /* since v2.6.23: see fault_lock */
	bool oom;               /* else the file ends before it */
	uint8_t truncate_count; /* before it looked */
};

/* The page of the file of @vma, read if need be. */
struct filemap_result filemap_fault(const struct vm_area_struct *vma, unsigned int index);
/* Pte lock held: if it was not locked, may it have left the file since? */
bool filemap_result_valid(const struct vm_area_struct *vma, const struct filemap_result *result);

/* What the page cache has there, with a reference (REF_LOOKUP), locked; NULL: nothing. */
struct page *find_lock_page(struct address_space *file, unsigned int index);
/* The same, not locked. */
struct page *find_get_page(struct address_space *file, unsigned int index);

/* What the page cache has there, read if need be, with a reference (REF_LOOKUP), not locked.
 * NULL: no memory. */
struct page *read_cache_page(struct address_space *file, unsigned int index);

/* read() and write() of a page: @values has one for each cell. Return: false if there was no
 * memory. */
bool read_file(struct address_space *file, unsigned int index, long *values);
bool write_file(struct address_space *file, unsigned int index, const long *values);

/*
 * What the file system does before the page becomes writable: it has buffers and is dirty.
 * Page not locked. Return: true, and it is locked; false if it left the file.
 */
bool page_mkwrite(struct page *page);

#endif
