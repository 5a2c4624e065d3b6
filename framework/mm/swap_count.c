/* SPDX-License-Identifier: MIT */
/*
 * swap_count.c - how many swap ptes a slot has, and what if they are too many to count.
 *
 * The swap_map has a byte per slot. v2.6.27 stopped counting at the largest number, and
 * never freed such a slot. Since v2.6.33 what is too much is counted in a second page, a
 * continuation, that fork() adds when it needs one. It has a byte for each slot of the
 * device: so two CPUs may add it for different slots at the same time, and after v4.11
 * each of them holds the lock of its own cluster only.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

/* What the continuation adds to the count of @entry. */
static uint8_t *more_of(unsigned int entry)
{
	return &world.swap.more[world.swap.continuation][entry];
}

int swap_count(unsigned int entry)
{
	return world.swap.slot[entry].count + *more_of(entry);
}

/*
 * Linux: mm/swapfile.c swap_duplicate(), swap_count_continued() (v2.6.29, v2.6.33)
 * Model: reduced: the largest number is the scenario's; one continuation is always enough.
 *	The caller puts its mm on the mmlist next: here in the same step.
 */
bool swap_duplicate(struct mm *mm, unsigned int entry)
{
	struct swap_slot *slot = &world.swap.slot[entry];
	uint8_t max = world.swap.flags.map_max;

	baton_access(BATON_HERE("swap_duplicate"), &world.swap, BATON_RMW);
	if (patched_since(SWAPCOUNT_SI_LOCK) && baton_fault("mm/swap_duplicate")) {
		baton_note("ENOMEM");
		return false;
	}
	swap_changed();
	if (!max || slot->count < max) {
		slot->count++;
	} else if (!patched_since(SWAPCOUNT_SI_LOCK)) {
		baton_note("slot %u: too many to count", entry);
	} else if (world.swap.continuation) {
		++*more_of(entry);
	} else {
		baton_note("ENOMEM: slot %u needs a continuation", entry);
		return false;
	}
	if (!patched(MMLIST_FORGOTTEN))
		mm->on_mmlist = 1;
	return true;
}

void swap_count_sub(unsigned int entry)
{
	struct swap_slot *slot = &world.swap.slot[entry];
	bool saturated = !patched_since(SWAPCOUNT_SI_LOCK) && world.swap.flags.map_max &&
			 slot->count == world.swap.flags.map_max;

	if (*more_of(entry))
		--*more_of(entry);
	else if (!saturated)
		slot->count--;
	else
		baton_note("slot %u: nobody knows how many are left", entry);
}

/*
 * Linux: mm/swapfile.c add_swap_count_continuation() (v2.6.33, v4.11, v4.14)
 * Model: reduced: the new page is no page frame
 */
bool add_swap_count_continuation(unsigned int entry)
{
	uint8_t had;

	if (baton_fault("mm/alloc_page"))
		return false;
	POINT("swap/continuation_read");
	baton_access(BATON_HERE("continuation"), &world.swap, BATON_RMW);
	had = world.swap.continuation;
	if (had)
		return true;
	if (world.swap.continuations == NR_CONTINUATIONS)
		baton_fail("model_limit", "the model has %d continuation pages", NR_CONTINUATIONS);
	if (patched(SWAPCOUNT_CLUSTER_LOCK)) {
		POINT("swap/continuation_set");
		baton_access(BATON_HERE("continuation"), &world.swap, BATON_RMW);
	}
	world.swap.continuation = ++world.swap.continuations;
	baton_note("for slot %u", entry);
	swap_changed();
	return true;
}
