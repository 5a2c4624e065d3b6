/* SPDX-License-Identifier: MIT */
/*
 * pgtable.c - the level above the ptes.
 *
 * gup_fast() reads the pmd, then a pte below it. What keeps the page of ptes there, and
 * its ptes true, is the same as for pages: interrupts are off, and who clears the pmd
 * flushes the TLBs and waits for the answers. Where a flush waits for nobody, the page
 * must be freed later, and the pmd looked at once more.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

void page_table_moves(struct mm *mm)
{
	mm->table_moves = 1;
	mm->pmd = 1;
}

static uint8_t read_pmd(const struct mm *mm)
{
	baton_access(BATON_HERE("pmd"), &mm->pmd, BATON_READ);
	return mm->pmd;
}

struct table_walk table_walk_begin(const struct mm *mm)
{
	struct table_walk walk = { mm->pmd, false, mm->table_generation };

	if (!mm->table_moves)
		return walk;
	POINT("pgtable/pmd_read");
	walk.pmd = read_pmd(mm);
	walk.none = !walk.pmd;
	walk.generation = mm->table_generation;
	return walk;
}

bool table_walk_goes_on(const struct mm *mm, const struct table_walk *walk)
{
	if (!mm->table_moves || walk->none)
		return !walk->none;
	POINT("pgtable/table");
	baton_access(BATON_HERE("page table"), &mm->table_generation, BATON_READ);
	if (mm->table_generation != walk->generation)
		ghost_violation(USE_AFTER_FREE, "a pte of %s is read, and its page was freed",
				mm->name);
	return true;
}

bool table_walk_same(const struct mm *mm, const struct table_walk *walk)
{
	if (!mm->table_moves || !patched(GUPFAST_PMD_RECHECKED))
		return true;
	POINT("pgtable/pmd_recheck");
	return !BATON_RECHECK(read_pmd(mm) != walk->pmd);
}

static void set_pmd(struct mm *mm, uint8_t pmd)
{
	baton_access(BATON_HERE("set_pmd"), &mm->pmd, BATON_WRITE);
	mm->pmd = pmd;
}

/*
 * Linux: mm/memory.c __pte_alloc() (v2.6.29)
 * Model: reduced: the page of ptes is there already, only that there may be no memory for it
 */
bool pte_alloc(void)
{
	if (!baton_fault("mm/pte_alloc"))
		return true;
	baton_note("no memory for a page table");
	return false;
}

static bool in_walk(int cpu, const void *info)
{
	(void)info;
	return irqs_disabled_on(cpu);
}

static void walk_is_over(int cpu, const void *info)
{
	(void)cpu;
	(void)info;
}

/*
 * Linux: mm/mmu_gather.c tlb_remove_table() (v4.14 on x86)
 * Model: reduced: waits for all walks by interrupts, as where there is no memory for RCU
 */
static void tlb_remove_table(void)
{
	if (!patched(TABLE_FREE_RCU))
		return;
	POINT("pgtable/sync");
	smp_call_function_many(UINT32_MAX, in_walk, walk_is_over, NULL);
}

/*
 * Linux: mm/memory.c free_pgtables(), free_pte_range() (v2.6.29, v4.14)
 * Model: reduced: all of it at once
 */
void free_pgtables(struct mm *mm)
{
	if (!mm->table_moves)
		return;
	POINT("pgtable/pmd_cleared");
	set_pmd(mm, 0);
	flush_tlb_page(mm, 0);
	tlb_remove_table();
	POINT("pgtable/freed");
	baton_access(BATON_HERE("pte_free"), &mm->table_generation, BATON_WRITE);
	mm->table_generation++;
}

/* The page, locked, if only its pte holds it. */
static struct page *isolate(struct mm *mm, int va)
{
	struct page *page = NULL;
	pte_t pte;

	pte_lock(mm);
	pte = pte_under_lock(mm, va);
	if (pte_present(pte) && vm_normal_page(pte)) {
		page = pfn_to_page(pte_pfn(pte));
		POINT("collapse/trylock");
		if (!trylock_page(page))
			page = NULL;
	}
	if (page) {
		POINT("collapse/count");
		if (page_count(page) != 1) {
			unlock_page(page);
			page = NULL;
		}
	}
	pte_unlock(mm);
	return page;
}

static void replace(struct vm_area_struct *vma, int va, struct page *page, struct page *new)
{
	struct mm *mm = vma_mm(vma);
	pte_t pte;

	copy_user_highpage(new, page);
	pte_lock(mm);
	POINT("collapse/pte_cleared");
	pte = ptep_get_and_clear(mm, va);
	page_remove_rmap(page);
	page_ref_move(page, REF_PTE, REF_LOOKUP);
	page_add_new_anon_rmap(new, vma, va);
	POINT("collapse/pte_set");
	set_pte_at(mm, va, (pte_t){ mk_pte(page_to_pfn(new)).val | (pte.val & PTE_WRITE) });
	pte_unlock(mm);
	unlock_page(page);
	put_page(page, REF_LOOKUP);
}

/*
 * The pmd is none for the hardware, too. Its walk is one step, so it finds that in the pte's
 * word: from a pmd that it read before, it would come to the pte after the flush.
 */
static void hide_pte(struct mm *mm, int va)
{
	pte_lock(mm);
	POINT("collapse/pte_hidden");
	ptep_set_pmd_none(mm, va, true);
	flush_tlb_page(mm, va);
	pte_unlock(mm);
}

/* Who wants the page now waits for mmap_lock: so the range is over before it has moved. */
static void clear_pmd(struct mm *mm, int va)
{
	if (patched(NOTIFY_COLLAPSE_TELLS))
		mmu_notifier_invalidate_range_start(mm, va);
	POINT("collapse/pmd_cleared");
	set_pmd(mm, 0);
	hide_pte(mm, va);
	if (patched(NOTIFY_COLLAPSE_TELLS))
		mmu_notifier_invalidate_range_end(mm, va);
}

/* The page is in use: all is as it was. */
static void give_up(struct mm *mm, int va, struct page *new)
{
	pte_lock(mm);
	POINT("collapse/pte_seen");
	ptep_set_pmd_none(mm, va, false);
	pte_unlock(mm);
	put_page(new, REF_ALLOC);
}

static bool collapse_locked(struct vm_area_struct *vma, int va)
{
	struct mm *mm = vma_mm(vma);
	struct page *new = alloc_page(va);
	struct page *page;
	uint8_t pmd = mm->pmd;

	if (!new)
		return false;
	clear_pmd(mm, va);
	page = isolate(mm, va);
	if (page)
		replace(vma, va, page, new);
	else
		give_up(mm, va, new);
	POINT("collapse/pmd_set");
	set_pmd(mm, page ? pmd + 1 : pmd); /* of a huge page, or as it was */
	return page != NULL;
}

/*
 * Linux: mm/khugepaged.c collapse_huge_page() (v2.6.38)
 * Model: reduced: one page, which is copied to another frame as it would be to a huge page;
 *	rmap is not locked
 */
bool collapse_huge_page(struct mm *mm, int va)
{
	struct vm_area_struct *vma;
	bool collapsed;

	down_write(&mm->mmap_lock);
	vma = find_vma(mm, va);
	collapsed = vma && mm->table_moves && collapse_locked(vma, va);
	up_write(&mm->mmap_lock);
	return collapsed;
}
