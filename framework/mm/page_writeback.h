/* SPDX-License-Identifier: MIT */
/*
 * page_writeback.h - dirty pages of files, and how they get to disk.
 *
 * PG_dirty and the buffers of a page are one object (page_flags()). Buffers are one per cell:
 * a file system writes those that are dirty, and it may write them by itself, without
 * looking at PG_dirty.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_PAGE_WRITEBACK_H
#define MM_PAGE_WRITEBACK_H

#include "mm/page.h"

struct address_space;

#define BUFFERS_ATTACHED 0x80u
#define BUFFERS_LOCKED 0x40u                 /* the file system writes them */
#define BUFFERS_DIRTY ((1u << NR_CELLS) - 1) /* a bit for each */

/* Page locked, and it belongs to a file: is there something to write? Then it is clean now. */
bool clear_page_dirty_for_io(struct page *page);

/* Page locked, and clean since a moment ago: write it, unlock it, wait for the device. */
void writepage(struct page *page);

/* Write the page at @index of the file if it is dirty, and wait for the device. */
void write_page(struct address_space *file, unsigned int index);
/*
 * All of the file. Return: false if a write failed since the last time that this CPU asked.
 * Violation: write_lost, if a store is not on disk then, and nobody else runs; error_untold.
 */
bool fsync_file(struct address_space *file);
/* The file system writes the dirty buffers of that page, and leaves PG_dirty alone. */
void write_buffers(struct address_space *file, unsigned int index);
/* It needs memory: take the buffers of a clean page away. Return: false if it is busy. */
bool release_buffers(struct address_space *file, unsigned int index);

/*
 * Page locked: let no pte be writable or dirty, so that the next store faults.
 * Return: was one dirty?
 */
bool page_mkclean(struct page *page);

#endif
