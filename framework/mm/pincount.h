/* SPDX-License-Identifier: MIT */
/*
 * pincount.h - telling pins from other references.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_PINCOUNT_H
#define MM_PINCOUNT_H

#include "mm/page.h"

/* The reference is taken: count it as a pin of a page of a file. @writable: so is the pte.
 * Return: false if the page is being written: nothing was counted, wait and try again. */
bool count_pin(struct page *page, bool writable);
/* Before the reference is given up. */
void uncount_pin(struct page *page);
/* What is known of its pins now, whoever asks. Not a step. */
bool page_taken_for_pinned(const struct page *page);
/* Page locked or under writeback: does the writer know that somebody has pinned it? */
bool page_known_pinned(const struct page *page);

#endif
