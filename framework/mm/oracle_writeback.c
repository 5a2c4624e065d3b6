/* SPDX-License-Identifier: MIT */
/*
 * oracle_writeback.c - O9: nothing is stored to a page while a device writes it that
 * needs stable data, for a file or for swap.
 */
#include "mm/ghost.h"
#include "mm/world.h"

void ghost_writeback_begin(struct page *page, bool stable)
{
	page->stable_since = stable ? world.ghost.stores + 1 : 0;
}

void ghost_writeback_end(struct page *page)
{
	for (int i = 0; i < NR_CELLS && page->stable_since; i++)
		if (ghost_store_number(page->cell[i].id) >= page->stable_since)
			ghost_violation(TORN_WRITE,
					"%#lx was stored to %s while the device wrote it",
					(unsigned long)page->cell[i].value, page->name);
	page->stable_since = 0;
}
