/* SPDX-License-Identifier: MIT */
/* pte.c - changes of a page table entry, each one announced access. */
#include "mm/ghost.h"
#include "mm/world.h"

pte_t ptep_get(struct mm *mm, int va)
{
	baton_access(BATON_HERE("ptep_get"), &mm->pgtable[va], BATON_READ);
	return mm->pgtable[va];
}

void set_pte_at(struct mm *mm, int va, pte_t pte)
{
	baton_access(BATON_HERE("set_pte_at"), &mm->pgtable[va], BATON_WRITE);
	mm->pgtable[va] = pte;
	if (pte_present(pte) && pte_young(pte))
		ghost_touch_pte(mm, va);
	ghost_changed();
}

pte_t ptep_get_and_clear(struct mm *mm, int va)
{
	pte_t pte;

	baton_access(BATON_HERE("ptep_get_and_clear"), &mm->pgtable[va], BATON_RMW);
	pte = mm->pgtable[va];
	mm->pgtable[va] = PTE_NONE;
	ghost_changed();
	return pte;
}

void ptep_set_wrprotect(struct mm *mm, int va)
{
	baton_access(BATON_HERE("ptep_set_wrprotect"), &mm->pgtable[va], BATON_RMW);
	mm->pgtable[va] = pte_wrprotect(mm->pgtable[va]);
	ghost_changed();
}

bool ptep_mkdirty(struct mm *mm, int va)
{
	pte_t pte;

	baton_access(BATON_HERE("pte dirty"), &mm->pgtable[va], BATON_RMW);
	pte = mm->pgtable[va];
	if (!pte_present(pte) || !pte_write(pte))
		return false;
	mm->pgtable[va].val |= PTE_DIRTY | PTE_YOUNG;
	ghost_touch_pte(mm, va);
	return true;
}

bool ptep_mkyoung(struct mm *mm, int va)
{
	baton_access(BATON_HERE("pte young"), &mm->pgtable[va], BATON_RMW);
	if (!pte_present(mm->pgtable[va]))
		return false;
	mm->pgtable[va].val |= PTE_YOUNG;
	ghost_touch_pte(mm, va);
	return true;
}

bool ptep_test_and_clear_young(struct mm *mm, int va)
{
	bool young;

	baton_access(BATON_HERE("ptep_test_and_clear_young"), &mm->pgtable[va], BATON_RMW);
	young = pte_young(mm->pgtable[va]);
	mm->pgtable[va].val &= ~PTE_YOUNG;
	if (young)
		ghost_found_young_pte(mm, va);
	return young;
}

pte_t pte_under_lock(const struct mm *mm, int va)
{
	BATON_ASSERT(spin_is_locked(&mm->ptl));
	return mm->pgtable[va];
}
