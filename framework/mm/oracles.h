/* SPDX-License-Identifier: MIT */
/*
 * oracles.h - what must always hold.
 *
 * Layer: mm. May include: engine.
 */
#ifndef MM_ORACLES_H
#define MM_ORACLES_H

#include "engine/model.h"
#include "mm/filemap.h"

/* O15, when no pte lock is held. */
void oracle_rss(void);
/* O19, when no pte lock is held. */
void oracle_pte_without_vma(void);

extern const struct model_oracle mm_oracles[];

/* Swap ptes that refer to a slot. */
int count_swap_ptes(unsigned int entry);
/* O11, see oracle_swap.c. */
void check_swap(void);

/* model.news: which oracles got something new to look at since this was last asked? */
uint64_t oracles_news(void);

/* model.idle: nobody is at work on a page any more. */
void oracles_idle(void);

/* Look at the state: see oracle_writeback.c. */
void oracle_dirty_lost(void);
void oracle_clean_writable(void);
void oracle_pin_overlooked(void);
void oracle_orphan_mapped(void);
/* Pages of @file that differ from disk, and nothing says so; locked ones, too. */
unsigned int count_forgotten(const struct address_space *file);

#endif
