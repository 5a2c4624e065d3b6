/* SPDX-License-Identifier: MIT */
/*
 * dma.h - a device that reads and writes a page through a pin, past the page tables.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_DMA_H
#define MM_DMA_H

#include "mm/world.h"

/* A page as a driver holds it: frame and generation. 0 is no page. Not a step. */
long page_handle(const struct page *page);
struct page *handle_page(long handle);
/* Was it freed since the handle was made? */
bool handle_stale(long handle);

/*
 * The page behind page @va of @mm, as a driver gets it: by gup_fast if @fast. A handle; 0 if it
 * fails. The ghost knows of it until it is given back.
 */
long take_user_page(struct mm *mm, int va, unsigned int gup_flags, bool fast);
/* @pinned: it was taken with FOLL_PIN. @mm: number of who took it, 0 if anybody. */
void give_back_user_page(long handle, bool pinned, unsigned int mm);

long dma_read(long handle, int index);
void dma_write(long handle, int index, long value);

#endif
