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
enum give_back {
	GIVE_BACK_GET,       /* it was taken with FOLL_GET; dirty if to write */
	GIVE_BACK_PIN,       /* the same with FOLL_PIN */
	GIVE_BACK_PIN_AS_IS, /* the page is not made dirty */
};

/* @mm: number of who took it, 0 if anybody. */
void give_back_user_page(long handle, enum give_back how, unsigned int mm);

long dma_read(long handle, int index);
void dma_write(long handle, int index, long value);
/* A device that was told before, and takes its time: all of the page. */
void dma_write_late(long handle, long value);

#endif
