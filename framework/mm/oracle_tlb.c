/* SPDX-License-Identifier: MIT */
/*
 * oracle_tlb.c - O13: when a system call that takes rights away returns, no CPU can use
 * them any more.
 *
 * Who else changed the pte does not matter, nor who was to flush. What matters is which
 * entries were made before the call had the pte lock: mm.weakened numbers the changes
 * that took rights away, and an entry knows how many there were when its pte was read.
 * So a call that finds nothing left to do is judged as well, and what is cached after it
 * (because a fault set the pte again) is not held against it.
 *
 * An entry that is too old stays a violation until it is flushed, so it does not matter
 * in which order a CPU caches it and the call returns.
 */
#include "mm/mm.h"

static bool too_strong(const struct tlb_entry *entry, const uint8_t *taken)
{
	return entry->valid && (entry->weakened < taken[TLB_USE] ||
				(entry->write && entry->weakened < taken[TLB_WRITE]) ||
				(entry->dirty && entry->weakened < taken[TLB_DIRTY]));
}

void ghost_tlb_filled(const struct mm *mm, int va, const struct tlb_entry *entry)
{
	if (too_strong(entry, mm->taken[va]))
		ghost_violation(TLB_STALE,
				"address %c of %s: a CPU may still %s %s, which a system call took "
				"away",
				'A' + va, mm->name, entry->write ? "write to" : "read",
				pfn_to_page(entry->pfn)->name);
}

void ghost_tlb_taken(struct mm *mm, int va, enum tlb_right right, unsigned int weakened)
{
	if (mm->taken[va][right] >= weakened)
		return;
	mm->taken[va][right] = (uint8_t)weakened;
	for (int cpu = 0; cpu < (int)world.smp.nr_cpus; cpu++)
		if (world.cpus[cpu].mm == mm_number(mm))
			ghost_tlb_filled(mm, va, &world.cpus[cpu].tlb[va]);
}
