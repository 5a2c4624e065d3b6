/* SPDX-License-Identifier: MIT */
/*
 * memory_wp.c - a write to a page that is mapped read-only: use it, or copy it?
 *
 * The question that history answered four times: how many ptes map it (2.6.29), do
 * the references agree (KOSAKI 2009), is there just one reference (5.9), or is it
 * marked as belonging to one mm alone (5.19).
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

/* Answers of the reuse rules. */
enum reuse {
	REUSE_NO,
	REUSE_YES,
	REUSE_STALE, /* the pte lock was dropped and the pte changed */
};

/* v2.6.29: the page lock keeps mapcount and swap count together. */
static enum reuse reuse_by_mapcount(struct mm *mm, int va, pte_t orig, struct page *page)
{
	bool reuse;

	POINT("wp/trylock");
	if (!trylock_page(page)) {
		get_page(page, REF_LOOKUP);
		pte_unlock(mm);
		POINT("wp/lock_page");
		lock_page(page);
		pte_lock(mm);
		if (!pte_same(pte_under_lock(mm, va), orig)) {
			unlock_page(page);
			put_page(page, REF_LOOKUP);
			return REUSE_STALE;
		}
		put_page(page, REF_LOOKUP);
	}
	reuse = reuse_swap_page(page);
	unlock_page(page);
	return reuse ? REUSE_YES : REUSE_NO;
}

static enum reuse only_reference(struct page *page)
{
	bool alone = page_mapcount(page) == 1;

	if (alone) {
		POINT("wp/count_rechecked");
		alone = !BATON_RECHECK(page_count(page) != 1);
	}
	unlock_page(page);
	return alone ? REUSE_YES : REUSE_NO;
}

/* v5.9: any other reference, also one that only came by, makes a copy. */
static enum reuse reuse_by_count(struct page *page)
{
	POINT("wp/count_checked");
	if (page_count(page) != 1)
		return REUSE_NO;
	POINT("wp/trylock_sole");
	if (!trylock_page(page))
		return REUSE_NO;
	return only_reference(page);
}

/* v5.18: as before, but leave the swap cache if that is the only other reference. */
static enum reuse reuse_out_of_swap_cache(struct page *page)
{
	int count;
	bool alone;

	POINT("wp/count_few");
	count = page_count(page);
	if (count > 3 || count > 1 + (page->swapcache != 0))
		return REUSE_NO;
	POINT("wp/trylock_few");
	if (!trylock_page(page))
		return REUSE_NO;
	try_to_free_swap(page);
	POINT("wp/count_sole");
	alone = !BATON_RECHECK(page_count(page) != 1);
	if (alone && patched(REUSE_EXCLUSIVE)) {
		POINT("wp/excl_set");
		WRITE_ONCE(page->anon_exclusive, 1);
		ghost_changed();
	}
	unlock_page(page);
	return alone ? REUSE_YES : REUSE_NO;
}

/* Counts of mappings decide; until v5.18 for a huge page that is mapped as a whole. */
static bool mapcount_decides(pte_t orig)
{
	return !patched_since(pte_huge(orig) ? REUSE_PAGECOUNT : REUSE_PAGECOUNT_WP);
}

/*
 * Linux: mm/memory.c wp_can_reuse_anon_folio() (v6.7, and the same place in v5.19 and before),
 *	mm/huge_memory.c do_huge_pmd_wp_page() (v5.7, v5.18)
 * Model: reduced: no KSM, no pagevecs
 */
static enum reuse can_reuse(struct mm *mm, int va, pte_t orig, struct page *page)
{
	if (mapcount_decides(orig))
		return reuse_by_mapcount(mm, va, orig, page);
	if (patched(REUSE_PAGECOUNT_WP))
		return reuse_by_count(page);
	if (patched(REUSE_EXCLUSIVE) && page->anon_exclusive)
		return REUSE_YES;
	return reuse_out_of_swap_cache(page);
}

/*
 * Linux: mm/memory.c wp_page_reuse() (v4.1, v5.9)
 * Model: exact for anonymous pages
 */
static enum fault_result wp_page_reuse(struct vm_area_struct *vma, int va, pte_t orig,
				       unsigned int flags)
{
	struct mm *mm = vma_mm(vma);

	if (flags & FAULT_FLAG_WRITE) {
		POINT("wp/reuse");
		set_pte_at(mm, va, maybe_mkwrite(orig, vma));
		baton_note("%s in place", pfn_to_page(pte_pfn(orig))->name);
	}
	pte_unlock(mm);
	return VM_FAULT_WRITE;
}

/*
 * Linux: mm/highmem.c copy_user_highpage() (all)
 * Model: exact: one access per cell of the old page; the new one is private
 */
void copy_user_highpage(struct page *to, const struct page *from)
{
	for (int i = 0; i < NR_CELLS; i++) {
		POINT("wp/copy");
		baton_access(BATON_HERE("copy"), &from->cell[i], BATON_READ);
		to->cell[i] = from->cell[i];
	}
	if (page_is_free(from))
		ghost_violation(USE_AFTER_FREE, "%s is copied, and it is free", from->name);
}

/* Since v3.7 a copy is a range for the mmu notifiers, without the pte lock. */
static bool copy_is_range(void)
{
	return patched_since(NOTIFY_INVAL_AFTER_PTL) && patched(NOTIFY_COW_TELLS);
}

/* The old page is not mapped here any more. Its reference is that of this fault, now. */
static void give_up_old(struct mm *mm, struct page *old, pte_t orig)
{
	if (!old) {
		inc_mm_rss(mm); /* the zero page did not count */
		return;
	}
	/* After the flush: this is what lets another mm write to the old page. */
	if (patched(COW_RMAP_AFTER_FLUSH))
		page_remove_rmap_of(old, orig);
	page_ref_move(old, REF_PTE, REF_LOOKUP);
}

/* Pte locked and still the old one: let it map the copy. @old: NULL, it is the zero page. */
static void install_copy(struct vm_area_struct *vma, int va, struct page *old, struct page *new,
			 unsigned int flags)
{
	struct mm *mm = vma_mm(vma);
	pte_t orig = pte_under_lock(mm, va);
	pte_t pte = mk_pte(page_to_pfn(new));

	if (old && patched(COW_RMAP_BEFORE_FLUSH))
		page_remove_rmap_of(old, orig);
	POINT("wp/pte_cleared");
	ptep_clear_flush(mm, va);
	if (!copy_is_range() && patched(NOTIFY_COW_TELLS))
		mmu_notifier_invalidate_page(mm, va);
	page_add_new_anon_rmap(new, vma, va);
	if (flags & FAULT_FLAG_WRITE)
		pte = maybe_mkwrite(pte, vma);
	POINT("wp/pte_set");
	set_pte_at(mm, va, pte);
	give_up_old(mm, old, orig);
	world.ghost.copies[va]++;
	baton_note("copies %s to %s", pfn_to_page(pte_pfn(orig))->name, new->name);
}

static void put_old(struct page *old)
{
	if (old)
		put_page(old, REF_LOOKUP);
}

/*
 * Linux: mm/memory.c wp_page_copy() (v4.1, v5.9, and the same place in v2.6.29)
 * Model: reduced: the old page stays in the swap cache; the copy of a huge page is none
 */
static enum fault_result wp_page_copy(struct vm_area_struct *vma, int va, pte_t orig,
				      unsigned int flags)
{
	struct mm *mm = vma_mm(vma);
	struct page *old = vm_normal_page(orig);
	struct page *new;
	bool same;

	if (old)
		get_page(old, REF_LOOKUP);
	pte_unlock(mm);
	if (vma->file)
		anon_vma_prepare(vma);
	new = alloc_page(va);
	if (!new) {
		put_old(old);
		return VM_FAULT_OOM;
	}
	if (old)
		copy_user_highpage(new, old);
	if (copy_is_range())
		mmu_notifier_invalidate_range_start(mm, va);
	pte_lock(mm);
	same = pte_same(pte_under_lock(mm, va), orig);
	if (same)
		install_copy(vma, va, old, new, flags);
	pte_unlock(mm);
	if (copy_is_range())
		mmu_notifier_invalidate_range_end(mm, va);
	if (same)
		put_old(old);
	else
		put_page(new, REF_ALLOC);
	put_old(old);
	return same ? VM_FAULT_WRITE : VM_FAULT_DONE;
}

/*
 * Pte lock held. Other CPUs may still write to the page, if the flush for a protection by
 * userfaultfd is to come: it must not be copied before.
 */
static void flush_before_copy(const struct vm_area_struct *vma, int va)
{
	struct mm *mm = vma_mm(vma);

	if (patched(WP_FLUSH_UFFD) && vma->vm_flags & VM_UFFD_WP && mm_tlb_flush_pending(mm))
		flush_tlb_late(mm, va, mm->weakened[va]);
}

/*
 * Linux: mm/memory.c do_wp_page() (v2.6.29, v5.9, v5.12, v5.18, v5.19; KOSAKI's of 2009)
 * Model: reduced: userfaultfd does not wait, as with UFFD_FEATURE_SIGBUS
 */
enum fault_result do_wp_page(struct vm_area_struct *vma, int va, pte_t orig, unsigned int flags)
{
	struct mm *mm = vma_mm(vma);
	struct page *page = pfn_to_page(pte_pfn(orig));

	if (pte_uffd_wp(orig)) {
		pte_unlock(mm);
		baton_note("userfault: SIGBUS");
		return VM_FAULT_SIGSEGV;
	}
	flush_before_copy(vma, va);
	if (vma->vm_flags & VM_SHARED)
		return wp_page_shared(vma, va, orig);
	if (!page_anon(page) || page->ksm)
		return wp_page_copy(vma, va, orig, flags);
	switch (can_reuse(mm, va, orig, page)) {
	case REUSE_YES:
		return wp_page_reuse(vma, va, orig, flags);
	case REUSE_STALE:
		pte_unlock(mm);
		return VM_FAULT_DONE;
	case REUSE_NO:
		break;
	}
	return wp_page_copy(vma, va, orig, flags);
}
