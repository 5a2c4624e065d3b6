/* SPDX-License-Identifier: MIT */
/* tlb_gather.c - TLB flushes that come later than the change of the pte. */
#include <string.h>

#include "mm/mm.h"

/* Does a call of this kind count itself in mm.tlb_flush_pending? */
static bool counted(const struct mmu_gather *tlb)
{
	switch (tlb->kind) {
	case GATHER_ZAP:
		return patched(GATHER_NESTED);
	case GATHER_PROTECT:
		return patched(PTE_ACCESSIBLE_PENDING);
	case GATHER_CLEAR_REFS:
		return patched(KSM_FLUSH_PENDING);
	default:
		return false;
	}
}

/*
 * Linux: mm/mmu_gather.c tlb_gather_mmu() (v2.6.29, v4.13)
 * Model: reduced: one page
 */
struct mmu_gather tlb_gather_mmu(const struct vm_area_struct *vma, int va, enum tlb_right right,
				 enum gather_kind kind)
{
	struct mm *mm = vma_mm(vma);
	struct mmu_gather tlb = { .mm = mm,
				  .vma = vma,
				  .va = (uint8_t)va,
				  .right = (uint8_t)right,
				  .kind = (uint8_t)kind };

	if (counted(&tlb)) {
		POINT("tlb/pending");
		atomic_inc(&mm->tlb_flush_pending);
	}
	return tlb;
}

void tlb_pte_lock(struct mmu_gather *tlb)
{
	pte_lock(tlb->mm);
	vma_check(tlb->vma);
	flush_tlb_batched_pending(tlb->mm);
}

void tlb_pte_unlock(struct mmu_gather *tlb)
{
	tlb->weakened = tlb->mm->weakened[tlb->va];
	POINT("tlb/pte_unlock");
	pte_unlock(tlb->mm);
}

/*
 * Linux: include/linux/mm_types.h mm_tlb_flush_nested() (v4.13)
 * Model: exact
 */
static bool mm_tlb_flush_nested(const struct mmu_gather *tlb)
{
	if (tlb->kind != GATHER_ZAP || !counted(tlb))
		return false;
	POINT("tlb/nested");
	return atomic_read(&tlb->mm->tlb_flush_pending) > 1;
}

static void flush(const struct mmu_gather *tlb)
{
	if (tlb->kind != GATHER_EXCLUSIVE)
		flush_tlb_late(tlb->mm, tlb->va, tlb->weakened);
	else if (tlb->right == TLB_WRITE)
		flush_tlb_writable(tlb->mm, tlb->va);
	else
		flush_tlb_page(tlb->mm, tlb->va);
}

/*
 * Linux: mm/mmu_gather.c tlb_finish_mmu() (v2.6.29, v4.13)
 * Model: reduced: one page
 */
void tlb_finish_mmu(struct mmu_gather *tlb)
{
	struct mm *mm = tlb->mm;

	if (mm_tlb_flush_nested(tlb) || (tlb->changed && !tlb->flush_now))
		flush(tlb);
	if (tlb->page) {
		POINT("zap/put");
		put_page(tlb->page, REF_LOOKUP);
	}
	if (counted(tlb)) {
		POINT("tlb/flushed");
		atomic_dec(&mm->tlb_flush_pending);
	}
	ghost_tlb_taken(mm, tlb->va, tlb->right, tlb->weakened);
}

/*
 * Linux: include/linux/mm_types.h mm_tlb_flush_pending() (v3.13, v4.13)
 * Model: exact
 */
bool mm_tlb_flush_pending(const struct mm *mm)
{
	POINT("tlb/pending_read");
	return atomic_read(&mm->tlb_flush_pending) > 0;
}

/*
 * Linux: mm/rmap.c should_defer_flush() (v4.3, v5.19, v6.1)
 * Model: reduced: there always are other CPUs. v5.19 needs the flush to see pins of a page
 *	that is exclusive; v6.1 does not, and puts it off where a scenario asks (mm/flush_delay)
 */
bool should_defer_flush(const struct page *page, const struct unmap_batch *batch)
{
	if (!batch || !patched_since(UNMAP_FLUSH_BATCHED))
		return false;
	if (!patched(UNMAP_PIN_SHARE_ANON) || !page->anon_exclusive)
		return true;
	return patched(UNMAP_FLUSH_EXCLUSIVE_LATER) && baton_fault("mm/flush_delay");
}

/*
 * Linux: mm/rmap.c set_tlb_ubc_flush_pending() (v4.3)
 * Model: exact
 */
pte_t ptep_get_and_clear_batched(struct mm *mm, int va, struct unmap_batch *batch)
{
	pte_t pte = ptep_get_and_clear(mm, va);

	batch->mms |= (uint8_t)(1u << mm_number(mm));
	batch->writable |= pte_dirty(pte);
	memcpy(batch->weakened[mm_number(mm)], mm->weakened, sizeof(mm->weakened));
	mm->tlb_flush_batched = true;
	return pte;
}

/*
 * Linux: mm/rmap.c try_to_unmap_flush() (v4.3)
 * Model: exact: all entries of the mms go
 */
void try_to_unmap_flush(struct unmap_batch *batch)
{
	for_each_mm(mm)
	{
		if (!(batch->mms >> mm_number(mm) & 1))
			continue;
		POINT("rmap/flush");
		flush_tlb_mm_late(mm, batch->weakened[mm_number(mm)]);
	}
	*batch = (struct unmap_batch){ 0 };
}

void try_to_unmap_flush_dirty(struct unmap_batch *batch)
{
	if (batch->writable)
		try_to_unmap_flush(batch);
}

/*
 * Linux: mm/rmap.c flush_tlb_batched_pending() (v4.13)
 * Model: exact
 */
void flush_tlb_batched_pending(struct mm *mm)
{
	if (!patched(UNMAP_FLUSH_PENDING) || !mm->tlb_flush_batched)
		return;
	flush_tlb_mm_late(mm, mm->weakened);
	mm->tlb_flush_batched = false;
}
