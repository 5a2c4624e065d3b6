/* SPDX-License-Identifier: MIT */
/* pte.c - changes of a page table entry, each one announced access. */
#include "mm/ghost.h"
#include "mm/world.h"

pte_t ptep_get(struct mm *mm, int va)
{
	baton_access(BATON_HERE("ptep_get"), &mm->pgtable[va], BATON_READ);
	return mm->pgtable[va];
}

/* May a TLB entry made from @old do what @new does not allow? */
static bool weaker(pte_t old, pte_t new)
{
	uint32_t lost = old.val & ~new.val &(PTE_WRITE | PTE_DIRTY);

	if (!pte_present(old))
		return false;
	return !pte_present(new) || pmd_none(new) || pte_pfn(old) != pte_pfn(new) || lost ||
	       pte_protnone(new);
}

/* In the step that the caller announced. */
static void change(struct mm *mm, int va, pte_t pte)
{
	if (weaker(mm->pgtable[va], pte))
		mm->weakened[va]++;
	mm->pgtable[va] = pte;
	ghost_changed();
}

void set_pte_at(struct mm *mm, int va, pte_t pte)
{
	baton_access(BATON_HERE("set_pte_at"), &mm->pgtable[va], BATON_WRITE);
	change(mm, va, pte);
	if (pte_present(pte) && pte_young(pte))
		ghost_touch_pte(mm, va);
}

pte_t ptep_get_and_clear(struct mm *mm, int va)
{
	pte_t pte;

	baton_access(BATON_HERE("ptep_get_and_clear"), &mm->pgtable[va], BATON_RMW);
	pte = mm->pgtable[va];
	change(mm, va, PTE_NONE);
	return pte;
}

void ptep_set_wrprotect(struct mm *mm, int va)
{
	baton_access(BATON_HERE("ptep_set_wrprotect"), &mm->pgtable[va], BATON_RMW);
	change(mm, va, pte_wrprotect(mm->pgtable[va]));
}

void ptep_set_pmd_none(struct mm *mm, int va, bool none)
{
	pte_t pte;

	baton_access(BATON_HERE("pmd of the hardware"), &mm->pgtable[va], BATON_RMW);
	pte = pte_below_pmd(mm->pgtable[va]);
	pte.val |= none ? PTE_PMD_NONE : 0;
	change(mm, va, pte);
}

bool ptep_mkdirty(struct mm *mm, int va, pte_t seen)
{
	baton_access(BATON_HERE("pte dirty"), &mm->pgtable[va], BATON_RMW);
	if ((mm->pgtable[va].val ^ seen.val) & ~(PTE_DIRTY | PTE_YOUNG))
		return false;
	mm->pgtable[va].val |= PTE_DIRTY | PTE_YOUNG;
	ghost_touch_pte(mm, va);
	return true;
}

bool ptep_mkyoung(struct mm *mm, int va, pte_t seen)
{
	baton_access(BATON_HERE("pte young"), &mm->pgtable[va], BATON_RMW);
	if ((mm->pgtable[va].val ^ seen.val) & ~(PTE_DIRTY | PTE_YOUNG))
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
	if (young) {
		mm->weakened[va]++; /* a TLB entry need not set it again */
		ghost_found_young_pte(mm, va);
	}
	return young;
}

pte_t pte_under_lock(const struct mm *mm, int va)
{
	BATON_ASSERT(spin_is_locked(&mm->ptl));
	baton_access_locked(&mm->pgtable[va], BATON_READ);
	return mm->pgtable[va];
}
