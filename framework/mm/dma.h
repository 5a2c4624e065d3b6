/* SPDX-License-Identifier: MIT */
/*
 * dma.h - a device that reads and writes a page through a pin, past the page tables.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_DMA_H
#define MM_DMA_H

#include "mm/world.h"

/* A page as a scenario holds it: frame and generation. 0 is no page. */
long page_handle(const struct page *page);
struct page *handle_page(long handle);
/* Was it freed since the handle was made? */
bool handle_stale(long handle);

long dma_read(long handle, int index);
void dma_write(long handle, int index, long value);

#endif
