/* SPDX-License-Identifier: MIT */
/*
 * driver.h - a driver that pins several pages at once, and its device, which does what it
 * is told some time later.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_DRIVER_H
#define MM_DRIVER_H

#include "mm/mm_types.h"

#define DRIVER_PAGES 3

/* What the driver on one CPU has pinned; nobody else looks at it. */
struct driver {
	uint8_t count;
	uint16_t pages[DRIVER_PAGES]; /* as in dma.h */
};

/* The device: one transfer at a time. */
struct dma_engine {
	uint16_t page; /* as in dma.h; 0: idle */
	long value;    /* for all of the page */
};

/*
 * Pin so many pages from @va on, all of them or none. Return: false if there were fewer.
 * Finding: model_limit, if they are too many, or this CPU's driver holds some already.
 */
bool driver_pin_pages(struct mm *mm, int va, int pages, unsigned int gup_flags);
/* Give back all that this CPU's driver has pinned. */
void driver_unpin_pages(const struct mm *mm);

/* Tell the device to write @value to all of a page; waits until it is idle. */
void dma_submit(long handle, long value);
/* Until the device has done what it was told. */
void dma_wait(void);
/* What the device is: does what it is told, for ever. Returns at once in finally. */
void dma_device_run(void);

#endif
