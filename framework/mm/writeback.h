/* SPDX-License-Identifier: MIT */
/*
 * writeback.h - PG_writeback: a device is writing the page.
 *
 * It is set with the page locked, and cleared without: the device is done when it is
 * done. Whoever holds the page lock knows that it does not begin, not that it does not
 * end. A device that needs stable data reads the page more than once (a checksum, then the
 * data): nothing may be stored to the page meanwhile.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_WRITEBACK_H
#define MM_WRITEBACK_H

#include "mm/page.h"

/* Page locked, not under writeback. @stable: the device needs the data to stay as they are. */
void set_page_writeback(struct page *page, bool stable);
/* The device is done. Violation: torn_write, if it needed stable data and did not get them. */
void end_page_writeback(struct page *page);
/* Is it being written? One READ; for a holder of the page lock, "no" stays true. */
bool page_under_writeback(const struct page *page);
/* Sleep until it is not. Finding: deadlock, if no device ends it. */
void wait_on_page_writeback(struct page *page);

#endif
