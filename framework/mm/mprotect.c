/* SPDX-License-Identifier: MIT */
/*
 * mprotect.c - rights that are taken from ptes, and the flush that comes after the pte
 * lock is dropped.
 *
 * mprotect() holds mmap_lock for writing until the flush is made, so nobody takes a fault
 * in between. The others hold it for reading: a write fault may find the pte protected
 * and copy the page while other CPUs still write to it through their TLB.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

/* Pte lock held: a present pte loses the bits @clear and gets the bits @set. */
static void change_pte(struct mmu_gather *tlb, uint32_t clear, uint32_t set)
{
	pte_t pte = pte_under_lock(tlb->mm, tlb->va);

	if (pte_is_migration(pte) && clear & PTE_WRITE)
		make_readable_migration_entry(tlb->mm, tlb->va, pte);
	if (!pte_present(pte) || ((pte.val & ~clear) | set) == pte.val)
		return;
	POINT("mprotect/start");
	pte = ptep_get_and_clear(tlb->mm, tlb->va);
	if (clear & PTE_WRITE)
		pte = pte_wrprotect(pte);
	POINT("mprotect/commit");
	set_pte_at(tlb->mm, tlb->va, (pte_t){ (pte.val & ~clear) | set });
	tlb->changed = true;
}

/*
 * Linux: mm/mprotect.c change_pte_range() (v2.6.29, v5.7)
 * Model: reduced: one present pte; none becomes writable before a fault
 */
static void change_protection(struct mmu_gather *tlb, uint32_t clear, uint32_t set)
{
	mmu_notifier_invalidate_range_start(tlb->mm, tlb->va);
	tlb_pte_lock(tlb);
	change_pte(tlb, clear, set);
	tlb_pte_unlock(tlb);
	tlb_finish_mmu(tlb);
	mmu_notifier_invalidate_range_end(tlb->mm, tlb->va);
}

/* What is locked should not need a fault: nobody else has the page then. */
static void make_writable(struct vm_area_struct *vma, int va)
{
	bool stays_private = (vma->vm_flags & (VM_LOCKED | VM_SHARED | VM_WRITE)) == VM_LOCKED;

	vma->vm_flags |= VM_WRITE;
	if (stays_private && patched(MPROTECT_LOCKED_COPIES))
		handle_mm_fault(&world.mms[vma->mm], va, FAULT_FLAG_WRITE);
}

static void protect_vma(struct vm_area_struct *vma, int va, bool writable)
{
	struct mmu_gather tlb;

	if (writable) {
		make_writable(vma, va);
		return;
	}
	vma->vm_flags &= ~VM_WRITE;
	tlb = tlb_gather_mmu(vma, va, TLB_WRITE, GATHER_EXCLUSIVE);
	change_protection(&tlb, PTE_WRITE, 0);
}

/*
 * Linux: mm/mprotect.c mprotect_fixup() (v2.6.29, v4.2)
 * Model: reduced: mappings are split, and not joined again
 */
void mprotect_page(struct mm *mm, int va, bool writable)
{
	struct vm_area_struct *vma;

	switch_mm(mm);
	down_write(&mm->mmap_lock);
	vma = find_vma(mm, va);
	if (vma)
		vma = vma_cut_out(vma, va, va + 1);
	if (vma)
		protect_vma(vma, va, writable);
	else
		baton_note("ENOMEM");
	up_write(&mm->mmap_lock);
}

static void change_shared(const struct vm_area_struct *vma, int va, uint32_t clear, uint32_t set)
{
	bool hint = set & PTE_PROTNONE;
	struct mmu_gather tlb = tlb_gather_mmu(vma, va, hint ? TLB_USE : TLB_WRITE, GATHER_PROTECT);

	change_protection(&tlb, clear, set);
}

/*
 * Linux: mm/userfaultfd.c mwriteprotect_range() (v5.7)
 * Model: reduced: one page. As there, ending the protection takes a pte's write bit too
 */
void uffd_writeprotect(struct mm *mm, int va, bool protect)
{
	const struct vm_area_struct *vma;

	switch_mm(mm);
	down_read(&mm->mmap_lock);
	vma = find_vma(mm, va);
	if (!vma || !(vma->vm_flags & VM_UFFD_WP))
		baton_note("ENOENT");
	else if (protect)
		change_shared(vma, va, PTE_WRITE, PTE_UFFD_WP);
	else
		change_shared(vma, va, PTE_WRITE | PTE_UFFD_WP, 0);
	up_read(&mm->mmap_lock);
}

/*
 * Linux: mm/mempolicy.c change_prot_numa() (v3.8)
 * Model: reduced: one page; the write bit stays, and counts again when the hint goes
 */
void change_prot_numa(struct mm *mm, int va)
{
	const struct vm_area_struct *vma;

	down_read(&mm->mmap_lock);
	vma = find_vma(mm, va);
	if (vma)
		change_shared(vma, va, 0, PTE_PROTNONE);
	up_read(&mm->mmap_lock);
}

/* Pinned pages stay writable: a write fault would copy them. */
static bool pte_is_pinned(struct mm *mm, pte_t pte)
{
	if (!patched(CLEAR_REFS_SKIP_PINNED))
		return false;
	POINT("clear_refs/has_pinned");
	return READ_ONCE(mm->has_pinned) && page_maybe_dma_pinned(pfn_to_page(pte_pfn(pte)));
}

/*
 * Linux: fs/proc/task_mmu.c clear_soft_dirty() (v3.11, v5.11)
 * Model: reduced: one page
 */
static void clear_soft_dirty(struct mmu_gather *tlb)
{
	pte_t pte;

	tlb_pte_lock(tlb);
	pte = pte_under_lock(tlb->mm, tlb->va);
	if (pte_present(pte) && !pte_is_pinned(tlb->mm, pte))
		change_pte(tlb, PTE_WRITE | PTE_SOFT_DIRTY, 0);
	tlb_pte_unlock(tlb);
	tlb_finish_mmu(tlb);
}

static void clear_refs_locked(struct mm *mm, int va, enum gather_kind kind)
{
	const struct vm_area_struct *vma = find_vma(mm, va);
	struct mmu_gather tlb;

	if (!vma)
		return;
	tlb = tlb_gather_mmu(vma, va, TLB_WRITE, kind);
	clear_soft_dirty(&tlb);
}

/*
 * Linux: fs/proc/task_mmu.c clear_refs_write() (v3.11, v4.13, v5.11)
 * Model: reduced: one page, and only what "4" does
 */
void clear_refs_write(struct mm *mm, int va)
{
	if (patched_since(CLEAR_REFS_MMAP_WRITE)) {
		down_write(&mm->mmap_lock);
		clear_refs_locked(mm, va, GATHER_EXCLUSIVE);
		up_write(&mm->mmap_lock);
		return;
	}
	down_read(&mm->mmap_lock);
	clear_refs_locked(mm, va, GATHER_CLEAR_REFS);
	up_read(&mm->mmap_lock);
}
