/* SPDX-License-Identifier: MIT */
/*
 * mremap.c - a mapping moves to another address.
 *
 * The page stays where it is, its pte does not: whoever takes the page away at its new
 * address flushes that one. What CPUs have cached of the old address only mremap()
 * flushes, so it must be done before anybody can find the pte at the new one.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

static pte_t take_pte(struct mm *mm, int va)
{
	POINT("mremap/pte_cleared");
	if (patched(MREMAP_FLUSH_EACH_PTE))
		return ptep_clear_flush(mm, va);
	return ptep_get_and_clear(mm, va);
}

/* Must the old address be flushed before the pte lock is dropped? */
static bool flush_in_lock(pte_t pte)
{
	if (!pte_present(pte))
		return false;
	return patched(MREMAP_FLUSH_BEFORE_UNLOCK) ||
	       (patched(MREMAP_FLUSH_DIRTY_BEFORE_UNLOCK) && pte_dirty(pte));
}

/* Return: is the flush still to come? */
static bool move_pte(struct mm *mm, int va, int to)
{
	bool in_lock;
	pte_t pte;

	flush_tlb_batched_pending(mm);
	if (pte_none(pte_under_lock(mm, va)))
		return false;
	pte = take_pte(mm, va);
	POINT("mremap/pte_set");
	set_pte_at(mm, to, pte);
	in_lock = flush_in_lock(pte);
	if (in_lock)
		flush_tlb_page(mm, va);
	return pte_present(pte) && !in_lock && !patched(MREMAP_FLUSH_EACH_PTE);
}

/*
 * Linux: mm/mremap.c move_ptes() (v2.6.29, v3.2, v4.9, v4.19)
 * Model: reduced: one pte; one lock for all ptes of an mm
 */
static void move_ptes(struct mm *mm, int va, int to)
{
	unsigned int weakened;
	bool late;

	POINT("mremap/pte_lock");
	pte_lock(mm);
	ghost_move(mm, va, to);
	late = move_pte(mm, va, to);
	weakened = mm->weakened[va];
	POINT("mremap/unlock");
	pte_unlock(mm);
	if (late)
		flush_tlb_page(mm, va);
	ghost_tlb_taken(mm, va, TLB_USE, weakened);
}

/*
 * Linux: mm/mmap.c copy_vma() (v2.6.29)
 * Model: exact
 */
static struct vm_area_struct *copy_vma(const struct vm_area_struct *vma, int va, int to)
{
	struct vm_area_struct *new = vm_area_alloc(vma_mm(vma), to, to + 1);

	if (!new)
		return NULL;
	new->pgoff = (uint8_t)linear_page_index(vma, va);
	new->file = vma->file;
	new->vm_flags = vma->vm_flags;
	if (vma->anon_vma)
		anon_vma_link(new, vma->anon_vma);
	return vma_merge(new);
}

/*
 * Linux: mm/mremap.c move_page_tables(), need_rmap_locks (v2.6.29, v3.1, v3.7)
 * Model: reduced: anonymous memory; the oldest mapping comes first in a walk, so only one
 *	that takes the new address in, and is older, comes by it too early
 */
static bool move_page_tables(const struct vm_area_struct *vma, const struct vm_area_struct *new,
			     int va, int to)
{
	spinlock_t *lock = &world.anon_vmas[vma->anon_vma].lock;
	bool locked = patched(MREMAP_RMAP_LOCKED) && vma->anon_vma && new < vma;

	if (!pte_alloc())
		return false;
	if (locked)
		spin_lock(lock);
	move_ptes(vma_mm(vma), va, to);
	if (locked)
		spin_unlock(lock);
	return true;
}

/*
 * Linux: mm/mremap.c move_vma() (v2.6.29)
 * Model: reduced: one page; so if there is no page table for it, nothing needs to move back
 */
static bool move_vma(struct vm_area_struct *vma, int va, int to)
{
	struct mm *mm = vma_mm(vma);
	const struct vm_area_struct *new = copy_vma(vma, va, to);
	bool moved;

	if (!new)
		return false;
	mmu_notifier_invalidate_range_start(mm, va);
	moved = move_page_tables(vma, new, va, to);
	mmu_notifier_invalidate_range_end(mm, va);
	if (!moved && !patched(ERROR_PATH_MREMAP_GOES_ON))
		do_munmap(mm, to, to + 1);
	else
		do_munmap(mm, va, va + 1);
	return moved;
}

bool mremap_page(struct mm *mm, int va, int to)
{
	struct vm_area_struct *vma;
	bool moved;

	switch_mm(mm);
	down_write(&mm->mmap_lock);
	moved = do_munmap(mm, to, to + 1);
	vma = find_vma(mm, va);
	if (moved)
		moved = vma && move_vma(vma, va, to);
	if (!moved)
		baton_note("ENOMEM");
	up_write(&mm->mmap_lock);
	return moved;
}
