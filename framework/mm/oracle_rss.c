/* SPDX-License-Identifier: MIT */
/* oracle_rss.c - O15: the pages that a process counts are those that it has. */
#include "mm/mm.h"
#include "mm/oracles.h"

static bool counts(pte_t pte)
{
	return (pte_present(pte) && vm_normal_page(pte)) || (pte.val & PTE_KIND) == PTE_MIGRATION;
}

void oracle_rss(void)
{
	for_each_mm(mm)
	{
		int pages = 0;

		for (int va = 0; va < NR_VAS; va++)
			pages += counts(mm->pgtable[va]);
		if (mm->rss != pages)
			ghost_violation(RSS_MISMATCH, "%s counts %d pages, and has %d", mm->name,
					mm->rss, pages);
	}
}
