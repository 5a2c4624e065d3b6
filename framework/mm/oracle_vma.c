/* SPDX-License-Identifier: MIT */
/*
 * oracle_vma.c - O19: what a page table has belongs to a mapping.
 *
 * munmap() takes the ptes away before the mapping, and keeps faults out by mmap_lock. What came
 * to the page table nevertheless nobody would find again: rmap goes by mappings, and so does
 * the end of the process.
 */
#include "mm/mm.h"
#include "mm/oracles.h"

void oracle_pte_without_vma(void)
{
	for_each_mm(mm)
	{
		for (int va = 0; va < NR_VAS; va++)
			if (!pte_none(mm->pgtable[va]) && !vma_at(mm, va))
				ghost_violation(PTE_WITHOUT_VMA,
						"%s has a pte at %c, where nothing is mapped",
						mm->name, 'A' + va);
	}
}
