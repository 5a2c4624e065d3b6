/* SPDX-License-Identifier: MIT */
/*
 * oracle_swap.c - O11: a slot counts its swap ptes, and a page in the swap cache knows its
 * slot.
 */
#include "mm/mm.h"
#include "mm/oracles.h"

int count_swap_ptes(unsigned int entry)
{
	int count = 0;

	for_each_mm(mm)
	{
		for (int va = 0; va < NR_VAS; va++)
			count += pte_is_swap(mm->pgtable[va]) &&
				 pte_to_swp_entry(mm->pgtable[va]) == entry;
	}
	return count;
}

/* v2.6.27 counts to the largest number, and from then on only knows: that many, or more. */
static bool may_count(unsigned int entry, int ptes)
{
	int count = swap_count(entry);
	bool saturated = !patched_since(SWAPCOUNT_SI_LOCK) && world.swap.flags.map_max &&
			 count == world.swap.flags.map_max;

	return saturated ? ptes >= count : ptes == count;
}

static void check_slot(unsigned int entry)
{
	const struct swap_slot *slot = &world.swap.slot[entry];
	const struct page *page = pfn_to_page(slot->cache);
	int ptes = count_swap_ptes(entry);

	if (world.swap.freed && ptes)
		ghost_violation(SWAP_MISMATCH, "slot %u: %d swap ptes, but swapoff() is through",
				entry, ptes);
	else if (!may_count(entry, ptes))
		ghost_violation(SWAP_MISMATCH, "slot %u: count %d, but %d swap ptes", entry,
				swap_count(entry), ptes);
	else if (slot->cache && !bit_is_locked(&page->lock) &&
		 !(page->swapcache && page->private == entry))
		ghost_violation(SWAP_MISMATCH, "slot %u: %s does not know it", entry, page->name);
}

void check_swap(void)
{
	for (unsigned int entry = 0; entry < NR_SLOTS; entry++)
		check_slot(entry);
}
